"""Restoring a backup: first in a scratch folder, then for good, with the old files aside until the new ones open.

The newest keyring is taken, which is the live one where it opens: whoever was erased after the backup was made is
erased again. What the copy of network.db still owed is dropped (restore_reconcile.py).

While the master key is being renewed, copies may be under the one before. What is restored is under the new one.
"""

import shutil
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage.crypto import key_slots
from storage.crypto.master_key import MasterKey
from storage.engine.connection import Database, Row
from storage.engine.errors import StoreError
from storage.engine.store import Store
from storage.files import ASIDE, KEYRING_FILE, NETWORK_FILE, ROTATED, SLOT_FILE, sync_folder
from storage.integrity import rollback_guard
from storage.maintenance import backup, rekeying, restore_reconcile
from storage.maintenance.backup import BackupError
from storage.records import audit

SCRATCH = "restoring"  # a folder in the data directory, so that what is in it can be renamed into place
DONE = ASIDE + "-done"


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What a restore brings, and what it costs. Counts only."""

    made_at: datetime
    members: int  # who will be there
    posts: int
    members_lost: int | None  # came since the copy was made; None: the files at hand do not open, so nobody knows
    posts_lost: int | None
    erased_again: int
    live_keyring: bool  # whether the newest keyring was the one at hand
    dropped: restore_reconcile.Dropped


async def try_out(directory: Path, folder: Path, master: MasterKey) -> RestoreReport:
    """Restores the newest copy of a backup into the scratch folder and opens it there.

    `put_in_place` or `give_up` comes next. Raises `BackupError` (empty, no-keyring), `StoreError` (in-use: the
    bot runs; wrong-key, damaged: of the copy), `NewerDatabase` and `OSError`; nothing but the scratch folder was
    touched then.
    """
    if not (folder / KEYRING_FILE).exists():
        raise BackupError("no-keyring", folder)
    found = backup.copies(folder)
    if not found:
        raise BackupError("empty", folder)
    made_at, copy = found[0]
    if master.before is not None and (directory / ROTATED).is_dir():
        with key_slots.locked(directory / SLOT_FILE):
            rekeying.place(directory)
    scratch = _scratch(directory, copy, folder / KEYRING_FILE)
    for name in rekeying.PURPOSES:
        await rekeying.bring_over(scratch / name, name, master)
    before = await _rows(scratch / NETWORK_FILE, master)
    await _keys(scratch / KEYRING_FILE, master)
    now, live_keyring = await _live(directory, scratch, master)
    seal = rollback_guard.GenerationFile(directory, master)
    newest = await _newest(scratch, master, seal)
    await rekeying.bring_over(scratch / KEYRING_FILE, KEYRING_FILE, master)  # the one at hand, where it was taken
    store = await Store.open(scratch, master.alone, accept_rollback=True, restoring=True)
    try:
        dropped = store.dropped
        assert dropped is not None  # since it was opened as an older copy
        await store.raise_generation(newest)
        async with store.transaction() as tx:
            after = await _ids(tx.fetch)
            holds = await audit.verify(tx) is None
        if not holds:  # as it cannot, where the keyring has seen later entries than the copy holds
            await store.begin_audit()
    finally:
        await store.close()
    return RestoreReport(
        made_at=made_at,
        members=len(after.members),
        posts=len(after.posts),
        members_lost=None if now is None else len(now.members - after.members),
        posts_lost=None if now is None else len(now.posts - after.posts),
        erased_again=len(before.members - after.members),
        live_keyring=live_keyring,
        dropped=dropped,
    )


def _scratch(directory: Path, network: Path, keyring: Path) -> Path:
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    put_back(directory)
    give_up(directory)
    scratch = directory / SCRATCH
    scratch.mkdir(mode=0o700)
    for source, name in ((network, NETWORK_FILE), (keyring, KEYRING_FILE)):
        (scratch / name).touch(mode=0o600)
        shutil.copyfile(source, scratch / name)
    return scratch


async def put_in_place(directory: Path, master: MasterKey) -> None:
    """Makes what was tried out the network. If it does not open there, the files before are back; then raises."""
    aside, scratch = directory / ASIDE, directory / SCRATCH
    aside.mkdir(mode=0o700)
    _move(_files(directory)[::-1], aside)  # a journal before its database, so that none is taken for a new one's
    _move(_files(scratch), directory)
    try:
        store = await Store.open(directory, master.alone, restoring=True)
        await store.close()
    except BaseException:
        put_back(directory)
        raise
    aside.rename(directory / DONE)  # from here on it is restored, whatever happens
    sync_folder(directory)
    _clear(directory / DONE)
    _clear(scratch)
    rekeying.clear(directory / ROTATED)  # of a renewed master key that is in no slot file any more


def _clear(folder: Path) -> None:
    """Removes a folder; what holds keys is overwritten first."""
    for path in folder.glob(KEYRING_FILE + "*"):
        backup.overwrite(path)
    shutil.rmtree(folder)


def put_back(directory: Path) -> None:
    """Takes back a restore that ended in the middle, if one did; clears away what one left that was done."""
    aside, done = directory / ASIDE, directory / DONE
    if done.is_dir():
        _clear(done)
    if aside.is_dir():
        kept = {path.name for path in _files(aside)}
        for path in _files(directory):
            # Of a database that was moved aside, no journal of the new one may stay beside it.
            if path.name not in kept and any(path.name.startswith(name) for name in kept):
                path.unlink()
        _move(_files(aside), directory)
        aside.rmdir()


def tidy(directory: Path) -> None:
    """Removes what a restore, or a trial of one, has left behind and nobody needs."""
    give_up(directory)
    if (directory / DONE).is_dir():
        _clear(directory / DONE)


def give_up(directory: Path) -> None:
    """Removes what was tried out."""
    if (directory / SCRATCH).is_dir():
        _clear(directory / SCRATCH)


@dataclass(frozen=True, slots=True)
class _Rows:
    members: frozenset[bytes]
    posts: frozenset[bytes]


async def _rows(path: Path, master: MasterKey) -> _Rows:
    """Who and what is in a file; it is found sound first. Raises `StoreError`."""
    database = backup.opens(path, master)
    try:
        await database.begin()
        await database.check()
        return await _ids(database.fetch)
    finally:
        await database.close()


async def _ids(run: Callable[[str], Awaitable[list[Row]]]) -> _Rows:
    found = [await run(f"SELECT id FROM {table}") for table in ("members", "posts")]
    return _Rows(*(frozenset(row[0] for row in rows) for rows in found))


async def _keys(path: Path, master: MasterKey) -> None:
    database = backup.opens(path, master)
    try:
        await database.begin()
        await database.check()
    finally:
        await database.close()


async def _live(directory: Path, scratch: Path, master: MasterKey) -> tuple[_Rows | None, bool]:
    """What is in the files at hand, and whether their keyring was taken, being no older than the backup's.

    Files that are missing, damaged or of another key are what a restore is for. Raises `StoreError` (in-use).
    """
    rows, taken = None, False
    for name, purpose in ((NETWORK_FILE, "database"), (KEYRING_FILE, "keyring")):
        if not (directory / name).exists():
            continue
        database = Database(directory / name, *master.derivations(purpose))
        try:
            await database.begin()
            await database.check()
            if name == NETWORK_FILE:
                rows = await _ids(database.fetch)
            elif await database.generation() >= await _generation(scratch / name, master):
                backup.overwrite(scratch / name)
                (scratch / name).unlink()
                await database.copy_to(scratch / name)
                taken = True
        except StoreError as trouble:
            if trouble.reason == "in-use":
                raise
        finally:
            await database.close()
    return rows, taken


async def _generation(path: Path, master: MasterKey) -> int:
    database = backup.opens(path, master)
    try:
        await database.begin()
        return await database.generation()
    finally:
        await database.close()


async def _newest(scratch: Path, master: MasterKey, seal: rollback_guard.GenerationFile) -> int:
    """The highest generation that was ever given, as far as can be known here."""
    return max(
        await _generation(scratch / NETWORK_FILE, master),
        await _generation(scratch / KEYRING_FILE, master),
        seal.read() or 0,
    )


def _files(folder: Path) -> list[Path]:
    """The databases, what belongs to them, and the sealed file."""
    names = (NETWORK_FILE, KEYRING_FILE, rollback_guard.FILE)
    return sorted(path for path in folder.iterdir() if path.is_file() and path.name.startswith(names))


def _move(paths: Sequence[Path], folder: Path) -> None:
    for path in paths:
        path.replace(folder / path.name)
    sync_folder(folder)
