"""Files under a new master key: both databases written again beside the old ones and put in place; copies rekeyed.

key_rotation.py says in which order, and why. A draft is written row by row with the new key; its source is not changed.
"""

import asyncio
import errno
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from enum import StrEnum
from pathlib import Path

from storage.crypto.cipher import Cipher
from storage.crypto.master_key import MasterKey
from storage.engine.cancellation import shielded
from storage.engine.database import Database
from storage.engine.errors import StoreError, translate_disk_errors
from storage.engine.keyring import KeyringDatabase
from storage.files import KEYRING_FILE, NETWORK_FILE, ROTATED, create_empty, part_of, sync, sync_folder
from storage.integrity import audit_chain, rollback_guard, sqlcipher_pages
from storage.integrity.audit_chain import Chain
from storage.integrity.audit_tags import NOBODY
from storage.integrity.lookup_key_rotation import rehash
from storage.integrity.page_guard import PageState
from storage.integrity.page_tags import PageTags
from storage.integrity.rollback_guard import GenerationFile
from storage.maintenance import secure_erase

ACTION = "keys-rotated"  # of the entry in the audit
BEFORE = "before"  # in the folder ROTATED: the old files
PURPOSES = {NETWORK_FILE: "database", KEYRING_FILE: "keyring"}


class Step(StrEnum):
    """The steps of a rotation, as progress reports name them."""

    SETTLE = "settle"
    DRAFT = "draft"
    HASH = "hash"
    CHECK = "check"
    PLACE = "place"
    COPY = "copy"
    FINISH = "finish"


Report = Callable[[Step, str], None]  # a step, and the name of the file that it is about, or ""


@asynccontextmanager
async def drafted(directory: Path, into: Path, master: MasterKey, at: int, report: Report) -> AsyncIterator[None]:
    """The network as it is, complete, under the new master key in the folder `into`; `at` in seconds.

    Until the block ends, the source files stay locked. Raises `OSError`, and `StoreError` (in-use, damaged,
    audit-broken); the drafts are unusable then.
    """
    before = master.before
    assert before is not None
    network, keys = (
        Database(
            directory / name, before.derive(purpose), into=(create_empty(into / name), master.alone.derive(purpose))
        )
        for name, purpose in PURPOSES.items()
    )
    try:
        with translate_disk_errors(into):
            await network.begin()
            await keys.begin()
            old = await _unbroken(network, keys, before)
            numbers = await network.generation(), await keys.generation(), GenerationFile(directory, before).read() or 0
            for database in (network, keys):
                report(Step.DRAFT, database.path.name)
                await database.export()
                await _compare(database, into, master.alone)
            report(Step.HASH, "")
            await _rewrite(into, master.alone, old, max(numbers) + 1, at)
            for name in PURPOSES:
                report(Step.CHECK, name)
                await _check_file(into / name, name, master.alone)
        yield
    finally:
        await shielded(network.close())
        await shielded(keys.close())


async def _unbroken(network: Database, keys: Database, before: MasterKey) -> Chain:
    """The old chain, verified: it is begun again under the new key, which would hide what had been done to it."""
    old = await audit_chain.load(network.fetch, keys.fetch, before.derive("audit"))
    if await audit_chain.first_bad(network.fetch, old) is not None:
        raise StoreError("audit-broken")
    return old


async def _rewrite(into: Path, master: MasterKey, old: Chain, number: int, at: int) -> None:
    """Computes again, in the drafts, what was computed with keys of the old master key."""
    network, keys = (Database(into / name, master.derive(purpose)) for name, purpose in PURPOSES.items())
    try:
        for database in (network, keys):
            await database.begin()
            await database.execute("BEGIN IMMEDIATE")
        await _renew_lookup_key(network, keys, master)
        await network.execute("UPDATE invites SET revoked_at = ? WHERE used_at IS NULL AND revoked_at IS NULL", (at,))
        begun = await audit_chain.begin(network.fetch, network.executemany, master.derive("audit"), old.begun)
        begun = await audit_chain.append(network.fetch, begun, at, ACTION, *NOBODY)
        await audit_chain.keep(keys.fetch, begun)
        for database in (network, keys):
            await database.execute("UPDATE generation SET number = ?", (number,))
            await database.execute("COMMIT")
            await database.settle()
    finally:
        await shielded(network.close())
        await shielded(keys.close())
    file = GenerationFile(into, master)
    for name in PURPOSES:
        file.pages[name] = PageState((await asyncio.to_thread(PageTags.read_closed, into / name)).digest, closed=True)
    await asyncio.to_thread(file.write, number)


async def _renew_lookup_key(network: Database, keys: Database, master: MasterKey) -> None:
    keyring = KeyringDatabase(keys)
    await keyring.load()
    known = await keyring.lookup_keys()
    [[current]] = await network.fetch("SELECT key_id FROM epoch")
    old = Cipher(keyring.keyring, lookup_key=known[current], index_key=b"")
    await keys.execute("DELETE FROM epoch_keys")
    key_id, key = await keyring.add_lookup_key()
    await network.execute("UPDATE epoch SET key_id = ?", (key_id,))
    if await rehash(network.fetch, network.executemany, old, old.with_lookup_key(key)):
        raise StoreError("damaged")  # a Telegram id cannot be decrypted, so nobody could be found by it


async def _compare(source: Database, into: Path, master: MasterKey) -> None:
    """Compares the number of rows in each table of a draft with its source. Raises `StoreError` (damaged)."""
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


async def _check_file(path: Path, name: str, master: MasterKey) -> None:
    """Flushes a file to the disk, and reads every page of it. Raises `OSError`, and `StoreError` (damaged)."""
    if any(path.parent.glob(path.name + "-*")):  # a log that could not be written back, so the file is incomplete
        raise OSError(errno.EIO, "not written", str(path))
    await asyncio.to_thread(sync, path)
    draft = Database(path, master.derive(PURPOSES[name]), read_only=True)
    try:
        await draft.begin()
        await draft.check()
    finally:
        await shielded(draft.close())


def place(directory: Path) -> None:
    """Moves the files of the folder ROTATED into place, as far as they are not yet; then erases the old ones.

    After an interruption it can be called again.
    """
    ready, before = directory / ROTATED, directory / ROTATED / BEFORE
    before.mkdir(mode=0o700, exist_ok=True)
    for name in (KEYRING_FILE, NETWORK_FILE, rollback_guard.FILE):
        if not (ready / name).exists():
            continue  # in place already
        # A log before its database, and both on disk before the new one, which must never meet a log of the old one.
        for old in (f"{name}-journal", f"{name}-wal", f"{name}-shm", name):
            if (directory / old).exists():
                (directory / old).replace(before / old)
        sync_folder(before)
        sync_folder(directory)
        (ready / name).replace(directory / name)
        sync_folder(directory)
    secure_erase.erase_folder(ready)


async def rekey_copy(path: Path, name: str, master: MasterKey) -> bool:
    """Rewrites a copy of the file `name` (network.db or keyring.db) under the new key, and overwrites the old bytes.

    False where it is not under the key before. Raises `OSError`, and `StoreError` (damaged), leaving it unchanged.
    """
    purpose, part = PURPOSES[name], part_of(path)
    if master.before is None or not sqlcipher_pages.opens(path, master.before.derive(purpose)):
        return False
    secure_erase.remove(part)
    into = create_empty(part), master.alone.derive(purpose)
    source = Database(path, master.before.derive(purpose), read_only=True, into=into)
    try:
        try:
            with translate_disk_errors(path.parent):
                await source.begin()
                await source.check()
                await source.export()
        finally:
            await shielded(source.close())
        await _check_file(part, name, master.alone)
        await asyncio.to_thread(secure_erase.replace, part, path)
    finally:
        secure_erase.remove(part)
    return True
