"""The durable inbox at work: takes updates in, and hands each to its route once.

Updates of one person are handled in their order, those of several people side by side. The handler's effects and the
settling of its inbox row are one transaction; the answer goes out after it. Where it stays uncertain whether an answer
arrived, the person is sent a knock to go on from, never the same answer again.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import structlog

from bot.conversation import shared_screens
from bot.conversation.dispatch import load_request, respond
from bot.conversation.request import Incoming, NetworkContext, Refusal, Request, UnreadableMember
from bot.conversation.routes import Routes
from bot.conversation.screen import Screen
from bot.language.texts import Texts, texts_in
from bot.messaging.send_result import SendResult, Sent, Uncertain, Wait
from bot.messaging.update_validation import ReceivedUpdate, ValidUpdate
from bot.operations.errors import Backoff, new_reference, report
from storage.crypto.cipher import Unreadable
from storage.engine.store import Store
from storage.engine.transaction import Transaction
from storage.records import inbox, outbox
from storage.records.inbox import Received
from storage.records.people import members

log = structlog.get_logger(__name__)
AHEAD = 4  # times as many updates as there are workers are looked for at once, since a long backlog takes long


@dataclass(frozen=True, slots=True)
class Answer:
    """A screen on its way to the person who spoke."""

    incoming: Incoming
    screen: Screen
    language: str
    commands: tuple[str, ...]
    member_id: bytes | None


class HandledAlready(Exception):
    """The effects of this update are there: what was just done is taken back, so that they happen once."""


class InboxWorker:
    def __init__(
        self,
        store: Store,
        routes: Routes,
        network: NetworkContext,
        *,
        read: Callable[[dict[str, Any]], Incoming | None],
        sender: Callable[[dict[str, Any]], int | None],
        answer: Callable[[Answer], Awaitable[SendResult]],
        now: Callable[[], datetime],
        workers: int,
    ) -> None:
        self._store = store
        self.routes = routes
        self._network = network
        self._read = read
        self._sender = sender
        self._answer = answer
        self._now = now
        self._workers = workers
        self._busy: dict[int, Received] = {}  # what is being handled, by update id
        self._ready: deque[Received] = deque()  # what is handled next
        self._handling = 0  # how many have no answer yet, or one that waits for a place among those on their way
        self._places = asyncio.Semaphore(workers)  # for answers on their way
        self._changed = asyncio.Event()

    async def take(self, arrivals: Sequence[ReceivedUpdate]) -> None:
        """Puts a batch on disk. Once this returns, Telegram may forget it."""
        strange = await self._store.together(partial(self._keep, arrivals, self._now()))
        for reference, reason in strange.items():
            log.error("update-quarantined", reference=reference, reason=reason)
        self._changed.set()

    async def _keep(self, arrivals: Sequence[ReceivedUpdate], now: datetime, tx: Transaction) -> dict[str, str]:
        """Why some of them were quarantined, by reference."""
        strange = {}
        for arrival in arrivals:
            if isinstance(arrival, ValidUpdate):
                update = arrival.update
                await inbox.add(tx, arrival.update_id, self._sender_of(update), update, now)
                continue
            reference = new_reference()
            if await inbox.quarantine(tx, arrival.content, reference, now):
                strange[reference] = arrival.reason
        return strange

    def _sender_of(self, update: dict[str, Any]) -> int | None:
        try:
            return self._sender(update)
        except Exception as error:  # noqa: BLE001  kept all the same; it fails by itself when its turn comes
            report(error, event="update-unreadable")
            return None

    async def run(self) -> None:
        """Handles what is pending, until cancelled."""
        pause = Backoff("intake-interrupted")
        while not await pause.guard(self._after_a_crash()):
            pass
        async with asyncio.TaskGroup() as tasks:
            while True:
                self._changed.clear()
                if not self._ready:
                    found = await pause.guard(self._next())
                    self._ready.extend(found or ())
                    if found is None:
                        continue
                while self._ready and self._handling < self._workers:
                    received = self._ready.popleft()
                    self._handling += 1
                    self._busy[received.update_id] = received
                    tasks.create_task(self._handle(received))
                await self._changed.wait()

    async def _next(self) -> list[Received]:
        strangers = max(1, self._workers // 4) - sum(busy.member_id is None for busy in self._busy.values())
        async with self._store.transaction() as tx:
            senders = {self._index_of(busy, tx) for busy in self._busy.values()}
            found = await inbox.next_pending(tx, senders, AHEAD * self._workers, strangers)
        return [received for received in found if received.update_id not in self._busy]

    def _index_of(self, received: Received, tx: Transaction) -> bytes | None:
        """Of its sender, as it is now: an erasure gives everybody another."""
        sender = self._sender_of(received.update) if received.update else None
        return received.sender_index if sender is None else tx.cipher.telegram_id_index(sender)

    async def idle(self) -> bool:
        """Whether everything taken in was handled."""
        async with self._store.transaction() as tx:
            return not self._busy and not await inbox.next_pending(tx, (), 1, 1)

    async def _after_a_crash(self) -> bool:
        async with self._store.transaction() as tx:
            for member_id in await inbox.unanswered(tx):
                await outbox.put(tx, member_id, "resume", due=self._now(), now=self._now())
        return True

    async def _handle(self, received: Received) -> None:
        pause = Backoff("intake-failed")
        try:
            try:
                # Where not even a failure can be written down, the update waits its turn again after a pause.
                answer = await pause.guard(self._respond(received))
                if answer is not None:
                    await self._places.acquire()
            finally:
                self._handling -= 1
                self._changed.set()
            if answer is None:
                return
            try:
                outcome = await pause.guard(self._send(answer))
            finally:
                self._places.release()
            if outcome is not None:
                answered = partial(self._answered, received.update_id, answer, outcome)
                await pause.guard(self._store.together(answered))
        finally:
            self._busy.pop(received.update_id, None)
            self._changed.set()

    async def _respond(self, received: Received) -> Answer | None:
        """Runs the handler and settles the inbox row with its effects; None where there is nothing to answer."""
        if received.unreadable is not None:
            await self._lost(received, received.unreadable)
            return None
        asked = None
        try:
            asked = self._read(received.update) if received.update else None
            if asked is None:
                await self._store.together(partial(inbox.answered, update_id=received.update_id))
                return None
            return await self._store.together(partial(self._effects, received.update_id, asked))
        except HandledAlready:
            return None
        except Refusal as refusal:
            assert asked is not None  # only a handler refuses
            return await self._refused(received, asked, refusal.screen)
        except UnreadableMember as damaged:
            reference = report(damaged.__cause__ or damaged, event="person-unreadable")
            return await self._failed(received, asked, reference, shared_screens.unreadable, damaged.language)
        except Exception as error:  # noqa: BLE001  a failure of ours becomes a reference code for the person
            reference = report(error, event="handler-failed")
            return await self._failed(received, asked, reference)

    async def _effects(self, update_id: int, asked: Incoming, tx: Transaction) -> Answer:
        request = await load_request(tx, asked, self._network, self._now())
        await _reached(request)
        screen = await respond(request, asked, self.routes)
        log.debug("handled", kind=asked.kind)
        # What nothing was written for has not changed the person either.
        after = await load_request(tx, asked, self._network, request.now) if tx.wrote else request
        if not await inbox.settle(tx, update_id):
            raise HandledAlready
        member_id = after.member.id if after.member else None
        if member_id is not None and asked.message_id is not None and _stands_there(screen):
            # In the same transaction, so that no crash leaves what was opened open for ever.
            await self._plan_closing(tx, member_id, asked.message_id, screen)
        language = after.texts.language if after.member else request.texts.language
        return Answer(asked, screen, language, _commands(after, screen), member_id)

    async def _refused(self, received: Received, asked: Incoming, screen: Screen) -> Answer:
        async def settle(tx: Transaction) -> Request:
            await inbox.settle(tx, received.update_id)
            request = await load_request(tx, asked, self._network, self._now())
            await _reached(request)
            return request

        request = await self._store.together(settle)
        member_id = request.member.id if request.member else None
        return Answer(asked, screen, request.texts.language, _commands(request, screen), member_id)

    async def _lost(self, received: Received, error: Unreadable) -> None:
        """An update that does not open: nobody knows what it said, so whoever sent it is asked to go on."""
        reference = report(error, event="update-unreadable")

        async def fail(tx: Transaction) -> None:
            await inbox.fail(tx, received.update_id, reference)
            if received.member_id is not None:
                await outbox.put(tx, received.member_id, "resume", due=self._now(), now=self._now())

        await self._store.together(fail)

    async def _failed(
        self,
        received: Received,
        asked: Incoming | None,
        reference: str,
        screen: Callable[[Texts, str], Screen] = shared_screens.went_wrong,
        language: str | None = None,
    ) -> Answer | None:
        await self._store.together(partial(inbox.fail, update_id=received.update_id, reference=reference))
        if asked is None:
            return None
        texts = texts_in(language or asked.language_code, self._network.languages)
        return Answer(asked, screen(texts, reference), texts.language, (), None)

    async def _send(self, answer: Answer) -> SendResult:
        outcome = await self._answer(answer)
        while isinstance(outcome, Wait):
            await asyncio.sleep(outcome.seconds)
            outcome = await self._answer(answer)
        return outcome

    async def _answered(self, update_id: int, answer: Answer, outcome: SendResult, tx: Transaction) -> None:
        await inbox.answered(tx, update_id)
        if answer.member_id is None:
            return
        if isinstance(outcome, Uncertain):
            await outbox.put(tx, answer.member_id, "resume", due=self._now(), now=self._now())
        sent = outcome.message_id if isinstance(outcome, Sent) else None
        if sent is not None and sent != answer.incoming.message_id:
            await self._plan_closing(tx, answer.member_id, sent, answer.screen)

    async def _plan_closing(self, tx: Transaction, member_id: bytes, message_id: int, screen: Screen) -> None:
        """What is to become of a message in time, in place of what was planned for what stood there before."""
        now, closes = self._now(), screen.expiry
        await outbox.cancel_changes(tx, member_id, message_id)
        if closes is not None:
            await outbox.put(
                tx,
                member_id,
                closes.kind,
                about=closes.about,
                message_id=message_id,
                due=now + closes.after,
                now=now,
            )


def _commands(request: Request, screen: Screen) -> tuple[str, ...]:
    """What the person's menu is to hold, where it changes."""
    return request.commands if screen.menu is not None else ()


async def _reached(request: Request) -> None:
    """Whoever speaks can be reached: what waited for that is due, screens that were to close among it."""
    if request.member is not None and request.member.unreachable_until is not None:
        await members.set_unreachable(request.tx, request.me.id, None)
        await outbox.bring_forward(request.tx, request.me.id, request.now, changes=True)


def _stands_there(screen: Screen) -> bool:
    """Whether a screen takes the place of the message that was pressed."""
    return not (screen.fresh or screen.photo or screen.document)
