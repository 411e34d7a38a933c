"""What somebody means who types quiet hours."""

import pytest

from bot.features.members.rules import parse_quiet

NIGHT = (22 * 60, 7 * 60)


@pytest.mark.parametrize(
    "words",
    [
        "22-7",
        "22:00-07:00",
        "22 - 7",
        " 22–7 ",
        "22h-7h",
        "22h00 - 7h00",
        "22.00-7.00",
        "10 pm to 7 am",
        "10PM-7AM",
        "22 to 7",
        "22h à 7h",
        "22 إلى 7",
        "٢٢-٧",
        "٢٢:٠٠ - ٠٧:٠٠",
        "۲۲-۷",
    ],
)
def test_the_same_night_is_understood_however_it_is_written(words: str) -> None:
    assert parse_quiet(words) == NIGHT


@pytest.mark.parametrize(
    ("words", "span"),
    [("22:30-6:45", (1350, 405)), ("0-23:59", (0, 1439)), ("13h15-14h", (795, 840)), ("9-9", (540, 540))],
)
def test_minutes_count_and_the_day_may_be_quiet_too(words: str, span: tuple[int, int]) -> None:
    assert parse_quiet(words) == span


@pytest.mark.parametrize("words", ["off", "OFF", " off ", "non", "إيقاف"])
def test_off_is_understood_in_each_language(words: str) -> None:
    assert parse_quiet(words) == (0, 0)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "22",
        "22:15",
        "7.15",
        "24-7",
        "22-24",
        "22:60-7",
        "22-7-9",
        "night",
        "22-",
        "-7",
        "22:5-7",
        "-22-7",
        "2230-0700x",
    ],
)
def test_anything_else_is_not_understood(words: str) -> None:
    assert parse_quiet(words) is None
