"""Digests of 100,000 members at once: who is to be told of something, and what that takes to write down.

    python -m bench.composing                     about ten minutes
    python -m bench.composing --members 2000 --each 500 --rounds 1

Three ways to compose, in turns: one query per member; in memory by groups of equal readers, who follow the same topics
and were told up to the same post; and ours, one statement for a batch of members (`storage/readers.py`). Then the whole
work of the tick, digests and knocks and the next due instant included, against the same with one query per member, as
the program did before. With usual subscriptions (twelve topics, eight ways to follow some of them) and with random ones
(any of forty topics). One query per member is tried on a part of the members, since its rate does not depend on how
many there are; its index pages are fewer then, which is to its advantage.

While ours runs, a heartbeat measures for how long the event loop was ever blocked, and somebody asks for their own row
ten times a second. Last, the whole tick where nothing is due.
"""

import argparse
import asyncio
import os
import random
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bench.rounds import ROUNDS, machine, rates, resident
from bench.storage import FIRST_ID, NOW, opened, populate
from bot.app import KINDS, ROUTES, Halqa
from bot.delivery import Delivery
from bot.digests.job import BATCH, plan_and_open
from bot.digests.rules import next_due, schedule_of
from bot.intake import Intake
from bot.outcomes import Sent
from bot.request import About
from storage import digests, members, outbox, posts, readers
from storage.instants import to_seconds
from storage.readers import Reader
from storage.store import Store, Transaction

ONE_BY_ONE_BATCH = 200  # members a transaction, as the program had it
WRITTEN, NEW = 6_000, 60  # posts: all there are, and those that nobody was told of yet
TICKS = 50
HEARTBEAT = 0.005  # seconds
ASKING = 0.1  # seconds
USUAL, RANDOM = "usual", "random"


@dataclass
class Felt:
    """What others feel of the work, in seconds, at worst."""

    blocked: float = 0.0  # the event loop
    waited: float = 0.0  # somebody for their own row


async def subscribe(store: Store, subscriptions: str) -> None:
    """Topics with posts by two hundred authors, and everybody follows some, from the beginning on."""
    chosen = random.Random(subscriptions)
    topics = [os.urandom(16) for _ in range(12 if subscriptions == USUAL else 40)]
    usual = [chosen.sample(topics, chosen.randint(1, 5)) for _ in range(8)]
    async with store.transaction() as tx:
        everybody = [row[0] for row in await tx.run("SELECT id FROM members")]
        for table in ("posts", "subscriptions", "topics"):
            await tx.run(f"DELETE FROM {table}")
        await tx.run_many(
            "INSERT INTO topics (id, title, purpose, created_at) VALUES (?, 'A topic', '', 1)", [(id,) for id in topics]
        )
        for start in range(0, len(everybody), BATCH):
            await tx.run_many(
                "INSERT INTO subscriptions (member_id, topic_id, way, since) VALUES (?, ?, 'digest', 0)",
                [
                    (member_id, topic)
                    for member_id in everybody[start : start + BATCH]
                    for topic in (
                        chosen.choice(usual) if subscriptions == USUAL else chosen.sample(topics, chosen.randint(1, 9))
                    )
                ],
            )
        authors = everybody[:200]
        await tx.run_many(
            "INSERT INTO posts (id, topic_id, author_id, number, written_at, body_sealed) VALUES (?, ?, ?, ?, 1, x'')",
            [
                (os.urandom(16), chosen.choice(topics), chosen.choice(authors), number)
                for number in range(1, WRITTEN + 1)
            ],
        )
        await tx.run("UPDATE network SET posts_written = ?", WRITTEN)


async def make_due(store: Store, count: int) -> None:
    """So many have a digest due now, the others tomorrow; nobody was told of what is new."""
    now, tomorrow = to_seconds(NOW), to_seconds(NOW + timedelta(days=1))
    async with store.transaction() as tx:
        await tx.run("DELETE FROM outbox")
        await tx.run("DELETE FROM digests")
        await tx.run("UPDATE members SET digest_due_at = ?, digest_until = ?", tomorrow, WRITTEN - NEW)
        await tx.run(
            "UPDATE members SET digest_due_at = ? WHERE id IN (SELECT id FROM members ORDER BY agreed_at LIMIT ?)",
            now,
            count,
        )


async def told_one_by_one(tx: Transaction, due: list[Reader]) -> int:
    return sum([bool(await posts.count_window(tx, reader.id, reader.told, WRITTEN)) for reader in due])


async def told_by_groups(tx: Transaction, due: list[Reader]) -> int:
    """Who follows what is read once; whether there is news is decided once for each group of equal readers."""
    follows: dict[bytes, list[tuple[bytes, int]]] = {}
    for member_id, topic, since in await tx.run(
        "SELECT s.member_id, s.topic_id, s.since FROM (SELECT id FROM members WHERE state = 'active' "
        "AND digest_due_at <= ? AND unreachable_until IS NULL ORDER BY digest_due_at LIMIT ?) AS due "
        "JOIN subscriptions s ON s.member_id = due.id AND s.way <> 'muted'",
        to_seconds(NOW),
        len(due),
    ):
        follows.setdefault(member_id, []).append((topic, since))
    new: dict[bytes, list[tuple[int, bytes]]] = {}
    first = min(reader.told for reader in due)
    for topic, number, author in await tx.run("SELECT topic_id, number, author_id FROM posts WHERE number > ?", first):
        new.setdefault(topic, []).append((number, author))
    authors: dict[tuple[int, tuple[tuple[bytes, int], ...]], frozenset[bytes]] = {}
    told = 0
    for reader in due:
        key = (reader.told, tuple(follows.get(reader.id, ())))
        if key not in authors:
            authors[key] = frozenset(
                author
                for topic, since in key[1]
                for number, author in new.get(topic, ())
                if number > since and number > reader.told
            )
        told += bool(authors[key] - {reader.id})
    return told


async def composing(store: Store, count: int, rounds: int) -> dict[str, float]:
    """Members a second of whom it is known whether there is something for them, by each way; nothing is written."""
    await make_due(store, count)
    async with store.transaction() as tx:
        due = await readers.due(tx, NOW, count)
    expected = sum(reader.news for reader in due)
    parts = [due[start : start + BATCH] for start in range(0, len(due), BATCH)]

    async def one_by_one() -> int:
        async with store.transaction() as tx:
            assert await told_one_by_one(tx, due) == expected
        return len(due)

    async def by_groups() -> int:
        async with store.transaction() as tx:
            assert await told_by_groups(tx, due) == expected
        return len(due)

    async def by_batches() -> int:
        async with store.transaction() as tx:
            for part in parts:
                assert len(await readers.due(tx, NOW, len(part))) == len(part)
        return len(due)

    return await rates({"one by one": one_by_one, "groups": by_groups, "ours": by_batches}, rounds)


async def plan_one_by_one(store: Store, now: datetime) -> None:
    more = True
    while more:
        async with store.transaction() as tx:
            due = await readers.due(tx, now, ONE_BY_ONE_BATCH)
            until = await posts.newest(tx)
            for reader in due:
                if await posts.count_window(tx, reader.id, reader.told, until):
                    digest = await digests.add(tx, reader.id, reader.read, until, now)
                    if digest is not None:
                        await outbox.put(tx, reader.id, "digest", about=digest.id, due=now, now=now)
                    await tx.run("UPDATE members SET digest_until = ? WHERE id = ?", until, reader.id)
                due_at = next_due(schedule_of(reader), reader.zone, now)
                await tx.run(
                    "UPDATE members SET digest_due_at = ? WHERE id = ?", due_at and to_seconds(due_at), reader.id
                )
        more = len(due) == ONE_BY_ONE_BATCH


@asynccontextmanager
async def felt(store: Store, felt: Felt) -> AsyncIterator[None]:
    async def beat() -> None:
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(HEARTBEAT)
            felt.blocked = max(felt.blocked, time.perf_counter() - begun - HEARTBEAT)

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
    counts = {"ours": count, "one by one": each}

    def way(plan: Callable[[Store, datetime], Awaitable[None]], count: int) -> Callable[[], Awaitable[int]]:
        async def work() -> int:
            await plan(store, NOW)
            return count

        return work

    async def ours() -> int:
        async with felt(store, seen):
            await plan_and_open(store, NOW)
        return count

    async def before(name: str) -> None:
        await make_due(store, counts[name])

    found = await rates({"one by one": way(plan_one_by_one, each), "ours": ours}, rounds, before)
    async with store.transaction() as tx:
        written = [await tx.number(f"SELECT count(*) FROM {table}") for table in ("digests", "outbox")]
        assert written[0] == written[1] > count / 2, written
        assert not await readers.due(tx, NOW, 1)
    return found, seen


async def idle_ticks(store: Store, ticks: int) -> list[float]:
    """Seconds of each tick while nothing is due."""
    network = About("Between Convenings", "halqa_bot", ("en",), 60)

    async def no_answer(*_: object) -> Sent:
        return Sent(0)

    def now() -> datetime:
        return NOW

    delivery = Delivery(store, KINDS, network, ROUTES, deliver=no_answer, now=now)
    intake = Intake(
        store, ROUTES, network, read=lambda _: None, sender=lambda _: None, answer=no_answer, now=now, workers=1
    )
    halqa = Halqa(store, network, intake, delivery, now)
    await make_due(store, 0)
    took = []
    for _ in range(ticks + 1):
        begun = time.perf_counter()
        await halqa.tick()
        took.append(time.perf_counter() - begun)
    return took[1:]


async def main(count: int, each: int, rounds: int) -> None:
    print(f"{machine()}\n{count:,} members, one query per member on {each:,} of them", flush=True)
    with tempfile.TemporaryDirectory() as base:
        directory = Path(base) / "data"
        directory.mkdir(mode=0o700)
        await populate(directory, count)
        async with opened(directory) as store:
            for subscriptions in (USUAL, RANDOM):
                await subscribe(store, subscriptions)
                found, before = await composing(store, each, rounds), resident()
                print(f"\n{subscriptions} subscriptions")
                for name, rate in found.items():
                    print(f"  composing, {name:12} {rate / found['one by one']:6.2f} x  ({1e6 / rate:,.1f} us each)")
                found, others = await planning(store, count, each, rounds)
                for name, rate in found.items():
                    print(f"  the whole, {name:12} {rate / found['one by one']:6.2f} x  ({1e6 / rate:,.1f} us each)")
                print(f"  the event loop was blocked for {others.blocked * 1e3:.0f} ms at most")
                print(f"  somebody waited for their row for {others.waited * 1e3:.0f} ms at most")
                print(f"  memory grew by {resident() - before:.0f} MiB", flush=True)
            took = await idle_ticks(store, TICKS)
    print(f"\na tick with nothing due: {statistics.median(took) * 1e3:.2f} ms, at most {max(took) * 1e3:.2f} ms")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--members", type=int, default=100_000)
    parser.add_argument("--each", type=int, default=10_000, help="members of a round of one query per member")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    asyncio.run(main(given.members, min(given.each, given.members), given.rounds))
