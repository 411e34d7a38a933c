"""The sender: a group that became a supergroup, and chats that are to be left alone for longer than anybody waits."""

from typing import Any

import pytest
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError, TimedOut

from bot.conversation.screen import Button, RunCommand, Screen
from bot.language.texts import Html
from bot.messaging.rate_limiter import RateLimiter
from bot.messaging.send_result import Failed, SendResult, Sent, Uncertain, Unreachable, Wait
from bot.telegram.sender import PATIENCE, Sender
from bot.telegram.shown_screens import MOST, ShownScreens
from bot.telegram.transport_errors import NotSent
from tests.support.virtual_time import run

GROUP, SUPERGROUP, ANOTHER, SALMA = -1, -100, -200, 7000000001
KNOCK = Screen(Html("Something is waiting for you."))


class Telegram:
    """Says of each chat what it was told to; otherwise sends."""

    def __init__(self, answers: dict[int, TelegramError]) -> None:
        self.answers = answers
        self.calls: list[tuple[str, int]] = []

    def _answer(self, what: str, chat: int) -> int:
        self.calls.append((what, chat))
        if chat in self.answers:
            raise self.answers[chat]
        return 17

    async def send(self, chat: int, *_: Any) -> int:
        return self._answer("send", chat)

    async def edit(self, chat: int, *_: Any) -> None:
        self._answer("edit", chat)


def show(telegram: Any, chat: int, message_id: int | None = None) -> SendResult:
    async def story() -> SendResult:
        return await Sender(telegram, telegram, RateLimiter(30, 1.0)).show(chat, KNOCK, message_id=message_id)

    return run(story())


@pytest.mark.parametrize("message_id", [None, 5])
def test_a_group_that_became_a_supergroup_hears_it_there_as_a_new_message(message_id: int | None) -> None:
    telegram = Telegram({GROUP: ChatMigrated(SUPERGROUP)})
    assert show(telegram, GROUP, message_id) == Sent(17)
    assert telegram.calls == [("send" if message_id is None else "edit", GROUP), ("send", SUPERGROUP)]


def test_the_id_is_rewritten_once_and_no_further() -> None:
    telegram = Telegram({GROUP: ChatMigrated(SUPERGROUP), SUPERGROUP: ChatMigrated(ANOTHER)})
    assert show(telegram, GROUP) == Failed()
    assert telegram.calls == [("send", GROUP), ("send", SUPERGROUP)]


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (BadRequest("Chat not found"), Failed()),
        (Forbidden("Forbidden: bot was kicked"), Unreachable()),
        (NotSent("no route"), Wait(2.0)),
        (TimedOut("no answer"), Uncertain()),
    ],
)
@pytest.mark.parametrize("there", [GROUP, SUPERGROUP])
def test_each_error_means_the_same_here_and_there(error: TelegramError, outcome: SendResult, there: int) -> None:
    telegram = Telegram({GROUP: ChatMigrated(SUPERGROUP)} | {there: error})
    assert show(telegram, GROUP) == outcome


def test_whoever_would_have_to_wait_for_one_chat_is_told_so_at_once() -> None:
    async def story() -> list[SendResult]:
        limiter, telegram = RateLimiter(30, 1.0), Telegram({})
        sender: Any = Sender(telegram, telegram, limiter)  # type: ignore[arg-type]
        async with limiter.permit(1) as permit:
            permit.refused(PATIENCE + 5)
        return [await sender.show(1, KNOCK), await sender.show(1, KNOCK, message_id=5), await sender.show(2, KNOCK)]

    waits = run(story())
    assert [type(outcome) for outcome in waits] == [Wait, Wait, Sent]
    assert waits[0].seconds == pytest.approx(PATIENCE + 5, abs=0.01)  # type: ignore[union-attr]


def changes(*screens: Screen) -> list[tuple[str, int]]:
    """The calls for a message that is sent as the first screen and then changed into each of the others."""
    telegram: Any = Telegram({})

    async def story() -> None:
        sender = Sender(telegram, telegram, RateLimiter(1000, 0.0))
        shown = await sender.show(SALMA, screens[0])
        assert isinstance(shown, Sent)
        for screen in screens[1:]:
            assert await sender.show(SALMA, screen, message_id=shown.message_id, or_anew=True) == shown

    run(story())
    calls: list[tuple[str, int]] = telegram.calls
    return calls


def test_a_double_tap_changes_nothing() -> None:
    other = Screen(Html("Settings"))
    assert changes(KNOCK, other, other, other) == [("send", SALMA), ("edit", SALMA)]
    assert changes(KNOCK, KNOCK) == [("send", SALMA)]
    assert changes(KNOCK, other, KNOCK) == [("send", SALMA), ("edit", SALMA), ("edit", SALMA)]


def test_a_screen_with_other_buttons_is_another_one() -> None:
    button = Button("Open", RunCommand("start"))
    assert changes(KNOCK, Screen(KNOCK.text, ((button,),))) == [("send", SALMA), ("edit", SALMA)]


def test_a_message_is_not_changed_to_say_at_what_time_nothing_has_changed() -> None:
    first, later = (Screen(Html(f"Sent: 3. As of {time}"), substance=Html("Sent: 3.")) for time in ("9:00", "9:05"))
    assert changes(first, later) == [("send", SALMA)]
    assert changes(first, Screen(Html("Sent: 4."), substance=Html("Sent: 4."))) == [("send", SALMA), ("edit", SALMA)]


def test_a_change_whose_answer_was_lost_is_made_again() -> None:
    telegram: Any = Telegram({SALMA: TimedOut()})

    async def story() -> None:
        sender = Sender(telegram, telegram, RateLimiter(1000, 0.0))
        assert await sender.show(SALMA, KNOCK, message_id=5) == Uncertain()
        assert await sender.show(SALMA, KNOCK, message_id=5) == Uncertain()

    run(story())
    assert len(telegram.calls) == 2


def test_only_so_many_messages_are_remembered() -> None:
    shown = ShownScreens()
    for number in range(MOST + 5):
        shown.note(SALMA, number, KNOCK)
    assert [shown.shows(SALMA, number, KNOCK) for number in (4, 5, MOST)] == [False, True, True]
