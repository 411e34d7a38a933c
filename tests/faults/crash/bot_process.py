"""A bot in a process of its own that is killed by SIGKILL at a chosen SQL statement, before or after it.

The processes are children of a fork server that has all modules imported, so that they start fast.
"""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from datetime import datetime
from multiprocessing.process import BaseProcess

from bot import app
from bot.app import running
from bot.conversation.feature import Feature, Features
from bot.conversation.request import Request
from bot.conversation.routes import Access, Command, Route
from bot.conversation.screen import Screen
from bot.language.texts import Html
from bot.operations.settings import Settings
from storage.crypto.master_key import MasterKey
from storage.engine.connection import CountingConnection, Row

FORKSERVER = multiprocessing.get_context("forkserver")
FORKSERVER.set_forkserver_preload(["tests.faults.crash.bot_process"])


async def note(request: Request) -> Screen:
    """`/note N`: stores who sent which number, so that a test sees which effects happened, and in which order."""
    await request.tx.execute("INSERT INTO noted (person, number) VALUES (?, ?)", request.telegram_id, int(request.text))
    return Screen(Html("noted"))


NOTING = Feature("noting", routes=(Route(Command("note"), Access.KNOWN, note),))


def start(
    settings: Settings, master: MasterKey, now: datetime, statements: int, *, after: bool, notes: bool = False
) -> BaseProcess:
    """Starts a bot that is killed at the statement numbered `statements`, of those to either database since its start.

    `after`: kill after the statement rather than before it. `notes`: adds `/note`, which needs a table `noted`.
    """
    process = FORKSERVER.Process(
        target=run_until_killed, args=(settings, master, now, statements, after, notes), daemon=True
    )
    process.start()
    return process


def run_until_killed(
    settings: Settings, master: MasterKey, now: datetime, statements: int, after: bool, notes: bool
) -> None:
    if notes:
        app.FEATURES = Features([*app.FEATURES.all, NOTING])
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    execute, remaining = CountingConnection.run, statements

    def counted(connection: CountingConnection, sql: str, values: Sequence[object]) -> list[Row]:
        nonlocal remaining
        remaining -= 1
        if remaining == 0 and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        rows = execute(connection, sql, values)
        if remaining == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return rows

    CountingConnection.run = counted  # type: ignore[assignment, method-assign]
    asyncio.run(_run_bot(settings, master, lambda: now))


async def _run_bot(settings: Settings, master: MasterKey, now: Callable[[], datetime]) -> None:
    async with running(settings, master, now=now) as (_, work):
        await asyncio.wait([work])
        await work
