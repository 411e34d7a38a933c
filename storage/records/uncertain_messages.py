"""Messages that may have arrived or not: listed, sent again or dropped, as somebody decides."""

from dataclasses import dataclass
from datetime import datetime

from storage.engine.connection import Row
from storage.engine.point_statements import PointStatement
from storage.engine.timestamps import from_seconds, to_seconds
from storage.engine.transaction import Transaction


@dataclass(frozen=True, slots=True)
class UncertainMessage:
    """A message that may have arrived or not, and is not sent again unless somebody decides so."""

    id: bytes
    member_id: bytes
    kind: str
    settled_at: datetime  # when it was tried


_UNCERTAIN = "SELECT id, member_id, kind, settled_at FROM outbox WHERE state = 'uncertain'"


def _uncertain(row: Row) -> UncertainMessage:
    return UncertainMessage(row[0], row[1], row[2], from_seconds(row[3]))


_OF_HOST = "(? IS NULL OR member_id IN (SELECT id FROM members WHERE host_id = ?))"


async def counts(tx: Transaction, host_id: bytes | None = None) -> dict[str, int]:
    """How many messages there are in each state, to members of one host or to all, those of the last weeks that are
    over among them."""
    rows = await tx.fetch(f"SELECT state, count(*) FROM outbox WHERE {_OF_HOST} GROUP BY state", host_id, host_id)
    return {row[0]: row[1] for row in rows}


async def oldest(tx: Transaction, limit: int, host_id: bytes | None = None) -> list[UncertainMessage]:
    """What is uncertain, to members of one host or to all, the oldest first."""
    rows = await tx.fetch(f"{_UNCERTAIN} AND {_OF_HOST} ORDER BY settled_at, id LIMIT ?", host_id, host_id, limit)
    return [_uncertain(row) for row in rows]


_FIND = PointStatement(f"{_UNCERTAIN} AND id = ?")


async def find(tx: Transaction, message: bytes) -> UncertainMessage | None:
    row = await tx.fetchrow(_FIND, message)
    return _uncertain(row) if row else None


_SEND_AGAIN = PointStatement(
    "UPDATE outbox SET state = 'pending', due_at = ?, settled_at = NULL, attempts = attempts + 1 "
    "WHERE id = ? AND state = 'uncertain' RETURNING id"
)


async def send_again(tx: Transaction, message: bytes, now: datetime) -> bool:
    """Owes an uncertain message once more. Of two who decide at once only the first is answered with True."""
    rows = await tx.fetch(
        _SEND_AGAIN,
        to_seconds(now),
        message,
    )
    return bool(rows)


_DROP = PointStatement(
    "UPDATE outbox SET state = 'cancelled', settled_at = ? WHERE id = ? AND state = 'uncertain' RETURNING id"
)


async def drop(tx: Transaction, message: bytes, now: datetime) -> bool:
    """Cancels an uncertain message. Of two simultaneous decisions only the first returns True."""
    rows = await tx.fetch(
        _DROP,
        to_seconds(now),
        message,
    )
    return bool(rows)
