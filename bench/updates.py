"""Updates per second: the whole bot beside python-telegram-bot, aiogram and pyTelegramBotAPI, bare and durable.

    python -m bench.updates [--bots NAME,...] [--updates N] [--rounds N]

A bare bot echoes. A durable one besides commits every update to SQLite before it is confirmed, and notes its answer, as
the whole bot does; unlike that one it encrypts nothing, looks nobody up and renders nothing. Each bot is a process of
its own on one core, with a fresh Bot API (server.py) on the other. Bots take turns; a round gives out so many updates
and ends with the last answer. The time of the processor is less disturbed by other programs than updates a second.
`halqa` is asked for /settings; `halqa-hello` gets the text that the echoes get, and says that it did not understand.
aiogram and pyTelegramBotAPI are installed into a virtual environment of their own (build/peers).
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
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from bench.network import FIRST_ID, populate
from bench.processes import Answer, ask, process, processor_seconds, resident
from bench.rounds import machine

PEERS = Path("build/peers")
REQUIRED = ("aiogram==3.*", "pyTelegramBotAPI==4.*", "aiohttp==3.*", "aiosqlite==0.*")
BARE = ("ptb", "ptb-ours", "aiogram", "telebot", "transport")
DURABLE = ("ptb-durable", "aiogram-durable", "telebot-durable", "halqa-hello", "halqa")
AT_50_MS = ("ptb-concurrent", "ptb-durable-concurrent", "aiogram-durable", "telebot-durable", "halqa")
PEOPLE = 1_400
LONGEST = 120.0  # seconds for one round


def peers() -> Path:
    """The Python of the peers, with their libraries installed once."""
    python = PEERS / "bin" / "python"
    installed = PEERS / "installed"
    if not installed.exists() or installed.read_text("ascii") != "\n".join(REQUIRED):
        venv.create(PEERS, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *REQUIRED], check=True)
        installed.write_text("\n".join(REQUIRED), "ascii")
    return python


class Figures(NamedTuple):
    """What is measured of one bot in one round."""

    rate: float  # updates a second
    processor: float  # milliseconds of the bot's process for each update
    memory: float  # MiB at the end
    start: float  # seconds from its start to its first poll


class Run:
    """One bot in one round."""

    def __init__(self, base: Path, updates: int, latency: float) -> None:
        self._base = base
        self._updates = updates
        self._latency = latency

    def of(self, name: str) -> Figures:
        python = peers() if name.startswith(("aiogram", "telebot")) else Path(sys.executable)
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
            before = processor_seconds(bot.pid)
            ask(url + "/plan", plan | {"text": "/settings" if name == "halqa" else "hello"})
            took = self._until(url, bot, "seconds")["seconds"]
            used = 1000 * (processor_seconds(bot.pid) - before) / self._updates
            return Figures(self._updates / took, used, resident(bot.pid), first)

    @staticmethod
    def _until(url: str, bot: subprocess.Popen[str], wanted: str) -> Answer:
        begun = time.monotonic()
        while (found := ask(url + "/figures"))[wanted] is None:
            if bot.poll() is not None or time.monotonic() - begun > LONGEST:
                raise RuntimeError(f"it ended, or took too long: {found}")
            time.sleep(0.05)
        return found


def table(title: str, names: Sequence[str], run: Run, rounds: int) -> None:
    """Prints the medians of the rounds, beside those of the first bot."""
    seen: dict[str, list[Figures]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            seen[name].append(run.of(name))
    middle = {name: Figures(*map(statistics.median, zip(*found, strict=True))) for name, found in seen.items()}
    first = middle[names[0]]
    print(f"\n{title}")
    for name, figures in middle.items():
        rate, processor = figures.rate / first.rate, first.processor / figures.processor
        print(
            f"  {name:<18}{figures.rate:7,.0f}/s {rate:6.2f} x   {figures.processor:6.3f} ms of processor "
            f"{processor:6.2f} x   {figures.memory:4.0f} MiB   first poll {figures.start:5.2f} s"
        )
    sys.stdout.flush()


def main(names: Sequence[str], updates: int, rounds: int) -> None:
    print(machine(), flush=True)
    with tempfile.TemporaryDirectory() as base:
        directory = Path(base) / "data"
        directory.mkdir(mode=0o700)
        asyncio.run(populate(directory, PEOPLE))
        table(
            f"{updates} updates of {PEOPLE} people, no latency",
            names or BARE + DURABLE,
            Run(directory, updates, 0.0),
            rounds,
        )
        if not names:
            title = f"{updates // 2} updates, 50 ms for each call"
            table(title, AT_50_MS, Run(directory, updates // 2, 0.05), rounds)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bots", type=lambda given: given.split(","), default=())
    parser.add_argument("--updates", type=int, default=6000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    main(given.bots, given.updates, given.rounds)
