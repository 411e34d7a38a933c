"""Buddies: whom a member chose to look after their account, at most two, and who agreed to.

A member makes a link for somebody whom they know, and passes it on by a channel of their own; whoever opens it and
agrees is a buddy. The code stands in the link alone; here is only its keyed hash. A buddy whom the member takes out
counts for three more days and is told, so that whoever seizes the account cannot get rid of those who would freeze it.
"""

import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.engine.connection import Row
from storage.engine.timestamps import from_optional_seconds, to_seconds
from storage.engine.transaction import Transaction
from storage.tables import Table

MOST = 2
LINK_LIFETIME = timedelta(hours=72)
LEAVING = timedelta(hours=72)
CODE = "buddies.code_index"


@dataclass(frozen=True, slots=True)
class Buddy:
    """One of the two places. `buddy_id` is None while nobody has agreed yet."""

    id: bytes
    member_id: bytes  # whose account it is
    buddy_id: bytes | None  # who looks after it
    agreed_at: datetime | None
    leaves_at: datetime | None  # the member has taken them out: they count until then


_COLUMNS = "id, member_id, buddy_id, agreed_at, leaves_at"
# Taken: by a link that can still be used, or by a buddy who has not left.
_TAKEN = "(buddy_id IS NOT NULL OR expires_at > ?) AND (leaves_at IS NULL OR leaves_at > ?)"
# Counts: agreed, has not left, and is a member whose own account is not frozen.
_COUNTS = (
    "buddy_id IS NOT NULL AND (leaves_at IS NULL OR leaves_at > ?) "
    "AND EXISTS (SELECT 1 FROM members WHERE members.id = buddy_id AND state IN ('active', 'paused'))"
)


def _buddy(row: Row) -> Buddy:
    return Buddy(row[0], row[1], row[2], from_optional_seconds(row[3]), from_optional_seconds(row[4]))


async def invite(tx: Transaction, member_id: bytes, now: datetime) -> str | None:
    """A code for one buddy; None where both places are taken."""
    if len(await of(tx, member_id, now)) >= MOST:
        return None
    code = secrets.token_urlsafe(16)
    await tx.execute(
        "INSERT INTO buddies (id, member_id, code_index, expires_at) VALUES (?, ?, ?, ?)",
        os.urandom(16),
        member_id,
        _index(tx, code),
        to_seconds(now + LINK_LIFETIME),
    )
    return code


async def of(tx: Transaction, member_id: bytes, now: datetime) -> list[Buddy]:
    """The places of a member that are taken."""
    moment = to_seconds(now)
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM buddies WHERE member_id = ? AND {_TAKEN} ORDER BY agreed_at, id",
        member_id,
        moment,
        moment,
    )
    return [_buddy(row) for row in rows]


async def looked_after_by(tx: Transaction, buddy_id: bytes, now: datetime) -> list[Buddy]:
    """Whose accounts somebody looks after."""
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM buddies WHERE buddy_id = ? AND (leaves_at IS NULL OR leaves_at > ?) "
        "ORDER BY agreed_at, id",
        buddy_id,
        to_seconds(now),
    )
    return [_buddy(row) for row in rows]


async def counting(tx: Transaction, member_id: bytes, now: datetime) -> list[bytes]:
    """The ids of the buddies who can freeze this account now."""
    rows = await tx.fetch(
        f"SELECT buddy_id FROM buddies WHERE member_id = ? AND {_COUNTS} ORDER BY buddy_id", member_id, to_seconds(now)
    )
    return [row[0] for row in rows]


# The link of somebody whose account is frozen, or who is not in, is over.
_OPEN = (
    "code_index = ? AND buddy_id IS NULL AND expires_at > ? "
    "AND EXISTS (SELECT 1 FROM members WHERE members.id = member_id AND state IN ('active', 'paused'))"
)


async def find(tx: Transaction, code: str, now: datetime) -> bytes | None:
    """Whose buddy one becomes by this code; None where it is not open."""
    row = await tx.fetchrow(f"SELECT member_id FROM buddies WHERE {_OPEN}", _index(tx, code), to_seconds(now))
    return row[0] if row else None


async def agree(tx: Transaction, code: str, buddy_id: bytes, now: datetime) -> bytes | None:
    """Whose buddy somebody is from now on. None where the code is not open, or is their own, or they are it already."""
    row = await tx.fetchrow(
        f"UPDATE buddies SET buddy_id = ?, agreed_at = ?, code_index = NULL, expires_at = NULL WHERE {_OPEN} "
        "AND member_id <> ? AND NOT EXISTS "
        "(SELECT 1 FROM buddies AS other WHERE other.member_id = buddies.member_id AND other.buddy_id = ?) "
        "RETURNING member_id",
        buddy_id,
        to_seconds(now),
        _index(tx, code),
        to_seconds(now),
        buddy_id,
        buddy_id,
    )
    return row[0] if row else None


async def take_out(tx: Transaction, place: bytes, member_id: bytes, now: datetime) -> Buddy | None:
    """The member ends a place of theirs: a link at once, a buddy after `LEAVING`. None where there is no such place."""
    row = await tx.fetchrow(
        f"UPDATE buddies SET leaves_at = ? WHERE id = ? AND member_id = ? AND buddy_id IS NOT NULL "
        f"AND leaves_at IS NULL RETURNING {_COLUMNS}",
        to_seconds(now + LEAVING),
        place,
        member_id,
    )
    if row is None:
        row = await tx.fetchrow(
            f"DELETE FROM buddies WHERE id = ? AND member_id = ? AND buddy_id IS NULL RETURNING {_COLUMNS}",
            place,
            member_id,
        )
    return _buddy(row) if row else None


async def keep(tx: Transaction, place: bytes, member_id: bytes, now: datetime) -> None:
    """The member takes back that a buddy leaves."""
    await tx.execute(
        "UPDATE buddies SET leaves_at = NULL WHERE id = ? AND member_id = ? AND leaves_at > ?",
        place,
        member_id,
        to_seconds(now),
    )


async def step_down(tx: Transaction, place: bytes, buddy_id: bytes) -> bytes | None:
    """A buddy looks after an account no longer, from now on: whose it was, or None where there was none."""
    row = await tx.fetchrow("DELETE FROM buddies WHERE id = ? AND buddy_id = ? RETURNING member_id", place, buddy_id)
    return row[0] if row else None


async def purge(tx: Transaction, now: datetime) -> None:
    """Drops links that are over and buddies who have left."""
    moment = to_seconds(now)
    await tx.execute("DELETE FROM buddies WHERE expires_at <= ? OR leaves_at <= ?", moment, moment)


def _index(tx: Transaction, code: str) -> bytes:
    return tx.cipher.index(CODE, code.encode())


TABLES = (Table("buddies", ("member_id", "buddy_id"), exported=True),)
