"""The job of digests: plans the next one for members who have none planned, and announces those that are due.

A knock says nothing, and a digest stores no text, only the window of posts that is queried when it is opened. So all
that has to be computed for a reader is whether any post in that window is for them; one statement does it for a batch.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.features.digests.rules import next_due, schedule_of
from storage.engine.store import Store
from storage.engine.transaction import Transaction
from storage.records import digests, posts
from storage.records.people import digest_schedule
from storage.records.people.digest_schedule import DigestReader

FARTHEST = timedelta(days=8)  # a digest that is planned later than this was planned by a wrong clock
BATCH = 500  # members per transaction, so that people who talk to the bot do not wait for all of them


async def plan_and_announce(store: Store, now: datetime) -> None:
    more = True
    while more:
        async with store.transaction() as tx:
            unplanned = await digest_schedule.unplanned(tx, BATCH)
            ahead = await digest_schedule.planned_too_far(tx, now + FARTHEST, BATCH)
            due = await digest_schedule.due(tx, now, BATCH)
            told = await _announce(tx, due, now)
            dues = [(reader, next_due(schedule_of(reader), reader.zone, now)) for reader in (*unplanned, *ahead, *told)]
            if dues:
                await digest_schedule.plan(tx, dues)
        more = max(len(unplanned), len(ahead), len(due)) == BATCH


async def _announce(tx: Transaction, due: Sequence[DigestReader], now: datetime) -> Sequence[DigestReader]:
    """Puts a knock into the outbox for each reader with new posts; returns all readers, with what they were told of.

    Each digest begins where its reader last opened one, so posts that they did not open are in it again.
    """
    to_tell = [reader for reader in due if reader.news]
    if not to_tell:
        return due
    until = await posts.newest(tx)
    await digests.announce(tx, to_tell, until, now)
    return [reader.announced(until) if reader.news else reader for reader in due]
