"""Removes from each chat what is to leave it: screens whose time is over, and what people typed.

What is due stands in rows (`chat_messages.py`), so that a crash, a lost connection or a night without
power only delays it; removing something twice does no harm. The newest message of the bot becomes one that names
nothing, with a button to go on from; everything else is deleted. What Telegram no longer deletes is changed into the
same where it is the bot's, and where it is the member's own, they are asked to delete it themselves.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from bot.conversation import shared_screens
from bot.conversation.delivery import UNREACHABLE
from bot.conversation.feature import Job
from bot.conversation.screen import Screen
from bot.language.texts import texts_in
from bot.messaging.send_result import Failed, SendResult, Sent, Unreachable, Wait
from bot.operations.errors import Backoff
from storage.engine.store import Store
from storage.engine.transaction import Transaction
from storage.records import outbox
from storage.records.people import chat_messages, members
from storage.records.people.chat_messages import ChatMessage
from storage.records.people.member import Member

AT_ONCE = 8  # chats that are cleaned at the same time
SOME = 200  # members looked up with one query
AGAIN = timedelta(minutes=1)  # after an attempt without a clear answer
ASK_TO_DELETE = "delete-yourself"  # the kind of delivery


class Removal(Protocol):
    """Takes messages out of a chat, whatever it is made of."""

    async def delete(self, chat: int, messages: Sequence[int]) -> dict[int, SendResult]: ...

    async def blank(self, chat: int, screen: Screen, message_id: int) -> SendResult: ...


@dataclass
class _Outcome:
    """What became of the messages of one chat."""

    removed: list[ChatMessage] = field(default_factory=list)
    blanked: list[ChatMessage] = field(default_factory=list)
    left: list[ChatMessage] = field(default_factory=list)
    postponed: list[tuple[ChatMessage, timedelta]] = field(default_factory=list)
    unreachable: bool = False  # what is due stays so, until they write

    def add(self, message: ChatMessage, result: SendResult, into: list[ChatMessage]) -> None:
        """Notes a message; `into` is where it belongs if it was a success."""
        match result:
            case Sent():
                into.append(message)
            case Failed():
                self.left.append(message)
            case Wait(seconds=seconds):
                self.postponed.append((message, timedelta(seconds=max(1.0, seconds))))
            case Unreachable():
                self.unreachable = True
            case _:
                self.postponed.append((message, AGAIN))


class ChatCleaner:
    """`clean` runs as a job, and whenever `kick` was called while `run` runs."""

    def __init__(self, store: Store, removal: Removal) -> None:
        self._store = store
        self._removal = removal
        self._due = asyncio.Event()
        self._running = asyncio.Lock()

    @property
    def jobs(self) -> tuple[Job, ...]:
        return (Job("clean-chats", self._job),)

    async def _job(self, store: Store, now: datetime) -> None:
        await self.clean(now)

    def kick(self) -> None:
        """Looks for what is due now."""
        self._due.set()

    async def idle(self, now: datetime) -> bool:
        """Whether nothing is due and nothing is being removed."""
        if self._running.locked():
            return False
        async with self._store.transaction() as tx:
            return not await chat_messages.members_due(tx, now, 1)

    async def run(self, now: Callable[[], datetime]) -> None:
        """Cleans when kicked, until cancelled."""
        backoff = Backoff("chat-not-cleaned")
        while True:
            await self._due.wait()
            self._due.clear()
            await backoff.guard(self.clean(now()))

    async def clean(self, now: datetime) -> bool:
        """Removes all that is due."""
        async with self._running:
            cleaned: set[bytes] = set()
            while found := await self._members(now, cleaned):
                cleaned.update(found)
                slots = asyncio.Semaphore(AT_ONCE)
                async with asyncio.TaskGroup() as tasks:
                    for member_id in found:
                        tasks.create_task(self._within(slots, member_id, now))
        return True

    async def _members(self, now: datetime, cleaned: set[bytes]) -> list[bytes]:
        async with self._store.transaction() as tx:
            found = await chat_messages.members_due(tx, now, len(cleaned) + SOME)
        return [member_id for member_id in found if member_id not in cleaned]

    async def _within(self, slots: asyncio.Semaphore, member_id: bytes, now: datetime) -> None:
        async with slots:
            await self._clean_chat(member_id, now)

    async def _clean_chat(self, member_id: bytes, now: datetime) -> None:
        async with self._store.transaction() as tx:
            member = await members.find_readable(tx, member_id)
            if member is None:  # the row does not open, and without its key no id does
                return
            known = await chat_messages.of(tx, member_id)
        outcome = await self._remove(member, known, now)
        await self._store.group_commit(partial(_record, member, outcome, now))
        if outcome.postponed:
            wait = min(wait for _, wait in outcome.postponed)
            asyncio.get_running_loop().call_later(wait.total_seconds(), self.kick)

    async def _remove(self, member: Member, known: Sequence[ChatMessage], now: datetime) -> _Outcome:
        outcome, chat, blank = _Outcome(), member.telegram_id, shared_screens.blank(texts_in(member.language))
        due = [message for message in known if message.due_at is not None and message.due_at <= now]
        newest = max((message.message_id for message in known if message.by_bot), default=None)
        to_delete = {
            message.message_id: message for message in due if message.deletable(now) and message.message_id != newest
        }
        for message in due:
            if message.message_id in to_delete:
                continue
            if not message.by_bot:
                outcome.left.append(message)
                continue
            result = await self._removal.blank(chat, blank, message.message_id)
            if isinstance(result, Failed) and message.deletable(now):  # a picture or a file
                to_delete[message.message_id] = message
            else:
                outcome.add(message, result, outcome.blanked)
        results = await self._removal.delete(chat, sorted(to_delete)) if to_delete else {}
        for message_id, result in results.items():
            message = to_delete[message_id]
            if isinstance(result, Failed) and message.by_bot:
                result = await self._removal.blank(chat, blank, message_id)
                outcome.add(message, result, outcome.blanked)
            else:
                outcome.add(message, result, outcome.removed)
        return outcome


async def _record(member: Member, outcome: _Outcome, now: datetime, tx: Transaction) -> None:
    await chat_messages.removed(tx, outcome.removed, now)
    await chat_messages.blanked(tx, outcome.blanked, now)
    if outcome.unreachable:
        await members.set_unreachable(tx, member.id, now + UNREACHABLE)
    for message, wait in outcome.postponed:
        await chat_messages.postponed(tx, [message], now, now + wait)
    if outcome.left:
        await chat_messages.could_not_be_removed(tx, outcome.left, now)
        if not await outbox.is_owed(tx, member.id, ASK_TO_DELETE):
            await outbox.put(tx, member.id, ASK_TO_DELETE, due=now, now=now)
