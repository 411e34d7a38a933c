"""Digests composed once for equal readers: each reads what they would have read alone, as things stand now."""

import asyncio
import random
from typing import Any

import pytest

from bot.conversation.pagination import Page, lay_out
from bot.features.digests import digest_cache
from bot.features.digests.digest_cache import DigestCache
from bot.language.texts import texts_in
from storage.engine.transaction import Transaction
from storage.records import posts, subscriptions, topics
from storage.records.people import members, preferences
from storage.records.people.member import Member
from storage.records.subscriptions import FollowMode
from tests.storage.people import NOW, again, enter


async def topic(tx: Transaction, title: str, *followers: Member) -> bytes:
    found = await topics.create(tx, title, "", followers[0].id, NOW)
    for follower in followers:
        await subscriptions.follow(tx, follower.id, found.id, FollowMode.DIGEST)
    return found.id


async def alone(tx: Transaction, reader: Member, language: str = "en") -> list[Page]:
    found = await posts.window(tx, reader.id, 0, await posts.newest(tx))
    titles = {each.id: each.title for each in await topics.everything(tx)}
    return lay_out(found, titles, texts_in(language), reader.zone)


async def shared(tx: Transaction, kept: DigestCache, reader: Member, language: str = "en") -> list[Page]:
    return await kept.pages(tx, reader, 0, await posts.newest(tx), texts_in(language))


async def test_each_reads_what_they_would_have_read_alone(tx: Transaction) -> None:
    """Twenty readers of some topics, in three languages and two zones, of whom some wrote what the others read."""
    chosen = random.Random("halqa")
    everybody = [await enter(tx, f"Reader {number}") for number in range(20)]
    for reader in everybody[:7]:
        await preferences.set_zone(tx, reader, "America/Bogota")
    themes = [await topic(tx, f"Topic {number}", *chosen.sample(everybody, 8)) for number in range(4)]
    for number in range(30):
        words, photo = f"{number} " + "words " * chosen.randrange(400), chosen.choice([None, "a photo"])
        await posts.write(tx, chosen.choice(everybody), chosen.choice(themes), words, photo, NOW)
    kept = DigestCache()
    for language in ("en", "fr", "ar", "en"):
        for row in everybody:
            reader = await again(tx, row)
            assert await shared(tx, kept, reader, language) == await alone(tx, reader, language)


async def test_equal_readers_read_one_text_which_was_opened_once(
    tx: Transaction, monkeypatch: pytest.MonkeyPatch
) -> None:
    nour, salma, rania = [await enter(tx, name) for name in ("Nour", "Salma", "Rania")]
    theme, other = await topic(tx, "Asylum", nour, salma, rania), await topic(tx, "Courts", nour, rania)
    await posts.write(tx, nour, theme, "What helped.", None, NOW)
    windows = []
    window = posts.window

    async def counted(*asked: Any) -> Any:
        windows.append(asked)
        return await window(*asked)

    monkeypatch.setattr(posts, "window", counted)
    kept = DigestCache()
    [hers] = await shared(tx, kept, salma)
    [theirs] = await shared(tx, kept, rania)
    assert hers is theirs
    assert "What helped." in hers.text
    assert len(windows) == 1
    await posts.write(tx, nour, other, "In the courts.", None, NOW)
    assert "In the courts." in (await shared(tx, kept, rania))[0].text
    assert await shared(tx, kept, salma) == [hers]
    assert len(windows) == 2


async def test_what_changed_since_is_honoured(tx: Transaction) -> None:
    nour, salma = await enter(tx, "Nour"), await enter(tx, "Salma")
    theme = await topic(tx, "Asylum", nour, salma)
    first = await posts.write(tx, nour, theme, "First.", None, NOW)
    await posts.write(tx, nour, theme, "Second.", None, NOW)
    kept = DigestCache()
    [page] = await shared(tx, kept, salma)
    assert "First." in page.text
    await members.set_name(tx, nour, "Nour of Beirut")
    [page] = await shared(tx, kept, salma)
    assert "Nour of Beirut" in page.text
    await posts.delete(tx, first, nour.id)
    [page] = await shared(tx, kept, salma)
    assert "First." not in page.text
    assert "Second." in page.text
    await subscriptions.follow(tx, salma.id, theme, FollowMode.MUTED)
    assert await shared(tx, kept, salma) == []


async def test_nothing_is_kept_once_it_is_to_be_forgotten_or_its_time_is_over(
    tx: Transaction, monkeypatch: pytest.MonkeyPatch
) -> None:
    nour, salma = await enter(tx, "Nour"), await enter(tx, "Salma")
    await posts.write(tx, nour, await topic(tx, "Asylum", nour, salma), "What helped.", None, NOW)
    monkeypatch.setattr(digest_cache, "KEPT", 0.05)
    kept = DigestCache()
    for _ in range(2):
        await shared(tx, kept, salma)
        assert kept._groups
        assert kept._posts
        kept.forget()
        assert not kept._groups
        assert not kept._posts
    await shared(tx, kept, salma)
    await asyncio.sleep(0.1)
    assert not kept._groups
    assert not kept._posts


async def test_no_more_is_kept_than_the_newest(tx: Transaction, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digest_cache, "MOST_GROUPS", 2)
    monkeypatch.setattr(digest_cache, "MOST_POSTS", 3)
    nour, salma = await enter(tx, "Nour"), await enter(tx, "Salma")
    theme = await topic(tx, "Asylum", nour, salma)
    kept = DigestCache()
    for number in range(6):
        await posts.write(tx, nour, theme, f"Post {number}.", None, NOW)
        assert await shared(tx, kept, salma) == await alone(tx, salma)
    assert len(kept._groups) == 2
    assert len(kept._posts) == 3
