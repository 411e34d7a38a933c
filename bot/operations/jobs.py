"""What is done again and again: one tick, every few seconds of UTC, that runs the jobs of all features.

What is due stands in the database, so a missed tick costs nothing but time.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.conversation.feature import Job
from bot.operations.errors import report
from storage.engine.store import Store

Tick = Callable[[], Awaitable[None]]


class JobRunner:
    """Runs the jobs one after the other, each with the time at which the tick began. `done` is called at the end."""

    def __init__(
        self, store: Store, jobs: Sequence[Job], *, done: Callable[[], None], now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._jobs = jobs
        self._done = done
        self._now = now

    async def tick(self) -> None:
        """Does what is due now; nothing that is not. What fails is reported and left for the next tick."""
        now = self._now()
        for job in self._jobs:
            try:
                await job.run(self._store, now)
            except Exception as error:  # noqa: BLE001  the others must not wait for what cannot be done
                report(error, event="tick-failed")
        self._done()


def start(tick: Tick, seconds: float) -> AsyncIOScheduler:
    """Starts ticking in the running loop; ticks never overlap and never pile up. The caller shuts it down."""
    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(tick, "interval", seconds=seconds, max_instances=1, coalesce=True, misfire_grace_time=None)
    scheduler.start()
    return scheduler
