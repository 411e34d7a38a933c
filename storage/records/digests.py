"""Digests: the span of posts that one announces to a member. The posts are looked up when it is opened."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.engine.connection import Row
from storage.engine.point_statements import PointStatement
from storage.engine.timestamps import from_seconds, to_seconds
from storage.engine.transaction import Transaction
from storage.records.people.digest_schedule import DigestReader
from storage.tables import Table


@dataclass(frozen=True, slots=True)
class Digest:
    id: bytes
    member_id: bytes
    after: int  # number of a post, exclusive
    until: int  # inclusive
    created_at: datetime


_COLUMNS = "id, member_id, window_from, window_until, created_at"


def _digest(row: Row) -> Digest:
    return Digest(row[0], row[1], row[2], row[3], from_seconds(row[4]))


_ADD = PointStatement(
    "INSERT INTO digests (id, member_id, window_from, window_until, created_at) VALUES (?, ?, ?, ?, ?) "
    f"ON CONFLICT (member_id, window_until) DO NOTHING RETURNING {_COLUMNS}"
)


async def add(tx: Transaction, member_id: bytes, after: int, until: int, now: datetime) -> Digest | None:
    """The digest of this member that ends at this post; None where there is one already."""
    row = await tx.fetchrow(
        _ADD,
        os.urandom(16),
        member_id,
        after,
        until,
        to_seconds(now),
    )
    return _digest(row) if row else None


async def announce(tx: Transaction, readers: Sequence[DigestReader], until: int, now: datetime) -> None:
    """Adds a digest for each reader, from the last post they opened up to this one, and puts its knock into the outbox.

    Whoever has one that ends there is owed no second. Two statements, however many they are. The ids are random but
    begin alike, so that they stand together in their indexes and a commit writes fewer pages.
    """
    moment, alike = to_seconds(now), os.urandom(4)
    ids = [alike + os.urandom(12) for _ in readers]
    await tx.executemany(
        "INSERT INTO digests (id, member_id, window_from, window_until, created_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (member_id, window_until) DO NOTHING",
        [(new, reader.id, reader.digest.opened_until, until, moment) for new, reader in zip(ids, readers, strict=True)],
    )
    await tx.executemany(
        "INSERT INTO outbox (id, member_id, kind, about, due_at, state, created_at) "
        "SELECT ?, member_id, 'digest', id, ?, 'pending', ? FROM digests WHERE id = ?",
        [(alike + os.urandom(12), moment, moment, new) for new in ids],
    )


_GET = PointStatement(f"SELECT {_COLUMNS} FROM digests WHERE id = ? AND member_id = ?")


async def get(tx: Transaction, digest_id: bytes, member_id: bytes) -> Digest | None:
    """A digest of this member; None for anybody else's."""
    row = await tx.fetchrow(_GET, digest_id, member_id)
    return _digest(row) if row else None


async def last(tx: Transaction, member_id: bytes) -> Digest | None:
    """The newest digest of a member."""
    row = await tx.fetchrow(
        f"SELECT {_COLUMNS} FROM digests WHERE member_id = ? ORDER BY window_until DESC LIMIT 1", member_id
    )
    return _digest(row) if row else None


async def of(tx: Transaction, member_id: bytes) -> list[Digest]:
    rows = await tx.fetch(f"SELECT {_COLUMNS} FROM digests WHERE member_id = ? ORDER BY window_until", member_id)
    return [_digest(row) for row in rows]


async def close_open(tx: Transaction, post_id: bytes, now: datetime) -> None:
    """Digests that somebody has open, and that hold a post, are closed now."""
    await tx.execute(
        "UPDATE outbox SET due_at = ? WHERE state = 'pending' AND chat_message_id IS NOT NULL AND due_at > ? "
        "AND kind = 'digest-close' AND about IN (SELECT digests.id FROM digests JOIN posts "
        "ON number > window_from AND number <= window_until WHERE posts.id = ?)",
        to_seconds(now),
        to_seconds(now),
        post_id,
    )


TABLES = (Table("digests", ("member_id",), exported=True, receipt="digests", counted="member_id = ?"),)
