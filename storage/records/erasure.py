"""Erasing a person: words first, then rows, then their key; and a new epoch, so that no hash leads back to them.

What stays are rows of others and of the audit with random ids that lead nowhere.
"""

from dataclasses import dataclass
from datetime import datetime

from storage.engine.timestamps import to_seconds
from storage.engine.transaction import Transaction
from storage.integrity.lookup_key_rotation import rehash
from storage.records.announcements import announcement_fanout
from storage.records.people.member import Member

# What goes with a member: the column of a receipt, and the rows that it counts.
_COUNTED = {
    "posts": "posts WHERE author_id = ?",
    "announcements": "announcements WHERE author_id = ?",
    "drafts": "drafts WHERE member_id = ?",
    "subscriptions": "subscriptions WHERE member_id = ?",
    "digests": "digests WHERE member_id = ?",
    "notices": "outbox WHERE member_id = ?",
    "sealed": "sealed_notes WHERE subject_id = ?",
    "messages": "inbox WHERE member_id = ? AND payload_encrypted IS NOT NULL",
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an erasure removed: counts, when, and the generation that it began. Nobody's name."""

    posts: int
    announcements: int
    drafts: int
    subscriptions: int
    digests: int
    notices: int  # to the member, sent or waiting
    sealed: int  # notes about the member that only others could open
    messages: int  # of the member, whose content was still kept
    at: datetime
    generation: int  # a file with a lower one is a copy from before (rollback_guard.py)


async def erase(tx: Transaction, member: Member, now: datetime) -> Receipt:
    """Takes effect with the commit; the key and the pages that held any of it are gone right after."""
    counts = {name: await tx.fetchval(f"SELECT count(*) FROM {rows}", member.id) for name, rows in _COUNTED.items()}
    await tx.execute("UPDATE topics SET created_by = NULL WHERE created_by = ?", member.id)
    await tx.execute(
        "UPDATE invites SET created_by = NULL, revoked_at = coalesce(revoked_at, ?) WHERE created_by = ?",
        to_seconds(now),
        member.id,
    )
    await tx.execute("UPDATE members SET invited_by = NULL WHERE invited_by = ?", member.id)
    await tx.execute("UPDATE members SET decided_by = NULL WHERE decided_by = ?", member.id)
    await announcement_fanout.take_away(tx, member.id, now)
    for column in ("decided_by", "halted_by"):
        await tx.execute(f"UPDATE announcements SET {column} = NULL WHERE {column} = ?", member.id)
    await tx.execute(
        "UPDATE inbox SET payload_encrypted = NULL, member_id = NULL, sender_index = NULL WHERE member_id = ?",
        member.id,
    )
    await tx.execute("DELETE FROM outbox WHERE about = ?", member.id)
    await tx.execute("DELETE FROM drafts WHERE about = ?", member.id)  # of somebody who was writing about them
    await tx.execute("DELETE FROM members WHERE id = ?", member.id)  # posts, announcements, drafts ... go too
    await tx.erase_key(member.key_id, now)
    before = await tx.renew_epoch()
    for error in await rehash(tx.query, tx.executemany, before, tx.cipher):
        tx.unreadable_rows.tell(error)
    generation = await tx.fetchval("SELECT number FROM generation")
    return Receipt(**counts, at=now, generation=generation)
