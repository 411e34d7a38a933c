"""What the tick does for digests: plans the next one for whoever has none planned, and announces those that are due.

A knock says nothing, and a digest holds no words, only the span of posts that is looked up when it is opened. So all
there is to compose for a reader is whether anything in that span is for them; one statement says so of a whole batch.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.features.digests.rules import next_due, schedule_of
from storage.engine.store import Store
from storage.engine.transaction import Transaction
from storage.records import digests, posts
from storage.records.people import digest_schedule
from storage.records.people.digest_schedule import DigestReader

FARTHEST = timedelta(days=8)  # a later digest was planned by a clock that ran ahead
BATCH = 500  # members a transaction, so that people who talk to the bot do not wait for all


async def plan_and_open(store: Store, now: datetime) -> None:
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
    """Owes a knock to whoever there is something for that they were not told of; all of them, as they are told now.

    Each digest begins where its reader last opened one, so what they did not open is in it once more.
    """
    to_tell = [reader for reader in due if reader.news]
    if not to_tell:
        return due
    until = await posts.newest(tx)
    await digests.announce(tx, to_tell, until, now)
    return [reader.announced(until) if reader.news else reader for reader in due]
