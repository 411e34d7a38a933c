"""The inbox: stores updates, hands each to its handler once, and sends the answers.

Updates of one person are handled in their order, those of several people concurrently. An answer is sent after the
transaction of its handler. Where it is uncertain whether an answer arrived, the person is sent a knock from which they
can continue; an answer is never sent twice. Only people without a row, who cannot be sent a knock, are answered again,
where the answer tells of no effect.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import structlog

from bot.messaging.send_result import Failed, SendResult, Uncertain, Wait
from bot.messaging.update_handler import Answer, UpdateHandler
from bot.messaging.update_validation import ReceivedUpdate, ValidUpdate
from bot.operations.errors import Backoff, new_reference, report
from storage.engine.store import Store
from storage.engine.transaction import Transaction
from storage.records import inbox, outbox
from storage.records.inbox import Guest, Received

log = structlog.get_logger(__name__)
ANSWERED_AGAIN, AGAIN_AFTER = 3, 5.0  # times, seconds, doubled with each
Admit = Callable[[Transaction, int, dict[str, Any], datetime], Awaitable[Guest]]
AHEAD = 4  # updates fetched per worker in one query, since a query over a long backlog takes long


class InboxWorker:
    def __init__(
        self,
        store: Store,
        handler: UpdateHandler,
        *,
        sender: Callable[[dict[str, Any]], int | None],
        admit: Admit,
        answer: Callable[[Answer], Awaitable[SendResult]],
        answered: Callable[[], None],
        now: Callable[[], datetime],
        workers: int,
    ) -> None:
        """`sender` reads the Telegram id off an update, `admit` decides about one of somebody without a row, `answer`
        sends an answer, `answered` is called after each for which anything was written.

        `workers` is the most updates that are handled at once, and the most answers that are being sent at once.
        """
        self._store = store
        self._handler = handler
        self._sender = sender
        self._admit = admit
        self._answer = answer
        self._answered = answered
        self._now = now
        self._workers = workers
        self._busy: dict[int, Received] = {}  # updates whose answer is not yet sent, by update id
        self._ready: deque[Received] = deque()  # the next ones
        self._handling = 0  # updates without an answer, or whose answer waits for one of the slots
        self._sending_slots = asyncio.Semaphore(workers)
        self._changed = asyncio.Event()
        self.recovered = asyncio.Event()  # whether updates of another run are settled, and old ids forgotten

    async def take(self, arrivals: Sequence[ReceivedUpdate]) -> None:
        """Writes a batch to disk. After it returns, Telegram may forget it."""
        quarantined = await self._store.group_commit(partial(self._keep, arrivals, self._now()))
        for reference, reason in quarantined.items():
            log.error("update-quarantined", reference=reference, reason=reason)
        self._changed.set()

    async def _keep(self, arrivals: Sequence[ReceivedUpdate], now: datetime, tx: Transaction) -> dict[str, str]:
        """The reasons for which some were quarantined, by reference."""
        quarantined = {}
        for arrival in arrivals:
            if isinstance(arrival, ValidUpdate):
                update, sender = arrival.update, self._sender_of(arrival.update)
                admit = None if sender is None else partial(self._admit, tx, sender, update, now)
                await inbox.add(tx, arrival.update_id, sender, update, now, admit=admit)
                continue
            reference = new_reference()
            if await inbox.quarantine(tx, arrival.content, reference, now):
                quarantined[reference] = arrival.reason
        return quarantined

    def _sender_of(self, update: dict[str, Any]) -> int | None:
        try:
            return self._sender(update)
        except Exception as error:  # noqa: BLE001  it is stored all the same, and fails when it is handled
            report(error, event="update-unreadable")
            return None

    async def run(self) -> None:
        """Handles pending updates until cancelled."""
        backoff = Backoff("inbox-interrupted")
        while not await backoff.guard(self._recover()):
            pass
        self.recovered.set()
        async with asyncio.TaskGroup() as tasks:
            while True:
                self._changed.clear()
                if not self._ready:
                    found = await backoff.guard(self._next())
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
        """Pending updates of people of whom none is being handled."""
        strangers = max(1, self._workers // 4) - sum(busy.stranger for busy in self._busy.values())
        async with self._store.transaction() as tx:
            senders = {self._index_of(busy, tx) for busy in self._busy.values()}
            found = await inbox.next_pending(tx, senders, AHEAD * self._workers, strangers)
        return [received for received in found if received.update_id not in self._busy]

    def _index_of(self, received: Received, tx: Transaction) -> bytes | None:
        """The present lookup hash of its sender: an erasure changes that of everybody."""
        sender = self._sender_of(received.update) if received.update else None
        return received.sender_index if sender is None else tx.cipher.telegram_id_index(sender)

    async def close(self) -> None:
        """Ends what is kept for frozen accounts, when nothing is handled any more."""
        await self._handler.decoys.close()

    async def idle(self) -> bool:
        """Whether all updates that were taken are handled."""
        async with self._store.transaction() as tx:
            return not self._busy and not await inbox.next_pending(tx, (), 1, 1)

    async def _recover(self) -> bool:
        """After a crash: a knock for everybody whose answer may not have been sent.

        After a long stop: ids so old are forgotten before anything is received, since Telegram may use them again.
        """
        async with self._store.transaction() as tx:
            for member_id in await inbox.unanswered(tx):
                await outbox.put(tx, member_id, "resume", due=self._now(), now=self._now())
            await inbox.purge(tx, self._now() - inbox.KEPT)
        return True

    async def _handle(self, received: Received) -> None:
        backoff = Backoff("inbox-failed")
        try:
            try:
                # Where not even a failure can be written, the update stays pending and is handled after a pause.
                answer = await backoff.guard(self._handler.handle(received))
                if answer is not None:
                    await self._sending_slots.acquire()
            finally:
                self._handling -= 1
                self._changed.set()
            if answer is None:
                return
            try:
                sent = await backoff.guard(self._send(answer))
            finally:
                self._sending_slots.release()
            if sent is None and answer.repeats:
                sent = answer, Failed()  # its row is still pending, and would fail again
            if sent is not None:
                record = partial(self._handler.record_result, received.update_id, *sent)
                await backoff.guard(self._store.group_commit(record))
        finally:
            self._busy.pop(received.update_id, None)
            self._changed.set()

    async def _send(self, answer: Answer) -> tuple[Answer, SendResult]:
        """What was sent, which is another answer where the person was frozen while this one waited; and the result."""
        result, attempt = await self._answer(answer), 0
        while isinstance(result, Wait) or (isinstance(result, Uncertain) and answer.repeats):
            if isinstance(result, Wait):
                await asyncio.sleep(result.seconds)
            elif attempt < ANSWERED_AGAIN:
                await asyncio.sleep(AGAIN_AFTER * 2**attempt)
                attempt += 1
            else:
                break
            answer = await self._handler.current(answer)
            result = await self._answer(answer)
        if answer.wrote:
            self._answered()
        return answer, result
