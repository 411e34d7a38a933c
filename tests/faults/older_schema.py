"""Database files of an earlier schema version, made from current ones."""

import re
from pathlib import Path

from storage.engine import migrate
from storage.engine.database import Database
from tests.storage.people import MASTER

RENAMING = re.compile(r"ALTER TABLE (\w+) RENAME COLUMN (\w+) TO (\w+)")


async def downgrade(path: Path, name: str, version: int) -> None:
    """Replaces a file by one of an earlier schema version, with the rows that fit into its tables.

    The file is built by the migration steps up to `version`; columns renamed by a later step keep their values.
    """
    key = MASTER.derive("database" if name == "network" else "keyring")
    current, older = Database(path, key), Database(path.with_name("older"), key, create=True)
    await current.begin()
    await older.begin()
    await older.execute("PRAGMA foreign_keys = OFF")
    for _, script in migrate.steps(name)[:version]:
        for statement in migrate.statements(script):
            await older.execute(statement)
    later = " ".join(script for _, script in migrate.steps(name)[version:])
    renamed = {(table, before): after for table, before, after in RENAMING.findall(later)}
    for [table] in await older.fetch("SELECT name FROM sqlite_master WHERE type = 'table'"):
        known = [{row[1] for row in await each.fetch(f"PRAGMA table_info({table})")} for each in (current, older)]
        columns = {before: renamed.get((table, before), before) for before in sorted(known[1])}
        columns = {before: after for before, after in columns.items() if after in known[0]}
        rows = await current.fetch(f"SELECT {', '.join(columns.values())} FROM {table}")
        marks = ", ".join("?" * len(columns))
        await older.execute(f"DELETE FROM {table}")
        await older.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
    await older.execute(f"PRAGMA user_version = {version}")
    await current.close()
    await older.close()
    path.with_name("older").replace(path)
