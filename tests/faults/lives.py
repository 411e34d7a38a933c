"""Lives of a real bot process that end by SIGKILL at a chosen statement, before or after it.

Children of a fork server that has everything imported, so that a life begins in a moment.
"""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from datetime import datetime
from multiprocessing.process import BaseProcess
from typing import Any

from bot.app import running
from bot.settings import Settings
from storage.database import Database
from storage.keyring import MasterKey

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.faults.lives"])


def begin(settings: Settings, master: MasterKey, now: datetime, statements: int, *, after: bool) -> BaseProcess:
    """A bot that is killed at its so manieth statement to either database, counted from its start."""
    life = _FORKS.Process(target=_live, args=(settings, master, now, statements, after), daemon=True)
    life.start()
    return life


def _live(settings: Settings, master: MasterKey, now: datetime, statements: int, after: bool) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    run, left = Database.run, statements

    async def counted(database: Database, sql: str, values: Sequence[object] = ()) -> Any:
        nonlocal left
        left -= 1
        if left == 0 and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        rows = await run(database, sql, values)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return rows

    Database.run = counted  # type: ignore[assignment, method-assign]
    asyncio.run(_forever(settings, master, lambda: now))


async def _forever(settings: Settings, master: MasterKey, now: Callable[[], datetime]) -> None:
    async with running(settings, master, now=now) as (_, work):
        await asyncio.wait([work])
        await work
