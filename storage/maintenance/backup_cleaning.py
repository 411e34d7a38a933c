"""Taking the rows of people who were erased out of the copies in the folder of the backups.

Without their key nothing in an older copy that names an erased person can be read, nor a word of theirs. Their row
still tells role, host, time zone, who invited and approved them, and when they wrote. So each copy that has such rows
is written again without them, as a rotation of the master key writes it under another key: into a file beside it,
checked, on disk, and then renamed to its place, with its name and its dates; the old bytes are overwritten. What an
interruption leaves is either copy, whole.

A copy of an earlier version is brought to the schema of this one by that. The entries of the audit stay: their tags
lead nowhere any more. Copies that were carried elsewhere are out of reach.
"""

import asyncio
import contextlib
import errno
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from storage.crypto.cipher import Cipher
from storage.engine.cancellation import shielded
from storage.engine.database import Database
from storage.engine.errors import StoreError, translate_corruption, translate_disk_errors
from storage.engine.migrate import NewerDatabase
from storage.engine.store import Store
from storage.files import KEYRING_FILE, part_of, sync
from storage.integrity import audit_tags, lookup_key_rotation
from storage.maintenance import backup_folder, secure_erase

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What was done: copies that were looked at and that were written again, the rows of people that were taken out,
    and the copies that could not be read."""

    copies: int
    rewritten: int
    people: int
    unreadable: int


async def clean(store: Store, folder: Path, now: datetime, lock: asyncio.Lock | None = None) -> Cleaned:
    """Takes the rows of people whose key is gone out of every copy in the folder, whatever the date in its name.

    `lock` is held for each copy, and given to whoever waits for it in between.
    Raises `OSError` and `BackupError` (inside, others-write, not-own). A copy that is damaged, foreign or of a newer
    version stays as it is.
    """
    backup_folder.check_target(folder, store.directory)
    found = await asyncio.to_thread(backup_folder.candidates, folder, store.directory)
    rewritten = people = unreadable = 0
    for path in found:
        try:
            async with lock or contextlib.nullcontext():
                erased = await _clean(store, path, now)
        except FileNotFoundError:  # removed in between, as older copies are; else the volume is gone
            if not await asyncio.to_thread(os.path.lexists, folder / KEYRING_FILE):
                raise
            continue
        except (StoreError, NewerDatabase) as error:
            log.warning("copy-not-cleaned", reason=getattr(error, "reason", "newer"))
            unreadable += 1
            continue
        rewritten += bool(erased)
        people += erased
    return Cleaned(len(found), rewritten, people, unreadable)


async def _clean(store: Store, path: Path, now: datetime) -> int:
    """Writes a copy again if it has rows of erased people; how many people. Raises `OSError`, `StoreError`."""
    part, dates = part_of(path), await asyncio.to_thread(path.lstat)
    try:
        with translate_disk_errors(path.parent), translate_corruption():
            if not await _copy_if_needed(store, path, part):
                return 0
            async with store.transaction() as tx:
                key, cipher, keys = tx.audit.key, tx.cipher, frozenset(store.keyring)
            erased = await _erase(store.files.network.writable(part), keys, key, cipher, now)
            await _check(store.files.network.read_only(part))
        os.utime(part, ns=(dates.st_atime_ns, dates.st_mtime_ns))
        await asyncio.to_thread(secure_erase.replace, part, path)
    finally:
        _remove(part)
    return erased


def _remove(part: Path) -> None:
    """Removes a draft with its log, which no later draft may meet."""
    for path in (part, *(part.with_name(part.name + end) for end in ("-wal", "-shm", "-journal"))):
        path.unlink(missing_ok=True)


async def _copy_if_needed(store: Store, path: Path, part: Path) -> bool:
    """Copies a copy that has rows of erased people into `part`; whether it has."""
    copy = store.files.network.read_only(path)
    try:
        await copy.begin()
        if not await lookup_key_rotation.without_key(copy.fetch, store.keyring):
            return False
        await copy.check()
        _remove(part)
        await copy.copy_to(part)
        return True
    finally:
        await shielded(copy.close())


async def _erase(draft: Database, keys: frozenset[bytes], key: bytes, cipher: Cipher, now: datetime) -> int:
    """Erases from the draft whoever has no key. What is freed is overwritten, and given back."""
    try:
        await draft.open("network")
        await audit_tags.replace_ids(draft, None, key, cipher)
        async with draft.transaction():
            erased = await lookup_key_rotation.drop_without_key(draft.fetch, keys, now)
        await draft.execute("VACUUM")
        await draft.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return erased
    finally:
        await shielded(draft.close())


async def _check(draft: Database) -> None:
    """Flushes the draft to the disk, and reads every page of it. Raises `OSError`, and `StoreError` (damaged)."""
    path = draft.path
    if any(path.parent.glob(path.name + "-*")):  # a log that could not be written back, so the file is incomplete
        raise OSError(errno.EIO, "not written", str(path))
    await asyncio.to_thread(sync, path)
    try:
        await draft.begin()
        await draft.check()
    finally:
        await shielded(draft.close())
