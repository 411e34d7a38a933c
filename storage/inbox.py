"""The durable inbox: an update is on disk before Telegram counts it as delivered, and its effects happen once.

pending   taken in; nothing done yet
handled   its effects are committed; the answer may not have reached the person
answered  all done
failed    its handler failed; kept without its content under the reference that the person was given
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from storage.cipher import NETWORK_KEY_ID
from storage.instants import to_seconds
from storage.members import address_index
from storage.store import Transaction

PAYLOAD = "inbox.payload_sealed"


@dataclass(frozen=True, slots=True)
class Received:
    """An update that waits for its route. `update` is None where its sender was erased in between."""

    update_id: int
    sender_index: bytes | None
    update: dict[str, Any] | None = field(repr=False)


async def add(tx: Transaction, update_id: int, sender: int | None, update: dict[str, Any], now: datetime) -> bool:
    """Takes an update in; False where it was here before. `sender` is the Telegram id of whoever caused it."""
    index = None if sender is None else address_index(tx, sender)
    row = await tx.one("SELECT key_id FROM members WHERE address_index = ?", index) if index else None
    key_id = row[0] if row else None
    sealed = tx.cipher.seal(key_id, PAYLOAD, _row(update_id), json.dumps(update).encode())
    rows = await tx.run(
        "INSERT INTO inbox (update_id, sender_index, key_id, payload_sealed, state, received_at) "
        "VALUES (?, ?, ?, ?, 'pending', ?) ON CONFLICT (update_id) DO NOTHING RETURNING update_id",
        update_id,
        index,
        key_id or NETWORK_KEY_ID,
        sealed,
        to_seconds(now),
    )
    return bool(rows)


async def next_pending(tx: Transaction, busy: Collection[bytes | None], limit: int) -> list[Received]:
    """The oldest pending updates, at most one per sender and none of those being handled now (`busy`)."""
    rows = await tx.run(
        "SELECT update_id, sender_index, payload_sealed FROM inbox WHERE update_id IN "
        "(SELECT min(update_id) FROM inbox WHERE state = 'pending' GROUP BY sender_index ORDER BY 1 LIMIT ?) "
        "ORDER BY update_id",
        limit + len(busy),
    )
    found: list[Received] = []
    for update_id, index, sealed in rows:
        if index not in busy and len(found) < limit:
            plain = None if sealed is None else tx.cipher.open(PAYLOAD, _row(update_id), sealed)
            found.append(Received(update_id, index, None if plain is None else json.loads(plain)))
    return found


async def settle(tx: Transaction, update_id: int) -> bool:
    """Marks the effects as done and drops the content; False where that was done before."""
    rows = await tx.run(
        "UPDATE inbox SET state = 'handled', payload_sealed = NULL WHERE update_id = ? AND state = 'pending' "
        "RETURNING update_id",
        update_id,
    )
    return bool(rows)


async def answered(tx: Transaction, update_id: int) -> None:
    """The answer arrived, was refused for good, or is not owed: only the number stays, to know the update again."""
    await tx.run(
        "UPDATE inbox SET state = 'answered', payload_sealed = NULL, key_id = NULL, sender_index = NULL "
        "WHERE update_id = ?",
        update_id,
    )


async def fail(tx: Transaction, update_id: int, reference: str) -> None:
    await tx.run(
        "UPDATE inbox SET state = 'failed', reference = ?, payload_sealed = NULL, key_id = NULL, sender_index = NULL "
        "WHERE update_id = ?",
        reference,
        update_id,
    )


async def unanswered(tx: Transaction) -> list[tuple[int, bytes]]:
    """After a crash: updates whose answer may not have arrived, with the id of the member who waits for it."""
    rows = await tx.run(
        "SELECT update_id, members.id FROM inbox JOIN members ON address_index = sender_index "
        "WHERE inbox.state = 'handled' ORDER BY update_id"
    )
    return [(row[0], row[1]) for row in rows]


async def purge(tx: Transaction, before: datetime) -> None:
    """Drops what Telegram cannot deliver again: it keeps updates for 24 hours."""
    await tx.run("DELETE FROM inbox WHERE state IN ('answered', 'failed') AND received_at < ?", to_seconds(before))


def _row(update_id: int) -> bytes:
    return str(update_id).encode()
