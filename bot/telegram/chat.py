"""The chat with the bot: an answer to the person who wrote, and a delivery to somebody else, each as a message."""

import asyncio
import time
from collections.abc import Callable

from bot.conversation.delivery import Priority
from bot.conversation.screen import Screen
from bot.messaging.outbox_worker import Precondition
from bot.messaging.send_result import SendResult, Wait
from bot.messaging.update_handler import Answer
from bot.telegram.message_removal import MessageRemoval
from bot.telegram.sender import Sender
from bot.telegram.side_calls import SideCalls
from storage.records.people.member import Member

PRESS_SECONDS = 15.0  # after a press, in which Telegram accepts its answer ("query is too old" later)
LOCKS_AFTER = 3.0  # seconds, in which the answer is usually sent; the lock does not wait for a slower Telegram


class Chat:
    """`lock` makes the program forget its keys; None: it cannot."""

    def __init__(
        self, sender: Sender, removal: MessageRemoval, side_calls: SideCalls, lock: Callable[[], None] | None
    ) -> None:
        self._sender = sender
        self._removal = removal
        self._side_calls = side_calls
        self._lock = lock

    async def answer(self, answer: Answer) -> SendResult:
        """Shows a screen in place of the message whose button was pressed, or as a new message."""
        incoming, screen = answer.incoming, answer.screen
        if screen.locks and self._lock is not None:
            asyncio.get_running_loop().call_later(LOCKS_AFTER, self._lock)
        result = await self._sender.show(
            incoming.telegram_id,
            screen,
            priority=Priority.STRANGERS if answer.stranger else Priority.ANSWERS,
            message_id=incoming.message_id,
            or_anew=True,
            precondition=answer.precondition,
        )
        await self._answer_press(answer, result)
        if not isinstance(result, Wait):
            await self._delete(answer)
            if screen.menu is not None:
                await self._side_calls.menu(incoming.telegram_id, screen.menu, answer.language, answer.commands)
        return result

    async def _answer_press(self, answer: Answer, result: SendResult) -> None:
        """Ends the press once its screen is shown, or now where that comes after its time."""
        callback_id, left = answer.incoming.callback_id, answer.made_at + PRESS_SECONDS - time.monotonic()
        if callback_id is None or left <= 0 or (isinstance(result, Wait) and result.seconds < left):
            return
        chat, toast = answer.incoming.telegram_id, answer.screen.toast
        await self._side_calls.answer_callback(chat, callback_id, toast, within=left)

    async def _delete(self, answer: Answer) -> None:
        """Deletes messages in the chat of somebody of whom nothing is stored, so that no job could."""
        incoming, messages = answer.incoming, answer.screen.delete_messages
        if answer.screen.forget_typed and answer.member_id is None and incoming.typed_id is not None:
            messages = (*messages, incoming.typed_id)
        if messages:
            await self._removal.delete(incoming.telegram_id, messages, Priority.ANSWERS)

    async def deliver(
        self,
        member: Member,
        screen: Screen,
        priority: Priority,
        message_id: int | None,
        precondition: Precondition | None,
    ) -> SendResult:
        """Sends a screen, or changes a message into it, when the rate limiter permits it."""
        return await self._sender.show(
            member.telegram_id, screen, priority=priority, message_id=message_id, precondition=precondition
        )
