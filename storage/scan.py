"""Looking through everything that the keys can open: for the demo's search, and to prove an erasure."""

from storage.cipher import Unreadable
from storage.store import Transaction

# Where the row id in the associated data is not `id`.
ROW_IDS = {"drafts": "member_id", "inbox": "update_id", "sealing_keys": "member_id"}


async def places_of(tx: Transaction, words: str) -> list[str]:
    """The columns, as `table.column`, in which these words stand readable or sealed under a key that is still there."""
    wanted = words.casefold()
    places = []
    for [table] in await tx.run("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"):
        columns = [row[1] for row in await tx.run(f"PRAGMA table_info({table})")]
        for column in columns:
            row_id = ROW_IDS.get(table, columns[0])
            rows = await tx.run(f"SELECT {row_id}, {column} FROM {table} WHERE {column} IS NOT NULL")
            if any(wanted in _text(tx, f"{table}.{column}", row, value) for row, value in rows):
                places.append(f"{table}.{column}")
    return places


def _text(tx: Transaction, place: str, row: object, value: object) -> str:
    if place.endswith("_sealed") and isinstance(value, bytes):
        row_id = row if isinstance(row, bytes) else str(row).encode()
        try:
            value = tx.cipher.open(place, row_id, value)
        except Unreadable:
            return ""
    return (value.decode(errors="replace") if isinstance(value, bytes) else str(value)).casefold()
