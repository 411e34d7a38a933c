"""What others decide about an announcement: asked for, approved, sent back.

Who may decide is a rule of the bot's; that each decision is taken once, and about what was shown, is seen to here.
"""

from datetime import datetime

from storage.engine.timestamps import to_seconds
from storage.engine.transaction import Transaction
from storage.records.people.member import Member


async def ask(tx: Transaction, author: Member, announcement_id: bytes, fingerprint: bytes, now: datetime) -> bool:
    """Asks for approval of what the author saw last; False where it has changed, or waits already."""
    rows = await tx.fetch(
        "UPDATE announcements SET state = 'asked', decided_by = NULL, changed_at = ? WHERE id = ? AND author_id = ? "
        "AND state IN ('draft', 'returned') AND fingerprint = ? "
        "AND EXISTS (SELECT 1 FROM announcement_words WHERE announcement_id = announcements.id) RETURNING id",
        to_seconds(now),
        announcement_id,
        author.id,
        fingerprint,
    )
    return bool(rows)


async def approve(tx: Transaction, announcement_id: bytes, by: bytes, fingerprint: bytes, due: datetime) -> bool:
    """Approves exactly what was shown, once; never one's own."""
    rows = await tx.fetch(
        "UPDATE announcements SET state = 'approved', approved_fingerprint = fingerprint, decided_by = ?, due_at = ? "
        "WHERE id = ? AND state = 'asked' AND fingerprint = ? AND author_id <> ? RETURNING id",
        by,
        to_seconds(due),
        announcement_id,
        fingerprint,
        by,
    )
    return bool(rows)


async def send_back(tx: Transaction, announcement_id: bytes, by: bytes, fingerprint: bytes) -> bool:
    rows = await tx.fetch(
        "UPDATE announcements SET state = 'returned', decided_by = ? "
        "WHERE id = ? AND state = 'asked' AND fingerprint = ? AND author_id <> ? RETURNING id",
        by,
        announcement_id,
        fingerprint,
        by,
    )
    return bool(rows)
