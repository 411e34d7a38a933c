"""What encrypted fields cost: look-ups, opening, reading and erasing, in networks of 1,400 and 100,000 members.

    python -m bench.storage [--members N ...]

The peer is what a usual bot has: the same rows unencrypted, in a plain SQLite file with an index on the Telegram id, by
aiosqlite with the same settings. Both answer the same query, a member by their Telegram id, and take turns in one run.
Opening is measured in a process of its own, for its memory, and without Argon2id, since the master key is given.
"""

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import aiosqlite

from bench.network import FIRST_ID, NOW, opened, populate
from bench.rounds import machine, rates, resident
from storage.engine.sqlcipher import PRAGMAS
from storage.engine.store import Store
from storage.records import erasure
from storage.records.people import members

LOOK_UPS = 2_000  # in one round
ERASURES = 5
PLAIN = (
    "CREATE TABLE members (id BLOB PRIMARY KEY, telegram_id INTEGER NOT NULL UNIQUE, name TEXT, reason TEXT, "
    "state TEXT, role TEXT, host_id BLOB, language TEXT, zone TEXT) STRICT"
)


async def fill(connection: aiosqlite.Connection, count: int) -> None:
    """The same members, unencrypted."""
    for pragma in PRAGMAS:
        await connection.execute_fetchall(f"PRAGMA {pragma}")
    await connection.execute_fetchall(PLAIN)
    host = os.urandom(16)
    await connection.execute_fetchall("BEGIN IMMEDIATE")
    await connection.executemany(
        "INSERT INTO members VALUES (?, ?, ?, ?, 'active', 'member', ?, 'en', 'Africa/Cairo')",
        [
            (os.urandom(16), FIRST_ID + number, f"Person {number}", "We met in the hall and want to go on. " * 3, host)
            for number in range(count)
        ],
    )
    await connection.execute_fetchall("COMMIT")


async def look_ups(store: Store, peer: aiosqlite.Connection, count: int) -> dict[str, float]:
    """Look-ups per second: each in a transaction, as when somebody writes to the bot, and all in one transaction."""
    ids = [FIRST_ID + random.randrange(count) for _ in range(LOOK_UPS)]
    query = "SELECT * FROM members WHERE telegram_id = ?"

    async def encrypted() -> int:
        for telegram_id in ids:
            async with store.transaction() as tx:
                assert await members.find(tx, telegram_id) is not None
        return len(ids)

    async def encrypted_together() -> int:
        async with store.transaction() as tx:
            for telegram_id in ids:
                assert await members.find(tx, telegram_id) is not None
        return len(ids)

    async def clear() -> int:
        for telegram_id in ids:
            assert await peer.execute_fetchall(query, (telegram_id,))
        return len(ids)

    async def clear_in_a_transaction() -> int:
        for telegram_id in ids:
            await peer.execute_fetchall("BEGIN IMMEDIATE")
            assert await peer.execute_fetchall(query, (telegram_id,))
            await peer.execute_fetchall("COMMIT")
        return len(ids)

    return await rates(
        {
            "encrypted": encrypted,
            "clear, in a transaction": clear_in_a_transaction,
            "encrypted, many in one": encrypted_together,
            "clear": clear,
        }
    )


async def reading(store: Store) -> float:
    """Members per second that are read and decrypted, all in one list."""

    async def everyone() -> int:
        async with store.transaction() as tx:
            return len(await members.everyone(tx))

    return (await rates({"everyone": everyone}))["everyone"]


async def erasing(store: Store) -> float:
    """Seconds for one erasure, key and pages included; the median of five."""
    seen = []
    for number in range(ERASURES):
        begun = time.perf_counter()
        async with store.transaction() as tx:
            member = await members.find(tx, FIRST_ID + number)
            assert member is not None
            await erasure.erase(tx, member, NOW)
        seen.append(time.perf_counter() - begun)
    return sorted(seen)[ERASURES // 2]


def opening(directory: Path) -> dict[str, float]:
    """Seconds to open the network in a new process, and by how many MiB the process grows."""
    command = [sys.executable, "-m", "bench.storage", "--open", str(directory)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


async def open_here(directory: Path) -> dict[str, float]:
    before, begun = resident(), time.perf_counter()
    async with opened(directory) as store:
        took = time.perf_counter() - begun
        grown = resident() - before
        assert store.keyring
    return {"seconds": took, "grown": grown}


async def measure(count: int, base: Path) -> None:
    directory = base / str(count)
    directory.mkdir(mode=0o700)
    await populate(directory, count)
    start = opening(directory)
    clear = aiosqlite.connect(base / f"{count}.plain.db", isolation_level=None)
    async with opened(directory) as store, clear as peer:
        await fill(peer, count)
        found = await look_ups(store, peer, count)
        read, erased = await reading(store), await erasing(store)
    size = (directory / "network.db").stat().st_size / 2**20
    alone = found["encrypted"] / found["clear, in a transaction"]
    together = found["encrypted, many in one"] / found["clear"]
    print(f"\n{count:,} members, network.db of {size:.0f} MiB")
    print(f"  look-up, each in a transaction     {alone:5.2f} x plain  ({found['encrypted']:,.0f}/s)")
    print(f"  look-up against a bare SELECT      {found['encrypted'] / found['clear']:5.2f} x plain")
    print(f"  look-up, many in a transaction     {together:5.2f} x plain  ({found['encrypted, many in one']:,.0f}/s)")
    print(f"  opening the network                {start['seconds']:5.2f} s, {start['grown']:.0f} MiB more")
    print(f"  reading and opening all members    {read:,.0f} rows/s")
    print(f"  one erasure                        {erased * 1000:,.0f} ms", flush=True)


async def main(counts: list[int]) -> None:
    print(machine(), flush=True)
    with tempfile.TemporaryDirectory() as base:
        for count in counts:
            await measure(count, Path(base))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, nargs="+", default=[1_400, 100_000])
    parser.add_argument("--open", type=Path)
    given = parser.parse_args()
    if given.open:
        print(json.dumps(asyncio.run(open_here(given.open))))
    else:
        asyncio.run(main(given.members))
