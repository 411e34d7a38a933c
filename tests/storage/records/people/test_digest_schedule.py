"""Readers of digests: who is to be planned, whose digest is due, and whether there is news for them."""

import random
from collections.abc import Iterable
from datetime import timedelta

from storage.engine.transaction import Transaction
from storage.records import posts, subscriptions, topics
from storage.records.people import digest_schedule, members, preferences
from storage.records.people.member import Cadence, Member
from storage.records.subscriptions import FollowMode
from tests.storage.people import NOW, again, enter, plan

MINUTE = timedelta(minutes=1)


def ids(people: Iterable[digest_schedule.DigestReader | Member]) -> list[bytes]:
    return [person.id for person in people]


async def test_a_digest_is_due_to_the_second_and_the_longest_overdue_comes_first(tx: Transaction) -> None:
    salma, nour = await enter(tx, "Salma"), await enter(tx, "Nour")
    await plan(tx, salma, NOW)
    await plan(tx, nour, NOW - MINUTE)

    async def due(seconds: int, limit: int = 10) -> list[bytes]:
        return ids(await digest_schedule.due(tx, NOW + timedelta(seconds=seconds), limit))

    assert await due(-61) == []
    assert await due(-1) == [nour.id]
    assert await due(0) == [nour.id, salma.id]
    assert await due(0, limit=1) == [nour.id]
    await preferences.set_paused(tx, nour, True)
    assert await due(0) == [salma.id]
    await members.set_unreachable(tx, salma.id, NOW + MINUTE)
    assert await due(0) == []
    await members.set_unreachable(tx, salma.id, None)
    await plan(tx, salma, None)
    assert await due(0) == []


async def test_a_changed_schedule_or_zone_is_planned_anew(tx: Transaction) -> None:
    salma = await enter(tx, "Salma")

    async def unplanned() -> list[bytes]:
        return ids(await digest_schedule.unplanned(tx, 10))

    assert await unplanned() == [salma.id]
    await plan(tx, salma, NOW)
    assert await unplanned() == []
    await preferences.set_zone(tx, salma, "Asia/Beirut")
    assert await unplanned() == [salma.id]
    await plan(tx, salma, NOW)
    await digest_schedule.set_schedule(tx, salma, Cadence.WEEKLY, 3, 1110)
    assert await unplanned() == [salma.id]
    now = await again(tx, salma)
    assert (now.digest.cadence, now.digest.weekday, now.digest.minute, now.digest.due_at) == ("weekly", 3, 1110, None)
    [reader] = await digest_schedule.unplanned(tx, 10)
    assert (reader.digest.cadence, reader.digest.weekday, reader.digest.minute, reader.zone) == (
        "weekly",
        3,
        1110,
        "Asia/Beirut",
    )
    await digest_schedule.set_schedule(tx, salma, Cadence.OFF, 3, 1110)
    assert await unplanned() == []


async def test_a_digest_that_a_fast_clock_planned_is_found(tx: Transaction) -> None:
    salma, nour = await enter(tx, "Salma"), await enter(tx, "Nour")
    await plan(tx, salma, NOW)
    await plan(tx, nour, NOW + MINUTE)
    assert ids(await digest_schedule.planned_too_far(tx, NOW, 10)) == [nour.id]


async def test_many_are_planned_and_told_at_once(tx: Transaction) -> None:
    salma, nour = await enter(tx, "Salma"), await enter(tx, "Nour")
    found = {reader.id: reader for reader in await digest_schedule.unplanned(tx, 10)}
    told = found[salma.id].announced(7)
    await digest_schedule.plan(tx, [(told, NOW + MINUTE), (found[nour.id], None)])
    planned = [await again(tx, each) for each in (salma, nour)]
    assert [(each.digest.due_at, each.digest.announced_until) for each in planned] == [(NOW + MINUTE, 7), (None, 0)]


async def test_there_is_news_for_a_reader_exactly_where_a_window_of_theirs_would_hold_something(
    tx: Transaction,
) -> None:
    """For forty readers who follow, mute and wrote this and that, and were told up to one of the last posts."""
    chosen = random.Random("halqa")
    people = [await enter(tx, f"Reader {number}") for number in range(40)]
    themes = [(await topics.create(tx, f"Topic {number}", "", people[0].id, NOW)).id for number in range(5)]
    for number in range(30):
        for reader in chosen.sample(people, 5):
            await subscriptions.follow(tx, reader.id, chosen.choice(themes), chosen.choice([*FollowMode]))
        await posts.write(tx, chosen.choice(people[:3]), chosen.choice(themes), f"post {number}", None, NOW)
    newest = await posts.newest(tx)
    told = {reader.id: chosen.randrange(newest - 5, newest + 1) for reader in people}
    for reader in people:
        await digest_schedule.set_announced(tx, reader, told[reader.id])
    expected = {reader.id: await posts.count_window(tx, reader.id, told[reader.id], newest) > 0 for reader in people}
    assert set(expected.values()) == {True, False}
    assert {reader.id: reader.news for reader in await digest_schedule.unplanned(tx, 99)} == expected


async def test_what_she_was_told_and_what_she_read_only_go_forward(tx: Transaction) -> None:
    salma = await enter(tx, "Salma")
    for told, read in ((5, 3), (4, 2)):
        await digest_schedule.set_announced(tx, salma, told)
        await digest_schedule.set_opened(tx, salma, read)
        now = await again(tx, salma)
        assert (now.digest.announced_until, now.digest.opened_until) == (5, 3)
