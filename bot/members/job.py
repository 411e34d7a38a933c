"""What the tick does for people: those who did not come in do not stay."""

from datetime import datetime, timedelta

from storage import members, outbox
from storage.store import Transaction

DECLINED_KEPT = timedelta(days=7)  # whether or not they read the answer
UNFINISHED_KEPT = timedelta(days=30)
SETTLED_KEPT = timedelta(days=30)


async def tidy(tx: Transaction, now: datetime) -> None:
    declined = await members.declined_before(tx, now - DECLINED_KEPT)
    unfinished = await members.unfinished_before(tx, now - UNFINISHED_KEPT)
    for person in (*declined, *unfinished):
        await members.erase(tx, person, now)
    await outbox.purge(tx, now - SETTLED_KEPT)
