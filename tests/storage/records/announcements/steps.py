"""Announcements as tests need them: written, approved, and the messages of one."""

from datetime import timedelta

from storage.engine.transaction import Transaction
from storage.records.announcements import announcement_draft, announcements, approvals
from storage.records.announcements.announcements import Announcement
from storage.records.announcements.audiences import EVERYBODY, Audience
from storage.records.people.member import Member
from tests.storage.people import NOW

DUE = NOW + timedelta(minutes=10)


async def written(tx: Transaction, author: Member, audience: Audience = EVERYBODY) -> bytes:
    made = await announcement_draft.create(tx, author.id, audience, NOW)
    assert await announcement_draft.write(tx, author, made, "en", "The hall is booked.", NOW)
    return made


async def now(tx: Transaction, announcement_id: bytes) -> Announcement:
    found = await announcements.get(tx, announcement_id)
    assert found is not None
    return found


async def approved(tx: Transaction, author: Member, by: Member, audience: Audience = EVERYBODY) -> bytes:
    made = await written(tx, author, audience)
    seen = (await now(tx, made)).fingerprint
    assert await approvals.ask(tx, author, made, seen, NOW)
    assert await approvals.approve(tx, made, by.id, seen, DUE)
    return made


async def states(tx: Transaction, announcement_id: bytes) -> list[str]:
    rows = await tx.fetch("SELECT state FROM outbox WHERE about = ? ORDER BY 1", announcement_id)
    return [row[0] for row in rows]
