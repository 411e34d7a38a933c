"""Drafts: one a member, in place of the one before."""

from datetime import timedelta

from storage.engine.transaction import Transaction
from storage.records import drafts
from storage.records.drafts import Draft
from tests.storage.people import NOW, enter

LATER = NOW + timedelta(minutes=5)


async def test_a_draft_takes_the_place_of_the_one_before(tx: Transaction) -> None:
    salma, nour = await enter(tx, "Salma"), await enter(tx, "Nour")
    assert await drafts.get(tx, salma) is None
    await drafts.put(tx, salma, "post", about=b"t" * 16, body="half a sentence", photo="photo-id", now=NOW)
    await drafts.put(tx, nour, "topic", body="hers", now=NOW)
    first = await drafts.get(tx, salma)
    assert first is not None
    assert first == Draft(first.version, "post", b"t" * 16, "half a sentence", "photo-id", NOW)
    await drafts.put(tx, salma, "name", now=LATER)
    second, other = await drafts.get(tx, salma), await drafts.get(tx, nour)
    assert second is not None
    assert other is not None
    assert second == Draft(second.version, "name", None, None, None, LATER)
    assert other == Draft(other.version, "topic", None, "hers", None, NOW)


async def test_no_two_drafts_have_the_same_version_even_of_the_same_words_in_the_same_second(tx: Transaction) -> None:
    salma = await enter(tx, "Salma")
    versions = set()
    for _ in range(20):
        await drafts.put(tx, salma, "post", body="the same", now=NOW)
        draft = await drafts.get(tx, salma)
        assert draft is not None
        versions.add(draft.version)
    assert len(versions) == 20
    assert {len(version) for version in versions} == {16}


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
