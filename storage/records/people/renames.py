"""Renamings: the former name of whoever changed theirs lately, for those who know it. It goes after thirty days.

Who knows it: whoever follows a topic in which a post of theirs stands that was written under it, after the reader began
to follow.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from storage.engine.connection import Row
from storage.engine.point_statements import PointStatement
from storage.engine.timestamps import from_seconds, to_seconds
from storage.engine.transaction import Transaction
from storage.records.people.member import NAME, Member
from storage.tables import Table

FORMER = "renames.former_name_encrypted"
KEPT = timedelta(days=30)  # as long as this a name does not change again


@dataclass(frozen=True, slots=True)
class Rename:
    member_id: bytes
    former: str = field(repr=False)
    present: str = field(repr=False)
    renamed_at: datetime


_SELECT = (
    "SELECT member_id, former_name_encrypted, name_encrypted, key_id, renamed_at FROM renames "
    "JOIN members ON members.id = member_id"
)


def _opened(tx: Transaction, row: Row) -> Rename:
    member_id, former, present, key_id, renamed_at = row
    return Rename(
        member_id,
        tx.cipher.decrypt(FORMER, member_id, former, key_id).decode(),
        tx.cipher.decrypt(NAME, member_id, present, key_id).decode(),
        from_seconds(renamed_at),
    )


_PUT = PointStatement(
    "INSERT INTO renames (member_id, former_name_encrypted, last_post, renamed_at) "
    "VALUES (?, ?, (SELECT posts_written FROM network WHERE id = 1), ?)"
)


async def record(tx: Transaction, member: Member, now: datetime) -> None:
    """Keeps the name that a member has until now. `next_allowed` has to be asked first."""
    await purge(tx, now)
    former = tx.cipher.encrypt(member.key_id, FORMER, member.id, (member.name or "").encode())
    await tx.execute(_PUT, member.id, former, to_seconds(now))


_WHEN = PointStatement("SELECT renamed_at FROM renames WHERE member_id = ?")


async def next_allowed(tx: Transaction, member_id: bytes, now: datetime) -> datetime | None:
    """When a member may change their name again; None: now."""
    row = await tx.fetchrow(_WHEN, member_id)
    until = from_seconds(row[0]) + KEPT if row else None
    return until if until and until > now else None


async def of(tx: Transaction, member_id: bytes, now: datetime) -> Rename | None:
    """The last renaming of one member, as long as it is kept."""
    rows = await tx.fetch(f"{_SELECT} WHERE member_id = ? AND renamed_at > ?", member_id, to_seconds(now - KEPT))
    found = await tx.unreadable_rows.readable(rows, lambda row: _opened(tx, row))
    return found[0] if found else None


# For a row of `renames`: a post of theirs that the reader of this id was to read, up to a number.
_READ = (
    "EXISTS (SELECT 1 FROM posts JOIN subscriptions s ON s.topic_id = posts.topic_id AND s.member_id = ? "
    "WHERE author_id = renames.member_id AND hidden_at IS NULL AND number > s.since AND number "
)


async def known_to(tx: Transaction, reader_id: bytes, after: int, until: int, now: datetime) -> list[Rename]:
    """Of the authors whose posts of these numbers the reader follows: those whose former name the reader knows."""
    rows = await tx.fetch(
        f"{_SELECT} WHERE renamed_at > ? AND member_id <> ? AND {_READ} <= last_post) "
        f"AND {_READ} BETWEEN ? AND ?) ORDER BY renamed_at DESC, member_id",
        to_seconds(now - KEPT),
        reader_id,
        reader_id,
        reader_id,
        after + 1,
        until,
    )
    return await tx.unreadable_rows.readable(rows, lambda row: _opened(tx, row))


async def purge(tx: Transaction, now: datetime) -> None:
    """Drops former names whose time is over."""
    await tx.execute("DELETE FROM renames WHERE renamed_at <= ?", to_seconds(now - KEPT))


TABLES = (Table("renames", ("member_id",), exported=True),)
