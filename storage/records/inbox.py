"""The durable inbox: an update is on disk before Telegram counts it as delivered, and its effects happen once.

pending   taken in; nothing done yet
handled   its effects are committed; the answer may not have reached the person
answered  all done
failed    its handler failed, or it could not be read; kept without its content, under the reference that the person
          was given or the log tells

Rows of strangers, who have no row and no invitation, come last and go first, after an hour.

Rows are ordered by the number of their arrival. Telegram's id only tells a second delivery from a new update: after a
week without updates it goes on with a random one, which may be a lower one (Bot API, Update).
"""

import json
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from storage.crypto.cipher import Unreadable
from storage.engine.point_statements import PointStatement
from storage.engine.timestamps import to_seconds
from storage.engine.transaction import Transaction
from storage.integrity.lookup_key_rotation import PAYLOAD
from storage.tables import Statements, Table

STRANGE = "inbox.strange"
KEPT = timedelta(hours=48)  # how long an id is known; Telegram delivers an update again for 24 hours
# Higher than the number of every row at hand, which is all that an order needs. A row is named by its update id, since
# once everything is purged the numbers begin again.
_NUMBER = "(SELECT coalesce(max(number), 0) + 1 FROM inbox)"


class Guest(StrEnum):
    """Somebody without a row."""

    INVITED = "invited"  # counts as an applicant
    STRANGER = "stranger"
    REFUSED = "refused"  # not stored


@dataclass(frozen=True, slots=True)
class Received:
    """An update that waits for its route. `update` is None where its sender was erased in between, or where it is
    `unreadable`."""

    update_id: int
    sender_index: bytes | None
    member_id: bytes | None  # the sender, where they had a row when it came
    update: dict[str, Any] | None = field(repr=False)
    unreadable: Unreadable | None = None
    stranger: bool = False


_SENDER = PointStatement("SELECT id, key_id FROM members WHERE telegram_id_index = ?")
_ADD = PointStatement(
    "INSERT INTO inbox (number, update_id, sender_index, member_id, payload_encrypted, state, received_at, stranger) "
    f"VALUES ({_NUMBER}, ?, ?, ?, ?, 'pending', ?, ?) ON CONFLICT (update_id) DO NOTHING RETURNING update_id"
)


async def add(
    tx: Transaction,
    update_id: int,
    sender: int | None,
    update: dict[str, Any],
    now: datetime,
    *,
    admit: Callable[[], Awaitable[Guest]] | None = None,
) -> bool:
    """Stores an update; False where it is stored already, or refused.

    `sender` is the Telegram id of the person who caused it. `admit` is asked about one without a row; without it they
    are a stranger.
    """
    index = None if sender is None else tx.cipher.telegram_id_index(sender)
    row = await tx.fetchrow(_SENDER, index) if index else None
    member_id, key_id = row or (None, None)
    guest = Guest.STRANGER if row is None else None
    if row is None and index is not None and admit is not None:
        guest = await admit()
        if guest is Guest.REFUSED:
            return False
    plain = json.dumps(update).encode()
    try:
        sealed = tx.cipher.encrypt(key_id, PAYLOAD, _row(update_id), plain)
    except Unreadable as error:  # the member's key is gone, and what they say must not be
        tx.unreadable_rows.tell(error)
        member_id, sealed = None, tx.cipher.encrypt(None, PAYLOAD, _row(update_id), plain)
    rows = await tx.fetch(
        _ADD,
        update_id,
        index,
        member_id,
        sealed,
        to_seconds(now),
        int(guest is Guest.STRANGER),
    )
    if guest is Guest.INVITED:  # what they wrote before, without their code, does not hold them up
        await tx.execute("UPDATE inbox SET stranger = 0 WHERE sender_index = ? AND state = 'pending'", index)
    return bool(rows)


async def strangers(tx: Transaction) -> int:
    """How many updates of strangers wait."""
    return await tx.fetchval("SELECT count(*) FROM inbox WHERE stranger = 1 AND state = 'pending'")


_QUARANTINE = PointStatement(
    f"INSERT INTO inbox (number, update_id, state, reference, received_at) VALUES ({_NUMBER}, ?, 'failed', ?, ?) "
    "ON CONFLICT (update_id) DO NOTHING RETURNING update_id"
)


async def quarantine(tx: Transaction, content: bytes, reference: str, now: datetime) -> bool:
    """Notes something that came as an update and is none; False where the same was noted before.

    It has no id of Telegram's, so a negative number made of its content stands in its place.
    """
    number = int.from_bytes(tx.cipher.index(STRANGE, content)[:8]) >> 2
    rows = await tx.fetch(
        _QUARANTINE,
        -1 - number,
        reference,
        to_seconds(now),
    )
    return bool(rows)


async def next_pending(tx: Transaction, busy: Collection[bytes | None], limit: int, strangers: int) -> list[Received]:
    """The oldest pending updates, at most one per sender and none of those being handled now (`busy`).

    Strangers come last, and at most so many `strangers`, so that whoever is not in cannot hold up who is.
    """
    rows = await tx.fetch(
        "SELECT update_id, sender_index, member_id, payload_encrypted, stranger FROM inbox WHERE number IN "
        "(SELECT number FROM inbox WHERE number IN "
        "(SELECT min(number) FROM inbox WHERE state = 'pending' GROUP BY sender_index) "
        "ORDER BY stranger, number LIMIT ?) ORDER BY stranger, number",
        limit + len(busy),
    )
    found: list[Received] = []
    for update_id, index, member_id, sealed, stranger in rows:
        if index in busy or len(found) == limit:
            continue
        if stranger:
            strangers -= 1
            if strangers < 0:
                break
        try:
            plain = None if sealed is None else tx.cipher.decrypt(PAYLOAD, _row(update_id), sealed)
        except Unreadable as error:
            found.append(Received(update_id, index, member_id, None, error, bool(stranger)))
        else:
            update = None if plain is None else json.loads(plain)
            found.append(Received(update_id, index, member_id, update, None, bool(stranger)))
    return found


_SETTLE = PointStatement(
    "UPDATE inbox SET state = 'handled', payload_encrypted = NULL WHERE update_id = ? AND state = 'pending' "
    "RETURNING update_id"
)


async def settle(tx: Transaction, update_id: int) -> bool:
    """Marks the effects as done and drops the content; False where that was done before."""
    rows = await tx.fetch(
        _SETTLE,
        update_id,
    )
    return bool(rows)


_ANSWERED = PointStatement(
    "UPDATE inbox SET state = 'answered', payload_encrypted = NULL, member_id = NULL, sender_index = NULL "
    "WHERE update_id = ?"
)


async def answered(tx: Transaction, update_id: int) -> None:
    """Settles an update that needs no further answer. Only its id stays, to recognise a second delivery."""
    await tx.execute(
        _ANSWERED,
        update_id,
    )


_FAIL = PointStatement(
    "UPDATE inbox SET state = 'failed', reference = ?, payload_encrypted = NULL, member_id = NULL, "
    "sender_index = NULL WHERE update_id = ?"
)


async def fail(tx: Transaction, update_id: int, reference: str) -> None:
    await tx.execute(
        _FAIL,
        reference,
        update_id,
    )


async def unanswered(tx: Transaction) -> list[bytes]:
    """After a crash: settles the updates whose answer may not have arrived; the members who may wait for one."""
    rows = await tx.fetch("SELECT DISTINCT member_id FROM inbox WHERE state = 'handled' AND member_id IS NOT NULL")
    await tx.execute(
        "UPDATE inbox SET state = 'answered', member_id = NULL, sender_index = NULL WHERE state = 'handled'"
    )
    return [row[0] for row in rows]


async def purge(tx: Transaction, before: datetime) -> None:
    """Drops what Telegram cannot deliver again. What is to be handled, or may owe an answer, stays."""
    await tx.execute("DELETE FROM inbox WHERE received_at < ? AND state IN ('answered', 'failed')", to_seconds(before))


async def purge_strangers(tx: Transaction, before: datetime) -> None:
    """Drops rows of strangers, answered or not."""
    await tx.execute("DELETE FROM inbox WHERE stranger = 1 AND received_at < ?", to_seconds(before))


def _row(update_id: int) -> bytes:
    return str(update_id).encode()


async def _erase(tx: Statements, member_id: bytes, now: datetime) -> None:
    await tx.execute(
        "UPDATE inbox SET payload_encrypted = NULL, member_id = NULL, sender_index = NULL WHERE member_id = ?",
        member_id,
    )


TABLES = (
    Table(
        "inbox",
        ("member_id",),
        not_exported="what a person writes is kept until it is handled, and what comes of it is exported",
        receipt="messages",
        counted="member_id = ? AND payload_encrypted IS NOT NULL",
        erase=_erase,
    ),
)
