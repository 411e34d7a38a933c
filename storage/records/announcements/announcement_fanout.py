"""Sending an announcement: started when it is due, put into the outbox in batches, counted, halted, resumed.

At most one message per announcement and member, whatever happens: an index says so.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.engine.timestamps import from_optional_seconds, to_seconds
from storage.engine.transaction import Transaction
from storage.records.announcements.announcement_draft import fingerprint
from storage.records.announcements.announcements import COLUMNS, Announcement, announcement
from storage.records.people import chat_messages
from storage.tables import Statements, Table

KIND = "announcement"
PROGRESS = "announcement-progress"
_MINE = "kind = 'announcement' AND about = ?"  # written out, so that the index is used


@dataclass(frozen=True, slots=True)
class Tally:
    """How many messages are where."""

    sent: int
    due: int  # to be sent as soon as it is their turn
    later: int  # waiting for the end of quiet hours or of a pause
    sending: int  # on their way
    failed: int
    uncertain: int
    cancelled: int  # not wanted any more, or stopped
    next_due: datetime | None  # of those that wait

    @property
    def open(self) -> int:
        return self.due + self.later + self.sending


async def next_due(tx: Transaction, now: datetime) -> Announcement | None:
    """One that was approved and whose time has come."""
    row = await tx.fetchrow(
        f"SELECT {COLUMNS} FROM announcements WHERE state = 'approved' AND due_at <= ? ORDER BY due_at, id LIMIT 1",
        to_seconds(now),
    )
    return announcement(row) if row else None


async def begin(tx: Transaction, announcement_id: bytes, now: datetime) -> bool:
    """From here on it cannot be changed. False where what stands there is not what was approved."""
    rows = await tx.fetch(
        "UPDATE announcements SET state = 'sending', began_at = ? WHERE id = ? AND state = 'approved' "
        "AND approved_fingerprint = fingerprint AND approved_fingerprint = ? RETURNING id",
        to_seconds(now),
        announcement_id,
        await fingerprint(tx, announcement_id),
    )
    return bool(rows)


async def unfinished(tx: Transaction) -> Announcement | None:
    """One that has begun and whose messages are not all in the outbox."""
    row = await tx.fetchrow(
        f"SELECT {COLUMNS} FROM announcements WHERE state = 'sending' AND fanout_done = 0 ORDER BY due_at, id LIMIT 1"
    )
    return announcement(row) if row else None


async def advance(tx: Transaction, announcement_id: bytes, members: Sequence[bytes], *, last: bool) -> None:
    """Notes up to which member, in the order of ids, the messages are in the outbox."""
    await tx.execute(
        "UPDATE announcements SET fanned_out_to = coalesce(?, fanned_out_to), fanout_done = ? WHERE id = ?",
        members[-1] if members else None,
        int(last),
        announcement_id,
    )


async def finish(tx: Transaction, now: datetime) -> None:
    """Marks announcements as sent that have no open message, and updates the messages that show their progress."""
    rows = await tx.fetch(
        "UPDATE announcements SET state = 'sent' WHERE state = 'sending' AND fanout_done = 1 AND NOT EXISTS "
        "(SELECT 1 FROM outbox WHERE kind = 'announcement' AND about = announcements.id "
        "AND state IN ('pending', 'sending')) RETURNING id"
    )
    for (announcement_id,) in rows:
        await _look_now(tx, announcement_id, now)


async def _look_now(tx: Transaction, announcement_id: bytes, now: datetime) -> None:
    await tx.execute(
        "UPDATE outbox SET due_at = ? WHERE kind = 'announcement-progress' AND about = ? AND state = 'pending' "
        "AND due_at > ?",
        to_seconds(now),
        announcement_id,
        to_seconds(now),
    )


async def put(tx: Transaction, announcement_id: bytes, members: Sequence[bytes], now: datetime) -> None:
    """Adds a message for each of these members, due now; members who have one already are skipped."""
    moment = to_seconds(now)
    await tx.executemany(
        "INSERT INTO outbox (id, member_id, kind, about, due_at, state, created_at) "
        "VALUES (?, ?, 'announcement', ?, ?, 'pending', ?) ON CONFLICT DO NOTHING",
        [(os.urandom(16), member_id, announcement_id, moment, moment) for member_id in members],
    )


async def tally(tx: Transaction, announcement_id: bytes, now: datetime) -> Tally:
    rows = await tx.fetch(
        "SELECT state, state = 'pending' AND due_at > ?, count(*), min(due_at) FROM outbox "
        f"WHERE {_MINE} GROUP BY 1, 2",
        to_seconds(now),
        announcement_id,
    )
    counts = {(state, bool(later)): number for state, later, number, _ in rows}
    settled = {
        state: counts.get((state, False), 0) for state in ("sent", "sending", "failed", "uncertain", "cancelled")
    }
    next_due = min((due for state, later, _, due in rows if later), default=None)
    return Tally(
        **settled,
        due=counts.get(("pending", False), 0),
        later=counts.get(("pending", True), 0),
        next_due=from_optional_seconds(next_due),
    )


async def was_owed(tx: Transaction, announcement_id: bytes, member_id: bytes) -> bool:
    row = await tx.fetchrow(f"SELECT 1 FROM outbox WHERE {_MINE} AND member_id = ?", announcement_id, member_id)
    return row is not None


async def halt(tx: Transaction, announcement_id: bytes, by: bytes | None, now: datetime) -> bool:
    """Stops one that goes out or is about to, and says whether there was something to stop.

    What is not on its way is taken back; where its words are open in a chat, they leave it now; who follows it is told.
    """
    rows = await tx.fetch(
        "UPDATE announcements SET state = 'halted', halted_by = ? WHERE id = ? AND state IN ('approved', 'sending') "
        "RETURNING id",
        by,
        announcement_id,
    )
    if not rows:
        return False
    await tx.execute(
        f"UPDATE outbox SET state = 'cancelled', settled_at = ? WHERE {_MINE} AND state = 'pending'",
        to_seconds(now),
        announcement_id,
    )
    await tx.execute(
        "UPDATE outbox SET due_at = ? WHERE kind = 'announcement-close' AND about = ? AND state = 'pending' "
        "AND due_at > ?",
        to_seconds(now),
        announcement_id,
        to_seconds(now),
    )
    await _look_now(tx, announcement_id, now)
    return True


async def resume(tx: Transaction, announcement_id: bytes, now: datetime) -> bool:
    """Resumes a halted announcement that is unchanged since its approval; cancelled messages become pending again."""
    rows = await tx.fetch(
        "UPDATE announcements SET halted_by = NULL, "
        "state = CASE WHEN began_at IS NULL THEN 'approved' ELSE 'sending' END "
        "WHERE id = ? AND state = 'halted' AND approved_fingerprint = fingerprint RETURNING id",
        announcement_id,
    )
    if not rows:
        return False
    await tx.execute(
        f"UPDATE outbox SET state = 'pending', settled_at = NULL, due_at = ? WHERE {_MINE} AND state = 'cancelled'",
        to_seconds(now),
        announcement_id,
    )
    return True


async def no_more_progress(tx: Transaction, announcement_id: bytes, member_id: bytes, close: datetime) -> None:
    """Stops updating the progress messages of a member; they are removed from the chat at the given time."""
    rows = await tx.fetch(
        "DELETE FROM outbox WHERE member_id = ? AND kind = 'announcement-progress' AND about = ? "
        "AND state = 'pending' RETURNING chat_message_id",
        member_id,
        announcement_id,
    )
    for (chat_message_id,) in rows:
        await chat_messages.plan_unless_planned(tx, chat_message_id, close)


async def erase_author(tx: Statements, author_id: bytes, now: datetime) -> None:
    """Before an author's announcements are deleted: their messages are cancelled, and open screens expire now."""
    theirs = "about IN (SELECT id FROM announcements WHERE author_id = ?)"
    await tx.execute(f"DELETE FROM outbox WHERE {theirs} AND chat_message_id IS NULL", author_id)
    await tx.execute(
        f"UPDATE outbox SET due_at = ? WHERE {theirs} AND state = 'pending' AND due_at > ?",
        to_seconds(now),
        author_id,
        to_seconds(now),
    )
    for column in ("decided_by", "halted_by"):
        await tx.execute(f"UPDATE announcements SET {column} = NULL WHERE {column} = ?", author_id)


TABLES = (
    Table(
        "announcements",
        ("author_id", "decided_by", "halted_by"),
        exported=True,
        receipt="announcements",
        counted="author_id = ?",
        erase=erase_author,
    ),
    Table("announcement_words", exported=True),
)
