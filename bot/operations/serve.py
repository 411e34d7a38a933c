"""`halqa run`: the network until a signal ends it.

A signal during the work cuts it short rather than waiting for Telegram; what was under way is on disk and is taken up
at the next start. A second signal ends the process at once.
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
from bot.operations.control import Control, places
from bot.operations.settings import Settings
from bot.telegram.fatal import Stopped
from storage.crypto import key_slots
from storage.crypto.master_key import MasterKey, PassphraseSource

log = structlog.get_logger(__name__)
COLLECTED_AFTER = (20_000, 20, 50)  # objects, and collections of the younger generation
LOCKED = "--locked"  # the option of `halqa run`


async def until_stopped(settings: Settings, master: MasterKey | None, *, accept_rollback: bool = False) -> bool:
    """Runs until SIGINT or SIGTERM, or until it is to be locked: only then True. Without the master key it waits
    for it, locked.

    Raises what `Store.open` raises, `Stopped`, `control.TooLong`, or whatever ended the work.
    """
    _cancel_on_signals()
    slot_file, lockable = provision.slot_file(settings.storage), settings.storage.key == "passphrase"
    control = Control(lambda words: key_slots.unlock(slot_file, PassphraseSource(words)), lockable=lockable)
    with contextlib.suppress(asyncio.CancelledError):  # only a signal cancels this task
        async with control.listening(places(settings.storage)[0]):
            if master is None:
                key_slots.look(slot_file)  # what is wrong with it is better said now than to whoever unlocks
                master = await control.unlocked()
            lock = control.lock_wanted.set if lockable else None
            async with running(settings, master, accept_rollback=accept_rollback, lock=lock) as (_, work):
                control.state = "running"
                spare_the_collector()
                return await _locked_or_ended(work, control)
    return False


def spare_the_collector() -> None:
    """What is there once everything runs stays to the end, so the garbage collector need not go through it again and
    again; and an update leaves few cycles behind, so it need not come as often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)


async def _locked_or_ended(work: asyncio.Task[None], control: Control) -> bool:
    wanted = asyncio.create_task(control.lock_wanted.wait())
    try:
        await asyncio.wait([work, wanted], return_when=asyncio.FIRST_COMPLETED)
    finally:
        wanted.cancel()
    error = work.exception() if work.done() else None
    if error is not None:
        raise _stopped_by(error)
    log.info("locking")
    return True


def start_locked() -> NoReturn:
    """Puts a new process in the place of this one, so that no key stays in memory. It waits for `halqa unlock`."""
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

    with contextlib.suppress(NotImplementedError):  # on Windows Ctrl-C cancels all the same, as asyncio.run has it
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop)


def _stopped_by(error: BaseException) -> BaseException:
    """The reason within a group of errors: `Stopped` where it is among them, else the first."""
    if not isinstance(error, BaseExceptionGroup):
        return error
    stopped = error.subgroup(Stopped)
    return _stopped_by((stopped or error).exceptions[0])
