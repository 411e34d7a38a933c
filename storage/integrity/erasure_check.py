"""What should be erased and is not: in the rows and keys of the live files, and in every file of a backup.

Nothing is repaired or migrated, unlike by `Store.open`. Rows can be read only while no bot runs; pages always.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from storage.crypto.cipher import NETWORK_KEY_ID, Cipher, Unreadable
from storage.crypto.master_key import MasterKey
from storage.engine.database import Database
from storage.files import KEYRING_FILE, NETWORK_FILE
from storage.integrity import data_keys, sqlcipher_pages
from storage.integrity.field_search import ROW_IDS

KEY_ID = slice(1, 17)  # of an encrypted value (cipher.py)


@dataclass(frozen=True, slots=True)
class Rows:
    """Counts, of a copy of network.db beside a keyring."""

    members: int
    without_key: int  # members whose key is gone
    unfinished: int  # rows in `erasures`
    encrypted: int  # encrypted values
    unreadable: int  # of these, the ones whose key is gone
    unused: int  # keys that no row names


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that a copy of keyring.db holds, by id."""

    data_keys: Mapping[bytes, bytes] = field(repr=False)  # of members and of hosts
    lookup_keys: Mapping[bytes, bytes] = field(repr=False)


async def keys(path: Path, master: MasterKey, *, live: bool = False) -> Keys:
    """The keys in a keyring.db; the `live` one, in the data directory, is locked meanwhile.

    Raises `StoreError` (in-use, wrong-key).
    """
    database = Database(path, *master.derivations("keyring"), read_only=not live)
    try:
        await database.begin()
        before = await database.fetch(
            "SELECT 1 FROM sqlite_master WHERE name = 'member_keys'"
        )  # a copy by an earlier version
        found = [
            {row[0]: row[1] for row in await database.fetch(f"SELECT id, key FROM {table}")}
            for table in ("member_keys" if before else "data_keys", "epoch_keys")
        ]
    finally:
        await database.close()
    return Keys(*found)


async def rows(path: Path, master: MasterKey, held: Keys, *, live: bool = False) -> Rows:
    """What of a copy of network.db these keys decrypt. Raises `StoreError` (in-use, wrong-key)."""
    database = Database(path, *master.derivations("database"), read_only=not live)
    try:
        await database.begin()
        named = await data_keys.named(database.fetch)
        [[unfinished]] = await database.fetch("SELECT count(*) FROM erasures")
        encrypted = unreadable = 0
        for table, column in await _encrypted_columns(database):
            for [value] in await database.fetch(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL"):
                encrypted += 1
                unreadable += value[KEY_ID] != NETWORK_KEY_ID and value[KEY_ID] not in held.data_keys
    finally:
        await database.close()
    return Rows(
        members=len(named["member"]),
        without_key=len(named["member"] - set(held.data_keys)),
        unfinished=int(unfinished),
        encrypted=encrypted,
        unreadable=unreadable,
        unused=len(set(held.data_keys).difference(*named.values())),
    )


async def places_of(
    path: Path, master: MasterKey, held: Keys, words: str, *, besides: Collection[bytes] = (), live: bool = False
) -> list[str]:
    """The encrypted columns, as `table.column`, in which these words can be read with these keys.

    `besides`: the ids of data keys whose values are passed over. With those of everybody who is there, the answer is
    about erased people alone, and tells of nobody whether they are a member.
    """
    database = Database(path, *master.derivations("database"), read_only=not live)
    wanted, places = words.casefold().encode(), set()
    try:
        await database.begin()
        current = await database.fetch("SELECT key_id FROM epoch")
        lookup_key = held.lookup_keys.get(current[0][0], b"") if current else b""
        cipher = Cipher(held.data_keys, lookup_key=lookup_key, index_key=b"")
        for table, column in await _encrypted_columns(database):
            row_id = ROW_IDS.get(table, "id")
            for row, value in await database.fetch(
                f"SELECT {row_id}, {column} FROM {table} WHERE {column} IS NOT NULL"
            ):
                if value[KEY_ID] in besides:
                    continue
                try:
                    plain = cipher.decrypt(
                        f"{table}.{column}", row if isinstance(row, bytes) else str(row).encode(), value
                    )
                except Unreadable:
                    continue
                if wanted in plain.decode(errors="replace").casefold().encode():
                    places.add(f"{table}.{column}")
        if words.isdecimal() and lookup_key:
            hashed = cipher.telegram_id_index(int(words))
            found = await database.fetch("SELECT key_id FROM members WHERE telegram_id_index = ?", (hashed,))
            is_there = bool(found) and found[0][0] in besides
            for [table, column] in () if is_there else (("members", "telegram_id_index"), ("inbox", "sender_index")):
                if await database.fetch(f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1", (hashed,)):
                    places.add(f"{table}.{column}")
    finally:
        await database.close()
    return sorted(places)


async def _encrypted_columns(database: Database) -> list[tuple[str, str]]:
    tables = [
        row[0] for row in await database.fetch("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    ]
    return [
        (table, row[1])
        for table in tables
        for row in await database.fetch(f"PRAGMA table_info({table})")
        if row[1].endswith("_encrypted")
    ]


def databases(folder: Path, master: MasterKey) -> Iterator[tuple[Path, str, bytes]]:
    """The files of a folder, whatever their names, that one of our keys opens: path, name of the file, and key."""
    for path in sorted(folder.iterdir()):
        if not path.is_file() or path.name.endswith(("-wal", "-shm")):
            continue
        for name, purpose in ((NETWORK_FILE, "database"), (KEYRING_FILE, "keyring")):
            for key in master.derivations(purpose):
                if sqlcipher_pages.opens(path, key):
                    yield path, name, key
