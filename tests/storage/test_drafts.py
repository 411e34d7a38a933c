"""Drafts: one a member, in place of the one before."""

from datetime import timedelta

from storage import drafts
from storage.drafts import Draft
from storage.store import Transaction
from tests.storage.people import NOW, enter

LATER = NOW + timedelta(minutes=5)


async def test_a_draft_takes_the_place_of_the_one_before(tx: Transaction) -> None:
    salma, nour = await enter(tx, "Salma"), await enter(tx, "Nour")
    assert await drafts.get(tx, salma) is None
    await drafts.put(tx, salma, "post", about=b"t" * 16, body="half a sentence", photo="photo-id", now=NOW)
    await drafts.put(tx, nour, "topic", body="hers", now=NOW)
    assert await drafts.get(tx, salma) == Draft("post", b"t" * 16, "half a sentence", "photo-id", NOW)
    await drafts.put(tx, salma, "name", now=LATER)
    assert await drafts.get(tx, salma) == Draft("name", None, None, None, LATER)
    assert await drafts.get(tx, nour) == Draft("topic", None, "hers", None, NOW)


async def test_a_draft_with_no_words_is_told_from_one_with_empty_words(tx: Transaction) -> None:
    salma = await enter(tx, "Salma")
    await drafts.put(tx, salma, "post", body="", photo="photo-id", now=NOW)
    draft = await drafts.get(tx, salma)
    assert draft is not None
    assert draft.body == ""


async def test_a_draft_is_thrown_away_once(tx: Transaction) -> None:
    salma, nour = await enter(tx, "Salma"), await enter(tx, "Nour")
    await drafts.put(tx, salma, "post", now=NOW)
    await drafts.put(tx, nour, "post", now=NOW)
    assert await drafts.drop(tx, salma)
    assert not await drafts.drop(tx, salma)
    assert await drafts.get(tx, salma) is None
    assert await drafts.get(tx, nour) is not None


async def test_a_draft_does_not_show_its_words(tx: Transaction) -> None:
    salma = await enter(tx, "Salma")
    await drafts.put(tx, salma, "post", body="secret words", photo="secret photo", now=NOW)
    assert "secret" not in repr(await drafts.get(tx, salma))
