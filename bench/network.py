"""The network that the benchmarks run on: so many active members, made at once, under a master key that is fixed."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from storage.crypto.master_key import KEY_BYTES, MasterKey
from storage.engine.store import Store
from storage.integrity.lookup_key_rotation import TELEGRAM_ID
from storage.opening import open_store
from storage.records import hosts
from storage.records.people.member import NAME, REASON

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
MASTER = MasterKey(bytes(range(32)))
FIRST_ID = 7_000_000_000


@asynccontextmanager
async def opened(directory: Path, *, create: bool = False) -> AsyncIterator[Store]:
    store = await open_store(directory, MASTER, create=create)
    try:
        yield store
    finally:
        await store.close()


async def populate(directory: Path, count: int) -> None:
    """Makes a network of `count` members, each with a key of their own and three encrypted fields."""
    async with opened(directory, create=True) as store, store.transaction() as tx:
        await hosts.found(tx, "Between Convenings", NOW)
        await hosts.add(tx, "Cedar Law Collective", NOW)
        [host] = await hosts.everyone(tx)
        keys = [(os.urandom(16), os.urandom(KEY_BYTES)) for _ in range(count)]
        await store._keys.execute("BEGIN IMMEDIATE")  # one commit for all of them, where the program has one for each
        await store._keys.executemany(
            "INSERT INTO data_keys (id, kind, key) VALUES (?, ?, ?)", [(key_id, "member", key) for key_id, key in keys]
        )
        await store._keys.execute("COMMIT")
        for key_id, key in keys:
            store.keyring.add(key_id, key)
        rows = []
        for number, (key_id, _) in enumerate(keys):
            row, telegram_id = os.urandom(16), FIRST_ID + number
            rows.append(
                (
                    row,
                    key_id,
                    tx.cipher.telegram_id_index(telegram_id),
                    tx.cipher.encrypt(key_id, TELEGRAM_ID, row, str(telegram_id).encode()),
                    tx.cipher.encrypt(key_id, NAME, row, f"Person {number}".encode()),
                    tx.cipher.encrypt(key_id, REASON, row, b"We met in the hall and want to go on. " * 3),
                    host.id,
                )
            )
        await tx.executemany(
            "INSERT INTO members (id, key_id, telegram_id_index, telegram_id_encrypted, name_encrypted, "
            "reason_encrypted, state, role, host_id, language, zone, agreed_at, applied_at, decided_at) "
            "VALUES (?, ?, ?, ?, ?, ?, 'active', 'member', ?, 'en', 'Africa/Cairo', 1, 1, 1)",
            rows,
        )
