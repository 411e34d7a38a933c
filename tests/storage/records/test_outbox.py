"""The outbox: each message is taken by one, ends once, and is not forgotten in between."""

import asyncio
from datetime import timedelta

import pytest

from storage.engine.connection import Row
from storage.engine.store import Store
from storage.engine.transaction import Transaction
from storage.records import erasure, outbox
from storage.records.outbox import OutboxMessage, Settlement
from storage.records.people.member import Member
from tests.storage.people import NOW, enter, taken_back
from tests.storage.records.outbox_steps import LATER, SECOND, claim_all, put, states


@pytest.fixture
async def salma(tx: Transaction) -> Member:
    return await enter(tx, "Salma")


@pytest.fixture
async def crowd(tx: Transaction) -> list[Member]:
    return [await enter(tx, f"Member {number}") for number in range(4)]


async def test_what_is_owed_is_claimed_as_it_was_put(tx: Transaction, salma: Member) -> None:
    await put(tx, salma, NOW, 17)
    [owed] = await outbox.claim(tx, NOW, 10)
    assert owed == OutboxMessage(owed.id, salma.id, "digest", b"a" * 16, 17, NOW, 0)
    assert await states(tx) == ["sending"]


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


@pytest.mark.parametrize("outcome", Settlement)
async def test_what_is_settled_stays_so(tx: Transaction, salma: Member, outcome: Settlement) -> None:
    await put(tx, salma)
    [owed] = await outbox.claim(tx, NOW, 10)
    await outbox.settle(tx, owed, outcome, NOW)
    assert await states(tx) == [outcome]
    for other in Settlement:
        await outbox.settle(tx, owed, other, LATER)
    await outbox.postpone(tx, owed, NOW)
    assert await outbox.claim(tx, LATER, 10) == []
    assert await states(tx) == [outcome]


async def test_only_what_was_claimed_is_settled_or_postponed(tx: Transaction, salma: Member) -> None:
    await put(tx, salma)
    [owed] = await outbox.claim(tx, NOW, 10)
    await outbox.postpone(tx, owed, NOW)
    await outbox.settle(tx, owed, Settlement.SENT, NOW)
    await outbox.postpone(tx, owed, LATER)
    assert await states(tx) == ["pending"]
    assert len(await outbox.claim(tx, NOW, 10)) == 1


async def test_what_is_given_back_comes_again_then_and_what_may_have_gone_out_is_counted(
    tx: Transaction, salma: Member
) -> None:
    await put(tx, salma)
    for number, (give_back, attempts) in enumerate(
        [(outbox.postpone, 0), (outbox.retry, 0), (outbox.postpone, 1), (outbox.retry, 1), (outbox.retry, 2)]
    ):
        due = NOW + number * SECOND
        assert await outbox.claim(tx, due - SECOND, 10) == []
        [owed] = await outbox.claim(tx, due, 10)
        assert (owed.attempts, owed.due_at) == (attempts, due)
        await give_back(tx, owed, due + SECOND)


async def test_somebody_who_is_not_there_any_more_is_owed_nothing(tx: Transaction, salma: Member) -> None:
    await erasure.erase(tx, salma, NOW)
    await put(tx, salma)
    assert await states(tx) == []


async def test_after_a_crash_it_is_known_what_may_have_gone_out(tx: Transaction, crowd: list[Member]) -> None:
    for minutes, member in enumerate(crowd):
        await put(tx, member, NOW + timedelta(minutes=minutes))
    one, two = await outbox.claim(tx, NOW + timedelta(minutes=1), 2)
    await outbox.settle(tx, one, Settlement.SENT, NOW)
    assert await outbox.interrupted(tx) == [two]


async def test_what_is_due_or_under_way_is_waiting(tx: Transaction, salma: Member) -> None:
    for due in (NOW, NOW, LATER):
        await put(tx, salma, due)
    assert await outbox.waiting(tx, NOW - SECOND) == 0
    assert await outbox.waiting(tx, NOW) == 2
    [owed] = await outbox.claim(tx, NOW, 1)
    assert await outbox.waiting(tx, NOW) == 2
    await outbox.settle(tx, owed, Settlement.FAILED, NOW)
    assert (await outbox.waiting(tx, NOW), await outbox.waiting(tx, LATER)) == (1, 2)


async def test_at_the_end_of_a_pause_what_was_put_off_is_due_but_changes_keep_their_time(
    tx: Transaction, salma: Member
) -> None:
    nour = await enter(tx, "Nour")
    await put(tx, salma, NOW - SECOND)
    await put(tx, salma, LATER)
    await put(tx, salma, LATER + SECOND, message_id=17)
    await put(tx, nour, LATER + 2 * SECOND)
    await outbox.bring_forward(tx, salma.id, NOW)
    assert sorted(due for _, _, due in await outbox.of(tx, salma.id)) == [NOW - SECOND, NOW, LATER + SECOND]
    assert [due for _, _, due in await outbox.of(tx, nour.id)] == [LATER + 2 * SECOND]


async def test_for_somebody_who_is_back_changes_are_due_as_well(tx: Transaction, salma: Member) -> None:
    await put(tx, salma, LATER)
    await put(tx, salma, LATER + SECOND, message_id=17)
    await outbox.bring_forward(tx, salma.id, NOW, changes=True)
    assert [due for _, _, due in await outbox.of(tx, salma.id)] == [NOW, NOW]


async def test_a_message_that_changed_otherwise_is_not_changed_again(tx: Transaction, salma: Member) -> None:
    nour = await enter(tx, "Nour")
    for member, message_id in ((salma, 17), (salma, 18), (salma, None), (nour, 17)):
        await put(tx, member, message_id=message_id)
    await outbox.cancel_changes(tx, salma.id, 17)
    left = await claim_all(tx, NOW)
    assert {(owed.member_id, owed.message_id) for owed in left} == {(salma.id, 18), (salma.id, None), (nour.id, 17)}


async def test_what_was_settled_long_ago_is_dropped_unless_it_is_uncertain(tx: Transaction, salma: Member) -> None:
    for number, outcome in enumerate(Settlement):
        await put(tx, salma, NOW + number * SECOND)
        [owed] = await outbox.claim(tx, NOW + number * SECOND, 1)
        await outbox.settle(tx, owed, outcome, NOW)
    await put(tx, salma, LATER)
    await outbox.purge(tx, NOW)
    assert len(await states(tx)) == 5
    await outbox.purge(tx, NOW + SECOND)
    assert await states(tx) == ["uncertain", "pending"]


async def test_the_messages_that_are_still_to_change_are_known(tx: Transaction, salma: Member) -> None:
    nour = await enter(tx, "Nour")
    for member, message_id in ((salma, 17), (salma, 17), (salma, 18), (salma, None), (nour, 19)):
        await put(tx, member, message_id=message_id)
    assert sorted(await outbox.changes(tx, salma.id)) == [17, 18]
    await claim_all(tx, NOW)
    assert await outbox.changes(tx, salma.id) == []


async def test_a_member_sees_what_is_owed_to_her(tx: Transaction, salma: Member) -> None:
    nour = await enter(tx, "Nour")
    await put(tx, salma, LATER)
    await put(tx, salma, NOW)
    await put(tx, nour, NOW)
    assert await outbox.of(tx, salma.id) == [("digest", "pending", NOW), ("digest", "pending", LATER)]


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
