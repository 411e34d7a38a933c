"""The chat with the bot: an answer to the person who wrote, and a delivery to somebody else, each as a message."""

import asyncio
from collections.abc import Callable

from bot.conversation.delivery import Priority
from bot.conversation.screen import Screen
from bot.messaging.outbox_worker import Precondition
from bot.messaging.send_result import SendResult, Wait
from bot.messaging.update_handler import Answer
from bot.telegram.message_removal import MessageRemoval
from bot.telegram.sender import Sender
from storage.records.people.member import Member

LOCKS_AFTER = 3.0  # seconds, in which the answer is usually sent; the lock does not wait for a slower Telegram


class Chat:
    """`lock` makes the program forget its keys; None: it cannot."""

    def __init__(self, sender: Sender, removal: MessageRemoval, lock: Callable[[], None] | None) -> None:
        self._sender = sender
        self._removal = removal
        self._lock = lock

    async def answer(self, answer: Answer) -> SendResult:
        """Shows a screen in place of the message whose button was pressed, or as a new message."""
        incoming, screen, sender = answer.incoming, answer.screen, self._sender
        if screen.locks and self._lock is not None:
            asyncio.get_running_loop().call_later(LOCKS_AFTER, self._lock)
        priority = Priority.STRANGERS if answer.stranger else Priority.ANSWERS
        result = await sender.show(
            incoming.telegram_id,
            screen,
            priority=priority,
            message_id=incoming.message_id,
            or_anew=True,
            precondition=answer.precondition,
        )
        if not isinstance(result, Wait):
            if incoming.callback_id is not None:
                await sender.answer_callback(incoming.callback_id, screen.toast)
            await self._delete(answer)
            if screen.menu is not None:
                await sender.menu(incoming.telegram_id, screen.menu, answer.language, answer.commands)
        return result

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
