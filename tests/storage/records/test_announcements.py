"""Announcements: changed until they begin, approved as they were shown, put into the outbox once for each person."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from storage.engine.store import Store
from storage.engine.transaction import Transaction
from storage.integrity import field_search
from storage.records import erasure, outbox, subscriptions, topics
from storage.records.announcements import announcement_fanout, announcements, approvals, audiences
from storage.records.announcements.announcements import Announcement, AnnouncementState
from storage.records.announcements.audiences import EVERYBODY, Audience, AudienceKind
from storage.records.people import preferences
from storage.records.people.member import Member, Role
from storage.records.subscriptions import FollowMode
from tests.storage.people import HOSTS, NOW, enter

DUE = NOW + timedelta(minutes=10)


@pytest.fixture
async def nour(tx: Transaction) -> Member:
    return await enter(tx, "Nour", role=Role.COORDINATOR)


@pytest.fixture
async def awa(tx: Transaction, nour: Member) -> Member:
    return await enter(tx, "Awa", role=Role.COORDINATOR, host=HOSTS[1])


async def written(tx: Transaction, author: Member, audience: Audience = EVERYBODY) -> bytes:
    made = await announcements.create(tx, author.id, audience, NOW)
    assert await announcements.write(tx, author, made, "en", "The hall is booked.", NOW)
    return made


async def now(tx: Transaction, announcement_id: bytes) -> Announcement:
    found = await announcements.get(tx, announcement_id)
    assert found is not None
    return found


async def approved(tx: Transaction, author: Member, by: Member, audience: Audience = EVERYBODY) -> bytes:
    made = await written(tx, author, audience)
    seen = (await now(tx, made)).fingerprint
    assert await approvals.ask(tx, author, made, seen, NOW)
    assert await approvals.approve(tx, made, by.id, seen, DUE)
    return made


async def test_the_words_come_back_in_the_order_in_which_they_were_written(tx: Transaction, nour: Member) -> None:
    made = await written(tx, nour)
    await announcements.write(tx, nour, made, "fr", "La salle est réservée.", NOW)
    await announcements.write(tx, nour, made, "ar", "تم حجز القاعة.", NOW)
    await announcements.remove(tx, nour, made, "fr", NOW)
    await announcements.write(tx, nour, made, "fr", "La salle est à nous.", NOW)
    await announcements.write(tx, nour, made, "en", "The hall is ours.", NOW)
    await announcements.remove(tx, nour, made, "en", NOW)  # the first words stay
    assert [(version.language, version.body) for version in await announcements.words(tx, made)] == [
        ("en", "The hall is ours."),
        ("ar", "تم حجز القاعة."),
        ("fr", "La salle est à nous."),
    ]


async def test_the_words_stand_sealed_and_nowhere_else(tx: Transaction, nour: Member) -> None:
    await written(tx, nour)
    assert await field_search.places_of(tx, "The hall is booked.") == ["announcement_words.body_encrypted"]


Change = Callable[[Transaction, Member, bytes], Awaitable[bool]]
CHANGES: dict[str, Change] = {
    "the words": lambda tx, author, made: announcements.write(tx, author, made, "en", "Other words.", NOW),
    "the same words": lambda tx, author, made: announcements.write(tx, author, made, "en", "The hall is booked.", NOW),
    "another language": lambda tx, author, made: announcements.write(tx, author, made, "fr", "Bonjour.", NOW),
    "one language less": lambda tx, author, made: announcements.remove(tx, author, made, "ar", NOW),
    "for whom": lambda tx, author, made: announcements.set_audience(
        tx, author, made, Audience(AudienceKind.REGION, name="Asia"), NOW
    ),
    "urgent": lambda tx, author, made: announcements.set_urgent(tx, author, made, True, NOW),
}


@pytest.mark.parametrize("change", CHANGES)
async def test_any_change_voids_what_was_asked_and_approved(
    tx: Transaction, nour: Member, awa: Member, change: str
) -> None:
    made = await written(tx, nour)
    await announcements.write(tx, nour, made, "ar", "تم حجز القاعة.", NOW)
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
    assert not await announcements.throw_away(tx, nour, made)
    assert await now(tx, made) == begun


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
    made = await announcements.create(tx, nour.id, EVERYBODY, NOW)
    assert not await approvals.ask(tx, nour, made, (await now(tx, made)).fingerprint, NOW)


async def test_what_was_changed_behind_the_programs_back_does_not_go_out(
    tx: Transaction, nour: Member, awa: Member
) -> None:
    made = await approved(tx, nour, awa)
    await tx.execute("UPDATE announcements SET audience = 'region', audience_name = 'Asia' WHERE id = ?", made)
    assert not await announcement_fanout.begin(tx, made, DUE)


async def test_it_is_due_after_the_time_to_think_and_not_before(tx: Transaction, nour: Member, awa: Member) -> None:
    made = await approved(tx, nour, awa)
    assert await announcement_fanout.next_due(tx, DUE - timedelta(seconds=1)) is None
    due = await announcement_fanout.next_due(tx, DUE)
    assert due is not None
    assert due.id == made


async def test_a_halt_stops_it_before_and_after_it_began_and_it_goes_on_where_it_was(
    tx: Transaction, nour: Member, awa: Member
) -> None:
    made = await approved(tx, nour, awa)
    assert await announcement_fanout.halt(tx, made, awa.id, NOW)
    assert not await announcement_fanout.halt(tx, made, nour.id, NOW)
    assert await announcement_fanout.next_due(tx, DUE) is None
    assert await announcement_fanout.resume(tx, made, NOW)
    assert (await now(tx, made)).state is AnnouncementState.APPROVED
    assert await announcement_fanout.begin(tx, made, DUE)
    assert await announcement_fanout.halt(tx, made, awa.id, NOW)
    assert await announcement_fanout.unfinished(tx) is None
    assert (await now(tx, made)).halted_by == awa.id
    assert await announcement_fanout.resume(tx, made, NOW)
    assert not await announcement_fanout.resume(tx, made, NOW)
    going = await announcement_fanout.unfinished(tx)
    assert going is not None
    assert going.id == made


async def states(tx: Transaction, announcement_id: bytes) -> list[str]:
    rows = await tx.fetch("SELECT state FROM outbox WHERE about = ? ORDER BY 1", announcement_id)
    return [row[0] for row in rows]


async def test_a_halt_takes_back_what_waits_and_leaves_what_is_on_its_way(
    tx: Transaction, nour: Member, awa: Member
) -> None:
    made = await approved(tx, nour, awa)
    await announcement_fanout.begin(tx, made, DUE)
    readers = [(await enter(tx, f"Reader {number}")).id for number in range(5)]
    await announcement_fanout.put(tx, made, readers, NOW)
    first, second = await outbox.claim(tx, NOW, 2)
    await outbox.settle(tx, first, outbox.Settlement.SENT, NOW)
    assert await announcement_fanout.halt(tx, made, awa.id, NOW)
    tally = await announcement_fanout.tally(tx, made, NOW)
    assert (tally.sent, tally.sending, tally.cancelled, tally.due, tally.later) == (1, 1, 3, 0, 0)
    await outbox.settle(tx, second, outbox.Settlement.UNCERTAIN, NOW)
    assert await announcement_fanout.resume(tx, made, NOW)
    tally = await announcement_fanout.tally(tx, made, NOW)
    assert (tally.sent, tally.uncertain, tally.due, tally.open) == (1, 1, 3, 3)


async def test_nobody_is_owed_it_twice(tx: Transaction, nour: Member, awa: Member) -> None:
    made, other = await approved(tx, nour, awa), await approved(tx, nour, awa)
    readers = [(await enter(tx, f"Reader {number}")).id for number in range(3)]
    for _ in range(2):
        await announcement_fanout.put(tx, made, readers, NOW)
    await announcement_fanout.put(tx, other, readers, NOW)
    assert await states(tx, made) == ["pending"] * 3
    assert await states(tx, other) == ["pending"] * 3


async def test_what_waits_for_later_is_told_from_what_is_due(tx: Transaction, nour: Member, awa: Member) -> None:
    made = await approved(tx, nour, awa)
    await announcement_fanout.put(tx, made, [nour.id, awa.id], NOW)
    [owed, _] = await outbox.claim(tx, NOW, 2)
    await outbox.postpone(tx, owed, NOW + timedelta(hours=9))
    tally = await announcement_fanout.tally(tx, made, NOW)
    assert (tally.later, tally.next_due, tally.sending) == (1, NOW + timedelta(hours=9), 1)


async def test_it_is_sent_once_nothing_of_it_is_owed(tx: Transaction, nour: Member, awa: Member) -> None:
    made = await approved(tx, nour, awa)
    await announcement_fanout.begin(tx, made, DUE)
    await announcement_fanout.put(tx, made, [awa.id], NOW)
    await announcement_fanout.finish(tx, NOW)
    assert (await now(tx, made)).state is AnnouncementState.SENDING
    await announcement_fanout.advance(tx, made, [awa.id], last=True)
    await announcement_fanout.finish(tx, NOW)
    assert (await now(tx, made)).state is AnnouncementState.SENDING
    [owed] = await outbox.claim(tx, NOW, 1)
    await outbox.settle(tx, owed, outbox.Settlement.SENT, NOW)
    await announcement_fanout.finish(tx, NOW)
    assert (await now(tx, made)).state is AnnouncementState.SENT


async def test_each_audience_holds_those_it_names_and_batches_leave_nobody_out(
    tx: Transaction, nour: Member, awa: Member
) -> None:
    topic = await topics.create(tx, "Detention", "", nour.id, NOW)
    people = {name: await enter(tx, name, host=HOSTS[number % 2]) for number, name in enumerate("abcdef")}
    await preferences.set_language(tx, people["a"], "fr")
    await preferences.set_zone(tx, people["b"], "America/Argentina/Ushuaia")
    await subscriptions.follow(tx, people["c"].id, topic.id, FollowMode.DIGEST)
    await subscriptions.follow(tx, people["d"].id, topic.id, FollowMode.MUTED)
    await preferences.set_paused(tx, people["e"], True)
    await tx.execute("UPDATE members SET state = 'suspended' WHERE id = ?", people["f"].id)
    names = {person.id: person.name for person in [nour, awa, *people.values()]}
    host = people["b"].host_id
    expected = {
        EVERYBODY: {"Awa", "a", "b", "c", "d", "e"},
        Audience(AudienceKind.HOST, host): {"Awa", "b", "d"},
        Audience(AudienceKind.TOPIC, topic.id): {"c"},
        Audience(AudienceKind.LANGUAGE, name="fr"): {"a"},
        Audience(AudienceKind.REGION, name="America"): {"b"},
        Audience(AudienceKind.REGION, name="Amer"): set(),
    }
    for audience, wanted in expected.items():
        found: list[bytes] = []
        while batch := await audiences.batch(tx, audience, nour.id, found[-1] if found else b"", 2):
            assert await audiences.count(tx, audience, nour.id, found[-1] if found else b"") == len(wanted) - len(found)
            found += batch
        assert len(found) == len(set(found))
        assert {names[member_id] for member_id in found} == wanted
        holding = {name for id, name in names.items() if await audiences.holds(tx, audience, nour.id, id)}
        assert holding == wanted
        assert sum(clock.members for clock in await audiences.clocks(tx, audience, nour.id)) == len(wanted)


async def test_unfinished_ones_are_dropped_in_time_and_approved_ones_are_not(
    tx: Transaction, nour: Member, awa: Member
) -> None:
    kept, dropped = await approved(tx, nour, awa), await written(tx, nour)
    await announcements.drop_drafts(tx, NOW)
    assert await announcements.get(tx, dropped) is not None
    await announcements.drop_drafts(tx, NOW + timedelta(days=30))
    assert await announcements.get(tx, dropped) is None
    assert await announcements.get(tx, kept) is not None


async def test_erasing_its_author_leaves_nothing_of_it_and_closes_what_is_open(store: Store) -> None:
    async with store.transaction() as tx:
        nour = await enter(tx, "Nour", role=Role.COORDINATOR)
        awa = await enter(tx, "Awa", role=Role.COORDINATOR, host=HOSTS[1])
        hers, other = await approved(tx, nour, awa), await approved(tx, awa, nour)
        for made in (hers, other):
            await announcement_fanout.put(tx, made, [awa.id], NOW)
            await outbox.put(
                tx, awa.id, "announcement-close", about=made, message_id=7, due=NOW + timedelta(hours=1), now=NOW
            )
    async with store.transaction() as tx:
        receipt = await erasure.erase(tx, nour, NOW)
    assert receipt.announcements == 1
    async with store.transaction() as tx:
        assert await tx.fetch("SELECT kind, due_at - ? FROM outbox WHERE about = ?", int(NOW.timestamp()), hers) == [
            ("announcement-close", 0)
        ]
        assert len(await tx.fetch("SELECT 1 FROM outbox WHERE about = ?", other)) == 2
        assert await announcements.get(tx, hers) is None
        remaining = await now(tx, other)
        assert (remaining.state, remaining.decided_by) == (AnnouncementState.APPROVED, None)
        assert await tx.fetchval("SELECT count(*) FROM announcement_words") == 1
