"""Digests of 100,000 members at once: composing the pages of each, and planning the digests with their knocks.

    python -m bench.composing                     about a quarter of an hour
    python -m bench.composing --members 2000 --each 500 --rounds 1

Both in turns, with usual subscriptions (twelve topics, eight ways to follow some of them) and with random ones (up to
nine of forty topics), in three languages and four zones:

- composing: the pages of each digest, by groups of equal readers with an empty cache (`DigestCache` of the digests'
  digest_cache.py), against one query per member, whose posts are opened and laid out for them alone
- planning: digests, knocks and next due instants written in batches (`plan_and_announce` of the digests' jobs.py),
  against one query per member and four statements for its result

The program used the second way of each before. One query per member runs on a part of the members, since its rate does
not depend on their number; in planning it writes smaller indexes then, which is to its advantage.

While ours runs, a heartbeat measures the longest time for which the event loop is blocked, and a member's row is
queried ten times a second. Other load on the machine adds to both figures, so both are measured without work too, and
the processor time of the loop's thread between two heartbeats is measured besides.
Last, the whole tick where nothing is due.
"""

import argparse
import asyncio
import gc
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bench.digest_network import NEW, RANDOM, USUAL, WRITTEN, make_due, subscribe
from bench.loop_probe import LoopLoad, probing
from bench.network import NOW, opened, populate
from bench.rounds import ROUNDS, machine, rates, resident
from bot.app import FEATURES
from bot.conversation.pagination import Page, lay_out
from bot.features.digests.digest_cache import DigestCache
from bot.features.digests.jobs import BATCH, plan_and_announce
from bot.features.digests.rules import next_due, schedule_of
from bot.language.texts import texts_in
from bot.operations.jobs import JobRunner
from storage.engine.store import Store
from storage.engine.timestamps import to_seconds
from storage.engine.transaction import Transaction
from storage.records import digests, outbox, posts, topics
from storage.records.people import digest_schedule, members
from storage.records.people.member import Member

ONE_BY_ONE_BATCH = 200  # members a transaction, as the program had it
TICKS = 50
IDLE = 5.0  # seconds
ONE, OURS = "one query each", "ours"


async def pages_of_one(tx: Transaction, reader: Member) -> list[Page]:
    """The pages of one member's digest of the new posts, without a cache."""
    found = await posts.window(tx, reader.id, WRITTEN - NEW, WRITTEN)
    titles = {topic.id: topic.title for topic in await topics.everything(tx)}
    return lay_out(found, titles, texts_in(reader.language), reader.zone)


async def composing(store: Store, count: int, each: int, rounds: int) -> tuple[dict[str, float], LoopLoad]:
    """Digests per second whose pages are made, each way; the load of ours on the loop."""
    seen = LoopLoad()
    async with store.transaction() as tx:
        rows = await tx.fetch("SELECT id, language, zone FROM members")
        some = await members.get(tx, rows[0][0])
    assert some is not None
    everybody = [replace(some, id=row[0], language=row[1], zone=row[2]) for row in rows]
    random.Random(count).shuffle(everybody)
    gc.freeze()  # the program has no such list; looking through it for garbage would count as blocking
    first = WRITTEN - NEW

    async def one_by_one() -> int:
        for start in range(0, each, BATCH):
            async with store.transaction() as tx:
                for reader in everybody[start : min(start + BATCH, each)]:
                    await pages_of_one(tx, reader)
        return each

    async def by_groups() -> int:
        cache = DigestCache()
        async with probing(store, seen):
            for start in range(0, count, BATCH):
                async with store.transaction() as tx:
                    for reader in everybody[start : start + BATCH]:
                        await cache.pages(tx, reader, first, WRITTEN, texts_in(reader.language))
        cache.forget()
        return count

    cache = DigestCache()
    async with store.transaction() as tx:
        for reader in everybody[:100]:
            pages = await cache.pages(tx, reader, first, WRITTEN, texts_in(reader.language))
            assert pages == await pages_of_one(tx, reader)
    cache.forget()
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


async def planning(store: Store, count: int, each: int, rounds: int) -> tuple[dict[str, float], LoopLoad]:
    """Members per second whose digest, knock and due instant are written, each way; the load of ours on the loop."""
    seen = LoopLoad()
    counts = {OURS: count, ONE: each}

    def way(plan: Callable[[Store, datetime], Awaitable[None]], count: int) -> Callable[[], Awaitable[int]]:
        async def work() -> int:
            await plan(store, NOW)
            return count

        return work

    async def ours() -> int:
        async with probing(store, seen):
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


def show(what: str, found: dict[str, float], others: LoopLoad) -> None:
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
            nothing = LoopLoad()
            async with probing(store, nothing):
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
