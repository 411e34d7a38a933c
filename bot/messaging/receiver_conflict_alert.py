"""An alert to the owners when somebody else receives the updates of the bot, which can then only send."""

import asyncio
from datetime import datetime, timedelta

from bot.messaging.outbox_worker import OutboxWorker
from storage.engine.store import Store
from storage.records import outbox
from storage.records.people import members

KIND = "alarm"
ONCE_IN = timedelta(days=1)  # systemd restarts the program within seconds, and it is refused again
PATIENCE = 10.0  # seconds


async def tell_owners(store: Store, outbox_worker: OutboxWorker, now: datetime) -> None:
    """Puts the alert into the outbox for each owner and waits until it is sent; in their quiet hours it stays there."""
    async with store.transaction() as tx:
        if await outbox.owed_since(tx, KIND, now - ONCE_IN):
            return
        for owner in await members.coordinators_of(tx, None):
            await outbox.put(tx, owner.id, KIND, due=now, now=now)
    outbox_worker.kick()
    try:
        async with asyncio.timeout(PATIENCE):
            while await _is_waiting(store, now):  # noqa: ASYNC110
                await asyncio.sleep(0.1)
    except TimeoutError:
        return  # it stays in the outbox, and is sent after the next start


async def _is_waiting(store: Store, now: datetime) -> bool:
    async with store.transaction() as tx:
        return await outbox.is_waiting(tx, KIND, now)
