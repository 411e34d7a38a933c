"""Ten thousand updates at once: the time until all are on the disk, and the memory that it takes.

    python -m bench.burst [--updates N] [--rounds N]

By polling, the time ends when all are confirmed to the Bot API; by webhook, when all are answered with 200, on as many
connections as Telegram is told to use. The bot handles updates meanwhile as it can. It runs on one core, the Bot API
and the sender of updates on the other.
"""

import argparse
import asyncio
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import aiohttp

from bench.network import FIRST_ID, populate
from bench.processes import ask, process, resident
from bench.rounds import machine
from bench.server import Plan

PEOPLE = 1_400
LONGEST = 120.0  # seconds
CONNECTIONS = 16  # the setting's default
Figures = tuple[float, float]  # seconds; highest growth of memory, MiB


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Burst:
    def __init__(self, base: Path, updates: int) -> None:
        self._base = base
        self._updates = updates

    async def of(self, way: str) -> Figures:
        with ExitStack() as stack:
            api = stack.enter_context(process([sys.executable, "-m", "bench.server"], 1, stdout=subprocess.PIPE))
            assert api.stdout is not None
            url = f"http://127.0.0.1:{int(api.stdout.readline())}"
            fresh = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "data"
            shutil.copytree(self._base, fresh)
            port = free_port() if way == "webhook" else 0
            command = [sys.executable, "-m", "bench.bots", "halqa", url + "/bot", str(fresh), str(port)]
            bot = stack.enter_context(process(command, 0, stderr=subprocess.DEVNULL))
            begun = time.monotonic()
            while ask(url + "/figures")["secret" if port else "polled"] is None:
                if bot.poll() is not None or time.monotonic() - begun > LONGEST:
                    raise RuntimeError("it did not begin")
                await asyncio.sleep(0.05)
            await asyncio.sleep(0.5)
            before, begun = resident(bot.pid), time.monotonic()
            work = asyncio.create_task(
                self._delivered(port, ask(url + "/figures")["secret"]) if port else self._polled(url)
            )
            most = before
            while not work.done():
                most = max(most, resident(bot.pid))
                await asyncio.wait([work], timeout=0.02)
            return await work - begun, most - before

    async def _polled(self, url: str) -> float:
        """The monotonic time at which the last update is confirmed."""
        plan = {"updates": self._updates, "people": PEOPLE, "first_id": FIRST_ID, "text": "/settings"}
        await asyncio.to_thread(ask, url + "/plan", plan)
        async with asyncio.timeout(LONGEST):
            while not (await asyncio.to_thread(ask, url + "/figures"))["confirmed"]:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        return time.monotonic()

    async def _delivered(self, port: int, secret: str) -> float:
        """The monotonic time at which the last update is answered."""
        plan = Plan(people=PEOPLE, first_id=FIRST_ID, text="/settings")
        numbers = iter(range(1, self._updates + 1))
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        async with aiohttp.ClientSession(headers=headers) as session, asyncio.timeout(LONGEST):

            async def deliver() -> None:
                for number in numbers:
                    async with session.post(f"http://127.0.0.1:{port}/halqa", json=plan.update(number)) as answer:
                        answer.raise_for_status()

            await asyncio.gather(*(deliver() for _ in range(CONNECTIONS)))
        return time.monotonic()


async def main(updates: int, rounds: int) -> None:
    print(machine(), flush=True)
    with tempfile.TemporaryDirectory() as base:
        directory = Path(base) / "data"
        directory.mkdir(mode=0o700)
        await populate(directory, PEOPLE)
        burst = Burst(directory, updates)
        seen: dict[str, list[Figures]] = {"polling": [], "webhook": []}
        for _ in range(rounds):
            for way, figures in seen.items():
                figures.append(await burst.of(way))
    for way, figures in seen.items():
        seconds, more = (statistics.median(column) for column in zip(*figures, strict=True))
        print(f"{updates} updates by {way}: on the disk after {seconds:.1f} s, at most {more:.0f} MiB more")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--updates", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    asyncio.run(main(given.updates, given.rounds))
