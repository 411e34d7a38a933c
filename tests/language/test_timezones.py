"""Time zones as people type them, in three languages and as many spellings."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.timezones import lookup, place_names

LANGUAGES = ("en", "fr", "ar")
REAL = sorted({zone for zone in place_names.zones().values() if not zone.startswith("Etc/")})


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Kampala", "Africa/Kampala"),
        ("  kampala ", "Africa/Kampala"),
        ("Kampala, Uganda", "Africa/Kampala"),
        ("القاهرة، مصر", "Africa/Cairo"),
        ("Cairo (Egypt)", "Africa/Cairo"),
        ("Le Caire", "Africa/Cairo"),
        ("caire", "Africa/Cairo"),
        ("القاهرة", "Africa/Cairo"),
        ("القاهره", "Africa/Cairo"),
        ("قاهرة", "Africa/Cairo"),
        ("القـاهـرة", "Africa/Cairo"),
        ("ٱلْقَاهِرَة", "Africa/Cairo"),
        ("\u2067القاهرة\u2069", "Africa/Cairo"),
        ("أوغندا", "Africa/Kampala"),
        ("اوغندا", "Africa/Kampala"),
        ("Ouganda", "Africa/Kampala"),
        ("Sénégal", "Africa/Dakar"),
        ("senegal", "Africa/Dakar"),
        ("Beyrouth", "Asia/Beirut"),
        ("Kiev", "Europe/Kyiv"),
        ("KYIV", "Europe/Kyiv"),
        ("كييف", "Europe/Kyiv"),
        ("Ukraine", "Europe/Kyiv"),
        ("New York", "America/New_York"),
        ("New-York", "America/New_York"),
        ("نيويورك", "America/New_York"),
        ("Bogotá", "America/Bogota"),
        ("N’Djamena", "Africa/Ndjamena"),
        ("Rangoon", "Asia/Yangon"),
        ("Burma", "Asia/Yangon"),
        ("Mumbai", "Asia/Kolkata"),
        ("Ramallah", "Asia/Hebron"),
        ("Palestine", "Asia/Hebron"),
        ("Germany", "Europe/Berlin"),
        ("Mexico", "America/Mexico_City"),
        ("Samoa", "Pacific/Apia"),
        ("عمّان", "Asia/Amman"),
        ("عُمان", "Asia/Muscat"),
        ("عمان، الأردن", "Asia/Amman"),
        ("San Juan, Puerto Rico", "America/Puerto_Rico"),
        ("Africa/Kampala", "Africa/Kampala"),
        ("europe/kiev", "Europe/Kyiv"),
    ],
)
def test_a_place_is_found_however_it_is_spelt(words: str, zone: str) -> None:
    assert lookup.find(words) == zone


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("UTC", "Etc/UTC"),
        ("gmt", "Etc/UTC"),
        ("+0", "Etc/UTC"),
        ("توقيت غرينتش", "Etc/UTC"),
        ("UTC+2", "Etc/GMT-2"),
        ("utc + 02:00", "Etc/GMT-2"),
        ("GMT -3", "Etc/GMT+3"),
        ("GMT −3", "Etc/GMT+3"),
        ("غرينتش +٣", "Etc/GMT-3"),
        ("+٣", "Etc/GMT-3"),
        ("+۳", "Etc/GMT-3"),
        ("+14", "Etc/GMT-14"),
        ("-12", "Etc/GMT+12"),
        ("+05:30", "Asia/Kolkata"),
        ("+0530", "Asia/Kolkata"),
        ("UTC+5h30", "Asia/Kolkata"),
        ("UTC+5.5", "Asia/Kolkata"),
        ("UTC+٥:٣٠", "Asia/Kolkata"),
        ("etc/gmt-2", "Etc/GMT-2"),
    ],
)
def test_an_offset_is_found(words: str, zone: str) -> None:
    assert lookup.find(words) == zone


@pytest.mark.parametrize("minutes", range(-12 * 60, 14 * 60 + 1, 15))
def test_an_offset_holds_all_year_or_is_not_taken(minutes: int) -> None:
    hours, rest = divmod(abs(minutes), 60)
    zone = lookup.find(f"UTC{'-' if minutes < 0 else '+'}{hours}:{rest:02}")
    if zone is None:
        assert minutes % 60, "whole hours are always known"
        return
    for month in range(1, 13):
        there = datetime(2026, month, 15, 12, tzinfo=UTC).astimezone(ZoneInfo(zone))
        assert there.utcoffset() == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "3",
        "+15",
        "-13",
        "+1:75",
        "+10:30",
        "-3:30",
        "+13:45",
        "nowhere at all",
        "/",
        "Kampala, Nairobi",
        "x" * 5000,
        "United States",
        "Russie",
        "San Juan",
        "عمان",
        "Etc/Unknown",
    ],
)
def test_what_is_unknown_or_has_two_meanings_is_not_guessed(words: str) -> None:
    assert lookup.find(words) is None


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Kamplaa", ["Africa/Kampala"]),
        ("Nairob", ["Africa/Nairobi"]),
        ("Neirobi", ["Africa/Nairobi"]),
        ("نيو يورك", ["America/New_York"]),
        ("عمان", ["Asia/Amman", "Asia/Muscat"]),
        ("San Juan", ["America/Argentina/San_Juan", "America/Puerto_Rico"]),
        (
            "USA",
            ["America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles"],
        ),
        ("RDC", ["Africa/Kinshasa", "Africa/Lubumbashi"]),
    ],
)
def test_what_was_nearly_right_is_suggested(words: str, first: list[str]) -> None:
    assert lookup.suggest(words)[: len(first)] == first


def test_suggestions_are_few_and_none_for_nonsense() -> None:
    assert len(lookup.suggest("san", limit=3)) == 3
    assert lookup.suggest("qqqqqq") == []
    assert lookup.suggest("") == []


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Africa/Cairo", {"en": "Cairo", "fr": "Le Caire", "ar": "القاهرة"}),
        ("Europe/Kyiv", {"en": "Kyiv", "ar": "كييف"}),
        ("Europe/Kiev", {"en": "Kyiv", "ar": "كييف"}),
        ("Asia/Kolkata", {"en": "Kolkata", "fr": "Calcutta", "ar": "كالكتا"}),
        ("Africa/Kampala", {"en": "Kampala", "fr": "Kampala", "ar": "كامبالا"}),
        ("America/New_York", {"en": "New York", "fr": "New York", "ar": "نيويورك"}),
        ("Etc/GMT-3", {"en": "UTC+03:00", "ar": "UTC+03:00"}),
        ("Etc/GMT+11", {"en": "UTC-11:00"}),
        ("Etc/UTC", {"en": "UTC", "ar": "UTC"}),
        ("UTC", {"en": "UTC"}),
        ("", {"en": ""}),
    ],
)
def test_a_zone_is_shown_by_its_city_in_the_reader_s_language(zone: str, shown: dict[str, str]) -> None:
    assert {language: lookup.city(zone, language) for language in shown} == shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shown_can_be_typed(language: str) -> None:
    lost = {zone for zone in REAL if lookup.find(lookup.city(zone, language)) != zone}
    # There is another San Juan in Puerto Rico; "San Juan, Argentina" is found.
    assert lost == {"America/Argentina/San_Juan"}
    assert lookup.find("San Juan, Argentina") is not None
    for hours in range(-12, 15):
        fixed = lookup.find(f"{hours:+d}")
        assert fixed is not None
        assert lookup.find(lookup.city(fixed, language)) == fixed


def test_the_buttons_are_zones_and_can_be_pressed() -> None:
    assert len(set(lookup.COMMON)) == 10
    for zone in lookup.COMMON:
        assert lookup.find(zone) == zone


def test_every_zone_can_be_reckoned_with() -> None:
    for zone in REAL:
        assert ZoneInfo(zone).utcoffset(datetime(2026, 1, 1)) is not None  # noqa: DTZ001 (local time is meant)
    assert {zone for _, found in place_names.countries().items() for zone in found} <= set(REAL)


@given(st.one_of(st.text(max_size=80), st.from_regex(r"(UTC|GMT|)[+-]\d{1,2}[:.h]?\d{0,2}", fullmatch=True)))
def test_nothing_that_is_typed_breaks_it(words: str) -> None:
    found = lookup.find(words)
    assert found is None or ZoneInfo(found)
    assert all(ZoneInfo(zone) for zone in lookup.suggest(words))


def test_nothing_is_loaded_before_somebody_asks() -> None:
    script = (
        "import bot.language.timezones.lookup, bot.language.timezones.place_names as p; "
        "print(sum(f.cache_info().misses for f in (p.cities, p.countries)))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "0"
