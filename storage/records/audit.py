"""The audit: what was done, by whom, when; fixed words and keyed hashes, never words of anybody, names or ids.

Entries are chained (`storage.integrity.audit_chain`) and name people by tags (`storage.integrity.audit_tags`). Those of
an erased person stay, with tags that lead nowhere.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.engine.connection import Row
from storage.engine.point_statements import PointStatement
from storage.engine.timestamps import from_seconds, to_seconds
from storage.engine.transaction import Transaction
from storage.integrity import audit_chain, audit_tags
from storage.integrity.audit_tags import ACTOR, SPEAKING, SUBJECT, Person
from storage.tables import Table

# Shown to owners only: who may know that an account is frozen are they and whoever froze it.
FREEZING = ("freeze-asked", "frozen", "thaw-asked", "thawed", "panic")
_COLUMNS = "number, at, action, actor_tag, subject_tag"
AT_ONCE = 1000  # entries, or 100 people, whose tags are computed between two turns of other tasks
EVERYBODY = "SELECT id, key_id FROM members ORDER BY role = 'member', id"  # those who act most come first
OF_HOST = "SELECT id, key_id FROM members WHERE role = 'owner' OR host_id = ? OR id = ? ORDER BY role = 'member', id"


@dataclass(frozen=True, slots=True)
class Entry:
    number: int
    at: datetime
    action: str
    actor_tag: bytes | None  # None: the program or the operator
    subject_tag: bytes | None  # None: nobody, or no person


def _entry(row: Row) -> Entry:
    return Entry(row[0], from_seconds(row[1]), *row[2:])


_PERSON = PointStatement("SELECT key_id, host_id FROM members WHERE id = ?")


async def record(tx: Transaction, action: str, actor_id: bytes | None, subject_id: bytes | None, now: datetime) -> None:
    """Adds an entry. A subject that is no member, such as a topic, is not kept: with an older copy its id would lead to
    whoever made it."""
    actor, subject = await _person(tx, actor_id), await _person(tx, subject_id)
    number = tx.audit.number + 1
    said = audit_tags.parties(tx.cipher, number, action, actor, subject, acted=actor_id is not None)
    tx.audit = await audit_chain.append(tx.query, tx.audit, to_seconds(now), action, *said)


async def _person(tx: Transaction, person_id: bytes | None) -> Person | None:
    row = await tx.fetchrow(_PERSON, person_id) if person_id else None
    return Person(*row) if row else None


async def verify(tx: Transaction) -> int | None:
    """The number of the first entry that was changed, removed or put in; None where the chain holds to its end."""
    return await audit_chain.first_bad(tx.query, tx.audit)


async def by(tx: Transaction, person_id: bytes) -> list[Entry]:
    """Entries in which this person acted, oldest first."""
    return [entry async for entry, acted in _of(tx, person_id) if acted]


async def about(tx: Transaction, person_id: bytes) -> list[Entry]:
    """Entries in which this person was acted upon by others, oldest first."""
    return [entry async for entry, acted in _of(tx, person_id) if not acted]


async def _of(tx: Transaction, person_id: bytes) -> AsyncIterator[tuple[Entry, bool]]:
    """Every entry of a person, and whether they acted: one or two hashes for each entry of the audit."""
    person, after = await _person(tx, person_id), audit_chain.LOWEST
    while person and (
        rows := await tx.fetch(f"SELECT {_COLUMNS} FROM audit WHERE number > ? ORDER BY number LIMIT ?", after, AT_ONCE)
    ):
        after = rows[-1][0]
        for row in rows:
            number, _, _, actor, subject = row
            acted = actor is not None and actor == tx.cipher.audit_tag(person.key_id, number, ACTOR)
            if acted or (subject is not None and subject == tx.cipher.audit_tag(person.key_id, number, SUBJECT)):
                yield _entry(row), acted


async def count_of(tx: Transaction, action: str, actor_id: bytes, since: datetime, until: datetime) -> int:
    """How often this person did so after `since`, up to `until`."""
    person = await _person(tx, actor_id)
    rows = await tx.fetch(
        "SELECT number, actor_tag FROM audit WHERE action = ? AND at > ? AND at <= ?",
        action,
        to_seconds(since),
        to_seconds(until),
    )
    return sum(person is not None and tag == tx.cipher.audit_tag(person.key_id, number, ACTOR) for number, tag in rows)


async def last(tx: Transaction, limit: int) -> list[Entry]:
    """The newest entries, newest first, without those about what members say."""
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM audit WHERE action NOT IN (?, ?) ORDER BY number DESC LIMIT ?", *SPEAKING, limit
    )
    return [_entry(row) for row in rows]


async def last_of_host(tx: Transaction, host_id: bytes | None, limit: int) -> list[Entry]:
    """The same, of those in which somebody who was of this host then acted or was acted upon; none for no host."""
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM audit WHERE action NOT IN ({', '.join('?' * len((*SPEAKING, *FREEZING)))}) "
        "AND (actor_host_id = ? OR subject_host_id = ?) "
        "ORDER BY number DESC LIMIT ?",
        *SPEAKING,
        *FREEZING,
        host_id,
        host_id,
        limit,
    )
    return [_entry(row) for row in rows]


async def people_in(tx: Transaction, entries: Iterable[Entry]) -> dict[bytes, bytes]:
    """The ids of the members whom these entries name, by tag. Tags of whoever was erased are not among them."""
    return await _found(tx, entries, await tx.fetch(EVERYBODY))


async def people_of_host_in(
    tx: Transaction, entries: Iterable[Entry], host_id: bytes | None, reader_id: bytes
) -> dict[bytes, bytes]:
    """The same, of those whom a coordinator of this host may see: its people, the owners, and the reader."""
    return await _found(tx, entries, await tx.fetch(OF_HOST, host_id, reader_id))


async def _found(tx: Transaction, entries: Iterable[Entry], people: list[Row]) -> dict[bytes, bytes]:
    """One hash for each person and tag, until all tags are found."""
    found: dict[bytes, bytes] = {}
    sought = {
        tag: (entry.number, role)
        for entry in entries
        for tag, role in ((entry.actor_tag, ACTOR), (entry.subject_tag, SUBJECT))
        if tag is not None
    }
    for position, (person_id, key_id) in enumerate(people):
        if not sought:
            break
        if position % 100 == 0:
            await asyncio.sleep(0)
        theirs = [tag for tag, place in sought.items() if tx.cipher.audit_tag(key_id, *place) == tag]
        for tag in theirs:
            del sought[tag]
            found[tag] = person_id
    return found


TABLES = (Table("audit", exported=True),)
