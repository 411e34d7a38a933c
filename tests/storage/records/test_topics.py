"""Topics: opened, closed, and opened again."""

from datetime import timedelta

from storage.engine.transaction import Transaction
from storage.records import topics
from storage.records.topics import Topic
from tests.storage.people import NOW

NOUR = b"N" * 16


async def test_a_topic_is_found_by_its_id_as_it_was_opened(tx: Transaction) -> None:
    made = await topics.create(tx, "Detention", "What helps.", NOUR, NOW)
    assert made == Topic(made.id, "Detention", "What helps.", NOW, None)
    assert await topics.get(tx, made.id) == made
    assert await topics.get(tx, bytes(16)) is None


async def test_open_topics_come_first_then_titles_in_order(tx: Transaction) -> None:
    for title in ("Borders", "Asylum", "Detention", "Courts"):
        topic = await topics.create(tx, title, "", NOUR, NOW)
        if title in ("Asylum", "Detention"):
            await topics.set_closed(tx, topic.id, NOW)
    assert [topic.title for topic in await topics.everything(tx)] == ["Borders", "Courts", "Asylum", "Detention"]


async def test_a_topic_closes_once_and_opens_again_once(tx: Transaction) -> None:
    made = await topics.create(tx, "Detention", "", NOUR, NOW)
    assert not await topics.set_closed(tx, made.id, None)
    assert await topics.set_closed(tx, made.id, NOW)
    assert not await topics.set_closed(tx, made.id, NOW + timedelta(days=1))
    closed = await topics.get(tx, made.id)
    assert closed is not None
    assert closed.closed_at == NOW
    assert await topics.set_closed(tx, made.id, None)
    assert await topics.get(tx, made.id) == made
    assert not await topics.set_closed(tx, bytes(16), NOW)


async def test_a_title_is_taken_whatever_the_case_of_its_letters_until_its_topic_closes(tx: Transaction) -> None:
    made = await topics.create(tx, "Détention", "", NOUR, NOW)
    assert await topics.titled(tx, "DÉTENTION") == made
    assert await topics.titled(tx, "Detention") is None
    await topics.set_closed(tx, made.id, NOW)
    assert await topics.titled(tx, "Détention") is None
