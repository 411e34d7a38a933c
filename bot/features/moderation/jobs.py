"""Drops requests for removals that nobody confirmed, and former names whose time is over."""

from datetime import datetime

from storage.engine.store import Store
from storage.records.people import removals, renames


async def expire(store: Store, now: datetime) -> None:
    async with store.transaction() as tx:
        await removals.expire(tx, now)
        await renames.purge(tx, now)
