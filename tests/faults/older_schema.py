"""Database files of an earlier schema version, made from current ones."""

import re
from pathlib import Path

from storage.crypto.cipher import Cipher
from storage.engine import migrate
from storage.engine.database import Database
from storage.files import KEYRING_FILE
from storage.integrity.data_keys import HOST_NAME
from tests.storage.people import MASTER
from tests.support.signed_files import sign

HOST_KEYS, KINDS_OF_KEYS = 9, 5  # the versions of network.db and keyring.db that have them first
AUDIT_TAGS = next(number for number, script in migrate.steps("network") if "actor_tag" in script)  # the first with them
RENAMING = re.compile(r"ALTER TABLE (\w+) RENAME COLUMN (\w+) TO (\w+)")


async def downgrade(path: Path, name: str, version: int) -> None:
    """Replaces a file by one of an earlier schema version, with the rows that fit into its tables.

    Of the two, network.db comes first: the names of hosts are encrypted with keys from the current keyring.db. The file
    is built by the migration steps up to `version`; columns renamed by a later step keep their values.
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
        if table == "member_keys" or (table == "hosts" and version < HOST_KEYS):
            continue
        known = [{row[1] for row in await each.fetch(f"PRAGMA table_info({table})")} for each in (current, older)]
        columns = {before: renamed.get((table, before), before) for before in sorted(known[1])}
        columns = {before: after for before, after in columns.items() if after in known[0]}
        rows = await current.fetch(f"SELECT {', '.join(columns.values())} FROM {table}")
        marks = ", ".join("?" * len(columns))
        await older.execute(f"DELETE FROM {table}")
        await older.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
    if name == "keyring" and version < KINDS_OF_KEYS:
        rows = await current.fetch("SELECT id, key FROM data_keys WHERE kind = 'member'")
        await older.executemany("INSERT INTO member_keys (id, key) VALUES (?, ?)", rows)
    if name == "network" and version < HOST_KEYS:
        await older.executemany("INSERT INTO hosts (id, name, created_at) VALUES (?, ?, ?)", await _hosts(current))
    await older.execute(f"PRAGMA user_version = {version}")
    await current.close()
    await older.settle()
    await older.close()
    path.with_name("older").replace(path)
    await sign(path.parent, MASTER)


async def _hosts(network: Database) -> list[tuple[bytes, str, int]]:
    """Id, name and instant of each host, as they were before hosts had keys."""
    keyring = Database(network.path.with_name(KEYRING_FILE), MASTER.derive("keyring"))
    await keyring.begin()
    keys = {row[0]: row[1] for row in await keyring.fetch("SELECT id, key FROM data_keys")}
    await keyring.close()
    cipher = Cipher(keys, lookup_key=b"", index_key=b"")
    rows = await network.fetch("SELECT id, name_encrypted, created_at FROM hosts")
    return [(row[0], cipher.decrypt(HOST_NAME, row[0], row[1]).decode(), row[2]) for row in rows]
