"""Measures what other work feels while a benchmark runs: how long the event loop is blocked, how long a query waits."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from bench.network import FIRST_ID
from storage.engine.store import Store
from storage.records.people import members

HEARTBEAT = 0.005  # seconds
QUERY_INTERVAL = 0.1  # seconds


@dataclass
class LoopLoad:
    """The worst that was seen, in seconds."""

    blocked: float = 0.0  # how late the heartbeat came
    worked: float = 0.0  # processor time of the loop's thread between two heartbeats
    waited: float = 0.0  # for a member's own row


@asynccontextmanager
async def probing(store: Store, load: LoopLoad) -> AsyncIterator[None]:
    """Sends heartbeats and queries until the block ends; keeps the highest figures in `load`."""

    async def beat() -> None:
        while True:
            begun, worked = time.perf_counter(), time.thread_time()
            await asyncio.sleep(HEARTBEAT)
            load.blocked = max(load.blocked, time.perf_counter() - begun - HEARTBEAT)
            load.worked = max(load.worked, time.thread_time() - worked)

    async def ask() -> None:
        while True:
            begun = time.perf_counter()
            async with store.transaction() as tx:
                assert await members.find(tx, FIRST_ID) is not None
            load.waited = max(load.waited, time.perf_counter() - begun)
            await asyncio.sleep(QUERY_INTERVAL)

    tasks = [asyncio.create_task(work()) for work in (beat, ask)]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
