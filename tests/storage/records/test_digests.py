"""Digests: one a member and window."""

from datetime import timedelta

from storage.engine.transaction import Transaction
from storage.records import digests, outbox
from storage.records.digests import Digest
from storage.records.people import digest_schedule
from tests.storage.people import NOW, enter


async def test_a_member_has_one_digest_that_ends_at_a_post(tx: Transaction) -> None:
    salma, nour = await enter(tx, "Salma"), await enter(tx, "Nour")
    first = await digests.add(tx, salma.id, 0, 5, NOW)
    assert first is not None
    assert first == Digest(first.id, salma.id, 0, 5, NOW)
    assert await digests.add(tx, salma.id, 0, 5, NOW + timedelta(hours=1)) is None
    assert await digests.add(tx, salma.id, 3, 5, NOW) is None
    assert await digests.of(tx, salma.id) == [first]
    assert await digests.add(tx, nour.id, 0, 5, NOW) is not None
    second = await digests.add(tx, salma.id, 5, 9, NOW)
    assert await digests.of(tx, salma.id) == [first, second]
    assert await digests.last(tx, salma.id) == second
    assert await digests.last(tx, bytes(16)) is None


async def test_a_digest_is_opened_by_its_own_reader_alone(tx: Transaction) -> None:
    salma, nour = await enter(tx, "Salma"), await enter(tx, "Nour")
    hers = await digests.add(tx, salma.id, 0, 5, NOW)
    assert hers is not None
    assert await digests.get(tx, hers.id, salma.id) == hers
    assert await digests.get(tx, hers.id, nour.id) is None
    assert await digests.get(tx, bytes(16), salma.id) is None


async def test_everybody_who_is_to_be_told_has_one_digest_and_is_owed_one_knock(tx: Transaction) -> None:
    salma, nour, rania = [await enter(tx, name) for name in ("Salma", "Nour", "Rania")]
    await digest_schedule.set_opened(tx, nour, 3)
    opened = await digests.add(tx, rania.id, 0, 5, NOW)  # by herself, a moment before
    found = await digest_schedule.unplanned(tx, 10)
    for _ in range(2):
        await digests.announce(tx, found, 5, NOW)
    [hers] = await digests.of(tx, salma.id)
    assert hers == Digest(hers.id, salma.id, 0, 5, NOW)
    [theirs] = await digests.of(tx, nour.id)
    assert (theirs.after, theirs.until) == (3, 5)
    assert await digests.of(tx, rania.id) == [opened]
    owed = await outbox.claim(tx, NOW, 10)
    assert {(each.member_id, each.kind, each.about) for each in owed} == {
        (salma.id, "digest", hers.id),
        (nour.id, "digest", theirs.id),
    }
    assert [len(await outbox.of(tx, each.id)) for each in (salma, nour, rania)] == [1, 1, 0]
