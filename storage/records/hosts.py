"""The organisations of the coalition, and the network's own name."""

import os
from dataclasses import dataclass
from datetime import datetime

from storage.engine.timestamps import to_seconds
from storage.engine.transaction import Transaction
from storage.tables import Table


@dataclass(frozen=True, slots=True)
class Host:
    """An organisation of the coalition."""

    id: bytes
    name: str


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
    rows = await tx.fetch(
        "INSERT INTO hosts (id, name, created_at) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING RETURNING id",
        os.urandom(16),
        name,
        to_seconds(now),
    )
    return bool(rows)


async def everyone(tx: Transaction) -> list[Host]:
    """All hosts, by name."""
    return [Host(*row) for row in await tx.fetch("SELECT id, name FROM hosts ORDER BY name")]


async def get(tx: Transaction, host_id: bytes) -> Host | None:
    row = await tx.fetchrow("SELECT id, name FROM hosts WHERE id = ?", host_id)
    return Host(*row) if row else None


TABLES = (Table("network"), Table("hosts"))
