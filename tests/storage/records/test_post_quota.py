"""How often a member may post, as rows decide it."""

from datetime import timedelta

from storage.engine.transaction import Transaction
from storage.records import post_quota
from tests.storage.people import NOW, enter

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


async def test_the_eleventh_in_an_hour_waits_for_the_first_to_be_an_hour_old(tx: Transaction) -> None:
    salma, nour = await enter(tx, "Salma"), await enter(tx, "Nour")
    for number in range(10):
        assert await post_quota.full_until(tx, salma.id, NOW + number * MINUTE) is None
        await post_quota.add(tx, salma.id, NOW + number * MINUTE)
    assert await post_quota.full_until(tx, salma.id, NOW + 10 * MINUTE) == NOW + HOUR
    assert await post_quota.full_until(tx, salma.id, NOW + HOUR) is None
    assert await post_quota.full_until(tx, nour.id, NOW) is None


async def test_the_forty_first_in_a_day_waits_for_the_first_to_be_a_day_old(tx: Transaction) -> None:
    salma = await enter(tx, "Salma")
    for number in range(40):
        await post_quota.add(tx, salma.id, NOW + number * 10 * MINUTE)
    now = NOW + 400 * MINUTE
    assert await post_quota.full_until(tx, salma.id, now) == NOW + DAY
    assert await post_quota.full_until(tx, salma.id, NOW + DAY) is None


async def test_a_lift_holds_for_a_day_and_can_be_renewed(tx: Transaction) -> None:
    salma = await enter(tx, "Salma")
    for _ in range(60):
        await post_quota.add(tx, salma.id, NOW)
    assert await post_quota.lift(tx, salma.id, NOW) == NOW + DAY
    assert await post_quota.full_until(tx, salma.id, NOW) is None
    await post_quota.lift(tx, salma.id, NOW + HOUR)
    assert await post_quota.lifted_until(tx, salma.id, NOW + DAY) == NOW + DAY + HOUR
    assert await post_quota.lifted_until(tx, salma.id, NOW + DAY + HOUR) is None


async def test_what_no_longer_counts_is_dropped(tx: Transaction) -> None:
    salma = await enter(tx, "Salma")
    await post_quota.add(tx, salma.id, NOW)
    await post_quota.add(tx, salma.id, NOW + HOUR)
    await post_quota.lift(tx, salma.id, NOW)
    await post_quota.purge(tx, NOW + DAY)
    assert await tx.fetchval("SELECT count(*) FROM posting") == 1
    assert await tx.fetchval("SELECT count(*) FROM posting_lifts") == 0
