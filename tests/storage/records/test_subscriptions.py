"""Who follows which topic, and how."""

from storage.engine.transaction import Transaction
from storage.records import posts, subscriptions, topics
from storage.records.subscriptions import FollowMode
from tests.storage.people import NOW, enter


async def test_a_topic_is_followed_one_way_at_a_time(tx: Transaction) -> None:
    salma = await enter(tx, "Salma")
    one, two = [(await topics.create(tx, title, "", salma.id, NOW)).id for title in ("One", "Two")]
    assert await subscriptions.of(tx, salma.id) == {}
    await subscriptions.follow(tx, salma.id, one, FollowMode.DIGEST)
    await subscriptions.follow(tx, salma.id, two, FollowMode.MUTED)
    await subscriptions.follow(tx, salma.id, one, FollowMode.AT_ONCE)
    assert await subscriptions.of(tx, salma.id) == {one: FollowMode.AT_ONCE, two: FollowMode.MUTED}
    await subscriptions.leave(tx, salma.id, one)
    await subscriptions.leave(tx, salma.id, one)
    assert await subscriptions.of(tx, salma.id) == {two: FollowMode.MUTED}


async def test_the_muted_do_not_count_as_followers_and_only_some_hear_at_once(tx: Transaction) -> None:
    ways = {"Salma": FollowMode.DIGEST, "Fatou": FollowMode.AT_ONCE, "Yara": FollowMode.MUTED}
    people = {name: await enter(tx, name) for name in ways}
    topic = (await topics.create(tx, "Detention", "", people["Salma"].id, NOW)).id
    other = (await topics.create(tx, "Asylum", "", people["Salma"].id, NOW)).id
    for name, way in ways.items():
        await subscriptions.follow(tx, people[name].id, topic, way)
    assert await subscriptions.followers(tx, topic) == 2
    assert await subscriptions.at_once(tx, topic) == [people["Fatou"].id]
    assert (await subscriptions.followers(tx, other), await subscriptions.at_once(tx, other)) == (0, [])


async def test_another_way_keeps_where_she_began_and_leaving_forgets_it(tx: Transaction) -> None:
    nour, salma = await enter(tx, "Nour"), await enter(tx, "Salma")
    topic = (await topics.create(tx, "Detention", "", nour.id, NOW)).id

    async def waiting() -> int:
        return await posts.count_window(tx, salma.id, 0, await posts.newest(tx))

    await subscriptions.follow(tx, salma.id, topic, FollowMode.DIGEST)
    await posts.write(tx, nour, topic, "one", None, NOW)
    await subscriptions.follow(tx, salma.id, topic, FollowMode.MUTED)
    assert await waiting() == 0
    await subscriptions.follow(tx, salma.id, topic, FollowMode.AT_ONCE)
    assert await waiting() == 1
    await subscriptions.leave(tx, salma.id, topic)
    await subscriptions.follow(tx, salma.id, topic, FollowMode.DIGEST)
    assert await waiting() == 0
