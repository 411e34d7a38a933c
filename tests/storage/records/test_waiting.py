"""What waits for a member, and the one knock that stands in their chat."""

from datetime import timedelta

from storage.engine.transaction import Transaction
from storage.records import erasure, waiting
from storage.records.people.member import Member
from tests.storage.people import NOW, enter


async def add(tx: Transaction, member: Member, opens: str, after: int = 0, about: bytes | None = None) -> None:
    await waiting.add(tx, member.id, opens, "post", about, NOW + timedelta(seconds=after))


async def listed(tx: Transaction, member: Member) -> list[str]:
    return [each.opens for each in await waiting.of(tx, member.id)]


async def test_what_the_same_button_opens_waits_once_and_the_oldest_comes_first(tx: Transaction) -> None:
    salma, nour = await enter(tx, "Salma"), await enter(tx, "Nour")
    for after, opens in enumerate(["post:b:0", "post:a:0", "post:b:0"]):
        await add(tx, salma, opens, after)
    assert await listed(tx, salma) == ["post:a:0", "post:b:0"]
    assert await waiting.count(tx, salma.id) == 2
    assert await listed(tx, nour) == []


async def test_it_leaves_when_it_was_opened_and_a_button_that_opens_nothing_of_it_writes_nothing(
    tx: Transaction,
) -> None:
    salma = await enter(tx, "Salma")
    await add(tx, salma, "post:a:0")
    assert not await waiting.drop(tx, salma.id, "post:b:0")
    assert await waiting.drop(tx, salma.id, "post:a:0")
    assert not await waiting.drop(tx, salma.id, "post:a:0")
    await add(tx, salma, "post:a:0")
    await waiting.drop_all(tx, salma.id, "digest")
    assert await waiting.count(tx, salma.id) == 1
    await waiting.drop_all(tx, salma.id)
    assert await waiting.count(tx, salma.id) == 0


async def test_one_knock_stands_until_it_is_pressed(tx: Transaction) -> None:
    salma, nour = await enter(tx, "Salma"), await enter(tx, "Nour")
    await waiting.stand(tx, salma.id, 5, sent=True)
    await waiting.stand(tx, salma.id, 7, sent=True)
    assert await waiting.standing(tx, salma.id) == 7
    assert await waiting.standing(tx, nour.id) is None
    assert await waiting.fall(tx, salma.id, 5) is None
    assert await waiting.fall(tx, salma.id, 7) == 7
    assert await waiting.fall(tx, salma.id) is None


async def test_it_is_known_whether_something_came_that_no_sound_told_of(tx: Transaction) -> None:
    salma = await enter(tx, "Salma")
    await add(tx, salma, "post:a:0")
    await waiting.stand(tx, salma.id, 5, sent=True)
    assert not await waiting.any_silent(tx, salma.id)
    await add(tx, salma, "post:b:0")
    await waiting.stand(tx, salma.id, 5, sent=False)  # a message that was changed makes no sound
    assert await waiting.any_silent(tx, salma.id)


async def test_what_leads_to_somebody_who_is_erased_or_was_left_for_long_goes(tx: Transaction) -> None:
    salma, nour = await enter(tx, "Salma"), await enter(tx, "Nour")
    await add(tx, salma, "applic:n", about=nour.id)
    await add(tx, salma, "post:a:0")
    await add(tx, nour, "post:a:0")
    await erasure.erase(tx, nour, NOW)
    assert await listed(tx, salma) == ["post:a:0"]
    assert await listed(tx, nour) == []
    await waiting.purge(tx, NOW + timedelta(seconds=1))
    assert await listed(tx, salma) == []
