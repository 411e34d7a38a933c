"""What a member prefers: language, time zone, quiet hours, a pause."""

from storage.engine.point_statements import PointStatement
from storage.engine.transaction import Transaction
from storage.records.people.member import Member, MemberState

_SET_QUIET_HOURS = PointStatement("UPDATE members SET quiet_from = ?, quiet_until = ? WHERE id = ?")


async def set_quiet_hours(tx: Transaction, member: Member, start: int, end: int) -> None:
    """Minutes after local midnight; equal means none."""
    await tx.execute(_SET_QUIET_HOURS, start, end, member.id)


_SET_URGENT_IN_QUIET = PointStatement("UPDATE members SET urgent_in_quiet = ? WHERE id = ?")


async def set_urgent_in_quiet(tx: Transaction, member: Member, allowed: bool) -> None:
    await tx.execute(_SET_URGENT_IN_QUIET, int(allowed), member.id)


_SET_LANGUAGE = PointStatement("UPDATE members SET language = ? WHERE id = ?")


async def set_language(tx: Transaction, member: Member, language: str) -> None:
    await tx.execute(_SET_LANGUAGE, language, member.id)


_SET_ZONE = PointStatement("UPDATE members SET zone = ?, digest_due_at = NULL WHERE id = ?")


async def set_zone(tx: Transaction, member: Member, zone: str | None) -> None:
    """Keeps a time zone and leaves the next digest to be planned anew."""
    await tx.execute(_SET_ZONE, zone, member.id)


_SET_PAUSED = PointStatement("UPDATE members SET state = ? WHERE id = ? AND state = ? RETURNING id")


async def set_paused(tx: Transaction, member: Member, paused: bool) -> bool:
    """False where it was so already, or the member may not."""
    states = (MemberState.PAUSED, MemberState.ACTIVE) if paused else (MemberState.ACTIVE, MemberState.PAUSED)
    rows = await tx.fetch(
        _SET_PAUSED,
        states[0],
        member.id,
        states[1],
    )
    return bool(rows)
