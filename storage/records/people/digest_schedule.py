"""Members as readers of digests: when each wants theirs, when the next one is planned, whether there is news for them.

None of it is sealed, so planning for everybody opens nobody's row. What has to be decided about many is decided in the
statement that lists them, and what is kept of it goes back in one statement too.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from storage.engine.connection import Row
from storage.engine.point_statements import PointStatement
from storage.engine.timestamps import to_seconds
from storage.engine.transaction import Transaction
from storage.records.people.member import Cadence, DigestSchedule, Member
from storage.records.posts import NEWS


@dataclass(frozen=True, slots=True)
class DigestReader:
    """A member to whom digests are sent, as far as planning has to know them."""

    id: bytes
    zone: str | None  # IANA name
    digest: DigestSchedule
    news: bool  # whether a post that they follow came after what was announced to them

    def announced(self, until: int) -> "DigestReader":
        """The same reader once a digest up to this post was announced."""
        return replace(self, digest=replace(self.digest, announced_until=until))


_SELECT = (
    "SELECT id, digest_cadence, digest_weekday, digest_minute, zone, digest_until, digest_read, "
    f"{NEWS} FROM members WHERE state = 'active' AND "
)


def _reader(row: Row) -> DigestReader:
    member_id, cadence, weekday, minute, zone, announced, opened, news = row
    schedule = DigestSchedule(Cadence(cadence), weekday, minute, announced_until=announced, opened_until=opened)
    return DigestReader(member_id, zone, schedule, bool(news))


async def due(tx: Transaction, now: datetime, limit: int) -> list[DigestReader]:
    """Those whose digest is due and who can be reached, the longest overdue first."""
    rows = await tx.fetch(
        _SELECT + "digest_due_at <= ? AND unreachable_until IS NULL ORDER BY digest_due_at LIMIT ?",
        to_seconds(now),
        limit,
    )
    return [_reader(row) for row in rows]


async def unplanned(tx: Transaction, limit: int) -> list[DigestReader]:
    """Those who want digests and have none planned: new members, and those who changed their schedule or zone."""
    rows = await tx.fetch(_SELECT + "digest_cadence <> 'off' AND digest_due_at IS NULL LIMIT ?", limit)
    return [_reader(row) for row in rows]


async def planned_too_far(tx: Transaction, moment: datetime, limit: int) -> list[DigestReader]:
    """Those whose next digest was planned by a clock that ran ahead."""
    rows = await tx.fetch(_SELECT + "digest_due_at > ? LIMIT ?", to_seconds(moment), limit)
    return [_reader(row) for row in rows]


async def plan(tx: Transaction, dues: Iterable[tuple[DigestReader, datetime | None]]) -> None:
    """Stores when the next digest of each reader is due (None: never) and up to which post one was announced.

    The readers are as they were listed in this transaction, but for what they were told of since.
    """
    await tx.executemany(
        "UPDATE members SET digest_due_at = ?, digest_until = ? WHERE id = ?",
        [(due_at and to_seconds(due_at), reader.digest.announced_until, reader.id) for reader, due_at in dues],
    )


_SET_SCHEDULE = PointStatement(
    "UPDATE members SET digest_cadence = ?, digest_weekday = ?, digest_minute = ?, digest_due_at = NULL WHERE id = ?"
)


async def set_schedule(tx: Transaction, member: Member, cadence: Cadence, weekday: int, minute: int) -> None:
    """Keeps a schedule and leaves its next instant to be planned."""
    await tx.execute(
        _SET_SCHEDULE,
        cadence,
        weekday,
        minute,
        member.id,
    )


_SET_ANNOUNCED = PointStatement("UPDATE members SET digest_until = ? WHERE id = ? AND digest_until < ?")


async def set_announced(tx: Transaction, member: Member, number: int) -> None:
    """A digest up to the post of this number was announced; the next one needs a later post."""
    await tx.execute(_SET_ANNOUNCED, number, member.id, number)


_SET_OPENED = PointStatement("UPDATE members SET digest_read = ? WHERE id = ? AND digest_read < ?")


async def set_opened(tx: Transaction, member: Member, number: int) -> None:
    """A digest up to the post of this number was opened; what comes after it still waits."""
    await tx.execute(_SET_OPENED, number, member.id, number)
