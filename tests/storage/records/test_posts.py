"""Posts: numbers that are never given twice, and what a window holds for one reader."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from storage.engine.transaction import Transaction
from storage.records import erasure, posts, subscriptions, topics
from storage.records.people import digest_schedule, preferences
from storage.records.people.member import Member
from storage.records.posts import Post
from storage.records.subscriptions import FollowMode
from tests.storage.people import NOW, enter, plan


@pytest.fixture
async def nour(tx: Transaction) -> Member:
    return await enter(tx, "Nour")


@pytest.fixture
async def salma(tx: Transaction) -> Member:
    return await enter(tx, "Salma")


@pytest.fixture
async def topic(tx: Transaction, nour: Member) -> bytes:
    return (await topics.create(tx, "Detention", "", nour.id, NOW)).id


def bodies(found: Sequence[Post]) -> list[str]:
    return [post.body for post in found]


async def window(tx: Transaction, reader: Member, after: int = 0, until: int | None = None) -> list[str]:
    until = await posts.newest(tx) if until is None else until
    found = await posts.window(tx, reader.id, after, until)
    assert await posts.count_window(tx, reader.id, after, until) == len(found)
    return bodies(found)


async def test_a_post_comes_back_as_it_was_written(tx: Transaction, nour: Member, topic: bytes) -> None:
    post_id = await posts.write(tx, nour, topic, "كلمات 🌿\nmore", "photo-id", NOW)
    found = await posts.get(tx, post_id)
    assert found is not None
    assert found == Post(
        post_id, topic, nour.id, "Nour", NOW, "كلمات 🌿\nmore", "photo-id", nour.role, found.mark, hidden_at=None
    )
    bare = await posts.get(tx, await posts.write(tx, nour, topic, "", None, NOW))
    assert bare is not None
    assert (bare.body, bare.photo) == ("", None)
    assert await posts.get(tx, bytes(16)) is None


async def test_a_post_does_not_show_its_words_or_its_author(tx: Transaction, nour: Member, topic: bytes) -> None:
    post = await posts.get(tx, await posts.write(tx, nour, topic, "secret words", "secret photo", NOW))
    for shown in (repr(post), f"{post}"):
        assert "secret" not in shown
        assert "Nour" not in shown


async def test_only_her_own_post_can_be_taken_back_and_only_once(
    tx: Transaction, nour: Member, salma: Member, topic: bytes
) -> None:
    post_id = await posts.write(tx, nour, topic, "mine", None, NOW)
    assert not await posts.delete(tx, post_id, salma.id)
    assert await posts.get(tx, post_id)
    assert await posts.delete(tx, post_id, nour.id)
    assert not await posts.delete(tx, post_id, nour.id)
    assert await posts.get(tx, post_id) is None


async def test_a_number_is_never_given_twice(tx: Transaction, nour: Member, salma: Member, topic: bytes) -> None:
    numbers = []
    for author in (nour, nour, salma):
        post_id = await posts.write(tx, author, topic, "words", None, NOW)
        numbers.append(await tx.fetchval("SELECT number FROM posts WHERE id = ?", post_id))
        if author is nour:
            await posts.delete(tx, post_id, nour.id)
        else:
            await erasure.erase(tx, salma, NOW)
    assert await tx.fetchval("SELECT count(*) FROM posts") == 0
    post_id = await posts.write(tx, nour, topic, "words", None, NOW)
    numbers.append(await tx.fetchval("SELECT number FROM posts WHERE id = ?", post_id))
    assert numbers == [1, 2, 3, 4]
    assert await posts.newest(tx) == 4


async def test_the_latest_are_the_newest_first_and_all_of_hers_the_oldest_first(
    tx: Transaction, nour: Member, topic: bytes
) -> None:
    for number in range(5):
        await posts.write(tx, nour, topic, str(number), None, NOW)
    assert bodies(await posts.latest(tx, topic, 3)) == ["4", "3", "2"]
    assert bodies(await posts.latest(tx, topic, 10)) == ["4", "3", "2", "1", "0"]
    assert bodies(await posts.latest(tx, bytes(16), 10)) == []
    assert bodies(await posts.by(tx, nour.id)) == ["0", "1", "2", "3", "4"]
    assert bodies(await posts.by(tx, bytes(16))) == []
    assert (await posts.count_by(tx, nour.id), await posts.count_by(tx, bytes(16))) == (5, 0)


async def test_her_last_post_in_a_topic_is_found_there_alone(
    tx: Transaction, nour: Member, salma: Member, topic: bytes
) -> None:
    other = (await topics.create(tx, "Asylum", "", nour.id, NOW)).id
    for author, about, body in (
        (nour, topic, "one"),
        (nour, topic, "two"),
        (nour, other, "three"),
        (salma, topic, "four"),
    ):
        await posts.write(tx, author, about, body, None, NOW)
    last = await posts.last_by(tx, nour.id, topic)
    assert last is not None
    assert last.body == "two"
    assert await posts.last_by(tx, salma.id, other) is None


@pytest.mark.parametrize("way", FollowMode)
async def test_a_window_holds_what_is_followed_and_not_muted(
    tx: Transaction, nour: Member, salma: Member, topic: bytes, way: FollowMode
) -> None:
    await subscriptions.follow(tx, salma.id, topic, way)
    await posts.write(tx, nour, topic, "words", None, NOW)
    assert await window(tx, salma) == ([] if way is FollowMode.MUTED else ["words"])


async def test_a_window_holds_nothing_of_a_topic_that_is_not_followed(
    tx: Transaction, nour: Member, salma: Member, topic: bytes
) -> None:
    await posts.write(tx, nour, topic, "words", None, NOW)
    assert await window(tx, salma) == []


async def test_a_window_holds_no_post_of_the_readers_own(
    tx: Transaction, nour: Member, salma: Member, topic: bytes
) -> None:
    for person in (nour, salma):
        await subscriptions.follow(tx, person.id, topic, FollowMode.DIGEST)
    await posts.write(tx, nour, topic, "of Nour", None, NOW)
    await posts.write(tx, salma, topic, "of Salma", None, NOW)
    assert await window(tx, salma) == ["of Nour"]
    assert await window(tx, nour) == ["of Salma"]


async def test_a_window_begins_where_she_began_to_follow(
    tx: Transaction, nour: Member, salma: Member, topic: bytes
) -> None:
    await posts.write(tx, nour, topic, "before", None, NOW)
    await subscriptions.follow(tx, salma.id, topic, FollowMode.DIGEST)
    await posts.write(tx, nour, topic, "after", None, NOW)
    assert await window(tx, salma) == ["after"]


async def test_two_windows_that_meet_hold_each_post_once(
    tx: Transaction, nour: Member, salma: Member, topic: bytes
) -> None:
    await subscriptions.follow(tx, salma.id, topic, FollowMode.DIGEST)
    for number in range(1, 7):
        await posts.write(tx, nour, topic, str(number), None, NOW)
    for cut in range(7):
        assert await window(tx, salma, 0, cut) + await window(tx, salma, cut, 6) == list("123456")
    assert await window(tx, salma, 2, 4) == ["3", "4"]


async def test_a_window_goes_by_topic_title_and_then_by_time(tx: Transaction, nour: Member, salma: Member) -> None:
    ids = {title: (await topics.create(tx, title, "", nour.id, NOW)).id for title in ("Courts", "Asylum", "Borders")}
    for topic_id in ids.values():
        await subscriptions.follow(tx, salma.id, topic_id, FollowMode.DIGEST)
    for number, title in enumerate(["Courts", "Asylum", "Courts", "Borders", "Asylum"]):
        await posts.write(tx, nour, ids[title], f"{title} {number}", None, NOW)
    assert await window(tx, salma) == ["Asylum 1", "Asylum 4", "Borders 3", "Courts 0", "Courts 2"]


async def test_two_topics_of_the_same_title_do_not_take_turns(tx: Transaction, nour: Member, salma: Member) -> None:
    old, new = [(await topics.create(tx, "Asylum", "", nour.id, NOW)).id for _ in range(2)]
    for topic_id in (old, new):
        await subscriptions.follow(tx, salma.id, topic_id, FollowMode.DIGEST)
    for topic_id in (old, new, old, new):
        await posts.write(tx, nour, topic_id, "words", None, NOW)
    found = await posts.window(tx, salma.id, 0, 4)
    assert [post.topic_id for post in found] in ([old, old, new, new], [new, new, old, old])


async def test_what_was_taken_back_or_erased_is_in_no_window(
    tx: Transaction, nour: Member, salma: Member, topic: bytes
) -> None:
    await subscriptions.follow(tx, salma.id, topic, FollowMode.DIGEST)
    yara = await enter(tx, "Yara")
    taken_back = await posts.write(tx, nour, topic, "taken back", None, NOW)
    await posts.write(tx, yara, topic, "of Yara", None, NOW)
    await posts.write(tx, nour, topic, "stays", None, NOW)
    await posts.delete(tx, taken_back, nour.id)
    await erasure.erase(tx, yara, NOW)
    assert await window(tx, salma) == ["stays"]


async def test_the_next_digest_is_the_earliest_that_is_due_and_holds_something(
    tx: Transaction, nour: Member, salma: Member, topic: bytes
) -> None:
    fatou = await enter(tx, "Fatou")
    for reader, hours in ((nour, 1), (salma, 2), (fatou, 3)):
        await plan(tx, reader, NOW + timedelta(hours=hours))
        await subscriptions.follow(tx, reader.id, topic, FollowMode.DIGEST)
    assert await posts.next_digest(tx) is None
    post_id = await posts.write(tx, nour, topic, "words", None, NOW)
    assert await posts.next_digest(tx) == NOW + timedelta(hours=2)
    await preferences.set_paused(tx, salma, True)
    assert await posts.next_digest(tx) == NOW + timedelta(hours=3)
    await preferences.set_paused(tx, salma, False)
    await digest_schedule.set_announced(tx, salma, 1)
    assert await posts.next_digest(tx) == NOW + timedelta(hours=3)
    await posts.delete(tx, post_id, nour.id)
    assert await posts.next_digest(tx) is None


async def test_a_hidden_post_is_in_nothing_but_its_authors_own(
    tx: Transaction, nour: Member, salma: Member, topic: bytes
) -> None:
    await subscriptions.follow(tx, salma.id, topic, FollowMode.DIGEST)
    await plan(tx, salma, NOW)
    post_id = await posts.write(tx, nour, topic, "hidden", None, NOW)
    assert await posts.set_hidden(tx, post_id, NOW)
    assert not await posts.set_hidden(tx, post_id, NOW)
    assert await window(tx, salma) == []
    assert await posts.standing(tx, salma.id, 0, 9) == ()
    assert await posts.latest(tx, topic, 9) == []
    assert await posts.get(tx, post_id) is None
    assert await posts.next_digest(tx) is None
    for kept in (await posts.get_any(tx, post_id), *await posts.by(tx, nour.id)):
        assert kept is not None
        assert (kept.body, kept.hidden_at) == ("hidden", NOW)
    assert bodies(await posts.latest_of_host(tx, topic, nour.host_id, 9)) == ["hidden"]
    assert await posts.latest_of_host(tx, topic, b"", 9) == []
    assert await posts.set_hidden(tx, post_id, None)
    assert await window(tx, salma) == ["hidden"]
