"""Ending what is owed to one member at once: what waits is cancelled, and what is open in their chat is removed."""

from datetime import datetime

from storage.engine.timestamps import to_seconds
from storage.engine.transaction import Transaction
from storage.records.people import chat_messages


async def cancel_waiting(tx: Transaction, member_id: bytes, now: datetime) -> None:
    """Cancels new messages that wait. One that is on its way is looked at once more before it leaves."""
    await tx.execute(
        "UPDATE outbox SET state = 'cancelled', settled_at = ? "
        "WHERE member_id = ? AND state = 'pending' AND chat_message_id IS NULL",
        to_seconds(now),
        member_id,
    )


async def close_screens(tx: Transaction, member_id: bytes, now: datetime) -> None:
    """Everything in the chat that would be changed or removed later is removed now."""
    changed = "FROM outbox WHERE member_id = ? AND state = 'pending' AND chat_message_id IS NOT NULL"
    await tx.execute(
        f"UPDATE chat_messages SET due_at = ? WHERE id IN (SELECT chat_message_id {changed})",
        to_seconds(now),
        member_id,
    )
    await tx.execute(f"DELETE {changed}", member_id)
    await chat_messages.all_due(tx, member_id, now)
