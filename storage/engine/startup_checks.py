"""The start: whether the files of a data directory are sound, known and the newest, and how an older version becomes
this one.

The look writes nothing, so files that are refused stay as they are, byte for byte: an opening for good would empty a
write-ahead log into its database as it closes again.

All pages are read: of 100 MB that takes about 0.7 s on one core. What SQLite notices when it comes across a page would
else be noticed when somebody's words are wanted, or never.
"""

import asyncio
from pathlib import Path

import structlog

from storage.engine.connection import Database, StoreError, shielded, sync, translate_corruption
from storage.engine.migrate import migrate, version
from storage.integrity import wal_check
from storage.integrity.rollback_guard import GenerationFile, Generations
from storage.integrity.wal_check import WalState

log = structlog.get_logger(__name__)
BEFORE_MIGRATION = ".before-migration"  # ends the name of the copy beside a file that is being migrated


async def look(network: Database, keys: Database, seal: GenerationFile, *, accept_rollback: bool) -> str | None:
    """Whether what was written last is not here: journal-altered, or what `PostVersion.trouble` says; None where it is.

    Both databases are to be read-only ones (`Database.beside`), and are closed again. Raises `StoreError` (missing,
    in-use, wrong-key, damaged, and unless it is accepted the above) and `NewerDatabase`.
    """
    try:
        await network.begin()
        await keys.begin()
        with translate_corruption():
            await version(network.fetch, "network")
            await version(keys.fetch, "keyring")
            logs = {database: wal_check.read(database.path) for database in (network, keys)}
            trouble = (await generations(network, keys, seal)).trouble
            if any(found.state is WalState.ALTERED for found in logs.values()):
                trouble = "journal-altered"
        if trouble and not accept_rollback:
            raise StoreError(trouble)
        for database, found in logs.items():
            altered, file = await database.check(besides=found.pages), database.path.name
            if altered:
                log.warning("page-altered", file=file, pages=altered)  # and made good by the log
            if found.state is not WalState.WHOLE:
                log.warning("journal-cut", file=file)  # its last commit did not happen
    finally:
        await shielded(network.close())
        await shielded(keys.close())
    return trouble


async def generations(network: Database, keys: Database, seal: GenerationFile) -> Generations:
    """How new the three are."""
    unfinished = 0
    if await network.fetch("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'erasures'"):
        [[unfinished]] = await network.fetch("SELECT count(*) FROM erasures")
    return Generations(await network.generation(), await keys.generation(), seal.read(), int(unfinished))


async def migrate_with_copy(database: Database, steps: str) -> None:
    """Brings a file up to date. What is to change gets a copy beside it, which stays until everything is open."""
    found, known = await version(database.fetch, steps)
    copy = copy_before_migration(database.path)
    if 0 < found < known and not copy.exists():
        part = copy.with_name(copy.name + ".part")
        part.unlink(missing_ok=True)
        await database.copy_to(part)
        part.replace(copy)
        await asyncio.to_thread(sync, copy)
    await migrate(database.fetch, database.rollback, steps)


def copy_before_migration(path: Path) -> Path:
    return path.with_name(path.name + BEFORE_MIGRATION)
