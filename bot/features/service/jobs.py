"""Housekeeping: purges old rows of inbox, outbox and chats, and finishes erasures that were interrupted."""

from datetime import datetime, timedelta

from storage.engine.store import Store
from storage.records import inbox, outbox, post_quota
from storage.records.people import chat_messages

STRANGERS_KEPT = timedelta(hours=1)
OUTBOX_KEPT = timedelta(days=30)


async def purge(store: Store, now: datetime) -> None:
    await store.finish_erasures()
    async with store.transaction() as tx:
        await inbox.purge(tx, now - inbox.KEPT)
        await inbox.purge_strangers(tx, now - STRANGERS_KEPT)
        await post_quota.purge(tx, now)
        await outbox.purge(tx, now - OUTBOX_KEPT)
        await chat_messages.purge(tx, now)
