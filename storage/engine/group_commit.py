"""Group commit: what several tasks want to write at the same moment becomes one transaction.

A commit waits for the disk, whatever is in it. So each piece of work takes its place in a transaction that is shared
with others, one after the other, as a part of its own: what fails is taken back alone, and nobody is told that their
work is done before the commit is on the disk. Where the transaction as a whole fails, each is done again by itself.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from storage.engine.transaction import Transaction

T = TypeVar("T")
LONGEST = 0.02  # seconds after which nothing more is taken into a transaction, so that others get their turn


@dataclass(slots=True, eq=False)
class _Job(Generic[T]):
    work: "Callable[[Transaction], Awaitable[T]]"
    done: asyncio.Future[T]
    result: T | None = None
    error: Exception | None = None

    def fulfil(self) -> None:
        if self.done.done():
            return  # whoever asked waits no longer
        if self.error is not None:
            self.done.set_exception(self.error)
        else:
            self.done.set_result(self.result)  # type: ignore[arg-type]  # set, where there is no error


class GroupCommit:
    """The works that wait, and the task that does them while there are any."""

    def __init__(self, transaction: "Callable[[], AbstractAsyncContextManager[Transaction]]") -> None:
        self._transaction = transaction
        self._waiting: deque[_Job[Any]] = deque()
        self._task: asyncio.Task[None] | None = None

    async def run(self, work: "Callable[[Transaction], Awaitable[T]]") -> T:
        """The result of the work, once it is on the disk. Raises what the work raises; then nothing of it was done.

        The work may be begun again from its beginning. Cancelled, it may be done all the same.
        """
        wish = _Job(work, asyncio.get_running_loop().create_future())
        self._waiting.append(wish)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        result: T = await wish.done
        return result

    async def finish(self) -> None:
        """Waits until nothing waits any more."""
        if self._task is not None:
            await asyncio.wait([self._task])

    async def _run(self) -> None:
        while self._waiting:
            taken: list[_Job[Any]] = []
            try:
                async with self._transaction() as tx:
                    await self._share(tx, taken)
            except Exception:  # noqa: BLE001  comes again for the work that it is about
                if not taken:  # it could not even begin
                    taken.append(self._waiting.popleft())
                for wish in taken:
                    await self._alone(wish)
            for wish in taken:
                wish.fulfil()

    async def _share(self, tx: "Transaction", taken: list[_Job[Any]]) -> None:
        ends = time.monotonic() + LONGEST
        while self._waiting and time.monotonic() < ends:
            wish = self._waiting.popleft()
            if wish.done.cancelled():
                continue
            taken.append(wish)
            tx.begin_part()
            try:
                wish.result = await wish.work(tx)
            except Exception as error:  # noqa: BLE001  for whoever asked
                wish.error = error
                await tx.undo_part()
            else:
                await tx.end_part()

    async def _alone(self, wish: _Job[Any]) -> None:
        wish.error = None
        try:
            async with self._transaction() as tx:
                wish.result = await wish.work(tx)
        except Exception as error:  # noqa: BLE001  for whoever asked
            wish.error = error
