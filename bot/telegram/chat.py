"""The chat as a face of the bot: an answer to whoever spoke, and a delivery to somebody else, each as a message."""

import asyncio
from collections.abc import Callable

from bot.conversation.delivery import Priority
from bot.conversation.screen import Screen
from bot.messaging.inbox_worker import Answer
from bot.messaging.outbox_worker import Precondition
from bot.messaging.send_result import SendResult, Wait
from bot.telegram.sender import Sender
from storage.records.people.members import Member

LOCKS_AFTER = 3.0  # seconds; by then the answer is out, and where Telegram is too slow for that, nobody waits for it


class Chat:
    """`lock` makes the program forget its keys; None: it cannot. `answered` is called when an answer is out."""

    def __init__(self, courier: Sender, lock: Callable[[], None] | None, answered: Callable[[], None]) -> None:
        self._courier = courier
        self._lock = lock
        self._answered = answered

    async def answer(self, answer: Answer) -> SendResult:
        """Shows a screen in the place of the message that was pressed, or as a new one."""
        asked, screen, courier = answer.incoming, answer.screen, self._courier
        if screen.locks and self._lock is not None:
            asyncio.get_running_loop().call_later(LOCKS_AFTER, self._lock)
        outcome = await courier.show(asked.telegram_id, screen, message_id=asked.message_id, or_anew=True)
        if not isinstance(outcome, Wait):
            if asked.callback_id is not None:
                await courier.answer_callback(asked.callback_id, screen.toast)
            await courier.delete(asked.telegram_id, screen.delete_messages)
            if screen.menu is not None:
                await courier.menu(asked.telegram_id, screen.menu, answer.language, answer.commands)
            self._answered()
        return outcome

    async def deliver(
        self, member: Member, screen: Screen, lane: Priority, message_id: int | None, still: Precondition | None
    ) -> SendResult:
        """Sends a screen, or changes a message into it, when its turn comes."""
        return await self._courier.show(member.telegram_id, screen, lane=lane, message_id=message_id, still=still)
