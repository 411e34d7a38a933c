"""`halqa run`: the network until a signal ends it.

A signal during the work cuts it short rather than waiting for Telegram; what was under way is on disk and is taken up
at the next start. A second signal ends the process at once.
"""

import asyncio
import contextlib
import signal
import sys

import structlog

from bot.app import running
from bot.settings import Settings
from bot.telegram.receiver import Stopped
from storage.keyring import MasterKey

log = structlog.get_logger(__name__)


def no_core_dumps() -> None:
    """A crash must not write the memory, and the keys in it, to a disk."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


async def until_stopped(settings: Settings, master: MasterKey, *, accept_rollback: bool = False) -> None:
    """Runs until SIGINT or SIGTERM. Raises what `Store.open` raises, `Stopped`, or whatever ended the work."""
    _cancel_on_signals()
    with contextlib.suppress(asyncio.CancelledError):  # only a signal cancels this task
        async with running(settings, master, accept_rollback=accept_rollback) as (_, work):
            await asyncio.wait([work])
            error = work.exception()
            if error is not None:
                raise _stopped_by(error)


def _cancel_on_signals() -> None:
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None

    def stop() -> None:
        log.info("stopping")
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
        task.cancel()

    with contextlib.suppress(NotImplementedError):  # on Windows Ctrl-C cancels all the same, as asyncio.run has it
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop)


def _stopped_by(error: BaseException) -> BaseException:
    """The reason within a group of errors: `Stopped` where it is among them, else the first."""
    if not isinstance(error, BaseExceptionGroup):
        return error
    stopped = error.subgroup(Stopped)
    return _stopped_by((stopped or error).exceptions[0])
