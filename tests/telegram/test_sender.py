"""The sender: a group that became a supergroup, and chats that are to be left alone for longer than anybody waits."""

from typing import Any

import pytest
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, TelegramError, TimedOut

from bot.conversation.screen import Screen
from bot.language.texts import Html
from bot.messaging.rate_limiter import RateLimiter
from bot.messaging.send_result import Failed, SendResult, Sent, Uncertain, Unreachable, Wait
from bot.telegram.sender import PATIENCE, Sender
from bot.telegram.transport_errors import NotSent
from tests.support.virtual_time import run

GROUP, SUPERGROUP, ANOTHER = -1, -100, -200
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
        (InvalidToken("Unauthorized"), Wait(2.0)),
        (Conflict("terminated by other getUpdates request"), Wait(2.0)),
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
