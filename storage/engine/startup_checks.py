"""Checks before the files of a data directory are opened: that they are intact, known to this version, and the newest.

The checks write nothing, so files that are refused stay as they are, byte for byte: an ordinary opening would move a
write-ahead log into its database when it is closed again.

All pages are read, which takes about 0.7 s per 100 MB on one core. Otherwise a damaged page would be noticed only when
somebody's words are on it, or never.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import structlog

from storage.engine.cancellation import shielded
from storage.engine.database import Database
from storage.engine.errors import StoreError, translate_corruption
from storage.engine.migrate import version
from storage.files import ASIDE, ROTATED
from storage.integrity import wal_check
from storage.integrity.rollback_guard import GenerationFile, Generations
from storage.integrity.wal_check import WalState

log = structlog.get_logger(__name__)


def refuse_interrupted(directory: Path, *, rotating_allowed: bool = False) -> None:
    """Raises `StoreError` (restoring, rotating) where a restore or a key rotation was interrupted: it comes first."""
    if (directory / ASIDE).is_dir():
        raise StoreError("restoring")
    if not rotating_allowed and (directory / ROTATED).is_dir():
        raise StoreError("rotating")


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks have found."""

    rolled_back: str | None  # why the last writes are missing; None if they are there
    digests: dict[str, str]  # of the pages in the file, by its name


async def check(network: Database, keys: Database, file: GenerationFile, *, accept_rollback: bool) -> Checked:
    """Checks both databases, which have to be read-only ones (`Database.read_only`), and closes them again.

    `rolled_back` is wal-altered, or what `Generations.mismatch` or `PageState.mismatch` says. Raises `StoreError`
    (missing, in-use, wrong-key, damaged, and the above unless it is accepted) and `NewerDatabase`.
    """
    try:
        await network.begin()
        await keys.begin()
        with translate_corruption():
            await version(network.fetch, "network")
            await version(keys.fetch, "keyring")
            logs = {database: wal_check.read(database.path) for database in (network, keys)}
            tags = {database: await asyncio.to_thread(database.files.tags) for database in (network, keys)}
            mismatch = (await generations(network, keys, file)).mismatch
            if any(found.state is WalState.ALTERED for found in logs.values()):
                mismatch = "wal-altered"
            states = file.read_record().pages
            for database in (network, keys):
                if state := states.get(database.path.name):
                    mismatch = mismatch or state.mismatch(tags[database], logs[database])
        if mismatch and not accept_rollback:
            raise StoreError(mismatch)
        for database, found in logs.items():
            altered, name = await database.check(besides=found.pages), database.path.name
            if altered:
                log.warning("page-altered", file=name, pages=altered)  # the write-ahead log has a newer version
            if found.state is not WalState.WHOLE:
                log.warning("wal-cut", file=name)  # its last commit did not happen
    finally:
        await shielded(network.close())
        await shielded(keys.close())
    return Checked(mismatch, {database.path.name: found.digest for database, found in tags.items()})


async def generations(network: Database, keys: Database, file: GenerationFile) -> Generations:
    """The generation numbers in both databases and in the generation file."""
    unfinished = 0
    if await network.fetch("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'erasures'"):
        [[unfinished]] = await network.fetch("SELECT count(*) FROM erasures")
    return Generations(await network.generation(), await keys.generation(), file.read(), int(unfinished))
