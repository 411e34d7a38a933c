"""`halqa demo`: the stage in a temporary directory, seeded, with a page in the browser."""

import asyncio
import contextlib
import logging
import signal
import tempfile
import webbrowser
from datetime import UTC, datetime
from pathlib import Path

from bot.demo import story
from bot.demo.stage import Stage
from bot.operations import logs
from sandbox.server import Limits
from sandbox.telegram.clock import Clock


def main(*, port: int, browser: bool, seeded: bool) -> None:
    """Runs until interrupted; nothing of it is left on the disk afterwards."""
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_show(port, browser, seeded))


def beginning(now: datetime) -> datetime:
    """Today at two in the afternoon, UTC, when everybody in the story is awake and nothing waits for quiet hours."""
    return now.astimezone(UTC).replace(hour=14, minute=0, second=0, microsecond=0)


async def _show(port: int, browser: bool, seeded: bool) -> None:
    logs.configure("console", level=logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="halqa-demo-") as directory:
        clock = Clock(beginning(datetime.now(UTC)))
        async with Stage(Path(directory), name=story.NAME, hosts=story.HOSTS, clock=clock, port=port) as stage:
            print(f"Halqa's demo runs at {stage.sandbox.url}  (end it with Ctrl+C)", flush=True)
            if browser:
                await asyncio.to_thread(webbrowser.open, stage.sandbox.url)
            if seeded:
                await _play(stage)
            else:
                await stage.person("Olena", "en", f"owner-to-be · sends /start {stage.owner_code}")
            stage.sandbox.limits = Limits()  # from here on as strict as Telegram
            await _until_ended(stage)


async def _play(stage: Stage) -> None:
    """The people of the story come in and talk while the page is open already; it takes a few seconds."""
    try:
        await story.perform(stage)
        print("Everybody is in.", flush=True)
    except (AssertionError, TimeoutError):
        # Somebody moved the clock or pressed a button of theirs in the meantime; what there is works all the same.
        print("The story was interrupted, so not everybody is in. Start the demo again to see all of it.", flush=True)


async def _until_ended(stage: Stage) -> None:
    """Waits for a signal, or for the bot to end by itself, which is an error."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # on Windows, where Ctrl+C works all the same
            loop.add_signal_handler(number, ended.set)
    waiting = asyncio.create_task(ended.wait())
    await asyncio.wait([waiting, stage.task], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
