"""What the tick does for digests: plans the next one for whoever has none planned, and announces those that are due."""

from datetime import datetime, timedelta

from bot.digests.rules import next_due, schedule_of
from storage import digests, members, outbox, posts
from storage.members import Member
from storage.store import Store, Transaction

FARTHEST = timedelta(days=8)  # a later digest was planned by a clock that ran ahead
BATCH = 200  # members a transaction, so that people who talk to the bot do not wait for all


async def plan_and_open(store: Store, now: datetime) -> None:
    while True:
        async with store.transaction() as tx:
            unplanned = await members.unplanned(tx, BATCH)
            ahead = await members.planned_too_far(tx, now + FARTHEST, BATCH)
            due = await members.due(tx, now, BATCH)
            for member in (*unplanned, *ahead):
                await members.set_due(tx, member, next_due(schedule_of(member), member.zone, now))
            for member in due:
                await _announce(tx, member, now)
        if max(len(unplanned), len(ahead), len(due)) < BATCH:
            return


async def _announce(tx: Transaction, member: Member, now: datetime) -> None:
    """Owes the member a knock where there is something they were not told of.

    The digest begins where they last opened one, so what they did not open is in it once more.
    """
    until = await posts.newest(tx)
    if await posts.count_window(tx, member.id, max(member.digest_until, member.digest_read), until):
        digest = await digests.add(tx, member.id, member.digest_read, until, now)
        if digest is not None:
            await outbox.put(tx, member.id, "digest", about=digest.id, due=now, now=now)
        await members.told_until(tx, member, until)
    await members.set_due(tx, member, next_due(schedule_of(member), member.zone, now))
