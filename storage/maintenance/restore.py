"""Restoring a backup: first in a scratch folder, then for good, with the old files aside until the new ones open.

The newest keyring is taken, which is the live one where it opens: people who were erased after the backup was made are
erased again. What was pending in the copy of network.db is dropped (restore_reconcile.py).

During a rotation of the master key, copies may be under the key before. What is restored is under the new one.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage.crypto import key_slots
from storage.crypto.master_key import MasterKey
from storage.engine.store import Store
from storage.files import (
    ASIDE,
    KEYRING_FILE,
    NETWORK_FILE,
    ROTATED,
    SLOT_FILE,
    create_empty,
    open_own,
    sync_folder,
)
from storage.integrity import rollback_guard
from storage.maintenance import backup_folder, rekeying, restore_inventory, secure_erase
from storage.maintenance.backup_folder import BackupError
from storage.maintenance.restore_inventory import Inventory, inventory
from storage.maintenance.restore_reconcile import Dropped
from storage.records import audit

SCRATCH = "restoring"  # a folder in the data directory, so that what is in it can be renamed into place
DONE = ASIDE + "-done"


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What a restore brings back, and what is lost. Counts only."""

    made_at: datetime
    members: int  # after the restore
    posts: int
    members_lost: int | None  # since the copy was made; None: unknown, since the live files cannot be opened
    posts_lost: int | None
    erased_again: int
    live_keyring: bool  # whether the newest keyring was the live one
    dropped: Dropped


async def try_out(directory: Path, folder: Path, master: MasterKey, now: datetime) -> RestoreReport:
    """Restores the newest copy of a backup into the scratch folder and opens it there. One from the future is not it.

    `put_in_place` or `give_up` comes next. Raises `BackupError` (empty, no-keyring, others-write, not-own),
    `StoreError` (in-use: the bot runs; wrong-key, damaged: of the copy), `NewerDatabase` and `OSError`, having touched
    nothing but the scratch folder.
    """
    made_at, copy = _newest(folder, directory, now)
    if master.before is not None and (directory / ROTATED).is_dir():
        with key_slots.locked(directory / SLOT_FILE):
            rekeying.place(directory)
    scratch = _scratch(directory, copy, folder / KEYRING_FILE)
    for name in rekeying.PURPOSES:
        await rekeying.rekey_copy(scratch / name, name, master)
    before = await restore_inventory.of_copy(scratch / NETWORK_FILE, master)
    await restore_inventory.check_keyring(scratch / KEYRING_FILE, master)
    live, live_keyring = await restore_inventory.take_live(directory, scratch, master)
    newest = await restore_inventory.newest_generation(directory, scratch, master)
    await rekeying.rekey_copy(scratch / KEYRING_FILE, KEYRING_FILE, master)  # the live one, where it was copied
    after, dropped = await _open_scratch(scratch, master.alone, newest)
    return RestoreReport(
        made_at=made_at,
        members=len(after.members),
        posts=len(after.posts),
        members_lost=None if live is None else len(live.members - after.members),
        posts_lost=None if live is None else len(live.posts - after.posts),
        erased_again=len(before.members - after.members),
        live_keyring=live_keyring,
        dropped=dropped,
    )


def _newest(folder: Path, directory: Path, now: datetime) -> tuple[datetime, Path]:
    """The newest copy in a folder, and when it was made. Raises `BackupError`."""
    if folder.is_dir():
        backup_folder.check(folder, directory)
    if not (folder / KEYRING_FILE).exists():
        raise BackupError("no-keyring", folder)
    found = backup_folder.copies(folder, now)
    if not found:
        raise BackupError("empty", folder)
    return found[0]


async def _open_scratch(scratch: Path, master: MasterKey, newest: int) -> tuple[Inventory, Dropped]:
    """Opens the copy as an older one, which is accepted; what it holds then, and what of it was dropped."""
    store = await Store.open(scratch, master, accept_rollback=True, restoring=True)
    try:
        dropped = store.dropped
        assert dropped is not None  # since it was opened as an older copy
        await store.raise_generation(newest)
        async with store.transaction() as tx:
            after = await inventory(tx.fetch)
            holds = await audit.verify(tx) is None
        if not holds:  # the keyring has the head of later entries than the copy holds
            await store.begin_audit()
    finally:
        await store.close()
    return after, dropped


def _scratch(directory: Path, network: Path, keyring: Path) -> Path:
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    put_back(directory)
    give_up(directory)
    scratch = directory / SCRATCH
    scratch.mkdir(mode=0o700)
    for source, name in ((network, NETWORK_FILE), (keyring, KEYRING_FILE)):
        create_empty(scratch / name)
        with open_own(source, "rb") as read, open_own(scratch / name) as written:
            shutil.copyfileobj(read, written, length=1 << 20)
    return scratch


async def put_in_place(directory: Path, master: MasterKey) -> None:
    """Moves the scratch files into place. Where they do not open there, moves the old files back and raises."""
    aside, scratch = directory / ASIDE, directory / SCRATCH
    aside.mkdir(mode=0o700)
    _move(
        _files(directory)[::-1], aside
    )  # a log before its database, so that it is not taken for the log of the new one
    _move(_files(scratch), directory)
    try:
        store = await Store.open(directory, master.alone, restoring=True)
        await store.close()
    except BaseException:
        put_back(directory)
        raise
    aside.rename(directory / DONE)  # from here on the restore is done, even if this process ends
    sync_folder(directory)
    _clear(directory / DONE)
    _clear(scratch)
    secure_erase.erase_folder(directory / ROTATED)  # under a new master key that no slot file has any more


def _clear(folder: Path) -> None:
    """Removes a folder, after overwriting what holds keys."""
    for path in folder.glob(KEYRING_FILE + "*"):
        secure_erase.overwrite(path)
    shutil.rmtree(folder)


def put_back(directory: Path) -> None:
    """Undoes a restore that was interrupted, if one was; removes what a completed one has left."""
    aside, done = directory / ASIDE, directory / DONE
    if done.is_dir():
        _clear(done)
    if aside.is_dir():
        kept = {path.name for path in _files(aside)}
        for path in _files(directory):
            # No log of the new database may stay beside the old one that is moved back.
            if path.name not in kept and any(path.name.startswith(name) for name in kept):
                secure_erase.remove(path)
        _move(_files(aside), directory)
        aside.rmdir()


def tidy(directory: Path) -> None:
    """Removes what a completed restore, or one that was only tried out, has left."""
    give_up(directory)
    if (directory / DONE).is_dir():
        _clear(directory / DONE)


def give_up(directory: Path) -> None:
    """Removes the scratch folder."""
    if (directory / SCRATCH).is_dir():
        _clear(directory / SCRATCH)


def _files(folder: Path) -> list[Path]:
    """The databases with their logs, and the generation file."""
    names = (NETWORK_FILE, KEYRING_FILE, rollback_guard.FILE)
    return sorted(path for path in folder.iterdir() if path.is_file() and path.name.startswith(names))


def _move(paths: Sequence[Path], folder: Path) -> None:
    for path in paths:
        path.replace(folder / path.name)
    sync_folder(folder)
