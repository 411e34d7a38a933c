"""An announcement in the making: every change makes it another one."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from storage.engine.transaction import Transaction
from storage.integrity import field_search
from storage.records.announcements import announcement_draft, announcement_fanout, announcements, approvals
from storage.records.announcements.announcements import AnnouncementState
from storage.records.announcements.audiences import Audience, AudienceKind
from storage.records.people.member import Member
from tests.storage.people import NOW
from tests.storage.records.announcements.steps import DUE, approved, now, written

Change = Callable[[Transaction, Member, bytes], Awaitable[bool]]
CHANGES: dict[str, Change] = {
    "the words": lambda tx, author, made: announcement_draft.write(tx, author, made, "en", "Other words.", NOW),
    "the same words": lambda tx, author, made: announcement_draft.write(
        tx, author, made, "en", "The hall is booked.", NOW
    ),
    "another language": lambda tx, author, made: announcement_draft.write(tx, author, made, "fr", "Bonjour.", NOW),
    "one language less": lambda tx, author, made: announcement_draft.remove(tx, author, made, "ar", NOW),
    "for whom": lambda tx, author, made: announcement_draft.set_audience(
        tx, author, made, Audience(AudienceKind.REGION, name="Asia"), NOW
    ),
    "urgent": lambda tx, author, made: announcement_draft.set_urgent(tx, author, made, True, NOW),
}


async def test_the_words_come_back_in_the_order_in_which_they_were_written(tx: Transaction, nour: Member) -> None:
    made = await written(tx, nour)
    await announcement_draft.write(tx, nour, made, "fr", "La salle est réservée.", NOW)
    await announcement_draft.write(tx, nour, made, "ar", "تم حجز القاعة.", NOW)
    await announcement_draft.remove(tx, nour, made, "fr", NOW)
    await announcement_draft.write(tx, nour, made, "fr", "La salle est à nous.", NOW)
    await announcement_draft.write(tx, nour, made, "en", "The hall is ours.", NOW)
    await announcement_draft.remove(tx, nour, made, "en", NOW)  # the first words stay
    assert [(version.language, version.body) for version in await announcements.versions(tx, made)] == [
        ("en", "The hall is ours."),
        ("ar", "تم حجز القاعة."),
        ("fr", "La salle est à nous."),
    ]


async def test_the_words_stand_sealed_and_nowhere_else(tx: Transaction, nour: Member) -> None:
    await written(tx, nour)
    assert await field_search.places_of(tx, "The hall is booked.") == ["announcement_words.body_encrypted"]


@pytest.mark.parametrize("change", CHANGES)
async def test_any_change_voids_what_was_asked_and_approved(
    tx: Transaction, nour: Member, awa: Member, change: str
) -> None:
    made = await written(tx, nour)
    await announcement_draft.write(tx, nour, made, "ar", "تم حجز القاعة.", NOW)
    seen = (await now(tx, made)).fingerprint
    assert await approvals.ask(tx, nour, made, seen, NOW)
    assert await approvals.approve(tx, made, awa.id, seen, DUE)
    assert await CHANGES[change](tx, nour, made)
    after = await now(tx, made)
    assert (after.state, after.decided_by, after.due_at) == (AnnouncementState.DRAFT, None, None)
    assert after.fingerprint != seen
    assert await announcement_fanout.next_due(tx, DUE) is None
    assert not await approvals.ask(tx, nour, made, seen, NOW)
    assert await approvals.ask(tx, nour, made, after.fingerprint, NOW)
    assert not await approvals.approve(tx, made, awa.id, seen, DUE)
    assert not await approvals.send_back(tx, made, awa.id, seen)
    assert await approvals.approve(tx, made, awa.id, after.fingerprint, DUE)


@pytest.mark.parametrize("change", CHANGES)
async def test_nobody_else_changes_it_and_nobody_once_it_goes_out(
    tx: Transaction, nour: Member, awa: Member, change: str
) -> None:
    made = await approved(tx, nour, awa)
    before = await now(tx, made)
    assert not await CHANGES[change](tx, awa, made)
    assert await now(tx, made) == before
    assert await announcement_fanout.begin(tx, made, DUE)
    begun = await now(tx, made)
    assert not await CHANGES[change](tx, nour, made)
    assert not await announcement_draft.throw_away(tx, nour, made)
    assert await now(tx, made) == begun


async def test_unfinished_ones_are_dropped_in_time_and_approved_ones_are_not(
    tx: Transaction, nour: Member, awa: Member
) -> None:
    kept, dropped = await approved(tx, nour, awa), await written(tx, nour)
    await announcement_draft.drop_drafts(tx, NOW)
    assert await announcements.get(tx, dropped) is not None
    await announcement_draft.drop_drafts(tx, NOW + timedelta(days=30))
    assert await announcements.get(tx, dropped) is None
    assert await announcements.get(tx, kept) is not None
