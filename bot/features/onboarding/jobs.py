"""The job that erases people who did not become members."""

from datetime import datetime, timedelta

from storage.engine.store import Store
from storage.records import audit, erasure
from storage.records.people import applications

DECLINED_KEPT = timedelta(days=7)  # whether or not they read the decision
UNFINISHED_KEPT = timedelta(days=30)


async def erase_unfinished(store: Store, now: datetime) -> None:
    """Erases who was declined a week ago, and who began a month ago and sent no application."""
    async with store.transaction() as tx:
        declined = await applications.declined_before(tx, now - DECLINED_KEPT)
        unfinished = await applications.unfinished_before(tx, now - UNFINISHED_KEPT)
        for person in (*declined, *unfinished):
            await erasure.erase(tx, person, now)
            await audit.record(tx, "erased", None, None, now)
