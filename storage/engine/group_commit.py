"""Group commit: what several tasks want to write at the same moment becomes one transaction.

A commit waits for the disk, whatever it contains. So the pieces of work share a transaction, one after the other, each
as a part of its own: a part that fails is rolled back alone, and no caller gets its result before the commit is on the
disk. Where the transaction as a whole fails, each piece of work is done again in a transaction of its own.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar


class Parts(Protocol):
    """A transaction with parts that can be rolled back one by one."""

    def begin_part(self) -> None: ...

    async def end_part(self) -> None: ...

    async def undo_part(self) -> None: ...


T = TypeVar("T")
Tx = TypeVar("Tx", bound=Parts)
LONGEST = 0.02  # seconds after which no more work is taken into a transaction, so that other writers get a turn


@dataclass(slots=True, eq=False)
class _Job(Generic[Tx, T]):
    work: Callable[[Tx], Awaitable[T]]
    done: asyncio.Future[T]
    result: T | None = None
    error: Exception | None = None

    def resolve(self) -> None:
        """Hands the result or the error to the caller."""
        if self.done.done():
            return  # the caller was cancelled
        if self.error is not None:
            self.done.set_exception(self.error)
        else:
            self.done.set_result(self.result)  # type: ignore[arg-type]  # set, where there is no error


class GroupCommit(Generic[Tx]):
    """The queue of work, and the task that does it while there is any."""

    def __init__(self, transaction: Callable[[], AbstractAsyncContextManager[Tx]]) -> None:
        self._transaction = transaction
        self._queue: deque[_Job[Tx, Any]] = deque()
        self._task: asyncio.Task[None] | None = None

    async def run(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        """The result of the work, once it is on the disk. Raises what the work raises; then none of it took effect.

        The work may be run again from its beginning. Where the caller is cancelled, the work may be done all the same.
        """
        job = _Job(work, asyncio.get_running_loop().create_future())
        self._queue.append(job)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        result: T = await job.done
        return result

    async def finish(self) -> None:
        """Waits until the queue is empty."""
        if self._task is not None:
            await asyncio.wait([self._task])

    async def _run(self) -> None:
        while self._queue:
            taken: list[_Job[Tx, Any]] = []
            try:
                async with self._transaction() as tx:
                    await self._share(tx, taken)
            except Exception:  # noqa: BLE001  raised again, for the job that causes it, when each is run alone
                if not taken:  # the transaction could not even begin
                    taken.append(self._queue.popleft())
                for job in taken:
                    await self._run_alone(job)
            for job in taken:
                job.resolve()

    async def _share(self, tx: Tx, taken: list[_Job[Tx, Any]]) -> None:
        ends = time.monotonic() + LONGEST
        while self._queue and time.monotonic() < ends:
            job = self._queue.popleft()
            if job.done.cancelled():
                continue
            taken.append(job)
            tx.begin_part()
            try:
                job.result = await job.work(tx)
            except Exception as error:  # noqa: BLE001  raised to the caller
                job.error = error
                await tx.undo_part()
            else:
                await tx.end_part()

    async def _run_alone(self, job: _Job[Tx, Any]) -> None:
        job.error = None
        try:
            async with self._transaction() as tx:
                job.result = await job.work(tx)
        except Exception as error:  # noqa: BLE001  raised to the caller
            job.error = error
