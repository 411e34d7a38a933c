"""Search through every encrypted value: for the demo's search, to prove an erasure, and for damaged values."""

from collections import Counter

from storage.crypto.cipher import Unreadable
from storage.engine.transaction import Transaction

# Where the row id in the associated data is not `id`.
ROW_IDS = {"drafts": "member_id", "inbox": "update_id", "renames": "member_id", "sealing_keys": "member_id"}


async def places_of(tx: Transaction, words: str) -> list[str]:
    """The columns, as `table.column`, that hold these words, in plaintext or under a key that is still there."""
    wanted = words.casefold()
    places = []
    for [table] in await tx.fetch("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"):
        columns = [row[1] for row in await tx.fetch(f"PRAGMA table_info({table})")]
        for column in columns:
            row_id = ROW_IDS.get(table, columns[0])
            rows = await tx.fetch(f"SELECT {row_id}, {column} FROM {table} WHERE {column} IS NOT NULL")
            if any(wanted in _text(tx, f"{table}.{column}", row, value) for row, value in rows):
                places.append(f"{table}.{column}")
    return places


async def count_unreadable(tx: Transaction) -> Counter[str]:
    """How many values cannot be decrypted, by column as `table.column`; columns without any are left out."""
    found: Counter[str] = Counter()
    for [table] in await tx.fetch("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"):
        columns = [row[1] for row in await tx.fetch(f"PRAGMA table_info({table})")]
        row_id = ROW_IDS.get(table, columns[0])
        for column in (column for column in columns if column.endswith("_encrypted")):
            rows = await tx.fetch(f"SELECT {row_id}, {column} FROM {table} WHERE {column} IS NOT NULL")
            found[f"{table}.{column}"] = sum(
                not _is_readable(tx, f"{table}.{column}", row, value) for row, value in rows
            )
    return +found


def _is_readable(tx: Transaction, place: str, row: object, value: bytes) -> bool:
    try:
        _decrypted(tx, place, row, value)
    except Unreadable:
        return False
    return True


def _decrypted(tx: Transaction, place: str, row: object, value: bytes) -> bytes:
    return tx.cipher.decrypt(place, row if isinstance(row, bytes) else str(row).encode(), value)


def _text(tx: Transaction, place: str, row: object, value: object) -> str:
    if place.endswith("_encrypted") and isinstance(value, bytes):
        try:
            value = _decrypted(tx, place, row, value)
        except Unreadable:
            return ""
    return (value.decode(errors="replace") if isinstance(value, bytes) else str(value)).casefold()
