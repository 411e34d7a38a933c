"""The audit: what was done, by whom, when; fixed words and random ids, never words of anybody and never names.

Entries are chained (`storage.integrity.audit_chain`). Those of an erased person stay, with an id that leads nowhere.
"""

from dataclasses import dataclass
from datetime import datetime

from storage.engine.connection import Row
from storage.engine.timestamps import from_seconds, to_seconds
from storage.engine.transaction import Transaction
from storage.integrity import audit_chain
from storage.tables import Table

# Left out of what readers of the audit see: the time of a post would identify its author.
SPEAKING = ("posted", "post-taken-back")
# Shown to owners only: who may know that an account is frozen are they and whoever froze it.
FREEZING = ("freeze-asked", "frozen", "thaw-asked", "thawed", "panic")
_COLUMNS = "number, at, action, actor_id, subject_id"


@dataclass(frozen=True, slots=True)
class Entry:
    number: int
    at: datetime
    action: str
    actor_id: bytes | None  # None: the program or the operator
    subject_id: bytes | None


def _entry(row: Row) -> Entry:
    return Entry(row[0], from_seconds(row[1]), *row[2:])


async def record(tx: Transaction, action: str, actor_id: bytes | None, subject_id: bytes | None, now: datetime) -> None:
    tx.audit = await audit_chain.append(tx.query, tx.audit, to_seconds(now), action, actor_id, subject_id)


async def verify(tx: Transaction) -> int | None:
    """The number of the first entry that was changed, removed or put in; None where the chain holds to its end."""
    return await audit_chain.first_bad(tx.query, tx.audit)


async def about(tx: Transaction, person_id: bytes) -> list[Entry]:
    """Entries in which this person acted or was acted upon, oldest first."""
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM audit WHERE actor_id = ? OR subject_id = ? ORDER BY number", person_id, person_id
    )
    return [_entry(row) for row in rows]


async def count_of(tx: Transaction, action: str, actor_id: bytes, since: datetime, until: datetime) -> int:
    """How often this person did so after `since`, up to `until`."""
    return await tx.fetchval(
        "SELECT count(*) FROM audit WHERE actor_id = ? AND action = ? AND at > ? AND at <= ?",
        actor_id,
        action,
        to_seconds(since),
        to_seconds(until),
    )


async def last(tx: Transaction, limit: int) -> list[Entry]:
    """The newest entries, newest first, without those about what members say."""
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM audit WHERE action NOT IN (?, ?) ORDER BY number DESC LIMIT ?", *SPEAKING, limit
    )
    return [_entry(row) for row in rows]


async def last_of_host(tx: Transaction, host_id: bytes | None, limit: int) -> list[Entry]:
    """The same, of those in which somebody of this host acted or was acted upon; none for no host."""
    rows = await tx.fetch(
        f"WITH people AS (SELECT id FROM members WHERE host_id = ?) SELECT {_COLUMNS} FROM audit "
        f"WHERE action NOT IN ({', '.join('?' * len((*SPEAKING, *FREEZING)))}) "
        "AND (actor_id IN (SELECT id FROM people) OR subject_id IN (SELECT id FROM people)) "
        "ORDER BY number DESC LIMIT ?",
        host_id,
        *SPEAKING,
        *FREEZING,
        limit,
    )
    return [_entry(row) for row in rows]


TABLES = (Table("audit", ("actor_id", "subject_id"), exported=True, kept=("actor_id", "subject_id")),)
