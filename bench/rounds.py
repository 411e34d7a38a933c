"""Rates of several ways, measured in turns, and a description of the machine."""

import os
import platform
import resource
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

Work = Callable[[], Awaitable[int]]  # returns the number of things done
ROUNDS = 5


async def _nothing(name: str) -> None:
    pass


async def rates(
    ways: Mapping[str, Work], rounds: int = ROUNDS, before: Callable[[str], Awaitable[None]] = _nothing
) -> dict[str, float]:
    """The rate of each way per second: the median of rounds in which they take turns, without the first round.

    `before` is called with the name of the way before each turn, outside of the measured time.
    """
    seen: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, work in ways.items():
            await before(name)
            begun = time.perf_counter()
            done = await work()
            if number:
                seen[name].append(done / (time.perf_counter() - begun))
    return {name: statistics.median(found) for name, found in seen.items()}


def resident() -> float:
    """MiB of memory that this process has now; Linux only. (The highest value is of no use: a child inherits it.)"""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def machine() -> str:
    """One line: processor, cores, system, Python. Contains nothing that identifies the machine or its owner."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{_processor()}, {cores} cores, {platform.system()}, Python {platform.python_version()}{load}"


def _processor() -> str:
    try:
        with Path("/proc/cpuinfo").open(encoding="utf-8") as file:
            return next(line.partition(":")[2].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()
