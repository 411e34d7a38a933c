"""The durable outbox: messages owed to people, as references that are rendered at the last moment.

    pending -> sending -> sent | failed | uncertain | cancelled

A row is `sending` while its message may be on the way, so after a crash it is known which ones may have gone out.
"""

import os
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.database import Row
from storage.instants import from_seconds, to_seconds
from storage.store import Transaction


class Outcome(StrEnum):
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Owed:
    """A message owed to a member."""

    id: bytes
    member_id: bytes
    kind: str
    about: bytes | None
    message_id: int | None  # of the message to change; None: a new one
    due_at: datetime
    attempts: int  # how often it may have gone out already


_COLUMNS = "id, member_id, kind, about, message_id, due_at, attempts"


def _owed(row: Row) -> Owed:
    return Owed(row[0], row[1], row[2], row[3], row[4], from_seconds(row[5]), row[6])


async def put(
    tx: Transaction,
    member_id: bytes,
    kind: str,
    *,
    about: bytes | None = None,
    message_id: int | None = None,
    due: datetime,
    now: datetime,
) -> None:
    """Owes a member a message; somebody who was erased in the meantime is owed nothing."""
    await tx.run(
        "INSERT INTO outbox (id, member_id, kind, about, message_id, due_at, state, created_at) "
        "SELECT ?, id, ?, ?, ?, ?, 'pending', ? FROM members WHERE id = ?",
        os.urandom(16),
        kind,
        about,
        message_id,
        to_seconds(due),
        to_seconds(now),
        member_id,
    )


async def claim(tx: Transaction, now: datetime, limit: int) -> list[Owed]:
    """Takes what is due, the longest due first; until settled or returned nobody else takes it.

    What everybody is owed at once waits for what is owed to one: its own progress would come last otherwise.
    """
    rows = await tx.run(
        "UPDATE outbox SET state = 'sending' WHERE state = 'pending' AND id IN "
        "(SELECT id FROM outbox WHERE state = 'pending' AND due_at <= ? "
        "ORDER BY kind = 'announcement', due_at LIMIT ?) "
        f"RETURNING {_COLUMNS}",
        to_seconds(now),
        limit,
    )
    return sorted((_owed(row) for row in rows), key=lambda owed: owed.due_at)


async def settle(tx: Transaction, owed: Owed, outcome: Outcome, now: datetime) -> None:
    await tx.run(
        "UPDATE outbox SET state = ?, settled_at = ? WHERE id = ? AND state = 'sending'",
        outcome,
        to_seconds(now),
        owed.id,
    )


async def postpone(tx: Transaction, owed: Owed, due: datetime) -> None:
    """Gives a claimed message back, for later."""
    await tx.run(
        "UPDATE outbox SET state = 'pending', due_at = ? WHERE id = ? AND state = 'sending'",
        to_seconds(due),
        owed.id,
    )


async def waiting(tx: Transaction, now: datetime) -> int:
    """How many messages are due or on their way."""
    return await tx.number(
        "SELECT count(*) FROM outbox WHERE state = 'sending' OR (state = 'pending' AND due_at <= ?)", to_seconds(now)
    )


async def retry(tx: Transaction, owed: Owed, due: datetime) -> None:
    """Gives a message back that may have gone out, and counts that."""
    await tx.run("UPDATE outbox SET attempts = attempts + 1 WHERE id = ?", owed.id)
    await postpone(tx, owed, due)


async def bring_forward(tx: Transaction, member_id: bytes, now: datetime) -> None:
    """Makes due now what was put off; changes to messages keep their time."""
    await tx.run(
        "UPDATE outbox SET due_at = ? WHERE member_id = ? AND state = 'pending' AND message_id IS NULL AND due_at > ?",
        to_seconds(now),
        member_id,
        to_seconds(now),
    )


async def interrupted(tx: Transaction) -> list[Owed]:
    """After a crash: what may have gone out without our knowing."""
    return [_owed(row) for row in await tx.run(f"SELECT {_COLUMNS} FROM outbox WHERE state = 'sending'")]


async def cancel_changes(tx: Transaction, member_id: bytes, message_id: int) -> None:
    """Takes back what was still to happen to a message, since something else stands in its place now."""
    await tx.run(
        "DELETE FROM outbox WHERE member_id = ? AND message_id = ? AND state = 'pending'", member_id, message_id
    )


async def changes(tx: Transaction, member_id: bytes) -> list[int]:
    """The messages in a member's chat that are still to be changed or removed."""
    rows = await tx.run(
        "SELECT DISTINCT message_id FROM outbox WHERE member_id = ? AND message_id IS NOT NULL AND state = 'pending'",
        member_id,
    )
    return [row[0] for row in rows]


async def of(tx: Transaction, member_id: bytes) -> list[tuple[str, str, datetime]]:
    """What was or is owed to a member: (kind, state, due)."""
    rows = await tx.run("SELECT kind, state, due_at FROM outbox WHERE member_id = ? ORDER BY due_at, id", member_id)
    return [(kind, state, from_seconds(due)) for kind, state, due in rows]


async def purge(tx: Transaction, before: datetime) -> None:
    """Drops what was settled long ago."""
    await tx.run(
        "DELETE FROM outbox WHERE state IN ('sent', 'cancelled', 'failed') AND settled_at < ?",
        to_seconds(before),
    )
