"""Periodic jobs. Each runs at its own interval, on APScheduler, in the event loop.

What is due is stored in the database, so a missed run only delays it, and the intervals may begin again at each start.
Jobs run at the same time and never twice at the same time: what a job decides, it reads and writes in one transaction.
One that fails or takes long does not delay the others.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.events import EVENT_JOB_MAX_INSTANCES, JobSubmissionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.conversation.feature import Job
from bot.operations.errors import report
from storage.engine.store import Store

log = structlog.get_logger(__name__)
Clock = Callable[[], datetime]
# APScheduler warns where a job is still running when it is due again; `_note_still_running` logs that with its name.
_errors_only = logging.getLogger("apscheduler.errors")
_errors_only.setLevel(logging.ERROR)


class JobRunner:
    """Runs each job at its interval between `start` and `stop`, and all of them once with `tick`.

    `now` returns the time that jobs get. `done` is called after each job that may have put rows into the outbox.
    """

    def __init__(self, store: Store, jobs: Sequence[Job], *, done: Callable[[], None], now: Clock) -> None:
        self._store = store
        self.jobs = tuple(jobs)
        self._done = done
        self._now = now
        self._locks = {job.name: asyncio.Lock() for job in jobs}
        self._scheduler: AsyncIOScheduler | None = None
        self._running: set[asyncio.Task[None]] = set()

    def start(self, tick: timedelta, *, clock: Clock) -> None:
        """Runs each job now, and then again and again at its interval, or at `tick` where it has none.

        `clock` returns the time of this machine in UTC, by which APScheduler waits.
        """
        self._scheduler = _Scheduler(clock)
        self._scheduler.add_listener(_note_still_running, EVENT_JOB_MAX_INSTANCES)
        for job in self.jobs:
            interval = job.every or tick
            self._scheduler.add_job(
                self._run_scheduled,
                IntervalTrigger(seconds=interval.total_seconds(), timezone=UTC),
                args=[job],
                id=job.name,
                next_run_time=clock(),
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )
        self._scheduler.start()

    async def stop(self) -> None:
        """Starts no job any more, cancels those that run, and waits for their end; the store is still open then.

        A job ends after the statement or the copy that it is in the middle of, and its transaction is rolled back.
        """
        if self._scheduler is None:
            return
        scheduler, self._scheduler = self._scheduler, None
        scheduler.pause()
        for task in self._running:
            task.cancel()
        if self._running:
            await asyncio.wait(self._running)
        scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """Runs every job once, one after the other."""
        for job in self.jobs:
            await self._run(job)

    async def _run(self, job: Job) -> None:
        """An error is reported under the name of the job, which runs again when it is due again."""
        async with self._locks[job.name]:
            try:
                await job.run(self._store, self._now())
            except Exception as error:  # noqa: BLE001  one job that fails must not stop the others
                report(error, event="job-failed", job=job.name)
        if job.fills_outbox:
            self._done()

    async def _run_scheduled(self, job: Job) -> None:
        """What APScheduler calls. It would log a cancellation as an error, so that of `stop` ends here."""
        if self._scheduler is None:
            return
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)
        try:
            await self._run(job)
        except asyncio.CancelledError:
            if self._scheduler is not None:
                raise
        finally:
            self._running.discard(task)


class _Scheduler(AsyncIOScheduler):  # type: ignore[misc]  # APScheduler has no types
    """Goes on after the clock of the machine was set to another time.

    APScheduler computes by that clock. Set back by a day, it would run nothing for a day; set forward by a year, it
    would list every run that was missed. So a job whose next run is farther away than its interval is run now.
    """

    def __init__(self, clock: Clock) -> None:
        super().__init__(timezone=UTC, logger=_errors_only)
        self._clock = clock

    def wakeup(self) -> None:
        """Called by a timer, which the clock of the machine does not affect, and after each change of a job."""
        now = self._clock()
        for job in self.get_jobs() if self.running else ():
            if job.next_run_time is not None and abs(job.next_run_time - now) > 2 * job.trigger.interval:
                job.modify(next_run_time=now)
        super().wakeup()


def _note_still_running(event: JobSubmissionEvent) -> None:
    log.info("job-still-running", job=event.job_id)
