"""The audit: what was done, by whom, when; fixed words and random ids, never words of anybody and never names."""

from dataclasses import dataclass
from datetime import datetime

from storage.instants import from_seconds, to_seconds
from storage.store import Transaction


@dataclass(frozen=True, slots=True)
class Entry:
    number: int
    at: datetime
    action: str
    actor_id: bytes | None  # None: the program or the operator
    subject_id: bytes | None


async def record(tx: Transaction, action: str, actor_id: bytes | None, subject_id: bytes | None, now: datetime) -> None:
    await tx.run(
        "INSERT INTO audit (at, action, actor_id, subject_id) VALUES (?, ?, ?, ?)",
        to_seconds(now),
        action,
        actor_id,
        subject_id,
    )


async def about(tx: Transaction, person_id: bytes) -> list[Entry]:
    """Entries in which this person acted or was acted upon, oldest first."""
    rows = await tx.run(
        "SELECT number, at, action, actor_id, subject_id FROM audit WHERE actor_id = ? OR subject_id = ? "
        "ORDER BY number",
        person_id,
        person_id,
    )
    return [Entry(row[0], from_seconds(row[1]), *row[2:]) for row in rows]
