"""Topics: the themes that members talk in."""

import os
from dataclasses import dataclass
from datetime import datetime

from storage.engine.connection import Row
from storage.engine.point_statements import PointStatement
from storage.engine.timestamps import from_optional_seconds, from_seconds, to_seconds
from storage.engine.transaction import Transaction
from storage.tables import Table, cleared


@dataclass(frozen=True, slots=True)
class Topic:
    id: bytes
    title: str
    purpose: str  # may be empty
    created_at: datetime
    closed_at: datetime | None  # closed: readable, no new posts


_COLUMNS = "id, title, purpose, created_at, closed_at"


def _topic(row: Row) -> Topic:
    return Topic(row[0], row[1], row[2], from_seconds(row[3]), from_optional_seconds(row[4]))


_CREATE = PointStatement("INSERT INTO topics (id, title, purpose, created_by, created_at) VALUES (?, ?, ?, ?, ?)")


async def create(tx: Transaction, title: str, purpose: str, created_by: bytes, now: datetime) -> Topic:
    topic = Topic(os.urandom(16), title, purpose, now, None)
    await tx.execute(
        _CREATE,
        topic.id,
        title,
        purpose,
        created_by,
        to_seconds(now),
    )
    return topic


_GET = PointStatement(f"SELECT {_COLUMNS} FROM topics WHERE id = ?")


async def get(tx: Transaction, topic_id: bytes) -> Topic | None:
    row = await tx.fetchrow(_GET, topic_id)
    return _topic(row) if row else None


async def everything(tx: Transaction) -> list[Topic]:
    """All topics, the open ones first, then by title."""
    rows = await tx.fetch(f"SELECT {_COLUMNS} FROM topics ORDER BY closed_at IS NOT NULL, title")
    return [_topic(row) for row in rows]


async def titled(tx: Transaction, title: str) -> Topic | None:
    """An open topic of exactly this title, whatever the case of its letters."""
    for topic in await everything(tx):
        if topic.closed_at is None and topic.title.casefold() == title.casefold():
            return topic
    return None


_SET_CLOSED = PointStatement("UPDATE topics SET closed_at = ? WHERE id = ? AND (closed_at IS NULL) = ? RETURNING id")


async def set_closed(tx: Transaction, topic_id: bytes, closed_at: datetime | None) -> bool:
    """Closes or opens again; False where it was so already or there is no such topic."""
    rows = await tx.fetch(
        _SET_CLOSED,
        closed_at and to_seconds(closed_at),
        topic_id,
        int(closed_at is not None),
    )
    return bool(rows)


TABLES = (
    Table(
        "topics",
        ("created_by",),
        not_exported="that one was opened is in the audit, and its words are everybody's",
        erase=cleared("topics", "created_by"),
    ),
)
