"""Epochs: the hashes of Telegram ids, made anew with a new key whenever somebody is erased.

A Telegram id is a number that can be tried, so a keyed hash of it tells who somebody was to whoever has the key. With
the key of the epoch gone, what an older copy of network.db holds of an erased person leads to nobody.
"""

from collections.abc import Awaitable, Callable, Container, Sequence
from typing import Any

from storage.crypto.cipher import Cipher, Unreadable
from storage.tables import Table

ADDRESS, PAYLOAD = "members.telegram_id_encrypted", "inbox.payload_encrypted"
AT_ONCE = 500  # people between two other tasks
Run = Callable[[str, Sequence[object]], Awaitable[list[Sequence[Any]]]]
RunMany = Callable[[str, Sequence[Sequence[object]]], Awaitable[None]]


async def rehash(run: Run, run_many: RunMany, before: Cipher | None, after: Cipher) -> list[Unreadable]:
    """Makes every hash anew, and seals anew what was sealed for no member yet. Answers the addresses that do not open.

    Their hashes stay as they are, which leads to nobody any more: whoever they are of is met as a stranger from here
    on. That must keep nobody else from being erased. `before` None: the key of the old epoch is gone, and what
    strangers had written then goes with it.
    """
    closed: list[Unreadable] = []
    senders = {row[0] for row in await run("SELECT sender_index FROM inbox WHERE state = 'pending'", ())}
    everyone = await run("SELECT id, telegram_id_index, telegram_id_encrypted FROM members", ())
    for first in range(0, len(everyone), AT_ONCE):
        moved = []
        for member_id, index, sealed in everyone[first : first + AT_ONCE]:
            try:
                moved.append(
                    (after.telegram_id_index(int(after.decrypt(ADDRESS, member_id, sealed))), index, member_id)
                )
            except Unreadable as error:
                closed.append(error)
        await run_many("UPDATE members SET telegram_id_index = ? WHERE telegram_id_index = ? AND id = ?", moved)
        await run_many(
            "UPDATE inbox SET sender_index = ? WHERE sender_index = ? AND state = 'pending'",
            [(renewed, index) for renewed, index, _ in moved if index in senders],
        )
    unsealed = (
        "SELECT update_id, payload_encrypted FROM inbox WHERE payload_encrypted IS NOT NULL AND member_id IS NULL"
    )
    for update_id, sealed in await run(unsealed, ()):
        row = str(update_id).encode()
        try:
            plain = None if before is None else before.decrypt(PAYLOAD, row, sealed)
        except Unreadable:
            plain = None
        again = None if plain is None else after.encrypt(None, PAYLOAD, row, plain)
        await run("UPDATE inbox SET payload_encrypted = ?, sender_index = NULL WHERE update_id = ?", (again, update_id))
    return closed


async def drop_without_key(run: Run, keys: Container[bytes]) -> None:
    """Erases again whom an older copy of network.db has brought back: people whose key is gone."""
    for member_id, key_id in await run("SELECT id, key_id FROM members", ()):
        if key_id not in keys:
            await run("DELETE FROM members WHERE id = ?", (member_id,))


TABLES = (Table("epoch"), Table("epoch_keys", keyring=True))
