"""A network with entries in its audit, and somebody with the databases' keys who changes them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from storage.engine.database import Database
from storage.engine.store import Store
from storage.files import KEYRING_FILE, NETWORK_FILE
from storage.records import audit
from storage.records.people import member
from tests.storage.people import MASTER, NOW, enter
from tests.support.signed_files import sign

NOUR, SALMA = b"N" * 16, b"S" * 16
ENTRIES = 8


@asynccontextmanager
async def database(directory: Path, name: str = NETWORK_FILE) -> AsyncIterator[Database]:
    """One of the files, opened by somebody who has its key."""
    purpose = {NETWORK_FILE: "database", KEYRING_FILE: "keyring"}[name]
    path = directory / name
    looked_at = Database(path, MASTER.derive(purpose), create=not path.exists())
    try:
        await looked_at.open({NETWORK_FILE: "network", KEYRING_FILE: "keyring"}[name])
        yield looked_at
        await looked_at.settle()
    finally:
        await looked_at.close()


@asynccontextmanager
async def raw(directory: Path, name: str = NETWORK_FILE) -> AsyncIterator[Database]:
    """The same, without migrating it."""
    looked_at = Database(directory / name, MASTER.derive({NETWORK_FILE: "database", KEYRING_FILE: "keyring"}[name]))
    try:
        await looked_at.begin()
        yield looked_at
    finally:
        await looked_at.close()


async def tamper(directory: Path, *statements: str, name: str = NETWORK_FILE) -> None:
    """Changes a file, and signs it: whoever has the master key can do both."""
    async with database(directory, name) as tampered:
        for statement in statements:
            await tampered.execute(statement)
    await sign(directory, MASTER)


async def record(store: Store, count: int, action: str = "approved") -> None:
    for _ in range(count):
        async with store.transaction() as tx:
            await audit.record(tx, action, NOUR, SALMA, NOW)


async def first_bad(store: Store) -> int | None:
    async with store.transaction() as tx:
        return await audit.verify(tx)


async def entered(store: Store) -> member.Member:
    async with store.transaction() as tx:
        return await enter(tx, "Salma")
