"""Messages that may have arrived: one decision each."""

import pytest

from storage.engine.transaction import Transaction
from storage.records import outbox, uncertain_messages
from storage.records.outbox import Settlement
from storage.records.people.member import Member
from tests.storage.people import NOW, enter
from tests.storage.records.outbox_steps import LATER, SECOND, put


@pytest.fixture
async def crowd(tx: Transaction) -> list[Member]:
    return [await enter(tx, f"Member {number}") for number in range(4)]


async def test_what_is_uncertain_is_sent_again_or_dropped_by_one_decision(tx: Transaction, crowd: list[Member]) -> None:
    for seconds, member in enumerate(crowd):
        await put(tx, member, NOW + seconds * SECOND)
    for owed in await outbox.claim(tx, LATER, 3):
        await outbox.settle(tx, owed, Settlement.UNCERTAIN, NOW + (owed.due_at - NOW))
    assert await uncertain_messages.counts(tx) == {"uncertain": 3, "pending": 1}
    first, second, third = await uncertain_messages.oldest(tx, 10)
    assert [item.settled_at - NOW for item in (first, second, third)] == [0 * SECOND, SECOND, 2 * SECOND]
    assert [item.id for item in await uncertain_messages.oldest(tx, 1)] == [first.id]
    assert await uncertain_messages.find(tx, first.id) == first
    assert await uncertain_messages.send_again(tx, first.id, NOW)
    assert await uncertain_messages.drop(tx, second.id, LATER)
    for decided in (first, second):
        assert await uncertain_messages.find(tx, decided.id) is None
        assert not await uncertain_messages.send_again(tx, decided.id, NOW)
        assert not await uncertain_messages.drop(tx, decided.id, NOW)
    assert await uncertain_messages.counts(tx) == {"uncertain": 1, "pending": 2, "cancelled": 1}
    [again] = await outbox.claim(tx, NOW, 10)
    assert (again.id, again.attempts, again.due_at) == (first.id, 1, NOW)
    await outbox.purge(tx, LATER + SECOND)
    assert await uncertain_messages.oldest(tx, 10) == [third]


async def test_what_was_refused_is_listed_too_unless_it_was_a_change_of_a_message(
    tx: Transaction, crowd: list[Member]
) -> None:
    await put(tx, crowd[0], NOW)
    await outbox.put(tx, crowd[1].id, "close", message_id=5, due=NOW, now=NOW)
    for owed in await outbox.claim(tx, LATER, 3):
        await outbox.settle(tx, owed, Settlement.FAILED, NOW)
    [refused] = await uncertain_messages.oldest(tx, 10)
    assert (refused.member_id, refused.refused) == (crowd[0].id, True)
    assert await uncertain_messages.send_again(tx, refused.id, NOW)
    assert await uncertain_messages.oldest(tx, 10) == []
    assert [again.id for again in await outbox.claim(tx, NOW, 10)] == [refused.id]
