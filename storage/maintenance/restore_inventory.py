"""What a copy and the live files hold, read before and after a restore: ids of members and posts, and generations."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from storage.crypto.master_key import MasterKey
from storage.engine.connection import Row
from storage.engine.database import Database
from storage.engine.errors import StoreError
from storage.files import KEYRING_FILE, NETWORK_FILE
from storage.integrity.rollback_guard import GenerationFile
from storage.maintenance import backup, secure_erase


@dataclass(frozen=True, slots=True)
class Inventory:
    """The ids of the members and the posts in a network.db."""

    members: frozenset[bytes]
    posts: frozenset[bytes]


async def inventory(run: Callable[[str], Awaitable[list[Row]]]) -> Inventory:
    found = [await run(f"SELECT id FROM {table}") for table in ("members", "posts")]
    return Inventory(*(frozenset(row[0] for row in rows) for rows in found))


async def of_copy(path: Path, master: MasterKey) -> Inventory:
    """The inventory of a copy of network.db, which is checked first. Raises `StoreError`."""
    database = backup.read_only(path, master)
    try:
        await database.begin()
        await database.check()
        return await inventory(database.fetch)
    finally:
        await database.close()


async def check_keyring(path: Path, master: MasterKey) -> None:
    """Reads every page of a copy of keyring.db. Raises `StoreError`."""
    database = backup.read_only(path, master)
    try:
        await database.begin()
        await database.check()
    finally:
        await database.close()


async def take_live(directory: Path, scratch: Path, master: MasterKey) -> tuple[Inventory | None, bool]:
    """The inventory of the live files, and whether their keyring was copied to the scratch folder.

    It is copied where it is no older than the backup's. Live files that are missing, damaged or under another key are
    what a restore is for. Raises `StoreError` (in-use).
    """
    found, copied = None, False
    for name, purpose in ((NETWORK_FILE, "database"), (KEYRING_FILE, "keyring")):
        if not (directory / name).exists():
            continue
        database = Database(directory / name, *master.derivations(purpose))
        try:
            await database.begin()
            await database.check()
            if name == NETWORK_FILE:
                found = await inventory(database.fetch)
            elif await database.generation() >= await generation(scratch / name, master):
                secure_erase.overwrite(scratch / name)
                (scratch / name).unlink()
                await database.copy_to(scratch / name)
                copied = True
        except StoreError as error:
            if error.reason == "in-use":
                raise
        finally:
            await database.close()
    return found, copied


async def generation(path: Path, master: MasterKey) -> int:
    """The generation number in a copy. Raises `StoreError`."""
    database = backup.read_only(path, master)
    try:
        await database.begin()
        return await database.generation()
    finally:
        await database.close()


async def newest_generation(directory: Path, scratch: Path, master: MasterKey) -> int:
    """The highest generation number that was ever given, as far as the files at hand show."""
    return max(
        await generation(scratch / NETWORK_FILE, master),
        await generation(scratch / KEYRING_FILE, master),
        GenerationFile(directory, master).read() or 0,
    )
