"""Files under a new master key: both databases drafted beside the old ones and put in place, and copies brought over.

key_rotation.py says in which order, and why. A draft is written row by row under the new key, and its source is not
changed.
"""

import asyncio
import errno
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from enum import StrEnum
from pathlib import Path

from storage.crypto.cipher import Cipher
from storage.crypto.master_key import KEY_BYTES, MasterKey
from storage.engine.cancellation import shielded
from storage.engine.connection import Database
from storage.engine.errors import StoreError, translate_disk_errors
from storage.engine.member_keys import Keyring
from storage.files import KEYRING_FILE, NETWORK_FILE, ROTATED, sync, sync_folder
from storage.integrity import audit_chain, rollback_guard, sqlcipher_pages
from storage.integrity.audit_chain import Chain
from storage.integrity.lookup_key_rotation import rehash
from storage.integrity.rollback_guard import GenerationFile
from storage.maintenance import backup

ACTION = "keys-rotated"  # of the entry in the audit
BEFORE = "before"  # in the folder ROTATED: what was in place
PURPOSES = {NETWORK_FILE: "database", KEYRING_FILE: "keyring"}


class Step(StrEnum):
    """What is being done in a rotation."""

    SETTLE = "settle"
    DRAFT = "draft"
    HASH = "hash"
    CHECK = "check"
    PLACE = "place"
    COPY = "copy"
    FINISH = "finish"


Tell = Callable[[Step, str], None]  # a step, and the name of the file that it is about, or nothing


@asynccontextmanager
async def drafted(directory: Path, into: Path, master: MasterKey, at: int, tell: Tell) -> AsyncIterator[None]:
    """The network as it stands, whole, under the new master key in the folder `into`; `at` in seconds.

    Until the block is left nobody else can open the files from which it was drafted. Raises `OSError`, and
    `StoreError` (in-use, damaged, audit-broken); what was drafted by then is good for nothing.
    """
    before = master.before
    assert before is not None
    network, keys = (
        Database(directory / name, before.derive(purpose), into=(_empty(into / name), master.alone.derive(purpose)))
        for name, purpose in PURPOSES.items()
    )
    try:
        with translate_disk_errors(into):
            await network.begin()
            await keys.begin()
            old = await _unbroken(network, keys, before)
            numbers = await network.generation(), await keys.generation(), GenerationFile(directory, before).read() or 0
            for database in (network, keys):
                tell(Step.DRAFT, database.path.name)
                await database.export()
                await _compare(database, into, master.alone)
            tell(Step.HASH, "")
            await _rewrite(into, master.alone, old, max(numbers) + 1, at)
            for name in PURPOSES:
                tell(Step.CHECK, name)
                await _found_sound(into / name, name, master.alone)
        yield
    finally:
        await shielded(network.close())
        await shielded(keys.close())


def _empty(path: Path) -> Path:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))  # SQLite fills an empty file
    return path


async def _unbroken(network: Database, keys: Database, before: MasterKey) -> Chain:
    """The old chain. It begins anew under the new key, which would hide what had been done to it."""
    old = await audit_chain.load(network.fetch, keys.fetch, before.derive("audit"))
    if await audit_chain.first_bad(network.fetch, old) is not None:
        raise StoreError("audit-broken")
    return old


async def _rewrite(into: Path, master: MasterKey, old: Chain, number: int, at: int) -> None:
    """Makes anew in the drafts what keys of the old master key have hashed."""
    network, keys = (Database(into / name, master.derive(purpose)) for name, purpose in PURPOSES.items())
    try:
        for database in (network, keys):
            await database.begin()
            await database.execute("BEGIN IMMEDIATE")
        await _renew_epoch(network, keys, master)
        await network.execute("UPDATE invites SET revoked_at = ? WHERE used_at IS NULL AND revoked_at IS NULL", (at,))
        begun = await audit_chain.begin(network.fetch, network.executemany, master.derive("audit"), old.begun)
        begun = await audit_chain.append(network.fetch, begun, at, ACTION, None, None)
        await audit_chain.keep(keys.fetch, begun)
        for database in (network, keys):
            await database.execute("UPDATE generation SET number = ?", (number,))
            await database.execute("COMMIT")
    finally:
        await shielded(network.close())
        await shielded(keys.close())
    await asyncio.to_thread(GenerationFile(into, master).write, number)


async def _renew_epoch(network: Database, keys: Database, master: MasterKey) -> None:
    members = Keyring({row[0]: row[1] for row in await keys.fetch("SELECT id, key FROM member_keys")})
    known = {row[0]: row[1] for row in await keys.fetch("SELECT id, key FROM epoch_keys")}
    [[stands]] = await network.fetch("SELECT key_id FROM epoch")
    old = Cipher(members, lookup_key=known[stands], index_key=b"")
    key_id, key = os.urandom(16), os.urandom(KEY_BYTES)
    await keys.execute("DELETE FROM epoch_keys")
    await keys.execute("INSERT INTO epoch_keys (id, key) VALUES (?, ?)", (key_id, key))
    await network.execute("UPDATE epoch SET key_id = ?", (key_id,))
    if await rehash(network.fetch, network.executemany, old, old.with_lookup_key(key)):
        raise StoreError("damaged")  # somebody's Telegram id does not open, so nobody could find them by it


async def _compare(source: Database, into: Path, master: MasterKey) -> None:
    """Whether a draft has as many rows as its source. Raises `StoreError` (damaged)."""
    path = into / source.path.name
    draft = Database(path, master.derive(PURPOSES[path.name]), read_only=True)
    try:
        await draft.begin()
        for [table] in await source.fetch("SELECT name FROM sqlite_master WHERE type = 'table'"):
            count = f"SELECT count(*) FROM {table}"
            if await source.fetch(count) != await draft.fetch(count):
                raise StoreError("damaged")
    finally:
        await shielded(draft.close())


async def _found_sound(path: Path, name: str, master: MasterKey) -> None:
    """Has a file on disk, and reads every page of it. Raises `OSError`, and `StoreError` (damaged)."""
    if any(path.parent.glob(path.name + "-*")):  # a journal that could not be written back, so the file is not whole
        raise OSError(errno.EIO, "not written", str(path))
    await asyncio.to_thread(sync, path)
    draft = Database(path, master.derive(PURPOSES[name]), read_only=True)
    try:
        await draft.begin()
        await draft.check()
    finally:
        await shielded(draft.close())


def place(directory: Path) -> None:
    """Puts the files of the folder ROTATED in place, or what of them is not yet; then the ones before are gone."""
    ready, before = directory / ROTATED, directory / ROTATED / BEFORE
    before.mkdir(mode=0o700, exist_ok=True)
    for name in (KEYRING_FILE, NETWORK_FILE, rollback_guard.FILE):
        if not (ready / name).exists():
            continue  # in place already
        # A journal before its database, and both on disk before the new one, which must never see a journal of the old.
        for old in (f"{name}-journal", f"{name}-wal", f"{name}-shm", name):
            if (directory / old).exists():
                (directory / old).replace(before / old)
        sync_folder(before)
        sync_folder(directory)
        (ready / name).replace(directory / name)
        sync_folder(directory)
    clear(ready)


def clear(folder: Path) -> None:
    """Removes a folder if it is there, overwriting what is in it first."""
    if folder.is_dir():
        for path in folder.rglob("*"):
            if path.is_file():
                backup.overwrite(path)
        shutil.rmtree(folder)
        sync_folder(folder.parent)


async def bring_over(path: Path, name: str, master: MasterKey) -> bool:
    """Puts a copy of network.db or keyring.db, which `name` says, under the new key, and overwrites the old bytes.

    False where it is not under the key before. Raises `OSError`, and `StoreError` (damaged); it is as it was then.
    """
    purpose, part = PURPOSES[name], backup.part_of(path)
    if master.before is None or not sqlcipher_pages.opens(path, master.before.derive(purpose)):
        return False
    part.unlink(missing_ok=True)
    into = _empty(part), master.alone.derive(purpose)
    source = Database(path, master.before.derive(purpose), read_only=True, into=into)
    try:
        try:
            with translate_disk_errors(path.parent):
                await source.begin()
                await source.check()
                await source.export()
        finally:
            await shielded(source.close())
        await _found_sound(part, name, master.alone)
        await asyncio.to_thread(backup.replace, part, path)
    finally:
        part.unlink(missing_ok=True)
    return True
