"""Jobs: each at its own interval, by itself, and in so few steps that it does not matter how many people there are."""

import asyncio
import io
import logging
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

import aiohttp
import pytest
import structlog
from structlog.testing import capture_logs

from bot.app import FEATURES, utc_now
from bot.conversation.feature import Job
from bot.demo import steps
from bot.demo.stage import Stage
from bot.operations.jobs import JobRunner
from storage.engine.connection import CountingConnection, Row
from storage.engine.store import Store
from storage.records.people import members
from tests.support.cast import Cast

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
GROW = ("members", "subscriptions", "posts", "digests", "inbox", "outbox", "audit")  # tables, with the network
FEW = "members_on_the_way"  # an index of those who come and soon are in, or gone


async def test_no_statement_of_a_tick_reads_a_whole_table_that_grows(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    execute, executed = CountingConnection.run, dict[str, Sequence[object]]()

    def noted(connection: CountingConnection, sql: str, values: Sequence[object]) -> list[Row]:
        executed[sql] = values
        return execute(connection, sql, values)

    await cast.stage.settle()
    monkeypatch.setattr(CountingConnection, "run", noted)
    await cast.stage.halqa.tick()
    monkeypatch.undo()
    statements = {sql: values for sql, values in executed.items() if sql.startswith(("SELECT", "UPDATE", "DELETE"))}
    assert len(statements) > 10
    async with cast.stage.halqa.store.transaction() as tx:
        for sql, values in statements.items():
            steps = [row[3] for row in await tx.fetch(f"EXPLAIN QUERY PLAN {sql}", *values)]
            whole = [step for step in steps if step.startswith(tuple(f"SCAN {table}" for table in GROW))]
            assert all(step.endswith(FEW) for step in whole), sql


async def test_when_the_clock_of_a_demo_is_moved_what_is_due_is_done_whatever_the_intervals(cast: Cast) -> None:
    stage = cast.stage
    rania = await stage.person("Rania")
    await steps.enter(stage, rania, await steps.invite(cast.nour), "fr")
    await stage.settle()
    async with stage.halqa.store.transaction() as tx:
        assert await members.find(tx, rania.id) is not None
    async with aiohttp.ClientSession() as page:
        body = {"seconds": timedelta(days=31).total_seconds()}
        async with page.post(f"{stage.sandbox.url}/sandbox/clock", json=body) as answer:
            assert answer.status == 200
    async with stage.halqa.store.transaction() as tx:
        assert await members.find(tx, rania.id) is None


def counting(name: str, ran: Counter[str], **options: Any) -> Job:
    async def run(store: Store, now: datetime) -> None:
        ran[name] += 1

    return Job(name, run, **options)


def runner(*jobs: Job, done: Callable[[], None] = lambda: None) -> JobRunner:
    store: Any = None  # none of these jobs reads it
    return JobRunner(store, jobs, done=done, now=lambda: NOON)


@asynccontextmanager
async def started(runner: JobRunner, clock: Callable[[], datetime] = utc_now) -> AsyncIterator[None]:
    runner.start(SECOND, clock=clock)
    try:
        yield
    finally:
        await runner.stop()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


def test_every_job_has_a_name_of_its_own_in_the_whole_program_and_an_interval(stage: Stage) -> None:
    jobs = stage.halqa.jobs.jobs
    assert len({job.name for job in jobs}) == len(jobs) > 8
    assert set(FEATURES.jobs) < set(jobs)
    scheduler = stage.halqa.jobs._scheduler
    assert scheduler is not None
    intervals = {str(each.id): each.trigger.interval for each in scheduler.get_jobs()}
    assert set(intervals) == {job.name for job in jobs}
    for job in jobs:
        assert re.fullmatch(r"[a-z_]+\.[a-z-]+", job.name)
        assert intervals[job.name] == (job.every or timedelta(seconds=stage.settings.run.tick_seconds)) >= SECOND
    waited_for = {job.name for job in jobs if job.every is None or job.every <= SECOND}
    assert waited_for >= {"announcements.send-announcements", "digests.plan-digests", "operations.renew-keyring-copy"}


async def test_each_job_runs_at_the_start_and_then_at_its_own_interval() -> None:
    ran = Counter[str]()
    seldom, often = counting("seldom", ran, every=timedelta(hours=1)), counting("often", ran)
    async with started(runner(seldom, often)):
        await until(lambda: ran["often"] == 3)
    assert ran["seldom"] == 1
    await asyncio.sleep(1.2)
    assert ran["often"] == 3


async def test_a_job_that_fails_leaves_the_others_running_and_is_reported_under_its_own_name() -> None:
    ran = Counter[str]()

    async def fail(store: Store, now: datetime) -> None:
        ran["failing"] += 1
        raise ValueError("what somebody wrote")

    with capture_logs() as lines:
        async with started(runner(Job("one.failing", fail), counting("two.good", ran))):
            await until(lambda: ran["failing"] > 1 and ran["two.good"] > 1)
    failed = [line for line in lines if line["event"] == "job-failed"]
    assert len(failed) == ran["failing"]
    assert {(line["job"], line["error"]) for line in failed} == {("one.failing", "ValueError")}
    assert "wrote" not in str(lines)


async def test_a_slow_job_holds_up_no_other_and_never_runs_beside_itself() -> None:
    ran, at_once, most, go_on = Counter[str](), 0, 0, asyncio.Event()

    async def slow(store: Store, now: datetime) -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await go_on.wait()
        at_once -= 1
        ran["slow"] += 1

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.INFO))
    jobs = runner(Job("slow", slow), counting("quick", ran))
    with capture_logs() as lines:
        async with started(jobs):
            await until(lambda: ran["quick"] > 2)
            ticking = asyncio.create_task(jobs.tick())  # as the clock of a demo does, which waits for its own run
            await asyncio.sleep(0.05)
            assert not ran["slow"]
            go_on.set()
            await ticking
            assert ran["slow"] >= 2
    assert most == 1
    assert {"event": "job-still-running", "job": "slow", "log_level": "info"} in lines


async def test_at_the_end_a_running_job_is_over_before_the_store_closes() -> None:
    begun, steps = asyncio.Event(), list[str]()

    async def long(store: Store, now: datetime) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.05)  # as a transaction that is rolled back
            steps.append("rolled back")

    ended = io.StringIO()
    handler = logging.StreamHandler(ended)
    logging.getLogger("apscheduler").addHandler(handler)
    try:
        async with started(runner(Job("long", long))):
            await begun.wait()
        steps.append("store closed")
        await asyncio.sleep(0.05)
    finally:
        logging.getLogger("apscheduler").removeHandler(handler)
    assert steps == ["rolled back", "store closed"]
    assert not ended.getvalue()


async def test_the_outbox_is_looked_at_after_each_job_that_may_have_filled_it_even_if_it_failed() -> None:
    ran, looked = Counter[str](), list[str]()

    async def fail(store: Store, now: datetime) -> None:
        ran["failing"] += 1
        raise ValueError

    jobs = (counting("fills", ran), Job("failing", fail), counting("fills-not", ran, fills_outbox=False))
    await runner(*jobs, done=lambda: looked.append("outbox")).tick()
    assert ran.total() == 3
    assert len(looked) == 2


@pytest.mark.parametrize("years", [-1, 1, 40])
async def test_jobs_go_on_after_the_clock_of_the_machine_was_set(years: int, monkeypatch: pytest.MonkeyPatch) -> None:
    ran, offset = Counter[str](), timedelta()

    class Machine(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + offset

    monkeypatch.setattr("apscheduler.schedulers.base.datetime", Machine)
    jobs = runner(counting("often", ran), counting("seldom", ran, every=timedelta(hours=1)))
    async with started(jobs, clock=lambda: Machine.now(UTC)):
        await until(lambda: ran["often"] == 2)
        offset = timedelta(days=365 * years)
        before = ran["often"]
        await until(lambda: ran["often"] > before + 1)
        assert ran["seldom"] == 2
