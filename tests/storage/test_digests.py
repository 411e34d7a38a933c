"""Digests: one a member and window."""

from datetime import timedelta

from storage import digests
from storage.digests import Digest
from storage.store import Transaction
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
