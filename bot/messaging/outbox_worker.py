"""The outbox: claims messages that are due, renders each for its reader, sends it, and records the result.

A message that may have been sent is sent again only where it is a knock, which does no harm twice; any other becomes
`uncertain`.

A fixed number of workers process one message each, so that a backlog of any length takes the same memory, and a slow
message occupies only its worker. Members who blocked the bot or left Telegram are sent nothing for thirty days, or
until they write.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.conversation import shared_screens
from bot.conversation.delivery import LOOKED_AT_LATELY, UNREACHABLE, DeliveryKind, Priority
from bot.conversation.request import NetworkContext, Request
from bot.conversation.screen import Screen
from bot.language.texts import texts_in
from bot.messaging import chat_plan
from bot.messaging.quiet_hours import quiet_until
from bot.messaging.send_result import Failed, SendResult, Sent, Uncertain, Unreachable, Wait
from bot.operations.errors import Backoff, report
from storage.engine.store import Store
from storage.engine.transaction import Transaction
from storage.records import outbox
from storage.records.outbox import OutboxMessage
from storage.records.people import members
from storage.records.people.member import Member, MemberState

log = structlog.get_logger(__name__)
Precondition = Callable[[], Awaitable[bool]]
Deliver = Callable[[Member, Screen, Priority, int | None, Precondition | None], Awaitable[SendResult]]
# Telegram accepts 30 messages a second, so this many are being sent at once where an answer takes a whole second.
WORKERS = 32
BACK_OFF = timedelta(seconds=5)  # doubled with each attempt
LONGEST_BACK_OFF = timedelta(hours=1)
AFTER_STORE_ERROR = 1.0  # seconds
MOST_ATTEMPTS = 8  # a knock whose result was uncertain so often is not sent again
WHILE_PAUSED = timedelta(days=1)  # how long a message is postponed in a pause; the end of the pause brings it forward


async def _unknown(request: Request) -> Screen | None:
    return None


UNKNOWN = DeliveryKind(_unknown, knock=False)  # a row that another version of the program wrote


class OutboxWorker:
    def __init__(
        self,
        store: Store,
        kinds: Mapping[str, DeliveryKind],
        network: NetworkContext,
        *,
        deliver: Deliver,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._kinds = kinds
        self._network = network
        self._deliver = deliver
        self._now = now
        self._due = asyncio.Event()
        self._kinds_by_priority = [
            [name for name, kind in kinds.items() if kind.priority is priority]
            for priority in Priority
            if priority is not Priority.NOTICES
        ]
        self._claimed: deque[OutboxMessage] = deque()  # messages for workers that are free
        self._free_workers = 0
        self._claiming = asyncio.Lock()

    def kick(self) -> None:
        """Looks for messages that are due now."""
        self._due.set()

    async def idle(self) -> bool:
        """Whether no message is due and none is being sent."""
        async with self._store.transaction() as tx:
            return not await outbox.waiting(tx, self._now())

    async def run(self) -> None:
        """Delivers messages that are due, until cancelled; woken by `kick`."""
        backoff = Backoff("outbox-interrupted")
        while not await backoff.guard(self._recover()):
            pass
        async with asyncio.TaskGroup() as tasks:
            for _ in range(WORKERS):
                tasks.create_task(self._work())

    async def _work(self) -> None:
        backoff = Backoff("outbox-interrupted")
        while True:
            await self._process(await self._next(backoff))
            self._due.set()  # the next message to the same member may have waited for this one

    async def _next(self, backoff: Backoff) -> OutboxMessage:
        """The next message; one worker claims for all that are free."""
        self._free_workers += 1
        try:
            async with self._claiming:
                while not self._claimed:
                    self._due.clear()
                    claimed = await backoff.guard(self._claim())
                    self._claimed.extend(claimed or ())
                    if claimed is not None and not claimed:
                        await self._due.wait()
                return self._claimed.popleft()
        finally:
            self._free_workers -= 1

    async def _claim(self) -> list[OutboxMessage]:
        async with self._store.transaction() as tx:
            return await outbox.claim(tx, self._now(), self._free_workers, self._kinds_by_priority)

    async def _recover(self) -> bool:
        async with self._store.transaction() as tx:
            for message in await outbox.interrupted(tx):
                if self._kind(message).knock:
                    await outbox.retry(tx, message, self._now())
                else:
                    await outbox.settle(tx, message, outbox.Settlement.UNCERTAIN, self._now())
        return True

    async def _process(self, message: OutboxMessage) -> None:
        result, screen = await self._deliver_one(message)
        if result is None:
            return
        backoff = Backoff("outbox-unsettled")
        while not await backoff.guard(self._settle(message, result, screen)):
            if screen is None:
                result = Wait(AFTER_STORE_ERROR)  # the database failed, and not this message

    async def _deliver_one(self, message: OutboxMessage) -> tuple[SendResult | None, Screen | None]:
        """The result, None where there was nothing to send; and the screen that was handed to the sender."""
        screen = None
        try:
            ready = await self._render(message)
            if ready is None:
                return None, screen
            member, screen = ready
            priority, precondition = self._kind(message).priority, self._precondition(message)
            return await self._deliver(member, screen, priority, message.message_id, precondition), screen
        except Exception as error:  # noqa: BLE001  one message must never stop the others
            report(error, event="delivery-failed")
            return Failed(), screen

    def _precondition(self, message: OutboxMessage) -> Precondition:
        """Looks whether the reader was frozen only where the message has waited since it was rendered."""
        kind, rendered = self._kind(message), asyncio.get_running_loop().time()

        async def is_wanted() -> bool:
            waited = asyncio.get_running_loop().time() - rendered >= LOOKED_AT_LATELY
            if kind.precondition is None and not waited:
                return True
            async with self._store.transaction() as tx:
                if waited and not kind.frozen and await members.is_frozen(tx, message.member_id):
                    return False
                return kind.precondition is None or await kind.precondition(tx, message.about)

        return is_wanted

    def _kind(self, message: OutboxMessage) -> DeliveryKind:
        return self._kinds.get(message.kind, UNKNOWN)

    async def _render(self, message: OutboxMessage) -> tuple[Member, Screen] | None:
        """The reader and the screen; None where the message was settled or postponed instead."""
        kind, now = self._kind(message), self._now()
        async with self._store.transaction() as tx:
            member = await members.get(tx, message.member_id)
            if member is None:
                return None
            if member.state is MemberState.FROZEN and not kind.frozen:
                await outbox.settle(tx, message, outbox.Settlement.CANCELLED, now)
                return None
            if member.unreachable_until is not None:
                await outbox.postpone(tx, message, max(member.unreachable_until, now + WHILE_PAUSED))
                return None
            gone = message.chat_message_id is not None and message.message_id is None  # the message to change
            if gone or (member.state is MemberState.SUSPENDED and not kind.changes):
                await outbox.settle(tx, message, outbox.Settlement.CANCELLED, now)
                return None
            request = self._request(tx, message, member, now)
            quiet = (
                quiet_until(now, member.zone, member.preferences.quiet_from, member.preferences.quiet_until)
                if kind.quiet
                else None
            )
            if quiet is not None and not (kind.breaks_quiet and await kind.breaks_quiet(request)):
                await outbox.postpone(tx, message, max(quiet, now + timedelta(seconds=1)))
                return None
            if kind.pauses and member.state is MemberState.PAUSED:
                await outbox.postpone(tx, message, now + WHILE_PAUSED)
                return None
            if member.state is MemberState.SUSPENDED:  # whatever they have open leaves the chat
                return member, shared_screens.removed(request.texts)
            wanted = not kind.pauses or member.state is MemberState.ACTIVE
            screen = await kind.render(request) if wanted else None
            if screen is None:
                await outbox.settle(tx, message, outbox.Settlement.CANCELLED, now)
                return None
            return member, screen

    def _request(self, tx: Transaction, message: OutboxMessage, member: Member, now: datetime) -> Request:
        return Request(
            tx,
            now,
            texts_in(member.language),
            self._network,
            member.telegram_id,
            member,
            about=message.about,
            message_id=message.message_id,
        )

    async def _settle(self, message: OutboxMessage, result: SendResult, screen: Screen | None) -> bool:
        log.info("delivery", kind=message.kind, outcome=type(result).__name__.lower(), id=message.id.hex())
        wait = await self._store.group_commit(partial(self._record_result, message, result, screen))
        if wait is not None:
            self._kick_in(wait)
        return True

    async def _record_result(
        self, message: OutboxMessage, result: SendResult, screen: Screen | None, tx: Transaction
    ) -> float | None:
        """Settles the message; the seconds after which it is due again, where that is soon."""
        now = self._now()
        again: timedelta = min(BACK_OFF * 2 ** min(message.attempts, 10), LONGEST_BACK_OFF)
        match result:
            case Sent():
                await outbox.settle(tx, message, outbox.Settlement.SENT, now)
                if screen is not None:
                    await chat_plan.delivered(tx, message, result, screen, self._network, now)
            case Wait(seconds=seconds):
                await outbox.postpone(tx, message, now + timedelta(seconds=seconds))
                return seconds
            case Uncertain() if self._kind(message).knock and message.attempts < MOST_ATTEMPTS:
                await outbox.retry(tx, message, now + again)
                return again.total_seconds()
            case Unreachable():
                await members.set_unreachable(tx, message.member_id, now + UNREACHABLE)
                await outbox.postpone(tx, message, now + UNREACHABLE)
            case Uncertain():
                await outbox.settle(tx, message, outbox.Settlement.UNCERTAIN, now)
            case Failed():
                await outbox.settle(tx, message, outbox.Settlement.FAILED, now)
        return None

    def _kick_in(self, seconds: float) -> None:
        """Looks for due messages when a wait is over, instead of at the next tick."""
        asyncio.get_running_loop().call_later(seconds, self.kick)
