"""Announcements: what a coordinator says to many at once, after somebody else has agreed to it.

    draft -> asked -> approved -> sending -> sent
               |          |          |
           returned     halted <-----+

Until it begins to go out its author may change it; every change makes a new fingerprint and takes it back to `draft`.
It goes out only while its fingerprint is the one that was approved. The words are sealed under the author's key; the
fingerprint is taken of what is sealed, so it says nothing about them.
"""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from storage import audiences
from storage.audiences import Audience
from storage.database import Row
from storage.instants import from_seconds, maybe, to_seconds
from storage.members import Member
from storage.store import Transaction

BODY = "announcement_words.body_sealed"


class State(StrEnum):
    DRAFT = "draft"
    ASKED = "asked"
    RETURNED = "returned"
    APPROVED = "approved"
    SENDING = "sending"  # begun, and not everybody has it yet
    HALTED = "halted"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Announcement:
    id: bytes
    author_id: bytes
    audience: Audience
    urgent: bool
    state: State
    fingerprint: bytes  # of what stands there now
    decided_by: bytes | None  # who approved it or sent it back
    halted_by: bytes | None
    changed_at: datetime
    due_at: datetime | None
    began_at: datetime | None
    put_until: bytes  # the last member whose message is in the outbox
    put_all: bool


@dataclass(frozen=True, slots=True)
class Version:
    """The words in one language."""

    language: str
    body: str = field(repr=False)


_COLUMNS = (
    "id, author_id, audience, audience_id, audience_name, urgent, state, fingerprint, decided_by, halted_by, "
    "changed_at, due_at, began_at, put_until, put_all"
)


def _announcement(row: Row) -> Announcement:
    return Announcement(
        id=row[0],
        author_id=row[1],
        audience=Audience(audiences.Kind(row[2]), row[3], row[4]),
        urgent=bool(row[5]),
        state=State(row[6]),
        fingerprint=row[7],
        decided_by=row[8],
        halted_by=row[9],
        changed_at=from_seconds(row[10]),
        due_at=maybe(row[11]),
        began_at=maybe(row[12]),
        put_until=row[13],
        put_all=bool(row[14]),
    )


async def create(tx: Transaction, author_id: bytes, audience: Audience, now: datetime) -> bytes:
    """Begins an announcement without words; its id."""
    announcement_id = os.urandom(16)
    await tx.run(
        "INSERT INTO announcements (id, author_id, audience, audience_id, audience_name, state, fingerprint, "
        "changed_at) VALUES (?, ?, ?, ?, ?, 'draft', x'', ?)",
        announcement_id,
        author_id,
        audience.kind,
        audience.id,
        audience.name,
        to_seconds(now),
    )
    await tx.run(
        "UPDATE announcements SET fingerprint = ? WHERE id = ?",
        await _fingerprint(tx, announcement_id),
        announcement_id,
    )
    return announcement_id


async def get(tx: Transaction, announcement_id: bytes) -> Announcement | None:
    row = await tx.one(f"SELECT {_COLUMNS} FROM announcements WHERE id = ?", announcement_id)
    return _announcement(row) if row else None


async def words(tx: Transaction, announcement_id: bytes) -> list[Version]:
    """In the order in which they were written; the first is for readers of every other language."""
    rows = await tx.run(
        "SELECT id, language, body_sealed FROM announcement_words WHERE announcement_id = ? ORDER BY number",
        announcement_id,
    )
    return [Version(row[1], tx.cipher.open(BODY, row[0], row[2]).decode()) for row in rows]


async def by(tx: Transaction, author_id: bytes) -> list[Announcement]:
    """All of an author's, the oldest first."""
    rows = await tx.run(f"SELECT {_COLUMNS} FROM announcements WHERE author_id = ? ORDER BY changed_at, id", author_id)
    return [_announcement(row) for row in rows]


async def recent(tx: Transaction, since: datetime) -> list[Announcement]:
    """Those under way, and those that began since then; the newest first."""
    rows = await tx.run(
        f"SELECT {_COLUMNS} FROM announcements WHERE state <> 'sent' OR began_at >= ? "
        "ORDER BY coalesce(began_at, changed_at) DESC, id",
        to_seconds(since),
    )
    return [_announcement(row) for row in rows]


async def in_state(tx: Transaction, *states: State) -> list[Announcement]:
    rows = await tx.run(
        f"SELECT {_COLUMNS} FROM announcements WHERE state IN ({', '.join('?' * len(states))}) ORDER BY due_at, id",
        *states,
    )
    return [_announcement(row) for row in rows]


# Changes, by the author, until it begins to go out. Each answers False where there is nothing left to change.


async def write(
    tx: Transaction, author: Member, announcement_id: bytes, language: str, body: str, now: datetime
) -> bool:
    """Writes the words of one language, in place of earlier ones."""
    if not await _open_to_change(tx, announcement_id, author.id, now):
        return False
    version = await tx.one(
        "SELECT id FROM announcement_words WHERE announcement_id = ? AND language = ?", announcement_id, language
    )
    version_id = version[0] if version else os.urandom(16)
    await tx.run(
        "INSERT INTO announcement_words (id, announcement_id, language, number, body_sealed) VALUES (?, ?, ?, "
        "(SELECT coalesce(max(number), 0) + 1 FROM announcement_words WHERE announcement_id = ?), ?) "
        "ON CONFLICT (announcement_id, language) DO UPDATE SET body_sealed = excluded.body_sealed",
        version_id,
        announcement_id,
        language,
        announcement_id,
        tx.cipher.seal(author.key_id, BODY, version_id, body.encode()),
    )
    return await _changed(tx, announcement_id)


async def remove(tx: Transaction, author: Member, announcement_id: bytes, language: str, now: datetime) -> bool:
    """Takes the words of one language out; the first ones stay, since there must be some."""
    if not await _open_to_change(tx, announcement_id, author.id, now):
        return False
    await tx.run(
        "DELETE FROM announcement_words WHERE announcement_id = ? AND language = ? AND number > "
        "(SELECT min(number) FROM announcement_words WHERE announcement_id = ?)",
        announcement_id,
        language,
        announcement_id,
    )
    return await _changed(tx, announcement_id)


async def set_audience(
    tx: Transaction, author: Member, announcement_id: bytes, audience: Audience, now: datetime
) -> bool:
    if not await _open_to_change(tx, announcement_id, author.id, now):
        return False
    await tx.run(
        "UPDATE announcements SET audience = ?, audience_id = ?, audience_name = ? WHERE id = ?",
        audience.kind,
        audience.id,
        audience.name,
        announcement_id,
    )
    return await _changed(tx, announcement_id)


async def set_urgent(tx: Transaction, author: Member, announcement_id: bytes, urgent: bool, now: datetime) -> bool:
    if not await _open_to_change(tx, announcement_id, author.id, now):
        return False
    await tx.run("UPDATE announcements SET urgent = ? WHERE id = ?", int(urgent), announcement_id)
    return await _changed(tx, announcement_id)


async def throw_away(tx: Transaction, author: Member, announcement_id: bytes) -> bool:
    rows = await tx.run(
        "DELETE FROM announcements WHERE id = ? AND author_id = ? AND began_at IS NULL RETURNING id",
        announcement_id,
        author.id,
    )
    return bool(rows)


async def _open_to_change(tx: Transaction, announcement_id: bytes, author_id: bytes, now: datetime) -> bool:
    """Voids whatever was asked or agreed to; False where it is somebody else's or has begun to go out."""
    rows = await tx.run(
        "UPDATE announcements SET state = 'draft', approved_fingerprint = NULL, decided_by = NULL, halted_by = NULL, "
        "due_at = NULL, changed_at = ? WHERE id = ? AND author_id = ? AND began_at IS NULL RETURNING id",
        to_seconds(now),
        announcement_id,
        author_id,
    )
    return bool(rows)


async def _changed(tx: Transaction, announcement_id: bytes) -> bool:
    await tx.run(
        "UPDATE announcements SET fingerprint = ? WHERE id = ?",
        await _fingerprint(tx, announcement_id),
        announcement_id,
    )
    return True


async def _fingerprint(tx: Transaction, announcement_id: bytes) -> bytes:
    """16 bytes of SHA-256 over everything that somebody agrees to."""
    about = await tx.one(
        "SELECT audience, coalesce(audience_id, x''), coalesce(audience_name, ''), urgent FROM announcements "
        "WHERE id = ?",
        announcement_id,
    )
    versions = await tx.run(
        "SELECT language, body_sealed FROM announcement_words WHERE announcement_id = ? ORDER BY number",
        announcement_id,
    )
    digest = hashlib.sha256()
    for value in (value for row in (about or (), *versions) for value in row):
        part = value if isinstance(value, bytes) else str(value).encode()
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()[:16]


# Decisions. Who may take them is a rule of the bot's; that each is taken once and of what was shown is decided here.


async def ask(tx: Transaction, author: Member, announcement_id: bytes, fingerprint: bytes, now: datetime) -> bool:
    """Asks for approval of what the author saw last; False where it has changed, or waits already."""
    rows = await tx.run(
        "UPDATE announcements SET state = 'asked', decided_by = NULL, changed_at = ? WHERE id = ? AND author_id = ? "
        "AND state IN ('draft', 'returned') AND fingerprint = ? "
        "AND EXISTS (SELECT 1 FROM announcement_words WHERE announcement_id = announcements.id) RETURNING id",
        to_seconds(now),
        announcement_id,
        author.id,
        fingerprint,
    )
    return bool(rows)


async def approve(tx: Transaction, announcement_id: bytes, by: bytes, fingerprint: bytes, due: datetime) -> bool:
    """Approves exactly what was shown, once; never one's own."""
    rows = await tx.run(
        "UPDATE announcements SET state = 'approved', approved_fingerprint = fingerprint, decided_by = ?, due_at = ? "
        "WHERE id = ? AND state = 'asked' AND fingerprint = ? AND author_id <> ? RETURNING id",
        by,
        to_seconds(due),
        announcement_id,
        fingerprint,
        by,
    )
    return bool(rows)


async def send_back(tx: Transaction, announcement_id: bytes, by: bytes, fingerprint: bytes) -> bool:
    rows = await tx.run(
        "UPDATE announcements SET state = 'returned', decided_by = ? "
        "WHERE id = ? AND state = 'asked' AND fingerprint = ? AND author_id <> ? RETURNING id",
        by,
        announcement_id,
        fingerprint,
        by,
    )
    return bool(rows)


async def halt(tx: Transaction, announcement_id: bytes, by: bytes | None) -> bool:
    """Stops one that goes out or is about to; False where there is nothing to stop. Its messages: `fanout.cancel`."""
    rows = await tx.run(
        "UPDATE announcements SET state = 'halted', halted_by = ? WHERE id = ? AND state IN ('approved', 'sending') "
        "RETURNING id",
        by,
        announcement_id,
    )
    return bool(rows)


async def resume(tx: Transaction, announcement_id: bytes) -> bool:
    """Goes on where it was stopped, if it still is what was approved."""
    rows = await tx.run(
        "UPDATE announcements SET halted_by = NULL, "
        "state = CASE WHEN began_at IS NULL THEN 'approved' ELSE 'sending' END "
        "WHERE id = ? AND state = 'halted' AND approved_fingerprint = fingerprint RETURNING id",
        announcement_id,
    )
    return bool(rows)


# Going out.


async def next_due(tx: Transaction, now: datetime) -> Announcement | None:
    """One that was approved and whose time has come."""
    row = await tx.one(
        f"SELECT {_COLUMNS} FROM announcements WHERE state = 'approved' AND due_at <= ? ORDER BY due_at, id LIMIT 1",
        to_seconds(now),
    )
    return _announcement(row) if row else None


async def begin(tx: Transaction, announcement_id: bytes, now: datetime) -> bool:
    """From here on it cannot be changed. False where what stands there is not what was approved."""
    rows = await tx.run(
        "UPDATE announcements SET state = 'sending', began_at = ? WHERE id = ? AND state = 'approved' "
        "AND approved_fingerprint = fingerprint AND approved_fingerprint = ? RETURNING id",
        to_seconds(now),
        announcement_id,
        await _fingerprint(tx, announcement_id),
    )
    return bool(rows)


async def unfinished(tx: Transaction) -> Announcement | None:
    """One that has begun and whose messages are not all in the outbox."""
    row = await tx.one(
        f"SELECT {_COLUMNS} FROM announcements WHERE state = 'sending' AND put_all = 0 ORDER BY due_at, id LIMIT 1"
    )
    return _announcement(row) if row else None


async def advance(tx: Transaction, announcement_id: bytes, members: Sequence[bytes], *, last: bool) -> None:
    """Notes up to which member, in the order of ids, the messages are in the outbox."""
    await tx.run(
        "UPDATE announcements SET put_until = coalesce(?, put_until), put_all = ? WHERE id = ?",
        members[-1] if members else None,
        int(last),
        announcement_id,
    )


async def finish(tx: Transaction) -> None:
    """Those of which nothing is owed any more are sent."""
    await tx.run(
        "UPDATE announcements SET state = 'sent' WHERE state = 'sending' AND put_all = 1 AND NOT EXISTS "
        "(SELECT 1 FROM outbox WHERE kind = 'announcement' AND about = announcements.id "
        "AND state IN ('pending', 'sending'))"
    )


async def drop_drafts(tx: Transaction, before: datetime) -> None:
    """Drops what nobody went on with since then."""
    await tx.run(
        "DELETE FROM announcements WHERE began_at IS NULL AND state <> 'approved' AND changed_at < ?",
        to_seconds(before),
    )
