"""The last thing that a network does which cannot receive any more: it tells its owners, while it can still speak."""

import asyncio
from datetime import datetime, timedelta

from bot.messaging.outbox_worker import OutboxWorker
from storage.engine.store import Store
from storage.records import outbox
from storage.records.people import members

KIND = "alarm"
ONCE_IN = timedelta(days=1)  # systemd starts the program again within seconds, and the same happens again
PATIENCE = 10.0  # seconds


async def tell_owners(store: Store, delivery: OutboxWorker, now: datetime) -> None:
    """Owes each owner the alarm and waits for it to leave; in their quiet hours it stays owed."""
    async with store.transaction() as tx:
        if await outbox.owed_since(tx, KIND, now - ONCE_IN):
            return
        for owner in await members.coordinators_of(tx, None):
            await outbox.put(tx, owner.id, KIND, due=now, now=now)
    delivery.kick()
    try:
        async with asyncio.timeout(PATIENCE):
            while await _under_way(store, now):  # noqa: ASYNC110
                await asyncio.sleep(0.1)
    except TimeoutError:
        return  # it stays owed, and leaves after the next start


async def _under_way(store: Store, now: datetime) -> bool:
    async with store.transaction() as tx:
        return await outbox.is_waiting(tx, KIND, now)
