"""Members as readers of digests: when each wants theirs, when the next one is planned, whether there is news for them.

None of it is sealed, so planning for everybody opens nobody's row. What has to be decided about many is decided in the
statement that lists them, and what is kept of it goes back in one statement too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.engine.connection import Row
from storage.engine.timestamps import to_seconds
from storage.engine.transaction import Transaction
from storage.records.people.members import Cadence
from storage.records.posts import NEWS


@dataclass(frozen=True, slots=True)
class DigestReader:
    id: bytes
    cadence: Cadence
    digest_weekday: int  # 0 is Monday
    digest_minute: int  # after local midnight
    zone: str | None  # IANA name
    told: int  # the number of the last post up to which they were told
    read: int  # and up to which they opened a digest
    news: bool  # whether a post that they follow came after what they were told


_SELECT = (
    "SELECT id, digest_cadence, digest_weekday, digest_minute, zone, digest_until, digest_read, "
    f"{NEWS} FROM members WHERE state = 'active' AND "
)


def _reader(row: Row) -> DigestReader:
    return DigestReader(row[0], Cadence(row[1]), row[2], row[3], row[4], row[5], row[6], bool(row[7]))


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
    """Keeps when the next digest of each is due, None where there is none to come, and up to where they were told.

    The readers are as they were listed in this transaction, but for what they were told of since.
    """
    await tx.executemany(
        "UPDATE members SET digest_due_at = ?, digest_until = ? WHERE id = ?",
        [(due_at and to_seconds(due_at), reader.told, reader.id) for reader, due_at in dues],
    )
