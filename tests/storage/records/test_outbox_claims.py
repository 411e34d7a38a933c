"""Claims: what is due is taken once, in order, and of one member one message at a time."""

import asyncio
from datetime import timedelta

import pytest

from storage.engine.connection import Row
from storage.engine.store import Store
from storage.engine.transaction import Transaction
from storage.records import outbox
from storage.records.outbox import Settlement
from storage.records.people.member import Member
from tests.storage.people import NOW, enter, taken_back
from tests.storage.records.outbox_steps import LATER, SECOND, claim_all, put


@pytest.fixture
async def salma(tx: Transaction) -> Member:
    return await enter(tx, "Salma")


@pytest.fixture
async def crowd(tx: Transaction) -> list[Member]:
    return [await enter(tx, f"Member {number}") for number in range(4)]


async def test_nothing_is_claimed_before_it_is_due_and_the_longest_due_is_first(
    tx: Transaction, crowd: list[Member]
) -> None:
    for member, minutes in zip(crowd, (3, 1, 2), strict=False):
        await put(tx, member, NOW + timedelta(minutes=minutes))
    assert await outbox.claim(tx, NOW + timedelta(seconds=59), 10) == []
    first = await outbox.claim(tx, NOW + timedelta(minutes=3), 2)
    assert [owed.due_at - NOW for owed in first] == [timedelta(minutes=1), timedelta(minutes=2)]
    assert len(await outbox.claim(tx, NOW + timedelta(minutes=3), 10)) == 1


async def test_of_one_member_the_next_is_taken_when_the_one_before_is_over(
    tx: Transaction, crowd: list[Member]
) -> None:
    salma, nour = crowd[:2]
    for seconds in (2, 0, 1):
        await put(tx, salma, NOW + seconds * SECOND)
    await put(tx, nour, NOW + 5 * SECOND)
    [first, of_nour] = await outbox.claim(tx, LATER, 10)
    assert (first.member_id, first.due_at, of_nour.member_id) == (salma.id, NOW, nour.id)
    assert await outbox.claim(tx, LATER, 10) == []
    await outbox.settle(tx, first, Settlement.FAILED, LATER)
    [second] = await outbox.claim(tx, LATER, 10)
    assert second.due_at == NOW + SECOND
    await outbox.postpone(tx, second, NOW + 3 * SECOND)
    assert [owed.due_at - NOW for owed in await claim_all(tx, LATER)] == [2 * SECOND, 3 * SECOND]


async def test_some_kinds_go_before_all_others(tx: Transaction, crowd: list[Member]) -> None:
    for member, kind in zip(crowd, ("digest", "post", "resume", "announcement"), strict=True):
        await put(tx, member, NOW, kind=kind)
    await put(tx, crowd[0], NOW + SECOND, kind="resume")
    lanes = (("resume",), (), ("announcement",))
    assert [owed.kind for owed in await outbox.claim(tx, NOW, 2, lanes)] == ["resume", "announcement"]
    assert [owed.kind for owed in await outbox.claim(tx, LATER, 1, lanes)] == ["resume"]
    assert [owed.kind for owed in await outbox.claim(tx, LATER, 9, lanes)] == ["post"]


async def test_a_thousand_for_one_member_do_not_keep_the_others_from_theirs(
    tx: Transaction, crowd: list[Member]
) -> None:
    for number in range(1000):
        await put(tx, crowd[0], NOW - number * SECOND)
    for member in crowd[1:]:
        await put(tx, member, NOW)
    first, second = await outbox.claim(tx, NOW, 4), await outbox.claim(tx, NOW, 4)
    assert [owed.member_id for owed in first] == [crowd[0].id]
    assert {owed.member_id for owed in second} == {member.id for member in crowd[1:]}


async def test_two_who_claim_at_once_share_what_is_due_and_take_nothing_twice(store: Store) -> None:
    async with store.transaction() as tx:
        for number in range(50):
            await put(tx, await enter(tx, f"Member {number}"), NOW - number * SECOND)

    async def claim() -> list[bytes]:
        taken: list[bytes] = []
        while True:
            async with store.transaction() as tx:
                claimed = await outbox.claim(tx, NOW, 4)
            if not claimed:
                return taken
            taken += [owed.id for owed in claimed]
            await asyncio.sleep(0)

    one, two = await asyncio.gather(claim(), claim())
    assert one
    assert two
    assert len(one + two) == len({*one, *two}) == 50


async def test_a_claim_that_is_taken_back_can_be_made_again(store: Store) -> None:
    async with store.transaction() as tx:
        await put(tx, await enter(tx, "Salma"))
    async with taken_back(store) as tx:
        assert await outbox.claim(tx, NOW, 10)
    async with store.transaction() as tx:
        assert len(await outbox.claim(tx, NOW, 10)) == 1


async def test_what_is_owed_is_taken_in_the_order_of_an_index_and_never_sorted(
    tx: Transaction, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, said = Transaction.fetch, list[tuple[str, tuple[object, ...]]]()

    async def noted(tx: Transaction, sql: str, *values: object) -> list[Row]:
        said.append((sql, values))
        return await run(tx, sql, *values)

    monkeypatch.setattr(Transaction, "fetch", noted)
    await outbox.claim(tx, NOW, 8, [["announcement"]])
    monkeypatch.undo()
    assert len(said) == 2
    for sql, values in said:
        steps = [row[3] for row in await tx.fetch(f"EXPLAIN QUERY PLAN {sql}", *values)]
        assert steps[0].startswith("SEARCH outbox USING INDEX outbox_")
        assert not any("TEMP B-TREE" in step for step in steps), steps
