"""Announcements: what a coordinator says to many at once, after somebody else has agreed to it.

    draft -> asked -> approved -> sending -> sent
               |          |          |
           returned     halted <-----+

Until it begins to go out its author may change it; every change makes a new fingerprint and takes it back to `draft`.
It goes out only while its fingerprint is the one that was approved. The words are sealed under the author's key; the
fingerprint is taken of what is sealed, so it says nothing about them. Who decides: approvals.py; how it goes out:
announcement_fanout.py.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from storage.engine.connection import Row
from storage.engine.point_statements import PointStatement
from storage.engine.timestamps import from_optional_seconds, from_seconds, to_seconds
from storage.engine.transaction import Transaction
from storage.records.announcements import audiences
from storage.records.announcements.audiences import Audience

BODY = "announcement_words.body_encrypted"


class AnnouncementState(StrEnum):
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
    state: AnnouncementState
    fingerprint: bytes  # of what stands there now
    decided_by: bytes | None  # who approved it or sent it back
    halted_by: bytes | None
    changed_at: datetime
    due_at: datetime | None
    began_at: datetime | None
    fanned_out_to: bytes  # the last member whose message is in the outbox
    fanout_done: bool


@dataclass(frozen=True, slots=True)
class Version:
    """The words in one language."""

    language: str
    body: str = field(repr=False)


COLUMNS = (
    "id, author_id, audience, audience_id, audience_name, urgent, state, fingerprint, decided_by, halted_by, "
    "changed_at, due_at, began_at, fanned_out_to, fanout_done"
)


def announcement(row: Row) -> Announcement:
    return Announcement(
        id=row[0],
        author_id=row[1],
        audience=Audience(audiences.AudienceKind(row[2]), row[3], row[4]),
        urgent=bool(row[5]),
        state=AnnouncementState(row[6]),
        fingerprint=row[7],
        decided_by=row[8],
        halted_by=row[9],
        changed_at=from_seconds(row[10]),
        due_at=from_optional_seconds(row[11]),
        began_at=from_optional_seconds(row[12]),
        fanned_out_to=row[13],
        fanout_done=bool(row[14]),
    )


_GET = PointStatement(f"SELECT {COLUMNS} FROM announcements WHERE id = ?")


async def get(tx: Transaction, announcement_id: bytes) -> Announcement | None:
    row = await tx.fetchrow(_GET, announcement_id)
    return announcement(row) if row else None


async def versions(tx: Transaction, announcement_id: bytes) -> list[Version]:
    """In the order in which they were written; the first is for readers of every other language.

    What does not open is left out (unreadable_rows.py).
    """
    rows = await tx.fetch(
        "SELECT id, language, body_encrypted FROM announcement_words WHERE announcement_id = ? ORDER BY number",
        announcement_id,
    )

    def opened(row: Row) -> Version:
        return Version(row[1], tx.cipher.decrypt(BODY, row[0], row[2]).decode())

    return await tx.unreadable_rows.readable(rows, opened)


async def by(tx: Transaction, author_id: bytes) -> list[Announcement]:
    """All of an author's, the oldest first."""
    rows = await tx.fetch(f"SELECT {COLUMNS} FROM announcements WHERE author_id = ? ORDER BY changed_at, id", author_id)
    return [announcement(row) for row in rows]


async def recent(tx: Transaction, since: datetime) -> list[Announcement]:
    """Those under way, and those that began since then; the newest first."""
    rows = await tx.fetch(
        f"SELECT {COLUMNS} FROM announcements WHERE state <> 'sent' OR began_at >= ? "
        "ORDER BY coalesce(began_at, changed_at) DESC, id",
        to_seconds(since),
    )
    return [announcement(row) for row in rows]


async def in_state(tx: Transaction, *states: AnnouncementState) -> list[Announcement]:
    rows = await tx.fetch(
        f"SELECT {COLUMNS} FROM announcements WHERE state IN ({', '.join('?' * len(states))}) ORDER BY due_at, id",
        *states,
    )
    return [announcement(row) for row in rows]
