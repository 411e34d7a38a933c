"""Backups: a folder with the newest copies of network.db, and the one newest copy of keyring.db.

What was encrypted with the key of an erased member must not be readable in any copy. So copies of network.db may be
kept for as long as wanted, while there is only one of keyring.db, replaced at every backup and after every erasure.
Both are encrypted with keys derived from the master key; the slot file is never among them.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage.crypto.master_key import MasterKey
from storage.engine.database import Database
from storage.engine.errors import StoreError
from storage.engine.store import Store
from storage.files import KEYRING_FILE, NETWORK_FILE, part_of, sync_folder
from storage.maintenance import backup_folder, secure_erase
from storage.maintenance.backup_folder import BackupError

LOOKS = 0.5  # seconds between two looks at how far a copy is


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup that was made: its file, how many bytes, its generation, how many copies there are now."""

    network: str
    size: int
    generation: int
    copies: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a backup is. `stage`: waiting (for another backup), network, checking, keyring, pruning.

    In the stage `network`, `done` of about `total` bytes are written; SQLite tells no more than the size of the file,
    and a copy has no free pages, so it may be whole before `done` reaches `total`.
    """

    stage: str
    done: int = 0
    total: int = 0


def _ignore(progress: Progress) -> None:
    """For callers that do not want to know."""


async def make(
    store: Store, folder: Path, keep: int, now: datetime, show: Callable[[Progress], None] = _ignore
) -> BackupMade:
    """Makes a backup of an open network, checks it, and removes all but the `keep` newest copies of network.db.

    `show` is called every `LOOKS` seconds, and must not raise.
    Files with an impossible date or one in the future are neither counted nor removed.
    Raises `OSError`, `BackupError` (inside, others-write, not-own, foreign) and `StoreError` (damaged); then the folder
    holds what it held before.
    """
    await _refuse(store, folder)
    network, keyring = folder / backup_folder.name_of(now), folder / KEYRING_FILE
    parts = part_of(network), part_of(keyring)
    try:
        backup_folder.remove_leftovers(folder)
        async with _showing(*parts, _size(store.directory / NETWORK_FILE), show):
            number = await store.copy_to(*parts)
        show(Progress("pruning"))
        secure_erase.replace(
            parts[1], keyring
        )  # first, or a copy of the network might name keys that are in no copy yet
        parts[0].replace(network)
        sync_folder(folder)
    finally:
        for part in parts:
            secure_erase.remove(part)
    others = [path for _, path in backup_folder.copies(folder, now) if path != network]
    for old in others[keep - 1 :]:
        old.unlink()
    return BackupMade(network.name, network.stat().st_size, number, min(len(others) + 1, keep))


@asynccontextmanager
async def _showing(network: Path, keyring: Path, total: int, show: Callable[[Progress], None]) -> AsyncIterator[None]:
    """Shows how far the copies are, from the sizes of their files, until the block is left."""

    async def watch() -> None:
        progress = Progress("network", 0, total)
        while True:
            progress = _look(network, keyring, progress)
            show(progress)
            await asyncio.sleep(LOOKS)

    watching = asyncio.create_task(watch())
    try:
        yield
    finally:
        watching.cancel()
        await asyncio.wait([watching])


def _look(network: Path, keyring: Path, before: Progress) -> Progress:
    """How far the copies are. A copy of network.db that has not grown since `before` is complete, and is checked."""
    if keyring.exists():
        return Progress("keyring")
    size = _size(network)
    return Progress("checking" if size and size == before.done else "network", size, before.total)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


async def renew_keyring(store: Store, folder: Path) -> None:
    """Replaces the copy of keyring.db alone, as after an erasure. Raises what `make` raises."""
    await _refuse(store, folder)
    keyring = folder / KEYRING_FILE
    try:
        backup_folder.remove_leftovers(folder)
        await store.copy_to(None, part_of(keyring))
        secure_erase.replace(part_of(keyring), keyring)
    finally:
        secure_erase.remove(part_of(keyring))


def read_only(path: Path, master: MasterKey) -> Database:
    """A copy, or a file of the data directory, for reading: nothing is migrated or written. Begin and close it."""
    purpose = "keyring" if path.name.startswith(KEYRING_FILE) else "database"
    return Database(path, *master.derivations(purpose), read_only=True)


async def _refuse(store: Store, folder: Path) -> None:
    """Raises what `backup_folder.check_target` raises, and `BackupError` (foreign) rather than replace another
    network's only copy of its keyring."""
    backup_folder.check_target(folder, store.directory)
    if (folder / KEYRING_FILE).exists():
        try:
            await store.files.check_keyring(folder / KEYRING_FILE)
        except StoreError:
            raise BackupError("foreign", folder) from None
