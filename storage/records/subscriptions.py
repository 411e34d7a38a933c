"""How a member follows a topic: in the digest, at once, or muted. No row: not at all."""

from enum import StrEnum

from storage.engine.point_statements import PointStatement
from storage.engine.transaction import Transaction
from storage.tables import Table


class FollowMode(StrEnum):
    DIGEST = "digest"
    AT_ONCE = "at_once"
    MUTED = "muted"


_FOLLOW = PointStatement(
    "INSERT INTO subscriptions (member_id, topic_id, mode, since) "
    "VALUES (?, ?, ?, (SELECT posts_written FROM network WHERE id = 1)) "
    "ON CONFLICT (member_id, topic_id) DO UPDATE SET mode = excluded.mode"
)


async def follow(tx: Transaction, member_id: bytes, topic_id: bytes, mode: FollowMode) -> None:
    """Follows a topic from the next post on; a topic that is followed already keeps its first post."""
    await tx.execute(
        _FOLLOW,
        member_id,
        topic_id,
        mode,
    )


_LEAVE = PointStatement("DELETE FROM subscriptions WHERE member_id = ? AND topic_id = ?")


async def leave(tx: Transaction, member_id: bytes, topic_id: bytes) -> None:
    await tx.execute(_LEAVE, member_id, topic_id)


async def of(tx: Transaction, member_id: bytes) -> dict[bytes, FollowMode]:
    """A member's subscriptions: topic id -> mode."""
    rows = await tx.fetch("SELECT topic_id, mode FROM subscriptions WHERE member_id = ?", member_id)
    return {topic_id: FollowMode(mode) for topic_id, mode in rows}


async def at_once(tx: Transaction, topic_id: bytes) -> list[bytes]:
    """The members who want each post of a topic as it is written."""
    rows = await tx.fetch("SELECT member_id FROM subscriptions WHERE topic_id = ? AND mode = 'at_once'", topic_id)
    return [row[0] for row in rows]


async def followers(tx: Transaction, topic_id: bytes) -> int:
    """How many follow a topic without having muted it."""
    return await tx.fetchval("SELECT count(*) FROM subscriptions WHERE topic_id = ? AND mode <> 'muted'", topic_id)


TABLES = (Table("subscriptions", ("member_id",), exported=True, receipt="subscriptions", counted="member_id = ?"),)
