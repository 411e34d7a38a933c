"""Removals: one open request about a person, for seven days; and what is left until the person was told."""

from datetime import timedelta

from storage.engine.transaction import Transaction
from storage.integrity import field_search
from storage.records import posts, topics
from storage.records.people import members, removals
from storage.records.people.member import MemberState, Role
from storage.records.people.removals import OPEN_FOR, RemovalReason
from tests.storage.people import NOW, enter


async def test_there_is_one_open_request_about_a_person_until_it_ends(tx: Transaction) -> None:
    nour, salma = await enter(tx, "Nour", role=Role.COORDINATOR), await enter(tx, "Salma")
    request = await removals.ask(tx, salma, nour, RemovalReason.LEFT, NOW)
    assert request is not None
    assert await removals.ask(tx, salma, nour, RemovalReason.CONDUCT, NOW) is None
    found = await removals.get(tx, request, NOW)
    assert found == removals.RemovalRequest(request, salma.id, nour.id, RemovalReason.LEFT, NOW)
    assert [found] == await removals.waiting(tx, NOW) == await removals.asked_by(tx, nour.id)
    assert await removals.about(tx, salma.id, NOW + OPEN_FOR - timedelta(seconds=1)) == found
    for gone in (await removals.about(tx, salma.id, NOW + OPEN_FOR), await removals.get(tx, request, NOW + OPEN_FOR)):
        assert gone is None
    assert await removals.waiting(tx, NOW + OPEN_FOR) == []
    again = await removals.ask(tx, salma, nour, RemovalReason.CONDUCT, NOW + OPEN_FOR)
    assert again not in (None, request)
    assert await removals.withdraw(tx, again or b"")
    assert not await removals.withdraw(tx, again or b"")


async def test_of_a_removed_person_only_the_address_is_left_and_a_receipt(tx: Transaction) -> None:
    nour, salma = await enter(tx, "Nour"), await enter(tx, "Salma", role=Role.MEMBER)
    topic = await topics.create(tx, "Asylum", "", nour.id, NOW)
    await posts.write(tx, salma, topic.id, "What she wrote.", None, NOW)
    told = await removals.remove(tx, salma, NOW)
    assert await members.get(tx, salma.id) is None
    left = await members.find(tx, salma.telegram_id)
    assert left is not None
    assert left.id == told != salma.id
    assert left.key_id != salma.key_id
    assert (left.name, left.application.reason, left.host_id) == (None, None, None)
    assert (left.state, left.language, left.zone) == (MemberState.DECLINED, salma.language, salma.zone)
    for words in ("Salma", "What she wrote."):
        assert await field_search.places_of(tx, words) == []
    receipt = await removals.receipt_of(tx, told)
    assert receipt is not None
    assert (receipt.posts, receipt.at) == (1, NOW)
    assert await removals.receipt_of(tx, nour.id) is None
