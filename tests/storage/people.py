"""The people of the storage tests, written straight into the tables; and how a database is opened or copied."""

import contextlib
import shutil
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from storage.crypto.master_key import MasterKey
from storage.engine.database import Database
from storage.engine.store import Store
from storage.engine.timestamps import to_seconds
from storage.engine.transaction import Transaction
from storage.files import KEYRING_FILE
from storage.opening import open_store
from storage.records import hosts
from storage.records.people import applications, members, preferences
from storage.records.people.member import Member, Role

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
MASTER = MasterKey(bytes(range(32)))
HOSTS = ("Cedar Law Collective", "Lake Justice Forum")


@asynccontextmanager
async def opened(directory: Path, *, accept_rollback: bool = False, master: MasterKey = MASTER) -> AsyncIterator[Store]:
    store = await open_store(directory, master, accept_rollback=accept_rollback)
    try:
        yield store
    finally:
        await store.close()


class _TakenBack(Exception):
    pass


@asynccontextmanager
async def taken_back(store: Store) -> AsyncIterator[Transaction]:
    """A transaction in which everything goes well until its end, where it fails."""
    with contextlib.suppress(_TakenBack):
        async with store.transaction() as tx:
            yield tx
            raise _TakenBack


async def found(directory: Path, master: MasterKey = MASTER) -> None:
    """A network of two hosts and nobody in it, in an empty directory."""
    store = await open_store(directory, master, create=True)
    async with store.transaction() as tx:
        await hosts.found(tx, "Between Convenings", NOW)
        for host in HOSTS:
            await hosts.add(tx, host, NOW)
    await store.close()


async def keys_in(directory: Path, what: str = "data_keys WHERE kind = 'member'") -> dict[bytes, bytes]:
    """What stands in keyring.db, read without a Store, which would tidy it."""
    database = Database(directory / KEYRING_FILE, MASTER.derive("keyring"))
    try:
        await database.open("keyring")
        return {row[0]: row[1] for row in await database.fetch(f"SELECT id, key FROM {what}")}
    finally:
        await database.close()


async def members_keys(store: Store, tx: Transaction | None = None) -> set[bytes]:
    """The ids of the keys in memory, without those of the hosts, each of which has its own."""
    if tx is None:
        async with store.transaction() as own:
            return await members_keys(store, own)
    of_hosts = {row[0] for row in await tx.fetch("SELECT key_id FROM hosts")}
    assert of_hosts <= set(store.keyring)
    return set(store.keyring) - of_hosts


def contents(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def copy(directory: Path, to: Path) -> Path:
    """The files as they stand at this moment: what a power failure leaves, or a thief carries away."""
    return Path(shutil.copytree(directory, to))


def telegram_id(name: str) -> int:
    return 7_000_000_000 + zlib.crc32(name.encode())


async def applicant(
    tx: Transaction, name: str, *, role: Role = Role.MEMBER, host: str = HOSTS[0], invited_by: bytes | None = None
) -> Member:
    """Somebody who answered all questions and whom nobody has decided about."""
    member = await applications.agree(tx, telegram_id(name), "en", role=role, invited_by=invited_by, now=NOW)
    await members.set_name(tx, member, name)
    await applications.set_reason(tx, member, f"{name} has a reason.")
    host_id = next(known.id for known in await hosts.everyone(tx) if known.name == host)
    await members.set_host(tx, member, host_id, independent=False)
    await preferences.set_zone(tx, member, "Africa/Cairo")
    assert await applications.apply(tx, member, NOW)
    return await again(tx, member)


async def enter(
    tx: Transaction,
    name: str,
    *,
    role: Role = Role.MEMBER,
    host: str = HOSTS[0],
    invited_by: bytes | None = None,
    decided_by: bytes | None = None,
) -> Member:
    """Somebody who is in."""
    member = await applicant(tx, name, role=role, host=host, invited_by=invited_by)
    assert await applications.decide(tx, member.id, approve=True, decided_by=decided_by, now=NOW)
    return await again(tx, member)


async def again(tx: Transaction, member: Member) -> Member:
    """The same person as the row says now."""
    found = await members.get(tx, member.id)
    assert found is not None
    return found


async def plan(tx: Transaction, member: Member, due_at: datetime | None) -> None:
    """Has somebody's next digest be due at an instant, whatever schedule they have."""
    await tx.execute("UPDATE members SET digest_due_at = ? WHERE id = ?", due_at and to_seconds(due_at), member.id)
