"""Messages owed and claimed, as tests of the outbox need them."""

from datetime import datetime, timedelta

from storage.engine.transaction import Transaction
from storage.records import outbox
from storage.records.outbox import OutboxMessage, Settlement
from storage.records.people.member import Member
from tests.storage.people import NOW

LATER = NOW + timedelta(hours=1)
SECOND = timedelta(seconds=1)


async def put(
    tx: Transaction, member: Member, due: datetime = NOW, message_id: int | None = None, kind: str = "digest"
) -> None:
    await outbox.put(tx, member.id, kind, about=b"a" * 16, message_id=message_id, due=due, now=NOW)


async def claim_all(tx: Transaction, now: datetime) -> list[OutboxMessage]:
    """Everything that is due, each settled before the next of the same member."""
    everything: list[OutboxMessage] = []
    while claimed := await outbox.claim(tx, now, 10):
        for owed in claimed:
            await outbox.settle(tx, owed, Settlement.SENT, now)
        everything += claimed
    return everything


async def states(tx: Transaction) -> list[str]:
    return [row[0] for row in await tx.fetch("SELECT state FROM outbox ORDER BY due_at")]
