"""Erasing a person: rows about them, their own row, their key; then new keyed hashes of everybody's Telegram id.

Each table says itself what of a member it holds and how that goes (storage/tables.py). What stays are rows of others
and of the audit, whose tags lead nowhere once the key is gone.
"""

from dataclasses import dataclass
from datetime import datetime

from storage import tables
from storage.engine.transaction import Transaction
from storage.integrity.lookup_key_rotation import rehash
from storage.records.people.member import Member


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
    owned = tables.declared()
    counts = {
        table.receipt: await tx.fetchval(f"SELECT count(*) FROM {table.name} WHERE {table.counted}", member.id)
        for table in owned
        if table.receipt
    }
    for table in owned:
        if table.erase is not None:
            await table.erase(tx, member.id, now)
    await tx.execute("DELETE FROM members WHERE id = ?", member.id)  # and with it all that refers to it
    await tx.erase_key(member.key_id, now)
    before = await tx.renew_lookup_key()
    for error in await rehash(tx.query, tx.executemany, before, tx.cipher):
        tx.unreadable_rows.tell(error)
    generation = await tx.fetchval("SELECT number FROM generation")
    return Receipt(**counts, at=now, generation=generation)
