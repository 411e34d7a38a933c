"""The job that drops links, buddies and wishes whose time is over."""

from datetime import datetime

from storage.engine.store import Store
from storage.records.safety import buddies, freezes


async def purge(store: Store, now: datetime) -> None:
    async with store.transaction() as tx:
        await buddies.purge(tx, now)
        await freezes.purge(tx, now)
