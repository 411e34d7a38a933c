"""Who approves, and that it happens once."""

from storage.engine.transaction import Transaction
from storage.records.announcements import announcement_draft, approvals
from storage.records.announcements.audiences import EVERYBODY
from storage.records.people.member import Member
from tests.storage.people import NOW
from tests.storage.records.announcements.steps import DUE, now, written


async def test_nobody_approves_their_own_and_of_two_only_the_first_does(
    tx: Transaction, nour: Member, awa: Member
) -> None:
    made = await written(tx, nour)
    seen = (await now(tx, made)).fingerprint
    assert not await approvals.approve(tx, made, awa.id, seen, DUE)  # not asked for
    assert await approvals.ask(tx, nour, made, seen, NOW)
    assert not await approvals.approve(tx, made, nour.id, seen, DUE)
    assert await approvals.approve(tx, made, awa.id, seen, DUE)
    assert not await approvals.approve(tx, made, awa.id, seen, DUE)
    assert not await approvals.send_back(tx, made, awa.id, seen)


async def test_one_without_words_is_not_asked_for(tx: Transaction, nour: Member) -> None:
    made = await announcement_draft.create(tx, nour.id, EVERYBODY, NOW)
    assert not await approvals.ask(tx, nour, made, (await now(tx, made)).fingerprint, NOW)
