"""A coordinator wants to know who follows a topic. She sees rounded numbers, as often as she likes.

Means: 12 accounts of members follow it already, so the next one lies on an edge of the rounding; she asks before and
after each of ten members comes, of whom she knows the moment. The measure: of how many the number tells that they
follow: 0.
"""

import re
from itertools import pairwise

from bot.demo import steps
from storage.records import subscriptions
from storage.records.people import members
from storage.records.subscriptions import FollowMode
from tests.support.announcement_steps import add_members
from tests.support.cast import Cast

TOPIC = "Detention and protection"


async def test_asking_before_and_after_each_tells_of_nobody(cast: Cast) -> None:
    await steps.open_topic(cast.olena, TOPIC, "")
    await add_members(cast.stage, 22)

    async def asks() -> int:
        await cast.olena.says(f"/topics {TOPIC}")
        found = re.search(r"(\d+)\W* members follow", await cast.olena.sees_words("members follow"))
        assert found is not None
        return int(found[1])

    async with cast.stage.halqa.store.transaction() as tx:
        everybody = [person.id for person in await members.everyone(tx)]
        [[topic_id]] = await tx.fetch("SELECT id FROM topics")
        for member_id in everybody[:12]:
            await subscriptions.follow(tx, member_id, topic_id, FollowMode.DIGEST)
    seen = [await asks()]
    for member_id in everybody[12:22]:
        async with cast.stage.halqa.store.transaction() as tx:
            await subscriptions.follow(tx, member_id, topic_id, FollowMode.DIGEST)
        seen.append(await asks())
    assert sum(before != after for before, after in pairwise(seen)) == 0


async def test_a_small_group_is_only_said_to_be_small(cast: Cast) -> None:
    salma = await cast.salma()
    await steps.open_topic(cast.nour, TOPIC, "")
    await steps.follow(salma, TOPIC)
    assert "Fewer than 10" in await salma.sees("topic-followers", count=0)
