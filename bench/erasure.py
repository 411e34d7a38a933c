"""What others feel of one erasure: how long it takes, blocks the event loop, and keeps a look-up waiting.

    python -m bench.erasure [--members N ...] [--erasures N]

An erasure makes the keyed hashes of all Telegram ids anew, so it grows with the network. It is one transaction, so a
look-up that comes in the middle waits for its end; everything that needs no transaction goes on meanwhile, for which
the event loop must not be blocked. The highest figures of so many erasures, and the median of their durations.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from bench.loop_probe import LoopLoad, probing
from bench.network import FIRST_ID, NOW, opened, populate
from bench.rounds import machine
from storage import tables
from storage.engine.store import Store
from storage.records import erasure
from storage.records.people import members


async def erase(store: Store, telegram_id: int) -> float:
    """Seconds until somebody is erased, keys and pages included."""
    begun = time.perf_counter()
    async with store.transaction() as tx:
        member = await members.find(tx, telegram_id)
        assert member is not None
        await erasure.erase(tx, member, NOW)
    return time.perf_counter() - begun


async def measure(count: int, erasures: int, directory: Path) -> None:
    await populate(directory, count)
    tables.declared()  # which imports what the program has imported long before
    load, seconds = LoopLoad(), []
    async with opened(directory) as store, probing(store, load):
        for number in range(1, erasures + 1):  # the first member is the one whom the probe looks up
            await asyncio.sleep(0.2)
            seconds.append(await erase(store, FIRST_ID + number))
    print(f"\n{count:,} members, {erasures} erasures")
    print(f"  one erasure                          {statistics.median(seconds) * 1000:7,.0f} ms")
    print(f"  longest the event loop was blocked   {load.blocked * 1000:7,.0f} ms")
    print(f"  longest work of the loop's thread    {load.worked * 1000:7,.0f} ms")
    print(f"  longest that a look-up waited        {load.waited * 1000:7,.0f} ms", flush=True)


async def main(counts: list[int], erasures: int) -> None:
    print(machine(), flush=True)
    with tempfile.TemporaryDirectory() as base:
        for count in counts:
            directory = Path(base) / str(count)
            directory.mkdir(mode=0o700)
            await measure(count, erasures, directory)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, nargs="+", default=[1_400, 100_000])
    parser.add_argument("--erasures", type=int, default=5)
    given = parser.parse_args()
    asyncio.run(main(given.members, given.erasures))
