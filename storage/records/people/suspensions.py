"""Suspensions: members who are stopped for now. They see one sentence, send nothing and receive nothing."""

from dataclasses import dataclass
from datetime import datetime

from storage.engine.point_statements import PointStatement
from storage.engine.timestamps import from_seconds, to_seconds
from storage.engine.transaction import Transaction
from storage.records import outbox
from storage.records.people import chat_messages
from storage.records.people.member import Member, MemberState, Role
from storage.tables import Table, cleared


@dataclass(frozen=True, slots=True)
class Suspension:
    member_id: bytes
    by_owner: bool  # only an owner may restore
    suspended_by: bytes | None  # None: erased since
    suspended_at: datetime


_BEGIN = PointStatement(
    "INSERT INTO suspensions (member_id, was_paused, by_owner, suspended_by, suspended_at) VALUES (?, ?, ?, ?, ?)"
)


async def suspend(tx: Transaction, person: Member, by: Member, now: datetime) -> bool:
    """False where they are not in, or are the only owner. A frozen account stays frozen, and is suspended when thawed.

    What waits for them becomes due, so that it is cancelled and their open screens leave the chat (outbox_worker.py).
    """
    rows = await tx.fetch(
        "UPDATE members SET state = CASE WHEN state = 'frozen' THEN state ELSE 'suspended' END "
        "WHERE id = ? AND state IN ('active', 'paused', 'frozen') "
        "AND NOT EXISTS (SELECT 1 FROM suspensions WHERE member_id = members.id) AND (role <> 'owner' OR "
        "(SELECT count(*) FROM members WHERE role = 'owner' AND state IN ('active', 'paused')) > 1) RETURNING id",
        person.id,
    )
    if not rows:
        return False
    was_paused, by_owner = person.state is MemberState.PAUSED, by.role is Role.OWNER
    await tx.execute(_BEGIN, person.id, int(was_paused), int(by_owner), by.id, to_seconds(now))
    await outbox.bring_forward(tx, person.id, now, changes=True)
    await chat_messages.all_due(tx, person.id, now)
    return True


async def restore(tx: Transaction, person: Member) -> bool:
    """Back to where they were, on a pause or not. False where they are not suspended."""
    rows = await tx.fetch(
        "UPDATE members SET state = CASE WHEN state = 'frozen' THEN state WHEN EXISTS "
        "(SELECT 1 FROM suspensions WHERE member_id = members.id AND was_paused = 1) THEN 'paused' ELSE 'active' END "
        "WHERE id = ? AND (state = 'suspended' OR (state = 'frozen' "
        "AND EXISTS (SELECT 1 FROM suspensions WHERE member_id = members.id))) RETURNING id",
        person.id,
    )
    await tx.execute(_END, person.id)
    return bool(rows)


_END = PointStatement("DELETE FROM suspensions WHERE member_id = ?")
_OF = PointStatement("SELECT member_id, by_owner, suspended_by, suspended_at FROM suspensions WHERE member_id = ?")


async def of(tx: Transaction, member_id: bytes) -> Suspension | None:
    """The suspension of a member; None for one who is not suspended."""
    row = await tx.fetchrow(_OF, member_id)
    return Suspension(row[0], bool(row[1]), row[2], from_seconds(row[3])) if row else None


TABLES = (
    Table("suspensions", ("member_id", "suspended_by"), exported=True, erase=cleared("suspensions", "suspended_by")),
)
