"""Periodic jobs: a tick every few seconds runs the jobs of all features.

What is due is stored in the database, so a missed tick only delays it.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.conversation.feature import Job
from bot.operations.errors import report
from storage.engine.store import Store

Tick = Callable[[], Awaitable[None]]


class JobRunner:
    """Runs the jobs one after the other, each with the time at which the tick begins. Each tick ends with `done`."""

    def __init__(
        self, store: Store, jobs: Sequence[Job], *, done: Callable[[], None], now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._jobs = jobs
        self._done = done
        self._now = now

    async def tick(self) -> None:
        """Runs every job once. An error in a job is reported, and that job runs again with the next tick."""
        now = self._now()
        for job in self._jobs:
            try:
                await job.run(self._store, now)
            except Exception as error:  # noqa: BLE001  one job that fails must not stop the others
                report(error, event="job-failed")
        self._done()


def start(tick: Tick, seconds: float) -> AsyncIOScheduler:
    """Calls `tick` every `seconds` in the running event loop. Ticks never overlap, and missed ones are run once.

    The caller shuts the scheduler down.
    """
    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(tick, "interval", seconds=seconds, max_instances=1, coalesce=True, misfire_grace_time=None)
    scheduler.start()
    return scheduler
