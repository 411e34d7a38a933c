"""What the tick does for people: the declined do not stay, whether or not they read the answer."""

from datetime import datetime, timedelta

from storage import members, outbox
from storage.store import Transaction

DECLINED_KEPT = timedelta(days=7)
SETTLED_KEPT = timedelta(days=30)


async def tidy(tx: Transaction, now: datetime) -> None:
    for declined in await members.declined_before(tx, now - DECLINED_KEPT):
        await members.erase(tx, declined, now)
    await outbox.purge(tx, now - SETTLED_KEPT)
