"""The durable outbox: messages to be sent to people, as references that are rendered when they are sent.

    pending -> sending -> sent | failed | uncertain | cancelled

A row is `sending` while its message may be on the way, so after a crash it is known which ones may have gone out.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from storage.engine.connection import Row
from storage.engine.point_statements import PointStatement
from storage.engine.timestamps import from_seconds, to_seconds
from storage.engine.transaction import Transaction
from storage.records.people import chat_messages
from storage.tables import Statements, Table


class Settlement(StrEnum):
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """A message to be sent to a member."""

    id: bytes
    member_id: bytes
    kind: str
    about: bytes | None
    chat_message_id: bytes | None  # of the message to change; None: a new one
    due_at: datetime
    attempts: int  # how often it may have gone out already
    message_id: int | None = None  # Telegram's id of the message to change; None also where that message is gone


_COLUMNS = "id, member_id, kind, about, chat_message_id, due_at, attempts"


def _message(row: Row) -> OutboxMessage:
    return OutboxMessage(row[0], row[1], row[2], row[3], row[4], from_seconds(row[5]), row[6])


_PUT = PointStatement(
    "INSERT INTO outbox (id, member_id, kind, about, chat_message_id, due_at, state, created_at) "
    "SELECT ?, id, ?, ?, ?, ?, 'pending', ? FROM members "
    "WHERE id = ? AND (state <> 'frozen' OR ? = 'resume')"
)


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
    """Adds a message to a member; does nothing where the member was erased in the meantime.

    A frozen account is owed nothing but what an ordinary bot would send to an idle one.
    `message_id`: of a message of the bot in the member's chat, which is to be changed and not to be removed.
    """
    chat_message_id = None
    if message_id is not None:
        chat_message_id = await chat_messages.note(
            tx, member_id, message_id, by_bot=True, sent_at=now, due=None, now=now
        )
        if chat_message_id is None:
            return
    await tx.execute(
        _PUT,
        os.urandom(16),
        kind,
        about,
        chat_message_id,
        to_seconds(due),
        to_seconds(now),
        member_id,
        kind,
    )


_CLAIM = PointStatement(f"UPDATE outbox SET state = 'sending' WHERE id = ? AND state = 'pending' RETURNING {_COLUMNS}")


async def claim(tx: Transaction, now: datetime, limit: int, first: Sequence[Sequence[str]] = ()) -> list[OutboxMessage]:
    """Takes what is due, the longest due first; until settled or returned nobody else takes it.

    Of one member at most one message is taken, and none while another is on its way, so that each arrives after the
    one before. `first`: groups of kinds that go before all others.
    """
    chosen: dict[bytes, bytes] = {}  # member -> message
    for kinds in (*(group for group in first if group), None):
        if len(chosen) == limit:
            break
        of_kinds = "" if kinds is None else f"AND kind IN ({', '.join('?' * len(kinds))}) "
        rows = await tx.fetch(
            f"SELECT member_id, id FROM outbox WHERE state = 'pending' AND due_at <= ? {of_kinds}"
            "AND NOT EXISTS (SELECT 1 FROM outbox AS other "
            "WHERE other.member_id = outbox.member_id AND other.state = 'sending') "
            "ORDER BY due_at, created_at LIMIT ?",
            to_seconds(now),
            *(kinds or ()),
            limit,
        )
        for member_id, message in rows:
            if len(chosen) < limit:
                chosen.setdefault(member_id, message)
    claimed = [await tx.fetchrow(_CLAIM, message) for message in chosen.values()]
    return [await _with_message(tx, _message(row)) for row in claimed if row is not None]


async def _with_message(tx: Transaction, owed: OutboxMessage) -> OutboxMessage:
    if owed.chat_message_id is None:
        return owed
    return replace(owed, message_id=await chat_messages.open_id(tx, owed.chat_message_id))


_SETTLE = PointStatement("UPDATE outbox SET state = ?, settled_at = ? WHERE id = ? AND state = 'sending'")


async def settle(tx: Transaction, owed: OutboxMessage, outcome: Settlement, now: datetime) -> None:
    await tx.execute(_SETTLE, outcome, to_seconds(now), owed.id)


_POSTPONE = PointStatement("UPDATE outbox SET state = 'pending', due_at = ? WHERE id = ? AND state = 'sending'")


async def postpone(tx: Transaction, owed: OutboxMessage, due: datetime) -> None:
    """Gives a claimed message back, for later."""
    await tx.execute(_POSTPONE, to_seconds(due), owed.id)


async def waiting(tx: Transaction, now: datetime) -> int:
    """How many messages are due or on their way."""
    return await tx.fetchval(
        "SELECT count(*) FROM outbox WHERE state = 'sending' OR (state = 'pending' AND due_at <= ?)", to_seconds(now)
    )


async def is_waiting(tx: Transaction, kind: str, now: datetime) -> bool:
    """Whether a message of this kind is due or on its way."""
    return bool(
        await tx.fetchval(
            "SELECT count(*) FROM outbox WHERE kind = ? AND (state = 'sending' OR (state = 'pending' AND due_at <= ?))",
            kind,
            to_seconds(now),
        )
    )


async def is_owed(tx: Transaction, member_id: bytes, kind: str) -> bool:
    """Whether a message of this kind to a member is waiting or on its way."""
    rows = await tx.fetch(
        "SELECT 1 FROM outbox WHERE member_id = ? AND kind = ? AND state IN ('pending', 'sending') LIMIT 1",
        member_id,
        kind,
    )
    return bool(rows)


async def owed_since(tx: Transaction, kind: str, moment: datetime) -> bool:
    """Whether a message of this kind was added for anybody since then, in whatever state it is now."""
    return bool(
        await tx.fetchval("SELECT count(*) FROM outbox WHERE kind = ? AND created_at >= ?", kind, to_seconds(moment))
    )


_RETRY = PointStatement("UPDATE outbox SET attempts = attempts + 1 WHERE id = ?")


async def retry(tx: Transaction, owed: OutboxMessage, due: datetime) -> None:
    """Gives a message back that may have gone out, and counts that."""
    await tx.execute(_RETRY, owed.id)
    await postpone(tx, owed, due)


async def bring_forward(tx: Transaction, member_id: bytes, now: datetime, *, changes: bool = False) -> None:
    """Makes postponed messages due now; changes to existing messages keep their time unless `changes`."""
    await tx.execute(
        "UPDATE outbox SET due_at = ? WHERE member_id = ? AND state = 'pending' AND due_at > ? "
        "AND (chat_message_id IS NULL OR ? = 1)",
        to_seconds(now),
        member_id,
        to_seconds(now),
        int(changes),
    )


async def interrupted(tx: Transaction) -> list[OutboxMessage]:
    """After a crash: what may have gone out without our knowing."""
    return [_message(row) for row in await tx.fetch(f"SELECT {_COLUMNS} FROM outbox WHERE state = 'sending'")]


async def cancel_changes(tx: Transaction, member_id: bytes, message_id: int) -> None:
    """Takes back what was still to happen to a message, since something else stands in its place now."""
    chat_message_id = await chat_messages.find_id(tx, member_id, message_id)
    await tx.execute("DELETE FROM outbox WHERE chat_message_id = ? AND state = 'pending'", chat_message_id)


async def changes_due(tx: Transaction, member_id: bytes, now: datetime) -> None:
    """What is to happen to messages in a member's chat at some time is to happen now."""
    await tx.execute(
        "UPDATE outbox SET due_at = ? WHERE member_id = ? AND state = 'pending' AND due_at > ? "
        "AND chat_message_id IS NOT NULL",
        to_seconds(now),
        member_id,
        to_seconds(now),
    )


async def of(tx: Transaction, member_id: bytes) -> list[tuple[str, str, datetime]]:
    """All messages to a member, settled ones included: (kind, state, due)."""
    rows = await tx.fetch("SELECT kind, state, due_at FROM outbox WHERE member_id = ? ORDER BY due_at, id", member_id)
    return [(kind, state, from_seconds(due)) for kind, state, due in rows]


async def purge(tx: Transaction, before: datetime) -> None:
    """Drops what was settled long ago."""
    await tx.execute(
        "DELETE FROM outbox WHERE state IN ('sent', 'cancelled', 'failed') AND settled_at < ?",
        to_seconds(before),
    )


async def _erase(tx: Statements, member_id: bytes, now: datetime) -> None:
    """Deletes messages to others that refer to the person."""
    await tx.execute("DELETE FROM outbox WHERE about = ?", member_id)


TABLES = (
    Table(
        "outbox",
        ("member_id", "about"),
        exported=True,
        receipt="notices",
        counted="member_id = ?",
        erase=_erase,
    ),
)
