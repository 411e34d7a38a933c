"""Updates per second: our transport and the whole bot, compared with python-telegram-bot and aiogram.

    python -m bench.updates [--updates N] [--rounds N]

Each bot is a process of its own on one core, with a fresh Bot API (server.py) on the other. Bots take turns; a round
gives out so many updates and ends with the last answer. aiogram is installed into a virtual environment of its own
(build/peers).
"""

import argparse
import asyncio
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from contextlib import ExitStack
from pathlib import Path

from bench.network import FIRST_ID, populate
from bench.processes import Answer, ask, process, resident
from bench.rounds import machine

PEERS = Path("build/peers")
PEOPLE = 1_400
LONGEST = 120.0  # seconds for one round


def peers() -> Path:
    """The Python of the peers, with aiogram installed once."""
    python = PEERS / "bin" / "python"
    if not python.exists():
        venv.create(PEERS, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "aiogram==3.*"], check=True)
    return python


class Run:
    """One bot in one round."""

    def __init__(self, base: Path, updates: int, latency: float) -> None:
        self._base = base
        self._updates = updates
        self._latency = latency

    def of(self, name: str) -> tuple[float, float, float]:
        """Updates a second, MiB, and seconds from its start to its first poll."""
        python = peers() if name == "aiogram" else Path(sys.executable)
        with ExitStack() as stack:
            api = stack.enter_context(process([sys.executable, "-m", "bench.server"], 1, stdout=subprocess.PIPE))
            assert api.stdout is not None
            url = f"http://127.0.0.1:{int(api.stdout.readline())}"
            fresh = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "data"  # that knows no update yet
            shutil.copytree(self._base, fresh)
            begun = time.monotonic()
            command = [str(python), "-m", "bench.bots", name, url + "/bot", str(fresh)]
            bot = stack.enter_context(process(command, 0, stderr=subprocess.DEVNULL))
            first = self._until(url, bot, "polled")["polled"] - begun
            plan = {"updates": self._updates, "people": PEOPLE, "first_id": FIRST_ID, "latency": self._latency}
            ask(url + "/plan", plan | {"text": "/settings" if name == "halqa" else "hello"})
            took = self._until(url, bot, "seconds")["seconds"]
            return self._updates / took, resident(bot.pid), first

    @staticmethod
    def _until(url: str, bot: subprocess.Popen[str], wanted: str) -> Answer:
        begun = time.monotonic()
        while (found := ask(url + "/figures"))[wanted] is None:
            if bot.poll() is not None or time.monotonic() - begun > LONGEST:
                raise RuntimeError(f"it ended, or took too long: {found}")
            time.sleep(0.05)
        return found


def table(title: str, names: list[str], run: Run, rounds: int) -> dict[str, float]:
    seen: dict[str, list[tuple[float, float, float]]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            seen[name].append(run.of(name))
    middle = {name: [statistics.median(column) for column in zip(*found, strict=True)] for name, found in seen.items()}
    first = middle[names[0]]
    print(f"\n{title}")
    for name, (rate, memory, start) in middle.items():
        print(f"  {name:<16}{rate:8,.0f}/s  {rate / first[0]:5.2f} x  {memory:5.0f} MiB  first poll {start:5.2f} s")
    sys.stdout.flush()
    return {name: found[0] for name, found in middle.items()}


def main(updates: int, rounds: int) -> None:
    print(machine(), flush=True)
    with tempfile.TemporaryDirectory() as base:
        directory = Path(base) / "data"
        directory.mkdir(mode=0o700)
        asyncio.run(populate(directory, PEOPLE))
        names = ["ptb", "ptb-ours", "transport", "aiogram", "halqa"]
        table(f"{updates} updates of {PEOPLE} people, no latency", names, Run(directory, updates, 0.0), rounds)
        names = ["ptb-concurrent", "halqa"]
        title = f"{updates // 2} updates, 50 ms for each call"
        table(title, names, Run(directory, updates // 2, 0.05), rounds)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--updates", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    main(given.updates, given.rounds)
