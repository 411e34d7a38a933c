"""Messages are taken out of a chat: in batches, one by one where one spoils the batch, and never with an exception."""

from collections.abc import Sequence
from typing import Any

import pytest
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError, TimedOut

from bot.conversation.screen import Screen
from bot.language.texts import Html
from bot.messaging.rate_limiter import RateLimiter
from bot.messaging.send_result import Failed, SendResult, Sent, Uncertain, Unreachable, Wait
from bot.telegram.message_removal import MessageRemoval
from bot.telegram.shown_screens import ShownScreens
from bot.telegram.transport_errors import NotSent
from tests.support.virtual_time import run

CHAT = 7000000001
BLANK = Screen(Html("Closed."))


class Telegram:
    """Deletes messages all or none, as deleteMessages does; `too_old` are those it does not delete."""

    def __init__(self, *, too_old: Sequence[int] = (), media: bool = False, error: TelegramError | None = None) -> None:
        self.deleted: list[int] = []
        self.calls: list[str] = []
        self._too_old, self._media, self._error = too_old, media, error

    async def delete_messages(self, chat: int, messages: Sequence[int]) -> None:
        self._called("delete_messages")
        if len(messages) > 100 or set(messages) & set(self._too_old):
            raise BadRequest("Message can't be deleted for everyone")
        self.deleted += messages

    async def delete_message(self, chat: int, message: int) -> None:
        await self.delete_messages(chat, [message])

    async def edit(self, chat: int, screen: Screen, message_id: int) -> None:
        self._called("edit")
        if self._media:
            raise BadRequest("There is no text in the message to edit")

    async def edit_message_caption(self, chat: int, message_id: int, **_: Any) -> None:
        self._called("edit_message_caption")

    def _called(self, name: str) -> None:
        self.calls.append(name)
        if self._error is not None:
            raise self._error


def delete(telegram: Any, messages: Sequence[int]) -> dict[int, SendResult]:
    async def story() -> dict[int, SendResult]:
        return await MessageRemoval(telegram, telegram, RateLimiter(30, 1.0), ShownScreens()).delete(CHAT, messages)

    return run(story())


def blank(telegram: Any) -> SendResult:
    async def story() -> SendResult:
        return await MessageRemoval(telegram, telegram, RateLimiter(30, 1.0), ShownScreens()).blank(CHAT, BLANK, 5)

    return run(story())


def test_more_messages_than_one_call_may_delete_are_all_deleted() -> None:
    telegram, messages = Telegram(), list(range(1, 251))
    assert delete(telegram, messages) == dict.fromkeys(messages, Sent(None))
    assert telegram.deleted == messages
    assert len(telegram.calls) == 3


def test_one_that_is_too_old_does_not_keep_the_others_in_the_chat() -> None:
    telegram = Telegram(too_old=[2])
    assert delete(telegram, [1, 2, 3]) == {1: Sent(None), 2: Failed(), 3: Sent(None)}
    assert telegram.deleted == [1, 3]


@pytest.mark.parametrize(
    ("error", "result"),
    [
        (BadRequest("Message to delete not found"), Sent(None)),
        (BadRequest("Chat not found"), Failed()),
        (Forbidden("Forbidden: bot was blocked by the user"), Unreachable()),
        (RetryAfter(7), Wait(7.0)),
        (NotSent("no route"), Wait(2.0)),
        (TimedOut("no answer"), Uncertain()),
        (ChatMigrated(-1001), Failed()),
    ],
)
def test_each_error_has_its_meaning(error: TelegramError, result: SendResult) -> None:
    assert delete(Telegram(error=error), [1]) == {1: result}


def test_a_text_becomes_one_that_names_nothing() -> None:
    telegram = Telegram()
    assert blank(telegram) == Sent(None)
    assert telegram.calls == ["edit"]


@pytest.mark.parametrize("reason", ["Message is not modified: it is the same", "Message to edit not found"])
def test_what_is_blank_already_or_gone_is_done(reason: str) -> None:
    assert blank(Telegram(error=BadRequest(reason))) == Sent(None)


def test_a_picture_that_can_only_lose_its_caption_counts_as_left() -> None:
    telegram = Telegram(media=True)
    assert blank(telegram) == Failed()
    assert telegram.calls == ["edit", "edit_message_caption"]
