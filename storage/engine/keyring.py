"""The keys in keyring.db: data keys, under which fields are encrypted, and the lookup key, which hashes Telegram ids.

Each member and each host has a data key of its own; its kind says which table names it (storage/tables.py). A key is on
disk before the first row that needs it. All of them are in memory while the network is unlocked.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence

from storage.crypto.cipher import KEY_ID_BYTES
from storage.crypto.master_key import KEY_BYTES
from storage.engine.database import Database
from storage.integrity import audit_chain
from storage.integrity.audit_chain import Chain


class Keyring(Mapping[bytes, bytes]):
    """The data keys in memory, by key id; `KeyringDatabase` keeps them in step with keyring.db."""

    def __init__(self, keys: Mapping[bytes, bytes]) -> None:
        self._keys = dict(keys)

    def __getitem__(self, key_id: bytes) -> bytes:
        return self._keys[key_id]

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def __repr__(self) -> str:
        return f"<Keyring of {len(self)}>"

    def add(self, key_id: bytes, key: bytes) -> None:
        self._keys[key_id] = key

    def forget(self, key_id: bytes) -> None:
        """Removes a key, if it is there."""
        self._keys.pop(key_id, None)


class KeyringDatabase:
    """The open keyring.db and what of it is in memory."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.keyring = Keyring({})

    @property
    def broken(self) -> bool:
        """Whether an error has made the connection unusable."""
        return self._database.broken

    async def load(self) -> None:
        """Reads all data keys into a new `keyring`."""
        rows = await self._database.fetch("SELECT id, key FROM data_keys")
        self.keyring = Keyring({row[0]: row[1] for row in rows})

    async def lookup_keys(self) -> dict[bytes, bytes]:
        """Lookup keys by id: one, or two after a crash in the middle of an erasure."""
        return {row[0]: row[1] for row in await self._database.fetch("SELECT id, key FROM epoch_keys")}

    async def add_key(self, kind: str) -> bytes:
        """A new data key, on disk before this returns; its id."""
        key_id, key = os.urandom(KEY_ID_BYTES), os.urandom(KEY_BYTES)
        await self._database.execute("INSERT INTO data_keys (id, kind, key) VALUES (?, ?, ?)", (key_id, kind, key))
        self.keyring.add(key_id, key)
        return key_id

    async def add_missing(self, kind: str, key_ids: Iterable[bytes]) -> None:
        """New data keys under these ids, except for those that are there; on disk before this returns."""
        added = {key_id: os.urandom(KEY_BYTES) for key_id in key_ids if key_id not in self.keyring}
        async with self._database.transaction():
            await self._database.executemany(
                "INSERT INTO data_keys (id, kind, key) VALUES (?, ?, ?)",
                [(key_id, kind, key) for key_id, key in added.items()],
            )
        for key_id, key in added.items():
            self.keyring.add(key_id, key)

    async def add_lookup_key(self) -> tuple[bytes, bytes]:
        """A new lookup key, on disk before this returns: id and key."""
        key_id, key = os.urandom(KEY_ID_BYTES), os.urandom(KEY_BYTES)
        await self._database.execute("INSERT INTO epoch_keys (id, key) VALUES (?, ?)", (key_id, key))
        return key_id, key

    async def erase(
        self, erased: Sequence[bytes], *, lookup_key_id: bytes | None, audit: Chain, generation: int
    ) -> None:
        """Removes these data keys and every lookup key but this one, and writes the audit's head.

        The generation number of the erasure is part of the same commit, which saves another one.
        """
        async with self._database.transaction():
            for key_id in erased:
                await self._database.execute("DELETE FROM data_keys WHERE id = ?", (key_id,))
            await self._database.execute("DELETE FROM epoch_keys WHERE id NOT IN (?)", (lookup_key_id,))
            await audit_chain.keep(self._database.fetch, audit)
            if erased:
                await self._database.execute("UPDATE generation SET number = max(number, ?)", (generation,))
        for key_id in erased:
            self.keyring.forget(key_id)

    async def erase_unused(self, named: Mapping[str, set[bytes]]) -> None:
        """Removes the data keys that no row names, such as those of people whose rows were rolled back.

        `named`: the ids that rows name, by kind. Keys of a kind that is not in it stay: this version of the program
        cannot know whether they are needed.
        """
        used = set[bytes]().union(*named.values())
        for unused in [key_id for key_id in self.keyring if key_id not in used]:
            [[kind]] = await self._database.fetch("SELECT kind FROM data_keys WHERE id = ?", (unused,))
            if kind in named:
                await self._database.execute("DELETE FROM data_keys WHERE id = ?", (unused,))
                self.keyring.forget(unused)
