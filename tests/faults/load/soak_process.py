"""A bot in a process of its own that reports its resource usage twice a second; and a clock that runs fast.

Both processes derive the fast clock from the machine's clock, so that they agree without messages.
"""

import asyncio
import multiprocessing
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import structlog

from bot.app import running
from bot.operations.settings import Settings
from sandbox.telegram.clock import Clock
from storage.crypto.master_key import MasterKey
from storage.engine import sqlcipher

LOOKS = 0.5  # seconds between two readings
PATIENCE = 20.0  # seconds in which the process has to end after it was asked to
_FORKSERVER = multiprocessing.get_context("forkserver")
_FORKSERVER.set_forkserver_preload(["tests.faults.load.soak_process"])


class FastClock(Clock):
    """A clock that can run faster than real time."""

    def __init__(self, start: datetime) -> None:
        self._since, self._speed = start, 1
        super().__init__(start)

    def now(self) -> datetime:
        real = super().now()
        return real if self._speed == 1 else self._since + (real - self._since) * self._speed

    def run(self, speed: int) -> None:
        """From now on runs at `speed` times real time. Copies of the clock made before keep the old speed."""
        now, self._speed = self.now(), 1
        self.move_to(now)
        self._since, self._speed = now, speed


@dataclass(frozen=True, slots=True)
class Reading:
    """The resource usage of the process at an instant of the fast clock."""

    at: datetime
    resident: int  # bytes
    files: int  # open file descriptors, including sockets
    tasks: int
    threads: int


def _read(now: datetime) -> Reading:
    resident = int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    files, threads = (sum(1 for _ in Path("/proc/self", which).iterdir()) for which in ("fd", "task"))
    return Reading(now, resident, files, len(asyncio.all_tasks()), threads)


class SoakProcess:
    """The process, its readings so far and, after its end, how often it logged each error."""

    def __init__(self, settings: Settings, master: MasterKey, clock: FastClock) -> None:
        self.readings: list[Reading] = []
        self.errors: Counter[str] = Counter()
        self.ending = False  # whether it was asked to end
        self._ours, theirs = _FORKSERVER.Pipe()
        self._process = _FORKSERVER.Process(target=_run, args=(settings, master, clock, theirs), daemon=True)
        self._process.start()
        theirs.close()

    def take(self) -> None:
        """Receives new readings. Raises AssertionError if the process has ended by itself."""
        try:
            while self._ours.poll():
                message = self._ours.recv()
                if isinstance(message, Reading):
                    self.readings.append(message)
                else:
                    self.errors = message
        except EOFError:
            assert self.ending, "the bot has ended by itself"

    async def end(self) -> None:
        """Shuts the process down as a signal does, and waits for its end."""
        self.ending = True
        self._ours.send("end")
        await asyncio.to_thread(self._process.join, PATIENCE)
        self.take()
        assert self._process.exitcode == 0

    def kill(self) -> None:
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


@contextmanager
def soak_process(settings: Settings, master: MasterKey, clock: FastClock) -> Iterator[SoakProcess]:
    bot = SoakProcess(settings, master, clock)
    try:
        yield bot
    finally:
        bot.kill()


def _run(settings: Settings, master: MasterKey, clock: FastClock, pipe: Connection) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    errors: Counter[str] = Counter()

    def count(_: object, level: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        if level == "error":
            errors[f"{event['event']} {event.get('error', '')}".strip()] += 1
        raise structlog.DropEvent

    structlog.configure(processors=[count])
    # A small page cache: the usual one grows with the files up to 32 MiB, which would hide other growth.
    small = ("cache_size = -2048" if "cache_size" in pragma else pragma for pragma in sqlcipher.PRAGMAS)
    sqlcipher.PRAGMAS = tuple(small)  # type: ignore[assignment]
    asyncio.run(_run_bot(settings, master, clock, pipe))
    pipe.send(errors)


async def _run_bot(settings: Settings, master: MasterKey, clock: FastClock, pipe: Connection) -> None:
    async with running(settings, master, now=clock.now) as (_, work):
        while not pipe.poll():
            pipe.send(_read(clock.now()))
            await asyncio.wait([work], timeout=LOOKS)
            if work.done():
                await work
    pipe.recv()  # an unread message would make the other end lose what was sent to it


def slope(readings: list[Reading]) -> float:
    """The growth of resident memory in bytes per hour of the clock, by least squares."""
    hours = [(reading.at - readings[0].at) / timedelta(hours=1) for reading in readings]
    sizes = [reading.resident for reading in readings]
    middle, mean = sum(hours) / len(hours), sum(sizes) / len(sizes)
    above = sum((hour - middle) * (size - mean) for hour, size in zip(hours, sizes, strict=True))
    return above / sum((hour - middle) ** 2 for hour in hours)
