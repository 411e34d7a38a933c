"""Erasing a person: words first, then rows, then their key; and a new epoch, so that no hash leads back to them.

What stays are rows of others and of the audit with random ids that lead nowhere.
"""

from datetime import datetime

from storage.epochs import hash_anew
from storage.instants import to_seconds
from storage.members import Member
from storage.store import Transaction


async def erase(tx: Transaction, member: Member, now: datetime) -> None:
    """Takes effect with the commit; the key and the pages that held any of it are gone right after."""
    await tx.run("UPDATE topics SET created_by = NULL WHERE created_by = ?", member.id)
    await tx.run(
        "UPDATE invites SET created_by = NULL, revoked_at = coalesce(revoked_at, ?) WHERE created_by = ?",
        to_seconds(now),
        member.id,
    )
    await tx.run("UPDATE members SET invited_by = NULL WHERE invited_by = ?", member.id)
    await tx.run("UPDATE members SET decided_by = NULL WHERE decided_by = ?", member.id)
    await tx.run(
        "UPDATE inbox SET payload_sealed = NULL, member_id = NULL, sender_index = NULL WHERE member_id = ?", member.id
    )
    await tx.run("DELETE FROM outbox WHERE about = ?", member.id)
    await tx.run("DELETE FROM members WHERE id = ?", member.id)  # posts, drafts, digests ... go with the row
    await tx.erase_key(member.key_id, now)
    before = await tx.renew_epoch()
    await hash_anew(tx.execute, tx.run_many, before, tx.cipher)
