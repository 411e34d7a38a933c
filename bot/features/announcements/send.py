"""What the tick does for announcements: begins those whose time has come, and puts their messages into the outbox.

Batch by batch, each a transaction of its own that also notes how far it came, so that people who talk to the bot do not
wait for all, a crash loses and doubles nothing, and a halt takes effect between any two.
"""

from datetime import datetime, timedelta

from bot.conversation.routes import Access
from storage.engine.store import Store
from storage.engine.transaction import Transaction
from storage.records import audit
from storage.records.announcements import announcement_draft, announcement_fanout, audiences
from storage.records.announcements.announcements import Announcement
from storage.records.people import members

BATCH = 500  # messages a transaction
DRAFTS_KEPT = timedelta(days=30)


async def send_out(store: Store, now: datetime) -> None:
    more = True
    while more:
        async with store.transaction() as tx:
            more = await _begin_one(tx, now) or await _put_some(tx, now)
    async with store.transaction() as tx:
        await announcement_fanout.finish(tx, now)
        await announcement_draft.drop_drafts(tx, now - DRAFTS_KEPT)


async def _begin_one(tx: Transaction, now: datetime) -> bool:
    """Begins one that is due; True where there may be more.

    One whose author coordinates no more, or whose content is not what was approved, is stopped instead.
    """
    due = await announcement_fanout.next_due(tx, now)
    if due is None:
        return False
    author = await members.find_readable(tx, due.author_id)
    if Access.COORDINATOR.allows(author) and await announcement_fanout.begin(tx, due.id, now):
        await audit.record(tx, "announced", due.author_id, due.id, now)
    else:
        await announcement_fanout.halt(tx, due.id, None, now)
        await audit.record(tx, "announcement-halted", None, due.id, now)
    return True


async def _put_some(tx: Transaction, now: datetime) -> bool:
    """One batch of the messages of one announcement; True where there may be more."""
    going = await announcement_fanout.unfinished(tx)
    if going is None:
        return False
    found = await _next(tx, going)
    await announcement_fanout.put(tx, going.id, found, now)
    await announcement_fanout.advance(tx, going.id, found, last=len(found) < BATCH)
    return True


async def _next(tx: Transaction, going: Announcement) -> list[bytes]:
    return await audiences.batch(tx, going.audience, going.author_id, going.fanned_out_to, BATCH)
