"""Announcements looked up: by author, by state, and those that are under way or began lately."""

from datetime import timedelta

from storage.engine.transaction import Transaction
from storage.records.announcements import announcement_fanout, announcements, approvals
from storage.records.announcements.announcements import AnnouncementState
from storage.records.people.member import Member
from tests.storage.people import NOW
from tests.storage.records.announcements.steps import DUE, approved, now, written


async def test_an_author_has_her_own_and_nobody_elses(tx: Transaction, nour: Member, awa: Member) -> None:
    first, second, other = await written(tx, nour), await written(tx, nour), await written(tx, awa)
    assert {each.id for each in await announcements.by(tx, nour.id)} == {first, second}
    assert [each.id for each in await announcements.by(tx, awa.id)] == [other]
    assert await announcements.get(tx, bytes(16)) is None


async def test_those_of_some_states_come_in_the_order_in_which_they_are_due(
    tx: Transaction, nour: Member, awa: Member
) -> None:
    later, sooner, draft = await approved(tx, nour, awa), await written(tx, nour), await written(tx, nour)
    assert await approvals.ask(tx, nour, sooner, (await now(tx, sooner)).fingerprint, NOW)
    seen = (await now(tx, sooner)).fingerprint
    assert await approvals.approve(tx, sooner, awa.id, seen, DUE - timedelta(minutes=1))
    found = await announcements.in_state(tx, AnnouncementState.APPROVED)
    assert [each.id for each in found] == [sooner, later]
    both = await announcements.in_state(tx, AnnouncementState.APPROVED, AnnouncementState.DRAFT)
    assert {each.id for each in both} == {later, sooner, draft}


async def test_one_that_was_sent_is_recent_for_a_while(tx: Transaction, nour: Member, awa: Member) -> None:
    made = await approved(tx, nour, awa)
    assert await announcement_fanout.begin(tx, made, DUE)
    await announcement_fanout.advance(tx, made, [], last=True)
    await announcement_fanout.finish(tx, DUE)
    assert (await now(tx, made)).state is AnnouncementState.SENT
    assert [each.id for each in await announcements.recent(tx, DUE)] == [made]
    assert await announcements.recent(tx, DUE + timedelta(seconds=1)) == []
