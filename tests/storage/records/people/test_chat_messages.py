"""The messages of a chat are known, under ids that are sealed, until they have left it."""

from datetime import timedelta

import pytest

from storage.crypto.cipher import Unreadable
from storage.engine.transaction import Transaction
from storage.integrity.data_keys import CHAT_MESSAGE_ID
from storage.records import erasure, outbox
from storage.records.people import chat_messages
from storage.records.people.chat_messages import DELETABLE, MARGIN, REMEMBERED, ChatMessage
from storage.records.people.member import Member
from tests.storage.people import NOW, enter

HOUR = timedelta(hours=1)


@pytest.fixture
async def salma(tx: Transaction) -> Member:
    return await enter(tx, "Salma")


async def typed(tx: Transaction, member: Member, number: int, *, of_draft: bool = False) -> None:
    await chat_messages.note(
        tx, member.id, number, by_bot=False, sent_at=NOW, due=NOW + HOUR, of_draft=of_draft, now=NOW
    )


async def shown(tx: Transaction, member: Member, number: int, *, stays: bool = False) -> None:
    due = None if stays else NOW + HOUR
    await chat_messages.note(tx, member.id, number, by_bot=True, sent_at=NOW, due=due, now=NOW)


async def the_only(tx: Transaction, member: Member) -> ChatMessage:
    [message] = await chat_messages.of(tx, member.id)
    return message


async def due(tx: Transaction, member: Member, now: object = NOW) -> list[int]:
    """Telegram's ids of what is to be removed by then."""
    known = await chat_messages.of(tx, member.id)
    return [message.message_id for message in known if message.due_at is not None and message.due_at <= now]  # type: ignore[operator]


async def test_what_was_noted_is_known_and_due_in_time(tx: Transaction, salma: Member) -> None:
    await shown(tx, salma, 18, stays=True)
    await typed(tx, salma, 17)
    first, second = await chat_messages.of(tx, salma.id)
    assert (first.message_id, first.by_bot, first.due_at) == (17, False, NOW + HOUR)
    assert (second.message_id, second.by_bot, second.due_at) == (18, True, None)
    assert await chat_messages.members_due(tx, NOW + HOUR - timedelta(seconds=1), 10) == []
    assert await chat_messages.members_due(tx, NOW + HOUR, 10) == [salma.id]


async def test_neither_the_id_nor_its_hash_stands_there_and_both_need_her_key(tx: Transaction, salma: Member) -> None:
    nour = await enter(tx, "Nour")
    await typed(tx, salma, 17)
    await typed(tx, nour, 17)
    [[one, sealed], [other, _]] = await tx.fetch("SELECT id, message_id_encrypted FROM chat_messages ORDER BY sent_at")
    assert one != other
    assert sealed[1:17] in (salma.key_id, nour.key_id)
    with pytest.raises(Unreadable):
        tx.cipher.decrypt(CHAT_MESSAGE_ID, other, sealed)
    assert await chat_messages.find_id(tx, salma.id, 17) in (one, other)


async def test_what_stands_in_a_message_now_decides_and_when_it_was_sent_stays(tx: Transaction, salma: Member) -> None:
    await shown(tx, salma, 17)
    later = NOW + 2 * HOUR
    await chat_messages.note(tx, salma.id, 17, by_bot=True, sent_at=later, due=later + HOUR, now=later)
    message = await the_only(tx, salma)
    assert (message.sent_at, message.due_at) == (NOW, later + HOUR)


async def test_her_own_message_is_due_before_telegram_no_longer_deletes_it(tx: Transaction, salma: Member) -> None:
    sent = NOW - timedelta(hours=47)  # it waited for a day, and the network closes late
    await chat_messages.note(tx, salma.id, 17, by_bot=False, sent_at=sent, due=NOW + 24 * HOUR, now=NOW)
    message = await the_only(tx, salma)
    assert message.due_at is not None
    assert NOW < message.due_at < sent + DELETABLE - MARGIN
    assert message.deletable(message.due_at)
    assert not message.deletable(sent + DELETABLE)


async def test_what_a_draft_was_made_of_is_due_as_soon_as_it_is_settled(tx: Transaction, salma: Member) -> None:
    await typed(tx, salma, 17, of_draft=True)
    await typed(tx, salma, 18)
    await chat_messages.settle_draft(tx, salma.id, NOW)
    assert await due(tx, salma) == [17]


async def test_all_can_be_made_due_and_what_stays_stays(tx: Transaction, salma: Member) -> None:
    nour = await enter(tx, "Nour")
    for member in (salma, nour):
        await typed(tx, member, 17)
        await shown(tx, member, 18, stays=True)
    await chat_messages.all_due(tx, salma.id, NOW)
    assert (await due(tx, salma), await due(tx, nour)) == ([17], [])


async def test_nothing_is_due_for_somebody_who_cannot_be_reached(tx: Transaction, salma: Member) -> None:
    await typed(tx, salma, 17)
    await tx.execute("UPDATE members SET unreachable_until = 1")
    assert await chat_messages.members_due(tx, NOW + HOUR, 10) == []


async def test_what_became_of_it_is_noted_unless_something_else_was_planned_meanwhile(
    tx: Transaction, salma: Member
) -> None:
    for number in (17, 18, 19, 20):
        await shown(tx, salma, number)
    gone, blank, left, pressed = await chat_messages.of(tx, salma.id)
    then = NOW + HOUR
    await chat_messages.note(tx, salma.id, 20, by_bot=True, sent_at=NOW, due=then + HOUR, now=then)
    await chat_messages.removed(tx, [gone, pressed], then)
    await chat_messages.blanked(tx, [blank, pressed], then)
    await chat_messages.could_not_be_removed(tx, [left, pressed], then)
    known = {each.message_id: (each.due_at, each.left) for each in await chat_messages.of(tx, salma.id)}
    assert known == {18: (None, False), 19: (None, True), 20: (then + HOUR, False)}


async def test_it_is_tried_again_when_it_was_postponed(tx: Transaction, salma: Member) -> None:
    await typed(tx, salma, 17)
    await chat_messages.postponed(tx, await chat_messages.of(tx, salma.id), NOW + HOUR, NOW + 2 * HOUR)
    assert await due(tx, salma, NOW + HOUR) == []
    assert await due(tx, salma, NOW + 2 * HOUR) == [17]


async def test_a_changed_message_is_planned_only_where_nothing_is(tx: Transaction, salma: Member) -> None:
    await shown(tx, salma, 17, stays=True)
    row = await chat_messages.find_id(tx, salma.id, 17)
    assert row is not None
    for hours in (1, 2):
        await chat_messages.plan_unless_planned(tx, row, NOW + hours * HOUR)
    assert (await the_only(tx, salma)).due_at == NOW + HOUR


async def test_what_telegram_no_longer_deletes_is_forgotten_unless_it_is_to_change(
    tx: Transaction, salma: Member
) -> None:
    for number in (17, 18, 19):
        await shown(tx, salma, number, stays=True)
    await outbox.put(tx, salma.id, "digest-close", about=b"d" * 16, message_id=18, due=NOW + HOUR, now=NOW)
    await shown(tx, salma, 20)
    known = {each.message_id: each for each in await chat_messages.of(tx, salma.id)}
    await chat_messages.could_not_be_removed(tx, [known[20]], NOW + HOUR)
    await chat_messages.purge(tx, NOW + DELETABLE)
    assert len(await chat_messages.of(tx, salma.id)) == 4
    await chat_messages.purge(tx, NOW + DELETABLE + HOUR)
    assert [each.message_id for each in await chat_messages.of(tx, salma.id)] == [18, 20]
    await chat_messages.purge(tx, NOW + REMEMBERED + HOUR)
    assert [each.message_id for each in await chat_messages.of(tx, salma.id)] == [18]


async def test_with_a_message_goes_what_was_to_happen_to_it(tx: Transaction, salma: Member) -> None:
    await outbox.put(tx, salma.id, "digest-close", about=b"d" * 16, message_id=17, due=NOW, now=NOW)
    await chat_messages.drop(tx, salma.id, 17)
    assert await outbox.of(tx, salma.id) == []


async def test_before_an_erasure_everything_that_can_be_deleted_is_known_and_after_it_nothing(
    tx: Transaction, salma: Member
) -> None:
    await typed(tx, salma, 17)
    await shown(tx, salma, 18, stays=True)
    old = NOW - DELETABLE
    await chat_messages.note(tx, salma.id, 3, by_bot=True, sent_at=old, due=None, now=NOW)
    assert await chat_messages.deletable(tx, salma.id, NOW) == (17, 18)
    await erasure.erase(tx, salma, NOW)
    assert await tx.fetchval("SELECT count(*) FROM chat_messages") == 0
    assert await chat_messages.note(tx, salma.id, 19, by_bot=True, sent_at=NOW, due=NOW, now=NOW) is None


async def test_a_message_whose_id_does_not_open_is_passed_over(tx: Transaction, salma: Member) -> None:
    await typed(tx, salma, 17)
    row = await chat_messages.find_id(tx, salma.id, 17)
    assert row is not None
    assert await chat_messages.open_id(tx, row) == 17
    await tx.execute("UPDATE chat_messages SET message_id_encrypted = randomblob(100)")
    assert await chat_messages.open_id(tx, row) is None
    assert await chat_messages.of(tx, salma.id) == []
