"""Rotation of the lookup key: whenever somebody is erased, the hashes of all Telegram ids are rebuilt with a new key.

A Telegram id is a number that can be guessed, so whoever has the key of a keyed hash can tell whose it is. Once the
lookup key is gone, what an older copy of network.db holds of an erased person leads to nobody. The table `epoch` names
the current lookup key.
"""

from collections.abc import Awaitable, Callable, Container, Sequence
from datetime import UTC, datetime
from typing import Any

from storage import tables
from storage.crypto.cipher import Cipher, Unreadable
from storage.tables import Table

TELEGRAM_ID, PAYLOAD = "members.telegram_id_encrypted", "inbox.payload_encrypted"
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # when what somebody has left open ended, where the instant is unknown
AT_ONCE = 200  # people whose hashes are rebuilt between two turns of other tasks
Run = Callable[[str, Sequence[object]], Awaitable[list[Sequence[Any]]]]
RunMany = Callable[[str, Sequence[Sequence[object]]], Awaitable[None]]


async def current(run: Run) -> bytes | None:
    """The id of the lookup key that the hashes are by; None in a new file."""
    rows = await run("SELECT key_id FROM epoch", ())
    return rows[0][0] if rows else None


async def rehash(run: Run, run_many: RunMany, before: Cipher | None, after: Cipher) -> list[Unreadable]:
    """Rebuilds every hash, and encrypts again what was encrypted for no member yet.

    Returns the Telegram ids that cannot be decrypted. Their hashes stay as they are and match nobody any more, so the
    bot takes these people for strangers from here on; that must keep nobody else from being erased. `before` None: the
    old lookup key is gone, and with it what strangers had written under it.
    """
    unreadable: list[Unreadable] = []
    senders = {row[0] for row in await run("SELECT sender_index FROM inbox WHERE state = 'pending'", ())}
    # In one statement: pages by id would read the table in a random order, and take two and a half times as long.
    everyone = await run("SELECT id, telegram_id_index, telegram_id_encrypted FROM members", ())
    while everyone:
        some = everyone[-AT_ONCE:]
        del everyone[-AT_ONCE:]  # little by little, since to free them all at the end would hold up other tasks
        changed = []
        for member_id, index, ciphertext in some:
            try:
                telegram_id = int(after.decrypt(TELEGRAM_ID, member_id, ciphertext))
                changed.append((after.telegram_id_index(telegram_id), index, member_id))
            except Unreadable as error:
                unreadable.append(error)
        await run_many("UPDATE members SET telegram_id_index = ? WHERE telegram_id_index = ? AND id = ?", changed)
        waiting = [(renewed, index) for renewed, index, _ in changed if index in senders]
        if waiting:
            await run_many("UPDATE inbox SET sender_index = ? WHERE sender_index = ? AND state = 'pending'", waiting)
    await _encrypt_again(run, before, after)
    return unreadable


async def _encrypt_again(run: Run, before: Cipher | None, after: Cipher) -> None:
    of_strangers = (
        "SELECT update_id, payload_encrypted FROM inbox WHERE payload_encrypted IS NOT NULL AND member_id IS NULL"
    )
    for update_id, ciphertext in await run(of_strangers, ()):
        row = str(update_id).encode()
        try:
            plain = None if before is None else before.decrypt(PAYLOAD, row, ciphertext)
        except Unreadable:
            plain = None
        again = None if plain is None else after.encrypt(None, PAYLOAD, row, plain)
        await run("UPDATE inbox SET payload_encrypted = ?, sender_index = NULL WHERE update_id = ?", (again, update_id))


async def rebuild(
    run: Run, run_many: RunMany, keys: Container[bytes], key_id: bytes, cipher: Cipher
) -> list[Unreadable]:
    """Moves a new network.db, or an older copy whose own lookup key is gone, to the lookup key of this cipher.

    People whose member key is not among `keys` are erased again. Returns what `rehash` returns. Runs in a transaction
    of the caller's.
    """
    await drop_without_key(run, keys)
    unreadable = await rehash(run, run_many, None, cipher)
    await run("INSERT INTO epoch (id, key_id) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET key_id = ?", [key_id] * 2)
    return unreadable


async def without_key(run: Run, keys: Container[bytes]) -> list[bytes]:
    """The ids of the people in a copy of network.db, of whatever version, who were erased since: their key is gone."""
    return [row[0] for row in await run("SELECT id, key_id FROM members", ()) if row[1] not in keys]


async def drop_without_key(run: Run, keys: Container[bytes], now: datetime = LONG_AGO) -> int:
    """Erases again the people whom an older copy of network.db has brought back: their rows, and what names them in
    rows of others, as an erasure does. How many they were."""
    erased = await without_key(run, keys)
    for member_id in erased:
        for table in tables.declared():
            if table.erase is not None:
                await table.erase(_Statements(run), member_id, now)
        await run("DELETE FROM members WHERE id = ?", (member_id,))
    return len(erased)


class _Statements:
    """What an erasure needs of a transaction."""

    def __init__(self, run: Run) -> None:
        self._run = run

    async def execute(self, sql: str, *values: object) -> None:
        await self._run(sql, values)


TABLES = (Table("epoch"), Table("epoch_keys", keyring=True))
