"""Runs the network until a signal ends it: the work of `halqa run`.

A signal ends the work at once and does not wait for Telegram. What was in progress is on disk and is resumed at the
next start. A second signal ends the process immediately.
"""

import asyncio
import contextlib
import gc
import os
import signal
import sys
from typing import NoReturn

import structlog

from bot.app import running
from bot.operations import provision
from bot.operations.control import Control
from bot.operations.control_client import socket_paths
from bot.operations.settings import Settings
from bot.telegram.fatal import Stopped
from storage.crypto import key_slots
from storage.crypto.key_sources import PassphraseSource
from storage.crypto.master_key import MasterKey

log = structlog.get_logger(__name__)
GC_THRESHOLDS = (20_000, 20, 50)  # objects, then collections of the next younger generation
LOCKED = "--locked"  # the option of `halqa run`


async def until_stopped(settings: Settings, master: MasterKey | None, *, accept_rollback: bool = False) -> bool:
    """Runs until SIGINT, SIGTERM or a request to lock; returns True for a request to lock and False for a signal.

    Where `master` is None it first waits, locked, for `halqa unlock`. Raises what `open_store` raises, `Stopped`,
    `control.SocketPathTooLong`, or the error that ended the work.
    """
    _cancel_on_signals()
    slot_file, lockable = provision.slot_file(settings.storage), settings.storage.key == "passphrase"
    control = Control(lambda passphrase: key_slots.unlock(slot_file, PassphraseSource(passphrase)), lockable=lockable)
    with contextlib.suppress(asyncio.CancelledError):  # only a signal cancels this task
        async with control.listening(socket_paths(settings.storage)[0]):
            if master is None:
                key_slots.check(slot_file)  # reports a bad slot file now, and not first to the one who unlocks
                master = await control.wait_until_unlocked()
            lock = control.lock_requested.set if lockable else None
            async with running(settings, master, accept_rollback=accept_rollback, lock=lock) as (halqa, work):
                spare_the_collector()
                with control.running({"backup": halqa.backups.answer}, halqa.findings):
                    return await _wait_for_lock(work, control)
    return False


def spare_the_collector() -> None:
    """Makes the garbage collector skip all objects that exist now, and run less often.

    Once everything runs, these objects stay until the end of the process; and an update creates few cycles.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)


async def _wait_for_lock(work: asyncio.Task[None], control: Control) -> bool:
    """Returns True on a request to lock. Raises the error with which the work ends."""
    lock_requested = asyncio.create_task(control.lock_requested.wait())
    try:
        await asyncio.wait([work, lock_requested], return_when=asyncio.FIRST_COMPLETED)
    finally:
        lock_requested.cancel()
    error = work.exception() if work.done() else None
    if error is not None:
        raise _root_error(error)
    log.info("locking")
    return True


def start_locked() -> NoReturn:
    """Replaces the program of this process, so that no key stays in memory. The new one waits for `halqa unlock`."""
    command = [part for part in sys.orig_argv[1:] if part != LOCKED]
    os.execv(sys.executable, [sys.executable, *command, LOCKED])


def _cancel_on_signals() -> None:
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None

    def stop() -> None:
        log.info("stopping")
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
        task.cancel()

    with contextlib.suppress(NotImplementedError):  # on Windows asyncio.run handles Ctrl-C in the same way
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop)


def _root_error(error: BaseException) -> BaseException:
    """Returns the error within a group of errors: a `Stopped` where there is one, else the first."""
    if not isinstance(error, BaseExceptionGroup):
        return error
    stopped = error.subgroup(Stopped)
    return _root_error((stopped or error).exceptions[0])
