"""network.db, keyring.db and the generation file of one data directory, treated as one.

Before a file is migrated, a copy of it is made beside it, which is removed once everything is open.
"""

import asyncio
from pathlib import Path

import sqlcipher3
import structlog

from storage.crypto.master_key import MasterKey
from storage.engine import startup_checks
from storage.engine.cancellation import shielded
from storage.engine.checkpoints import Checkpoints
from storage.engine.database import Database
from storage.engine.errors import translate_disk_errors
from storage.engine.migrate import migrate, version
from storage.engine.startup_checks import Checked
from storage.files import KEYRING_FILE, NETWORK_FILE, sync
from storage.integrity.rollback_guard import GenerationFile
from storage.maintenance import secure_erase

log = structlog.get_logger(__name__)
BEFORE_MIGRATION = ".before-migration"  # ends the name of the copy beside a file that is being migrated


class DatabasePair:
    """Both databases and the generation file, not opened yet."""

    def __init__(self, directory: Path, master: MasterKey, *, create: bool = False) -> None:
        self.directory = directory
        self.network = Database(directory / NETWORK_FILE, *master.derivations("database"), create=create)
        self.keyring = Database(directory / KEYRING_FILE, *master.derivations("keyring"), create=create)
        self.generation_file = GenerationFile(directory, master)
        self.checkpoints = Checkpoints(self.both, self.generation_file)
        self._checked = Checked(None, {})

    @property
    def both(self) -> tuple[Database, Database]:
        return self.network, self.keyring

    async def check(self, *, accept_rollback: bool) -> str | None:
        """Checks both on connections of its own: why the last writes are missing. Raises as `startup_checks.check`."""
        network, keyring = (database.read_only(database.path) for database in self.both)
        self._checked = await startup_checks.check(
            network, keyring, self.generation_file, accept_rollback=accept_rollback
        )
        return self._checked.rolled_back

    async def begin(self) -> None:
        """Opens and locks both. Raises what `Database.begin` raises; the caller then closes the pair."""
        for database in self.both:
            await database.begin()

    async def begin_checkpoints(self) -> None:
        """Moves what a crash has left in the logs. Comes before anything is written; raises as `Checkpoints.begin`."""
        await self.checkpoints.begin(self._checked.digests, recorded=self._checked.rolled_back is None)

    async def migrate(self) -> None:
        """Migrates both. Raises `NewerDatabase`."""
        for database, steps in ((self.network, "network"), (self.keyring, "keyring")):
            await migrate_with_copy(database, steps)

    def remove_migration_copies(self) -> None:
        """Removes the copies beside both. They are overwritten, since an erasure would not reach them."""
        for database in self.both:
            secure_erase.remove(copy_before_migration(database.path))

    @property
    def broken(self) -> bool:
        """Whether an error has made a connection unusable."""
        return self.network.broken or self.keyring.broken

    async def reopen_broken(self) -> None:
        """Opens again what an error has broken. Raises what `Database.reopen` raises."""
        for database in self.both:
            if database.broken:
                await database.reopen()
                self.checkpoints.resume(database)
                log.warning("database-reopened", file=database.path.name)

    async def raise_generation(self, at_least: int = 0) -> int:
        """Sets all three numbers to one more than the highest of them and `at_least`; returns the new number.

        They are written in the order of rollback_guard.py.
        """
        number = await self._raise_in_databases(at_least)
        await asyncio.to_thread(self.generation_file.write, number)
        return number

    async def _raise_in_databases(self, at_least: int = 0) -> int:
        found = await startup_checks.generations(self.network, self.keyring, self.generation_file)
        number = max(found.newest, at_least) + 1
        for database in self.both:
            await database.execute("UPDATE generation SET number = ?", (number,))
        return number

    async def copy_to(self, network: Path | None, keyring: Path) -> None:
        """Copies of both, or of the keyring alone. Raises what `Database.copy_to` raises."""
        with translate_disk_errors(keyring.parent):
            if network is not None:
                await self.network.copy_to(network)
            await self.keyring.copy_to(keyring)

    async def check_keyring(self, path: Path) -> None:
        """Whether a copy of keyring.db is one of this network's. Raises `StoreError` (wrong-key)."""
        copy = self.keyring.read_only(path)
        try:
            await copy.begin()
        finally:
            await shielded(copy.close())

    async def stop(self) -> None:
        """Closes both in good order: their logs are empty, and the generation file says so.

        Where the disk is full or fails, that is logged, and they are closed as by a crash.
        """
        try:
            if all(database.is_usable for database in self.both):
                number = await self._raise_in_databases()
                await self.checkpoints.run(truncate=True, closed=True, number=number)
        except (sqlcipher3.Error, OSError) as error:
            log.warning("stopped-as-by-a-crash", error=type(error).__name__)
        finally:
            await self.close()

    async def close(self) -> None:
        """Closes both and leaves their logs as they are."""
        for database in self.both:
            await shielded(database.close())


async def migrate_with_copy(database: Database, steps: str) -> None:
    """Migrates a file. One that is going to change is copied first; the copy stays until everything is open."""
    found, known = await version(database.fetch, steps)
    copy = copy_before_migration(database.path)
    if 0 < found < known and not copy.exists():
        part = copy.with_name(copy.name + ".part")
        secure_erase.remove(part)
        await database.copy_to(part)
        part.replace(copy)
        await asyncio.to_thread(sync, copy)
    await migrate(database.fetch, database.rollback, steps)


def copy_before_migration(path: Path) -> Path:
    return path.with_name(path.name + BEFORE_MIGRATION)
