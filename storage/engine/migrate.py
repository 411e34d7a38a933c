"""Migrations: numbered SQL steps that bring a database to the schema of this version.

A step and its number are one transaction, so a crash leaves either the old version or the new one. A file that is newer
than the program is refused, since the program could lose what it does not know.
"""

import sqlite3
from collections.abc import Awaitable, Callable, Iterator, Sequence
from importlib.resources import files


class NewerDatabase(Exception):
    """The file was written by a newer version of the program; nothing was changed."""


Run = Callable[[str], Awaitable[Sequence[Sequence[object]]]]


def steps(database: str) -> list[tuple[int, str]]:
    """The steps of `network` or `keyring`: (version, SQL), in order, numbered from 1 without a gap."""
    folder = files("storage") / "migrations" / database
    found = sorted((int(entry.name[:4]), entry.read_text("utf-8")) for entry in folder.iterdir())
    if [number for number, _ in found] != list(range(1, len(found) + 1)):
        raise RuntimeError(f"the steps of {database} are not numbered from 1 without a gap")
    return found


def statements(script: str) -> Iterator[str]:
    """The single statements of a script, since the driver commits by itself where it runs a whole script."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""
    if statement.strip():
        raise ValueError("a step ends in the middle of a statement")


async def version(run: Run, database: str) -> tuple[int, int]:
    """The version of the opened database, and the version after migrating. Raises `NewerDatabase`; changes nothing."""
    [[found]] = await run("PRAGMA user_version")
    known = len(steps(database))
    if not isinstance(found, int) or found > known:
        raise NewerDatabase(database)
    return found, known


async def migrate(run: Run, rollback: Callable[[], Awaitable[None]], database: str) -> int:
    """Migrates the opened database; returns its version. Raises `NewerDatabase` before changing anything.

    `rollback` ends a transaction if one is open: on a full disk SQLite has ended it already.

    Foreign keys are checked at the end of each step and not before, so that a step can rebuild a table that others
    refer to (SQLite, ALTER TABLE, section 7). Where a step fails they stay off, and the caller has to close the file.
    """
    found, _ = await version(run, database)
    known = steps(database)
    if known[found:]:
        await run("PRAGMA foreign_keys = OFF")
        for number, script in known[found:]:
            await _step(run, rollback, number, script)
        await run("PRAGMA foreign_keys = ON")
    return len(known)


async def _step(run: Run, rollback: Callable[[], Awaitable[None]], number: int, script: str) -> None:
    await run("BEGIN IMMEDIATE")
    try:
        for statement in statements(script):
            await run(statement)
        if dangling := await run("PRAGMA foreign_key_check"):
            raise RuntimeError(f"step {number} leaves rows that refer to none in {dangling[0][0]}")
        await run(f"PRAGMA user_version = {number}")
        await run("COMMIT")
    except BaseException:
        await rollback()
        raise
