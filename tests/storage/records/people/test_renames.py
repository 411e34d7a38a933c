"""Renamings: kept for thirty days, in which the name stays, and known to readers of earlier posts."""

from datetime import timedelta

from storage.engine.transaction import Transaction
from storage.records import posts, subscriptions, topics
from storage.records.people import members, renames
from storage.records.people.renames import KEPT
from storage.records.subscriptions import FollowMode
from tests.storage.people import NOW, again, enter


async def test_it_is_known_to_whoever_could_read_a_post_under_the_former_name(tx: Transaction) -> None:
    salma, reader, later = await enter(tx, "Salma"), await enter(tx, "Reader"), await enter(tx, "Later")
    topic = await topics.create(tx, "Asylum", "", reader.id, NOW)
    await subscriptions.follow(tx, reader.id, topic.id, FollowMode.DIGEST)
    first = await posts.write(tx, salma, topic.id, "First.", None, NOW)
    await subscriptions.follow(tx, later.id, topic.id, FollowMode.DIGEST)
    await renames.record(tx, salma, NOW)
    await members.set_name(tx, salma, "Huda")
    await posts.write(tx, salma, topic.id, "Later.", None, NOW)

    async def told(person_id: bytes, after: int = 0, until: int = 2) -> list[tuple[str, str]]:
        found = await renames.known_to(tx, person_id, after, until, NOW)
        return [(each.former, each.present) for each in found]

    assert await told(reader.id) == await told(reader.id, 1, 2) == [("Salma", "Huda")]
    assert await told(reader.id, 2, 9) == []
    assert await told(later.id) == []
    assert await told(salma.id) == []
    assert await renames.known_to(tx, reader.id, 0, 2, NOW + KEPT) == []
    await posts.set_hidden(tx, first, NOW)
    assert await told(reader.id) == []


async def test_a_name_stays_for_thirty_days_and_then_the_former_one_is_gone(tx: Transaction) -> None:
    salma = await enter(tx, "Salma")
    assert await renames.next_allowed(tx, salma.id, NOW) is None
    await renames.record(tx, salma, NOW)
    await members.set_name(tx, salma, "Huda")
    assert await renames.next_allowed(tx, salma.id, NOW + KEPT - timedelta(seconds=1)) == NOW + KEPT
    assert await renames.next_allowed(tx, salma.id, NOW + KEPT) is None
    found = await renames.of(tx, salma.id, NOW)
    assert found is not None
    assert "Salma" not in repr(found)
    assert "Huda" not in repr(found)
    await renames.record(tx, await again(tx, salma), NOW + KEPT)
    found = await renames.of(tx, salma.id, NOW + KEPT)
    assert found is not None
    assert found.former == "Huda"
    await renames.purge(tx, NOW + KEPT + KEPT)
    assert await tx.fetchval("SELECT count(*) FROM renames") == 0
