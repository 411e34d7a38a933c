"""How often a member may post: ten times an hour and forty times a day, unless a coordinator has lifted that.

What counts are posts that were sent, also those that were taken back since: each told its readers.
"""

import os
from datetime import datetime, timedelta

from storage.engine.point_statements import PointStatement
from storage.engine.timestamps import from_seconds, to_seconds
from storage.engine.transaction import Transaction
from storage.tables import Table

LIMITS = ((10, timedelta(hours=1)), (40, timedelta(days=1)))
LIFTED_FOR = timedelta(days=1)
_ADD = PointStatement("INSERT INTO posting (id, member_id, at) VALUES (?, ?, ?)")
_LIFTED = PointStatement("SELECT lifted_until FROM posting_lifts WHERE member_id = ?")
_LIFT = PointStatement(
    "INSERT INTO posting_lifts (member_id, lifted_until) VALUES (?, ?) "
    "ON CONFLICT (member_id) DO UPDATE SET lifted_until = excluded.lifted_until"
)


async def add(tx: Transaction, member_id: bytes, now: datetime) -> None:
    """Counts a post of a member."""
    await tx.execute(_ADD, os.urandom(16), member_id, to_seconds(now))


async def full_until(tx: Transaction, member_id: bytes, now: datetime) -> datetime | None:
    """When a member may post again; None: now."""
    if await lifted_until(tx, member_id, now) is not None:
        return None
    waits = []
    for most, span in LIMITS:
        row = await tx.fetchrow(
            "SELECT at FROM posting WHERE member_id = ? AND at > ? ORDER BY at DESC LIMIT 1 OFFSET ?",
            member_id,
            to_seconds(now - span),
            most - 1,
        )
        if row is not None:
            waits.append(from_seconds(row[0]) + span)
    return max(waits, default=None)


async def lift(tx: Transaction, member_id: bytes, now: datetime) -> datetime:
    """Lifts the limits of a member for a day; until when."""
    until = now + LIFTED_FOR
    await tx.execute(_LIFT, member_id, to_seconds(until))
    return until


async def lifted_until(tx: Transaction, member_id: bytes, now: datetime) -> datetime | None:
    """Until when the limits of a member are lifted; None: they hold."""
    row = await tx.fetchrow(_LIFTED, member_id)
    return from_seconds(row[0]) if row is not None and row[0] > to_seconds(now) else None


async def purge(tx: Transaction, now: datetime) -> None:
    """Drops what no longer counts."""
    longest = max(span for _, span in LIMITS)
    await tx.execute("DELETE FROM posting WHERE at <= ?", to_seconds(now - longest))
    await tx.execute("DELETE FROM posting_lifts WHERE lifted_until <= ?", to_seconds(now))


TABLES = (
    Table("posting", ("member_id",), not_exported="kept for a day, to count posts, which are exported"),
    Table("posting_lifts", ("member_id",), not_exported="that limits were lifted is in the audit, which is exported"),
)
