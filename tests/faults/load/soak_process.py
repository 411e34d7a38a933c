"""A bot in a process of its own that says of itself, twice a second, what it takes; and a clock that runs fast.

Both processes read the clock off the machine's, so that it needs no message to agree.
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
from storage.engine import connection

LOOKS = 0.5  # seconds between two readings
PATIENCE = 20.0  # seconds in which it has to end once it was told to
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.faults.load.soak_process"])


class FastClock(Clock):
    """A clock that can be told to run faster than time."""

    def __init__(self, start: datetime) -> None:
        self._since, self._speed = start, 1
        super().__init__(start)

    def now(self) -> datetime:
        real = super().now()
        return real if self._speed == 1 else self._since + (real - self._since) * self._speed

    def run(self, speed: int) -> None:
        """From now on at so many times the speed; nobody else may hold a copy."""
        now, self._speed = self.now(), 1
        self.move_to(now)
        self._since, self._speed = now, speed


@dataclass(frozen=True, slots=True)
class Reading:
    """What the process took at an instant of the fast clock."""

    at: datetime
    resident: int  # bytes
    files: int  # open ones, sockets among them
    tasks: int
    threads: int


def _read(now: datetime) -> Reading:
    resident = int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    files, threads = (sum(1 for _ in Path("/proc/self", which).iterdir()) for which in ("fd", "task"))
    return Reading(now, resident, files, len(asyncio.all_tasks()), threads)


class SoakProcess:
    """The process, what it said so far, and, once it has ended, how often it logged which error."""

    def __init__(self, settings: Settings, master: MasterKey, clock: FastClock) -> None:
        self.readings: list[Reading] = []
        self.errors: Counter[str] = Counter()
        self.told = False  # to end
        self._ours, theirs = _FORKS.Pipe()
        self._process = _FORKS.Process(target=_live, args=(settings, master, clock, theirs), daemon=True)
        self._process.start()
        theirs.close()

    def take(self) -> None:
        """Takes what it said since the last time. Raises AssertionError where it has ended by itself."""
        try:
            while self._ours.poll():
                said = self._ours.recv()
                if isinstance(said, Reading):
                    self.readings.append(said)
                else:
                    self.errors = said
        except EOFError:
            assert self.told, "the bot has ended by itself"

    async def end(self) -> None:
        """Ends it as a signal would, and waits for that."""
        self.told = True
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


def _live(settings: Settings, master: MasterKey, clock: FastClock, said: Connection) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    errors: Counter[str] = Counter()

    def count(_: object, level: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        if level == "error":
            errors[f"{event['event']} {event.get('error', '')}".strip()] += 1
        raise structlog.DropEvent

    structlog.configure(processors=[count])
    # A page cache that is full from the beginning: else it grows with the files, to 32 MiB, and hides the rest.
    small = ("cache_size = -2048" if "cache_size" in pragma else pragma for pragma in connection.PRAGMAS)
    connection.PRAGMAS = tuple(small)  # type: ignore[assignment]
    asyncio.run(_forever(settings, master, clock, said))
    said.send(errors)


async def _forever(settings: Settings, master: MasterKey, clock: FastClock, said: Connection) -> None:
    async with running(settings, master, now=clock.now) as (_, work):
        while not said.poll():
            said.send(_read(clock.now()))
            await asyncio.wait([work], timeout=LOOKS)
            if work.done():
                await work
    said.recv()  # what is not read makes the other end lose what was said to it


def slope(readings: list[Reading]) -> float:
    """Bytes an hour of the clock by which the memory grows: the line of least squares."""
    hours = [(reading.at - readings[0].at) / timedelta(hours=1) for reading in readings]
    sizes = [reading.resident for reading in readings]
    middle, mean = sum(hours) / len(hours), sum(sizes) / len(sizes)
    above = sum((hour - middle) * (size - mean) for hour, size in zip(hours, sizes, strict=True))
    return above / sum((hour - middle) ** 2 for hour in hours)
