"""Digests of 100,000 members at once: the words of each, and what it takes to plan them and owe everybody a knock.

    python -m bench.composing                     about a quarter of an hour
    python -m bench.composing --members 2000 --each 500 --rounds 1

In turns, with usual subscriptions (twelve topics, eight ways to follow some of them) and with random ones (up to nine
of forty topics), in three languages and four zones:

- composing: the pages of each digest, by groups of equal readers (`bot/features/digests/digest_cache.py`, which begins with nothing),
  against one query per member, whose posts are opened and laid out for them alone, as the program did before
- planning: digests, knocks and next due instants written down in batches (`bot/features/digests/jobs.py`), against one query per
  member and four statements for what it finds, as the program did before

One query per member is tried on a part of the members, since its rate does not depend on how many there are; in
planning it has smaller indexes to write then, which is to its advantage.

While ours runs, a heartbeat measures for how long the event loop was ever blocked, and somebody asks for their own row
ten times a second. A machine that is busy with other things adds to both, so the same is measured of doing nothing,
and how much of the processor the loop's own thread had between two beats.
Last, the whole tick where nothing is due.
"""

import argparse
import asyncio
import gc
import os
import random
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from bench.rounds import ROUNDS, machine, rates, resident
from bench.storage import FIRST_ID, NOW, opened, populate
from bot.app import FEATURES
from bot.conversation.pagination import Page, lay_out
from bot.features.digests.digest_cache import DigestCache
from bot.features.digests.jobs import BATCH, plan_and_announce
from bot.features.digests.rules import next_due, schedule_of
from bot.language.texts import LANGUAGES, texts_in
from bot.operations.jobs import JobRunner
from storage.engine.store import Store
from storage.engine.timestamps import to_seconds
from storage.engine.transaction import Transaction
from storage.records import digests, outbox, posts, topics
from storage.records.people import digest_schedule, members
from storage.records.people.member import Member

ONE_BY_ONE_BATCH = 200  # members a transaction, as the program had it
WRITTEN, NEW = 6_000, 60  # posts: all there are, and those that nobody was told of yet
TICKS = 50
IDLE = 5.0  # seconds
HEARTBEAT = 0.005  # seconds
ASKING = 0.1  # seconds
USUAL, RANDOM = "usual", "random"
ONE, OURS = "one query each", "ours"
ZONES = ("Africa/Cairo", "Europe/Kyiv", "America/Bogota", "Africa/Dakar")
WORDS = ("We met with three families and wrote down what helped. ", "Who knows a lawyer in the north? ")


@dataclass
class Felt:
    """What others feel of the work, in seconds, at worst."""

    blocked: float = 0.0  # the event loop
    worked: float = 0.0  # of processor in the loop's thread between two beats: what of that was ours
    waited: float = 0.0  # somebody for their own row


async def subscribe(store: Store, subscriptions: str) -> None:
    """Topics with posts by two hundred authors, and everybody follows some, from the beginning on."""
    chosen = random.Random(subscriptions)
    themes = [os.urandom(16) for _ in range(12 if subscriptions == USUAL else 40)]
    usual = [chosen.sample(themes, chosen.randint(1, 5)) for _ in range(8)]
    async with store.transaction() as tx:
        everybody = [row[0] for row in await tx.fetch("SELECT id FROM members")]
        for table in ("posts", "subscriptions", "topics"):
            await tx.execute(f"DELETE FROM {table}")
        await tx.executemany(
            "INSERT INTO topics (id, title, purpose, created_at) VALUES (?, 'A topic', '', 1)",
            [(theme,) for theme in themes],
        )
        for start in range(0, len(everybody), BATCH):
            await tx.executemany(
                "INSERT INTO subscriptions (member_id, topic_id, mode, since) VALUES (?, ?, 'digest', 0)",
                [
                    (member_id, topic)
                    for member_id in everybody[start : start + BATCH]
                    for topic in (
                        chosen.choice(usual) if subscriptions == USUAL else chosen.sample(themes, chosen.randint(1, 9))
                    )
                ],
            )
        await tx.executemany(
            "UPDATE members SET language = ?, zone = ? WHERE id = ?",
            [(chosen.choice([*LANGUAGES]), chosen.choice(ZONES), member_id) for member_id in everybody],
        )
        authors = everybody[:200]
        await tx.executemany(  # long read by everybody
            "INSERT INTO posts (id, topic_id, author_id, number, written_at, body_encrypted) VALUES (?, ?, ?, ?, 1, x'')",
            [
                (os.urandom(16), chosen.choice(themes), chosen.choice(authors), number)
                for number in range(1, WRITTEN - NEW + 1)
            ],
        )
        await tx.execute("UPDATE network SET posts_written = ?", WRITTEN - NEW)
        for _ in range(NEW):
            author = await members.get(tx, chosen.choice(authors))
            assert author is not None
            await posts.write(tx, author, chosen.choice(themes), chosen.choice(WORDS) * chosen.randint(1, 9), None, NOW)


async def make_due(store: Store, count: int) -> None:
    """So many have a digest due now, the others tomorrow; nobody was told of what is new."""
    now, tomorrow = to_seconds(NOW), to_seconds(NOW + timedelta(days=1))
    async with store.transaction() as tx:
        await tx.execute("DELETE FROM outbox")
        await tx.execute("DELETE FROM digests")
        await tx.execute("UPDATE members SET digest_due_at = ?, digest_until = ?", tomorrow, WRITTEN - NEW)
        await tx.execute(
            "UPDATE members SET digest_due_at = ? WHERE id IN (SELECT id FROM members ORDER BY agreed_at LIMIT ?)",
            now,
            count,
        )


async def composing(store: Store, count: int, each: int, rounds: int) -> tuple[dict[str, float], Felt]:
    """Digests a second whose pages are there, each way; what others feel of ours."""
    seen = Felt()
    async with store.transaction() as tx:
        rows = await tx.fetch("SELECT id, language, zone FROM members")
        some = await members.get(tx, rows[0][0])
    assert some is not None
    everybody = [replace(some, id=row[0], language=row[1], zone=row[2]) for row in rows]
    random.Random(count).shuffle(everybody)
    gc.freeze()  # the program has no such list; looking through it for garbage would count as blocking
    first = WRITTEN - NEW

    async def alone(tx: Transaction, reader: Member) -> list[Page]:
        found = await posts.window(tx, reader.id, first, WRITTEN)
        titles = {topic.id: topic.title for topic in await topics.everything(tx)}
        return lay_out(found, titles, texts_in(reader.language), reader.zone)

    async def one_by_one() -> int:
        for start in range(0, each, BATCH):
            async with store.transaction() as tx:
                for reader in everybody[start : min(start + BATCH, each)]:
                    await alone(tx, reader)
        return each

    async def by_groups() -> int:
        composed = DigestCache()
        async with felt(store, seen):
            for start in range(0, count, BATCH):
                async with store.transaction() as tx:
                    for reader in everybody[start : start + BATCH]:
                        await composed.pages(tx, reader, first, WRITTEN, texts_in(reader.language))
        composed.forget()
        return count

    composed = DigestCache()
    async with store.transaction() as tx:
        for reader in everybody[:100]:
            pages = await composed.pages(tx, reader, first, WRITTEN, texts_in(reader.language))
            assert pages == await alone(tx, reader)
    composed.forget()
    return await rates({ONE: one_by_one, OURS: by_groups}, rounds), seen


async def plan_one_by_one(store: Store, now: datetime) -> None:
    more = True
    while more:
        async with store.transaction() as tx:
            due = await digest_schedule.due(tx, now, ONE_BY_ONE_BATCH)
            until = await posts.newest(tx)
            for reader in due:
                if await posts.count_window(tx, reader.id, reader.digest.announced_until, until):
                    digest = await digests.add(tx, reader.id, reader.digest.opened_until, until, now)
                    if digest is not None:
                        await outbox.put(tx, reader.id, "digest", about=digest.id, due=now, now=now)
                    await tx.execute("UPDATE members SET digest_until = ? WHERE id = ?", until, reader.id)
                due_at = next_due(schedule_of(reader), reader.zone, now)
                await tx.execute(
                    "UPDATE members SET digest_due_at = ? WHERE id = ?", due_at and to_seconds(due_at), reader.id
                )
        more = len(due) == ONE_BY_ONE_BATCH


@asynccontextmanager
async def felt(store: Store, felt: Felt) -> AsyncIterator[None]:
    async def beat() -> None:
        while True:
            begun, worked = time.perf_counter(), time.thread_time()
            await asyncio.sleep(HEARTBEAT)
            felt.blocked = max(felt.blocked, time.perf_counter() - begun - HEARTBEAT)
            felt.worked = max(felt.worked, time.thread_time() - worked)

    async def ask() -> None:
        while True:
            begun = time.perf_counter()
            async with store.transaction() as tx:
                assert await members.find(tx, FIRST_ID) is not None
            felt.waited = max(felt.waited, time.perf_counter() - begun)
            await asyncio.sleep(ASKING)

    tasks = [asyncio.create_task(work()) for work in (beat, ask)]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def planning(store: Store, count: int, each: int, rounds: int) -> tuple[dict[str, float], Felt]:
    """Members a second whose digest, knock and next due instant are written down; what others feel of ours."""
    seen = Felt()
    counts = {OURS: count, ONE: each}

    def way(plan: Callable[[Store, datetime], Awaitable[None]], count: int) -> Callable[[], Awaitable[int]]:
        async def work() -> int:
            await plan(store, NOW)
            return count

        return work

    async def ours() -> int:
        async with felt(store, seen):
            await plan_and_announce(store, NOW)
        return count

    async def before(name: str) -> None:
        await make_due(store, counts[name])

    found = await rates({ONE: way(plan_one_by_one, each), OURS: ours}, rounds, before)
    async with store.transaction() as tx:
        written = [await tx.fetchval(f"SELECT count(*) FROM {table}") for table in ("digests", "outbox")]
        assert written[0] == written[1] > count / 2, written
        assert not await digest_schedule.due(tx, NOW, 1)
    return found, seen


async def idle_ticks(store: Store, ticks: int) -> list[float]:
    """Seconds of each tick while nothing is due."""

    def now() -> datetime:
        return NOW

    runner = JobRunner(store, FEATURES.jobs, done=lambda: None, now=now)
    await make_due(store, 0)
    took = []
    for _ in range(ticks + 1):
        begun = time.perf_counter()
        await runner.tick()
        took.append(time.perf_counter() - begun)
    return took[1:]


def show(what: str, found: dict[str, float], others: Felt) -> None:
    for name, rate in found.items():
        print(f"  {what}, {name:15} {rate / found[ONE]:6.2f} x  ({1e6 / rate:,.1f} us each)")
    blocked, worked = others.blocked * 1e3, others.worked * 1e3
    print(f"    the event loop was blocked for {blocked:.0f} ms at most, and worked for {worked:.0f} ms at a stretch")
    print(f"    somebody waited for their row for {others.waited * 1e3:.0f} ms at most", flush=True)


async def main(count: int, each: int, rounds: int) -> None:
    print(f"{machine()}\n{count:,} members, one query per member on {each:,} of them", flush=True)
    with tempfile.TemporaryDirectory() as base:
        directory = Path(base) / "data"
        directory.mkdir(mode=0o700)
        await populate(directory, count)
        async with opened(directory) as store:
            nothing = Felt()
            async with felt(store, nothing):
                await asyncio.sleep(IDLE)
            print(f"doing nothing: blocked {nothing.blocked * 1e3:.0f} ms, waited {nothing.waited * 1e3:.0f} ms")
            for subscriptions in (USUAL, RANDOM):
                await subscribe(store, subscriptions)
                print(f"\n{subscriptions} subscriptions")
                before = resident()
                show("composing", *await composing(store, count, each, rounds))
                show("planning", *await planning(store, count, each, rounds))
                print(f"  memory grew by {resident() - before:.0f} MiB", flush=True)
            took = await idle_ticks(store, TICKS)
    print(f"\na tick with nothing due: {statistics.median(took) * 1e3:.2f} ms, at most {max(took) * 1e3:.2f} ms")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--members", type=int, default=100_000)
    parser.add_argument("--each", type=int, default=5_000, help="members of a round of one query per member")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    asyncio.run(main(given.members, min(given.each, given.members), given.rounds))
