"""The outbox: each message is taken by one, ends once, and is not forgotten in between."""

from datetime import timedelta

import pytest

from storage.engine.transaction import Transaction
from storage.records import erasure, outbox
from storage.records.outbox import OutboxMessage, Settlement
from storage.records.people import chat_messages
from storage.records.people.member import Member
from tests.storage.people import NOW, enter
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
    changed = await chat_messages.find_id(tx, salma.id, 17)
    assert owed == OutboxMessage(owed.id, salma.id, "digest", b"a" * 16, changed, NOW, 0, message_id=17)
    assert await states(tx) == ["sending"]


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


async def test_a_member_sees_what_is_owed_to_her(tx: Transaction, salma: Member) -> None:
    nour = await enter(tx, "Nour")
    await put(tx, salma, LATER)
    await put(tx, salma, NOW)
    await put(tx, nour, NOW)
    assert await outbox.of(tx, salma.id) == [("digest", "pending", NOW), ("digest", "pending", LATER)]
