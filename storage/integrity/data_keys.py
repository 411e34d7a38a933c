"""The keys under which fields are encrypted, seen from network.db: which ones its rows name.

Each table that names keys declares their kind (storage/tables.py), so that no list of tables has to be kept: a table
that were forgotten in one would lose its keys at the next start, and with them what they encrypt.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

from storage import tables
from storage.crypto.cipher import Cipher, Unreadable
from storage.engine.database import Database

HOST_NAME, HOST_KIND = "hosts.name_encrypted", "host"
CHAT_MESSAGE_ID = "chat_messages.message_id_encrypted"
UNENCRYPTED = b"\0"  # before a plaintext that a migration has left; an encrypted value begins with 1 (cipher.py)
Run = Callable[[str, Sequence[object]], Awaitable[list[Sequence[Any]]]]
AddKeys = Callable[[str, Iterable[bytes]], Awaitable[None]]


async def named(run: Run) -> dict[str, set[bytes]]:
    """The ids of the keys that rows name, by kind: for every kind that a table declares.

    Tables and columns that an older copy of network.db does not have yet are left out.
    """
    found: dict[str, set[bytes]] = {kind: set() for kind in tables.key_kinds()}
    for table in tables.declared():
        if table.key_kind and await run("SELECT 1 FROM pragma_table_info(?) WHERE name = 'key_id'", (table.name,)):
            found[table.key_kind] |= {row[0] for row in await run(f"SELECT key_id FROM {table.name}", ())}
    return found


async def encrypt_unencrypted(network: Database, add_keys: AddKeys, cipher: Cipher) -> None:
    """Encrypts what migrations have left unencrypted.

    `add_keys` makes those keys of a kind that are missing, and has them on disk before it returns. After an
    interruption at any moment it can be called again. The caller truncates the write-ahead log.
    """
    await _encrypt_host_names(network, add_keys, cipher)
    await _encrypt_message_ids(network, cipher)


async def _encrypt_host_names(network: Database, add_keys: AddKeys, cipher: Cipher) -> None:
    left = await network.fetch(
        "SELECT id, key_id, name_encrypted FROM hosts WHERE substr(name_encrypted, 1, 1) = ?", (UNENCRYPTED,)
    )
    if left:
        await add_keys(HOST_KIND, [key_id for _, key_id, _ in left])
        async with network.transaction():
            await network.executemany(
                "UPDATE hosts SET name_encrypted = ? WHERE id = ?",
                [(cipher.encrypt(key_id, HOST_NAME, host_id, value[1:]), host_id) for host_id, key_id, value in left],
            )


async def _encrypt_message_ids(network: Database, cipher: Cipher) -> None:
    """Ids of messages of members whose key is gone are dropped."""
    left = await network.fetch(
        "SELECT chat_messages.id, key_id, message_id_encrypted FROM chat_messages "
        "JOIN members ON members.id = member_id WHERE substr(message_id_encrypted, 1, 1) = ?",
        (UNENCRYPTED,),
    )
    if left:
        sealed, lost = [], []
        for row_id, key_id, value in left:
            try:
                sealed.append((cipher.encrypt(key_id, CHAT_MESSAGE_ID, row_id, value[1:]), row_id))
            except Unreadable:
                lost.append((row_id,))
        async with network.transaction():
            await network.executemany("UPDATE chat_messages SET message_id_encrypted = ? WHERE id = ?", sealed)
            await network.executemany("DELETE FROM chat_messages WHERE id = ?", lost)
