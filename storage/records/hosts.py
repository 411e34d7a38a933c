"""The organisations of the coalition, and the network's own name.

The name of a host is encrypted under a key of the host's own: it belongs to nobody who may be erased.
"""

import os
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from storage.crypto.cipher import Unreadable
from storage.engine.connection import Row
from storage.engine.point_statements import PointStatement
from storage.engine.timestamps import to_seconds
from storage.engine.transaction import Transaction
from storage.integrity.data_keys import HOST_KIND, HOST_NAME
from storage.tables import Table


@dataclass(frozen=True, slots=True)
class Host:
    """An organisation of the coalition."""

    id: bytes
    name: str = field(repr=False)  # empty where it does not open, such as that of a host erased since a backup


async def found(tx: Transaction, network_name: str, now: datetime) -> None:
    """Writes the network's one row; a second time it changes the name."""
    await tx.execute(
        "INSERT INTO network (id, name, created_at) VALUES (1, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name",
        network_name,
        to_seconds(now),
    )


async def add(tx: Transaction, name: str, now: datetime) -> bool:
    """False where a host of that name is there already."""
    if any(host.name == name for host in await everyone(tx)):
        return False
    host_id, key_id = os.urandom(16), await tx.new_key(HOST_KIND)
    await tx.execute(
        "INSERT INTO hosts (id, key_id, name_encrypted, created_at) VALUES (?, ?, ?, ?)",
        host_id,
        key_id,
        tx.cipher.encrypt(key_id, HOST_NAME, host_id, name.encode()),
        to_seconds(now),
    )
    return True


async def everyone(tx: Transaction) -> list[Host]:
    """All hosts whose name opens, by name."""
    rows = await tx.fetch("SELECT id, key_id, name_encrypted FROM hosts")
    found = await tx.unreadable_rows.readable(rows, partial(_opened, tx))
    return sorted(found, key=lambda host: host.name)


_GET = PointStatement("SELECT id, key_id, name_encrypted FROM hosts WHERE id = ?")


async def get(tx: Transaction, host_id: bytes) -> Host | None:
    row = await tx.fetchrow(_GET, host_id)
    if row is None:
        return None
    try:
        return tx.unreadable_rows.opened(row, partial(_opened, tx))
    except Unreadable:
        return Host(host_id, "")


async def erase(tx: Transaction, host_id: bytes, now: datetime) -> bool:
    """Erases a host and its key with the commit; False where members belong to it or there is no such host."""
    row = await tx.fetchrow(
        "DELETE FROM hosts WHERE id = ? AND NOT EXISTS (SELECT 1 FROM members WHERE host_id = hosts.id) "
        "RETURNING key_id",
        host_id,
    )
    if row is None:
        return False
    await tx.erase_key(row[0], now)
    return True


def _opened(tx: Transaction, row: Row) -> Host:
    host_id, key_id, name = row
    return Host(host_id, tx.cipher.decrypt(HOST_NAME, host_id, name, key_id).decode())


TABLES = (Table("network"), Table("hosts", key_kind=HOST_KIND))
