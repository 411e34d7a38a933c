"""The outbox at work: claim what is due, render it for its reader as they are now, send it, settle it.

A message that may have gone out is sent again only where it is a knock, which says the same thing twice to nobody's
harm; anything else becomes `uncertain`.

A fixed number of workers take one message each, so that a backlog of any length takes the same memory, and one that is
slow keeps only its worker. Whoever blocked the bot or left Telegram is left alone for thirty days or until they write.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.conversation.delivery import UNREACHABLE, DeliveryKind, Priority
from bot.conversation.request import NetworkContext, Request
from bot.conversation.screen import Screen
from bot.language.texts import texts_in
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
# Telegram takes 30 messages a second, so this many are on their way at once where an answer takes a whole second.
WORKERS = 32
BACK_OFF = timedelta(seconds=5)  # doubled with each attempt
LONGEST_BACK_OFF = timedelta(hours=1)
AFTER_STORE_ERROR = 1.0  # seconds
MOST_ATTEMPTS = 8  # a knock that may have arrived so often is not sent again
WHILE_PAUSED = timedelta(days=1)  # what is owed waits; the end of the pause brings it forward


async def _unknown(request: Request) -> Screen | None:
    return None


UNKNOWN = DeliveryKind(_unknown, knock=False)  # a row that another version of the program has left


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
        self._first = [
            [name for name, kind in kinds.items() if kind.priority is lane]
            for lane in Priority
            if lane is not Priority.NOTICES
        ]
        self._hand: deque[OutboxMessage] = deque()  # claimed for workers who are free
        self._free = 0
        self._claiming = asyncio.Lock()

    def kick(self) -> None:
        """Something may be due now."""
        self._due.set()

    async def idle(self) -> bool:
        """Whether nothing is due now and nothing is on its way."""
        async with self._store.transaction() as tx:
            return not await outbox.waiting(tx, self._now())

    async def run(self) -> None:
        """Delivers what is due, until cancelled; it wakes by `kick`."""
        pause = Backoff("delivery-interrupted")
        while not await pause.guard(self._after_a_crash()):
            pass
        async with asyncio.TaskGroup() as tasks:
            for _ in range(WORKERS):
                tasks.create_task(self._work())

    async def _work(self) -> None:
        pause = Backoff("delivery-interrupted")
        while True:
            await self._one(await self._next(pause))
            self._due.set()  # the next one to the same member may have waited for that

    async def _next(self, pause: Backoff) -> OutboxMessage:
        """The next message; one worker claims for all who are free."""
        self._free += 1
        try:
            async with self._claiming:
                while not self._hand:
                    self._due.clear()
                    claimed = await pause.guard(self._claim())
                    self._hand.extend(claimed or ())
                    if claimed is not None and not claimed:
                        await self._due.wait()
                return self._hand.popleft()
        finally:
            self._free -= 1

    async def _claim(self) -> list[OutboxMessage]:
        async with self._store.transaction() as tx:
            return await outbox.claim(tx, self._now(), self._free, self._first)

    async def _after_a_crash(self) -> bool:
        async with self._store.transaction() as tx:
            for owed in await outbox.interrupted(tx):
                if self._kind(owed).knock:
                    await outbox.retry(tx, owed, self._now())
                else:
                    await outbox.settle(tx, owed, outbox.Settlement.UNCERTAIN, self._now())
        return True

    async def _one(self, owed: OutboxMessage) -> None:
        outcome, sent = await self._outcome(owed)
        if outcome is None:
            return
        pause = Backoff("delivery-unsettled")
        while not await pause.guard(self._settle(owed, outcome)):
            if not sent:
                outcome = Wait(AFTER_STORE_ERROR)  # what failed was the store, and not this message

    async def _outcome(self, owed: OutboxMessage) -> tuple[SendResult | None, bool]:
        """What became of it, None where nothing was left to do; and whether it was handed to Telegram."""
        sent = False
        try:
            ready = await self._render(owed)
            if ready is None:
                return None, sent
            sent = True
            member, screen = ready
            lane = self._kind(owed).priority
            return await self._deliver(member, screen, lane, owed.message_id, self._still(owed)), sent
        except Exception as error:  # noqa: BLE001  one message must never stop the others
            report(error, event="delivery-failed")
            return Failed(), sent

    def _still(self, owed: OutboxMessage) -> Precondition | None:
        still = self._kind(owed).precondition
        if still is None:
            return None

        async def asked() -> bool:
            async with self._store.transaction() as tx:
                return await still(tx, owed.about)

        return asked

    def _kind(self, owed: OutboxMessage) -> DeliveryKind:
        return self._kinds.get(owed.kind, UNKNOWN)

    async def _render(self, owed: OutboxMessage) -> tuple[Member, Screen] | None:
        """The reader and the screen, or None where it was settled or postponed without sending."""
        kind, now = self._kind(owed), self._now()
        async with self._store.transaction() as tx:
            member = await members.get(tx, owed.member_id)
            if member is None:
                return None
            if member.unreachable_until is not None:
                await outbox.postpone(tx, owed, max(member.unreachable_until, now + WHILE_PAUSED))
                return None
            request = Request(
                tx,
                now,
                texts_in(member.language),
                self._network,
                member.telegram_id,
                member,
                about=owed.about,
                message_id=owed.message_id,
            )
            quiet = (
                quiet_until(now, member.zone, member.preferences.quiet_from, member.preferences.quiet_until)
                if kind.quiet
                else None
            )
            if quiet is not None and not (kind.breaks_quiet and await kind.breaks_quiet(request)):
                await outbox.postpone(tx, owed, max(quiet, now + timedelta(seconds=1)))
                return None
            if kind.pauses and member.state is MemberState.PAUSED:
                await outbox.postpone(tx, owed, now + WHILE_PAUSED)
                return None
            wanted = not kind.pauses or member.state is MemberState.ACTIVE
            screen = await kind.render(request) if wanted else None
            if screen is None:
                await outbox.settle(tx, owed, outbox.Settlement.CANCELLED, now)
                return None
            return member, screen

    async def _settle(self, owed: OutboxMessage, outcome: SendResult) -> bool:
        log.info("delivery", kind=owed.kind, outcome=type(outcome).__name__.lower(), id=owed.id.hex())
        wait = await self._store.group_commit(partial(self._settled, owed, outcome))
        if wait is not None:
            self._kick_in(wait)
        return True

    async def _settled(self, owed: OutboxMessage, outcome: SendResult, tx: Transaction) -> float | None:
        """After how many seconds it is due again, where it is soon."""
        now = self._now()
        again: timedelta = min(BACK_OFF * 2 ** min(owed.attempts, 10), LONGEST_BACK_OFF)
        match outcome:
            case Sent():
                await outbox.settle(tx, owed, outbox.Settlement.SENT, now)
            case Wait(seconds=seconds):
                await outbox.postpone(tx, owed, now + timedelta(seconds=seconds))
                return seconds
            case Uncertain() if self._kind(owed).knock and owed.attempts < MOST_ATTEMPTS:
                await outbox.retry(tx, owed, now + again)
                return again.total_seconds()
            case Unreachable():
                await members.set_unreachable(tx, owed.member_id, now + UNREACHABLE)
                await outbox.postpone(tx, owed, now + UNREACHABLE)
            case Uncertain():
                await outbox.settle(tx, owed, outbox.Settlement.UNCERTAIN, now)
            case Failed():
                await outbox.settle(tx, owed, outbox.Settlement.FAILED, now)
        return None

    def _kick_in(self, seconds: float) -> None:
        """Looks again when a wait is over, rather than at the next tick."""
        asyncio.get_running_loop().call_later(seconds, self.kick)
