"""An announcement goes out as it was approved, once to each person, and stops when it is halted."""

from datetime import timedelta

from storage.engine.store import Store
from storage.engine.transaction import Transaction
from storage.records import erasure, outbox
from storage.records.announcements import announcement_fanout, announcements
from storage.records.announcements.announcements import AnnouncementState
from storage.records.people.member import Member, Role
from tests.storage.people import HOSTS, NOW, enter
from tests.storage.records.announcements.steps import DUE, approved, now, states


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
