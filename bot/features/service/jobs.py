"""Housekeeping: purges old rows of inbox, outbox and chats, and finishes erasures that were interrupted."""

from datetime import datetime, timedelta

from storage.engine.store import Store
from storage.records import inbox, outbox
from storage.records.people import chat_messages

INBOX_KEPT = timedelta(hours=48)  # Telegram redelivers for 24
OUTBOX_KEPT = timedelta(days=30)


async def purge(store: Store, now: datetime) -> None:
    await store.finish_erasures()
    async with store.transaction() as tx:
        await inbox.purge(tx, now - INBOX_KEPT)
        await outbox.purge(tx, now - OUTBOX_KEPT)
        await chat_messages.purge(tx, now)
