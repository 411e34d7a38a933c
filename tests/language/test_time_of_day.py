"""Times of day as people type them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.timezones.time_of_day import parse_span, parse_time

ARABIC, PERSIAN = (str.maketrans("0123456789", digits) for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"))


@settings(deadline=None)
@given(
    st.integers(0, 1439), st.sampled_from(["{}:{:02}", "{:02}:{:02}", "{}.{:02}", "{}h{:02}", "{}H{:02}", " {}:{:02} "])
)
def test_every_minute_of_the_day_is_understood_in_every_spelling_and_in_any_digits(minute: int, spelling: str) -> None:
    words = spelling.format(*divmod(minute, 60))
    for written in (words, words.translate(ARABIC), words.translate(PERSIAN)):
        assert parse_time(written) == minute


@pytest.mark.parametrize("hour", range(24))
def test_an_hour_alone_is_the_full_hour(hour: int) -> None:
    for words in (f"{hour}", f"{hour:02}", f"{hour}h", f"{hour} h"):
        assert parse_time(words) == hour * 60


@pytest.mark.parametrize(
    ("words", "minute"),
    [
        ("12 am", 0),
        ("12:30am", 30),
        ("1 am", 60),
        ("12 pm", 720),
        ("12:30 PM", 750),
        ("6.30 pm", 1110),
        ("٦:٣٠ م", 1110),
        ("٦ ص", 360),
        ("11:59 p.m.", 1439),
    ],
)
def test_halves_of_the_day_are_understood(words: str, minute: int) -> None:
    assert parse_time(words) == minute


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "h",
        ":",
        "24",
        "24:00",
        "7:60",
        "7:5",
        "7:155",
        "007",
        "-7",
        "7-8",
        "13 pm",
        "0 am",
        "½",
        "7;30",
        "seven",
    ],
)
def test_what_is_no_time_of_day_is_nothing(words: str) -> None:
    assert parse_time(words) is None


@pytest.mark.parametrize("words", ["22", "22:15", "22.15", "22-", "-7", "22-7-9", "22:30", "to", "22-24"])
def test_one_time_or_three_are_no_span(words: str) -> None:
    assert parse_span(words) is None


@settings(deadline=None)
@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_minute_of_the_day_or_nothing(words: str) -> None:
    assert parse_time(words) in (None, *range(1440))
    assert all(minute in range(1440) for minute in parse_span(words) or ())
