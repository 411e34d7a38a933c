"""Buttons: what is packed comes back as the same object within 64 bytes, and nothing else comes back at all."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar, get_type_hints
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.app import FEATURES
from bot.conversation.routes import Command
from bot.conversation.screen import (
    MOST_BYTES,
    Button,
    ButtonAction,
    Document,
    RunCommand,
    Screen,
    UnknownAction,
    column,
    grid,
)
from bot.features.announcements.rules import REGIONS
from bot.language.texts import LANGUAGES, Html, texts_in

PRESSES: list[type[ButtonAction]] = [
    RunCommand,
    *(route.trigger for route in FEATURES.routes.all if isinstance(route.trigger, type)),
]
CODES = sorted(kind.code for kind in PRESSES)
# Ids are 16 random bytes; whole numbers are pages, minutes, and instants in seconds.
VALUES: dict[type[Any], st.SearchStrategy[Any]] = {
    bytes: st.binary(min_size=16, max_size=16),
    int: st.integers(0, int(datetime(2200, 1, 1, tzinfo=UTC).timestamp())),
}
STRINGS: dict[str, st.SearchStrategy[str]] = {
    "command": st.sampled_from(
        [route.trigger.name for route in FEATURES.routes.all if isinstance(route.trigger, Command)]
    ),
    "language": st.sampled_from(sorted(LANGUAGES)),
    "invite": st.one_of(
        st.just(""), st.binary(min_size=16, max_size=16).map(lambda code: urlsafe_b64encode(code).decode()[:22])
    ),
    "zone": st.sampled_from(sorted(available_timezones())),
    "name": st.sampled_from(["", *sorted(LANGUAGES), *REGIONS]),
}


def made(kind: type[ButtonAction]) -> st.SearchStrategy[ButtonAction]:
    """Presses of one kind with any values that their fields may have."""

    def value(name: str, hint: type[Any]) -> st.SearchStrategy[Any]:
        if issubclass(hint, StrEnum):
            return st.sampled_from(list(hint))
        return STRINGS[name] if hint is str else VALUES[hint]

    hints = get_type_hints(kind)
    return st.builds(kind, *(value(item.name, hints[item.name]) for item in fields(kind)))


@pytest.mark.parametrize("kind", PRESSES, ids=lambda kind: kind.code)
def test_a_press_comes_back_as_it_was_packed_and_fits(kind: type[ButtonAction]) -> None:
    @settings(deadline=None, max_examples=50)
    @given(made(kind))
    def round_trip(press: ButtonAction) -> None:
        packed = press.pack()
        assert len(packed.encode()) <= MOST_BYTES
        assert FEATURES.routes.unpack(packed) == press
        assert type(FEATURES.routes.unpack(packed)) is kind

    round_trip()


def test_there_are_presses_of_every_kind_of_field() -> None:
    hints = {hint for kind in PRESSES for name, hint in get_type_hints(kind).items() if name != "code"}
    assert {bytes, int, str} <= hints
    assert any(isinstance(hint, type) and issubclass(hint, StrEnum) for hint in hints)


def unpacked(data: str) -> None:
    """One of our presses, or `UnknownAction`; any other exception fails the test."""
    try:
        press = FEATURES.routes.unpack(data)
    except UnknownAction:
        return
    assert isinstance(press, ButtonAction)
    assert press.code == data.split(":")[0]


@settings(deadline=None, max_examples=300)
@given(st.text(st.characters(), max_size=80))
def test_data_that_is_not_ours_is_refused_and_nothing_worse(data: str) -> None:
    unpacked(data)


@settings(deadline=None, max_examples=500)
@given(st.sampled_from(CODES), st.lists(st.text(st.characters(exclude_characters=":"), max_size=30), max_size=4))
def test_a_code_of_ours_with_anything_behind_it_is_a_press_or_refused(code: str, parts: list[str]) -> None:
    unpacked(":".join([code, *parts]))


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_a_press_with_one_letter_changed_is_a_press_or_refused(data: st.DataObject) -> None:
    packed = data.draw(made(data.draw(st.sampled_from(PRESSES)))).pack()
    at = data.draw(st.integers(0, len(packed) - 1))
    unpacked(packed[:at] + data.draw(st.characters()) + packed[at + 1 :])


@pytest.mark.parametrize(
    "data",
    [
        "",
        ":",
        "run",
        "nothing",
        "nothing:here",
        "topic",
        "topic:A",
        "topic:Ä",
        "topic:AAAA:AAAA",
        "digest:AAAA:x",
        "cadence:hourly",
        "minute:",
        "minute:1.5",
        "minute:" + "9" * 5000,
        "RUN:help",
        " run:help",
    ],
)
def test_what_no_button_of_ours_says_is_not_ours(data: str) -> None:
    with pytest.raises(UnknownAction):
        FEATURES.routes.unpack(data)


@dataclass(frozen=True, slots=True)
class Long(ButtonAction):
    code: ClassVar[str] = "long"
    words: str


def test_a_press_that_does_not_fit_is_refused_when_it_is_packed() -> None:
    assert len(Long("x" * 59).pack()) == 64
    for words in ("x" * 60, "é" * 30):
        with pytest.raises(ValueError, match="long does not fit"):
            Long(words).pack()


def test_what_a_screen_shows_is_not_shown_in_its_repr() -> None:
    screen = Screen(
        Html("secret words"),
        column(Button("secret label", RunCommand("help"))),
        photo="secret photo",
        document=Document("mydata.txt", b"secret bytes"),
        toast="secret toast",
    )
    assert "secret" not in repr(screen)


def test_a_column_has_one_button_a_row_and_leaves_out_none() -> None:
    one, other = Button("One", RunCommand("help")), Button("Two", RunCommand("start"))
    assert column(one, None, other, None) == ((one,), (other,))
    assert column() == column(None) == ()


@pytest.mark.parametrize(("language", "sizes"), [("en", [3, 3, 1]), ("fr", [3, 3, 1]), ("ar", [1] * 7)])
def test_a_grid_is_a_column_where_the_language_is_read_from_the_right(language: str, sizes: list[int]) -> None:
    buttons = [Button(str(number), RunCommand("help")) for number in range(7)]
    rows = grid(texts_in(language), buttons, 3)
    assert [len(row) for row in rows] == sizes
    assert [button for row in rows for button in row] == buttons
    assert grid(texts_in(language), [], 3) == ()
