"""Runs a storage operation again and again, killed by SIGKILL before its first, second, third ... step.

    python -m tests.faults.crash.kill_at_step OPERATION BASE TO STRIDE

copies the folder BASE to TO/1, TO/2 ..., and runs OPERATION there in a child process that is killed before that step,
until one run is complete. With STRIDE 3 the kills are before the first, fourth, seventh ... step. A step is a statement
to a database, or a file that is moved, overwritten or removed. The children are forked, which saves the imports.
"""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from storage.crypto import key_slots
from storage.crypto.key_sources import RecoverySource
from storage.engine import checkpoints, sqlcipher
from storage.engine.connection import CountingConnection, Row
from storage.files import SLOT_FILE
from storage.integrity import rollback_guard
from storage.maintenance import backup, key_rotation, restore, secure_erase
from storage.records import erasure, hosts
from storage.records.people import members
from tests.storage.people import MASTER, NOW, opened, telegram_id

SOURCE = RecoverySource(bytes(range(32)))  # opens the slot file, if there is one


async def start(base: Path) -> None:
    async with opened(base / "data"):
        pass


async def back_up(base: Path) -> None:
    async with opened(base / "data") as store:
        await backup.make(store, base / "copies", 1, NOW)


async def demote(base: Path) -> None:
    """Takes Nour's role away, with several checkpoints after it and a stop."""
    checkpoints.LARGE = 20
    async with opened(base / "data") as store:
        async with store.transaction() as tx:
            nour = await members.find(tx, telegram_id("Nour"))
            assert nour is not None
            await tx.execute("UPDATE members SET role = 'member' WHERE id = ?", nour.id)
        for number in range(3 * checkpoints.LOOK_AFTER):
            async with store.transaction() as tx:
                await hosts.add(tx, f"Host {number}", NOW)


async def erase(base: Path) -> None:
    async with opened(base / "data") as store, store.transaction() as tx:
        salma = await members.find(tx, telegram_id("Salma"))
        assert salma is not None
        await erasure.erase(tx, salma, NOW)


async def restore_backup(base: Path) -> None:
    await restore.try_out(base / "data", base / "copies", MASTER, NOW)
    await restore.put_in_place(base / "data", MASTER)


async def rotate(base: Path) -> None:
    with key_slots.changing(base / "data" / SLOT_FILE, SOURCE) as file:
        if file.master.before is None:
            await key_rotation.begin(file, base / "copies", NOW)
        await key_rotation.complete(file)


def move_backups(base: Path) -> None:
    """Points a rotation that was begun in another folder at the backups in this one."""
    with key_slots.changing(base / "data" / SLOT_FILE, SOURCE) as file:
        if file.renewal:
            file._details[key_slots.RENEWAL][key_rotation.BACKUPS] = str(base / "copies")
            file.save()


async def resume_rotation(base: Path) -> None:
    move_backups(base)
    async with opened(base / "data", master=key_slots.unlock(base / "data" / SLOT_FILE, SOURCE)):
        pass


OPERATIONS: dict[str, Callable[[Path], Awaitable[None]]] = {
    "start": start,
    "backup": back_up,
    "demote": demote,
    "erase": erase,
    "restore": restore_backup,
    "rotate": rotate,
    "go-on": resume_rotation,
}


def disable_fsync() -> None:
    """Turns off fsync: after a kill, unlike a power failure, everything that was written is in the file."""
    os.fsync = lambda handle: None  # type: ignore[assignment]
    sqlcipher.PRAGMAS = (*sqlcipher.PRAGMAS, "synchronous = OFF")  # type: ignore[assignment]


def _kill_at(step: int) -> None:
    execute, replace, write = CountingConnection.run, Path.replace, rollback_guard.GenerationFile.write
    unlink, overwrite = os.unlink, secure_erase.overwrite
    done = 0

    def count_step() -> None:
        nonlocal done
        done += 1
        if done == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(connection: CountingConnection, sql: str, values: Sequence[object]) -> list[Row]:
        count_step()
        return execute(connection, sql, values)

    def replace_counted(path: Path, to: Path) -> Path:
        count_step()
        return replace(path, to)

    def written(seal: rollback_guard.GenerationFile, number: int) -> None:
        count_step()
        write(seal, number)

    def removed(*path: Any, **where: Any) -> None:
        count_step()
        unlink(*path, **where)

    def overwritten(path: Path) -> None:
        count_step()
        overwrite(path)

    os.unlink = removed
    secure_erase.overwrite = overwritten
    CountingConnection.run = counted  # type: ignore[assignment, method-assign]
    Path.replace = replace_counted  # type: ignore[assignment, method-assign]
    rollback_guard.GenerationFile.write = written  # type: ignore[assignment, method-assign]


def main(operation: str, base: Path, to: Path, stride: int) -> None:
    disable_fsync()
    for step in count(1, stride):
        copy = Path(shutil.copytree(base, to / str(step)))
        child = os.fork()
        if child == 0:
            _kill_at(step)
            asyncio.run(OPERATIONS[operation](copy))  # type: ignore[arg-type]
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            assert status == 0, f"it broke at step {step}"
            print(step)
            return


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
