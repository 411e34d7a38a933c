"""Freezing an account that may be in other hands, and thawing it: who wants it, and what happens once enough do.

Frozen, nothing is sent to the account but removals of what is open in its chat, its invites do not work, and what it
does has no effect (decoys.py). Who else is in the network does not see it.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from storage.engine.connection import Row
from storage.engine.point_statements import PointStatement
from storage.engine.timestamps import from_optional_seconds, from_seconds, to_seconds
from storage.engine.transaction import Transaction
from storage.records.people.member import Member, MemberState
from storage.tables import Table

VOTE_LIFETIME = timedelta(hours=72)


class Wants(StrEnum):
    FREEZE = "freeze"
    THAW = "thaw"
    HELP = "help"  # the member themselves pressed /panic; it counts for nothing


@dataclass(frozen=True, slots=True)
class Freeze:
    """An account that is frozen."""

    member_id: bytes
    frozen_at: datetime
    was: MemberState
    left_at: datetime | None  # whoever holds the account erased it, as it seems there


@dataclass(frozen=True, slots=True)
class Vote:
    member_id: bytes
    voter_id: bytes
    wants: Wants
    voted_at: datetime


_GET = PointStatement("SELECT member_id, frozen_at, was, left_at FROM freezes WHERE member_id = ?")


async def get(tx: Transaction, member_id: bytes) -> Freeze | None:
    row = await tx.fetchrow(_GET, member_id)
    return _freeze(row) if row else None


_SEEN = PointStatement(
    "SELECT CASE WHEN EXISTS (SELECT 1 FROM suspensions WHERE suspensions.member_id = freezes.member_id) "
    "THEN 'suspended' ELSE was END FROM freezes WHERE member_id = ?"
)


async def as_seen(tx: Transaction, person: Member) -> Member:
    """The member as those see them who may not know that the account is frozen: in the state before, or suspended."""
    row = await tx.fetchrow(_SEEN, person.id) if person.state is MemberState.FROZEN else None
    return replace(person, state=MemberState(row[0])) if row else person


async def everything(tx: Transaction) -> list[Freeze]:
    """All frozen accounts, the longest frozen first."""
    rows = await tx.fetch("SELECT member_id, frozen_at, was, left_at FROM freezes ORDER BY frozen_at, member_id")
    return [_freeze(row) for row in rows]


def _freeze(row: Row) -> Freeze:
    return Freeze(row[0], from_seconds(row[1]), MemberState(row[2]), from_optional_seconds(row[3]))


_VOTE = PointStatement(
    "INSERT INTO freeze_votes (member_id, voter_id, wants, voted_at) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (member_id, voter_id, wants) DO UPDATE SET voted_at = excluded.voted_at"
)


async def vote(tx: Transaction, member_id: bytes, voter_id: bytes, wants: Wants, now: datetime) -> None:
    await tx.execute(_VOTE, member_id, voter_id, wants, to_seconds(now))


async def withdraw(tx: Transaction, member_id: bytes, voter_id: bytes) -> None:
    """Takes back what somebody wanted."""
    await tx.execute("DELETE FROM freeze_votes WHERE member_id = ? AND voter_id = ?", member_id, voter_id)


async def votes(tx: Transaction, member_id: bytes, now: datetime) -> list[Vote]:
    """What is wanted for an account and counts still, the oldest first; while it is frozen, also who froze it."""
    rows = await tx.fetch(
        "SELECT member_id, voter_id, wants, voted_at FROM freeze_votes WHERE member_id = ? AND (voted_at > ? "
        "OR (wants = 'freeze' AND EXISTS (SELECT 1 FROM freezes WHERE freezes.member_id = freeze_votes.member_id))) "
        "ORDER BY voted_at, voter_id",
        member_id,
        to_seconds(now - VOTE_LIFETIME),
    )
    return [Vote(row[0], row[1], Wants(row[2]), from_seconds(row[3])) for row in rows]


async def votes_by(tx: Transaction, voter_id: bytes) -> list[Vote]:
    """All that somebody wants for accounts, and is kept."""
    rows = await tx.fetch(
        "SELECT member_id, voter_id, wants, voted_at FROM freeze_votes WHERE voter_id = ? ORDER BY voted_at", voter_id
    )
    return [Vote(row[0], row[1], Wants(row[2]), from_seconds(row[3])) for row in rows]


async def asked(tx: Transaction, now: datetime) -> list[bytes]:
    """The accounts that somebody wants frozen."""
    rows = await tx.fetch(
        "SELECT DISTINCT member_id FROM freeze_votes WHERE wants = 'freeze' AND voted_at > ?",
        to_seconds(now - VOTE_LIFETIME),
    )
    return [row[0] for row in rows]


_FREEZE = PointStatement("UPDATE members SET state = 'frozen' WHERE id = ? AND state = ? RETURNING id")
_REMEMBER = PointStatement("INSERT INTO freezes (member_id, frozen_at, was) VALUES (?, ?, ?)")


async def freeze(tx: Transaction, member_id: bytes, now: datetime) -> bool:
    """Freezes an account; False where it is frozen already, or its member is not in."""
    for state in (MemberState.ACTIVE, MemberState.PAUSED):
        if await tx.fetchrow(_FREEZE, member_id, state) is not None:
            await tx.execute(_REMEMBER, member_id, to_seconds(now), state)
            await tx.execute("DELETE FROM freeze_votes WHERE member_id = ? AND wants = 'thaw'", member_id)
            await tx.execute("DELETE FROM drafts WHERE member_id = ?", member_id)
            return True
    return False


_THAW = PointStatement(
    "UPDATE members SET state = CASE WHEN EXISTS (SELECT 1 FROM suspensions WHERE member_id = members.id) "
    "THEN 'suspended' ELSE 'paused' END WHERE id = ? AND state = 'frozen' RETURNING id"
)


async def thaw(tx: Transaction, member_id: bytes) -> bool:
    """Thaws an account into a pause, which its member has to end, or into a suspension that was decided meanwhile.

    False where it is not frozen.
    """
    if await tx.fetchrow(_THAW, member_id) is None:
        return False
    await tx.execute("DELETE FROM freezes WHERE member_id = ?", member_id)
    await tx.execute("DELETE FROM freeze_votes WHERE member_id = ?", member_id)
    return True


async def set_left(tx: Transaction, member_id: bytes, now: datetime) -> None:
    """Whoever holds the frozen account erased it, as it seems there; nothing was erased."""
    await tx.execute("UPDATE freezes SET left_at = ? WHERE member_id = ?", to_seconds(now), member_id)


async def purge(tx: Transaction, now: datetime) -> None:
    """Drops what somebody wanted long ago, besides who froze an account that is still frozen."""
    await tx.execute(
        "DELETE FROM freeze_votes WHERE voted_at <= ? AND NOT (wants = 'freeze' "
        "AND EXISTS (SELECT 1 FROM freezes WHERE freezes.member_id = freeze_votes.member_id))",
        to_seconds(now - VOTE_LIFETIME),
    )


TABLES = (
    Table("freezes", ("member_id",), not_exported="whoever exports has a thawed account, of which no row is left"),
    Table("freeze_votes", ("member_id", "voter_id"), exported=True),
)
