"""The scan finds whatever the keys can open, so that finding nothing means something."""

import pytest

from storage.engine.store import Store
from storage.integrity import field_search
from storage.records import drafts, hosts, inbox, posts, topics
from storage.records.people import member
from tests.storage.people import NOW, enter, telegram_id

EVERYWHERE = [
    "drafts.body_encrypted",
    "drafts.photo_encrypted",
    "hosts.name_encrypted",
    "inbox.payload_encrypted",
    "members.name_encrypted",
    "members.reason_encrypted",
    "network.name",
    "posts.body_encrypted",
    "posts.photo_encrypted",
    "topics.purpose",
    "topics.title",
]


async def written_everywhere(store: Store, word: str) -> member.Member:
    async with store.transaction() as tx:
        salma = await enter(tx, word)
        topic = await topics.create(tx, f"About {word}", f"For {word}.", salma.id, NOW)
        await posts.write(tx, salma, topic.id, f"I am {word}", f"photo of {word}", NOW)
        await drafts.put(tx, salma, "post", body=f"again {word}", photo=f"photo of {word}", now=NOW)
        await inbox.add(tx, 1, telegram_id(word), {"text": f"I am {word}"}, NOW)
        await hosts.add(tx, f"The house of {word}", NOW)
        await tx.execute("UPDATE network SET name = ?", f"The circle of {word}")
    return salma


async def found(store: Store, words: str) -> list[str]:
    async with store.transaction() as tx:
        return sorted(await field_search.places_of(tx, words))


@pytest.mark.parametrize("words", ["marzipan", "MARZIPAN", "rzipa"])
async def test_a_word_is_found_in_every_column_that_holds_it(store: Store, words: str) -> None:
    await written_everywhere(store, "Marzipan")
    assert await found(store, words) == EVERYWHERE
    assert await found(store, "marzipan and more") == []


async def test_a_telegram_id_is_found_where_it_is_kept(store: Store) -> None:
    await written_everywhere(store, "Marzipan")
    assert await found(store, str(telegram_id("Marzipan"))) == ["members.telegram_id_encrypted"]


async def test_words_whose_key_is_gone_are_not_found(store: Store) -> None:
    salma = await written_everywhere(store, "Marzipan")
    store.keyring.forget(salma.key_id)
    assert await found(store, "marzipan") == ["hosts.name_encrypted", "network.name", "topics.purpose", "topics.title"]
