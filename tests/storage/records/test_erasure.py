"""Erasing a person: no row of any table names them afterwards, and nobody else has lost anything."""

from typing import Any

import pytest

from storage.engine.store import Store
from storage.engine.transaction import Transaction
from storage.records import audit, digests, drafts, erasure, inbox, outbox, posts, subscriptions, topics
from storage.records.people import invites, members
from storage.records.people.member import Member, Role
from storage.records.subscriptions import FollowMode
from tests.storage.people import NOW, again, enter, members_keys, telegram_id


async def tables(tx: Transaction) -> dict[str, list[Any]]:
    names = await tx.fetch("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return {name: await tx.fetch(f"SELECT * FROM {name} ORDER BY 1") for [name] in names}


async def naming(store: Store, *marks: bytes) -> set[str]:
    """The tables in which one of these ids stands, alone or inside a sealed value."""
    async with store.transaction() as tx:
        found = await tables(tx)
    return {
        name
        for name, rows in found.items()
        for row in rows
        for value in row
        if isinstance(value, bytes) and any(mark in value for mark in marks)
    }


async def live(tx: Transaction, person: Member, other: Member) -> None:
    """Everything that a member and those around her leave in the tables."""
    topic = await topics.create(tx, f"Topic of {other.name}", "", other.id, NOW)
    own = await topics.create(tx, f"Topic of {person.name}", "", person.id, NOW)
    for about in (topic, own):
        await subscriptions.follow(tx, person.id, about.id, FollowMode.DIGEST)
        await posts.write(tx, person, about.id, "words", "photo", NOW)
    digest = await digests.add(tx, person.id, 0, await posts.newest(tx), NOW)
    assert digest is not None
    await drafts.put(tx, person, "post", about=topic.id, body="words", photo="photo", now=NOW)
    for number in range(4):
        await outbox.put(tx, person.id, "digest", about=digest.id, due=NOW, now=NOW)
        await inbox.add(tx, person.telegram_id * 10 + number, person.telegram_id, {"text": "words"}, NOW)
    await inbox.settle(tx, person.telegram_id * 10 + 1)
    await inbox.answered(tx, person.telegram_id * 10 + 2)
    await inbox.fail(tx, person.telegram_id * 10 + 3, "ABC234")
    await invites.create(tx, invites.Grants.APPLICATION, person.id, NOW)


@pytest.fixture
async def people(store: Store) -> tuple[Member, Member, Member]:
    """Salma, whom Nour invited and let in; Nour; and Rania, whom Salma invited and let in."""
    async with store.transaction() as tx:
        nour = await enter(tx, "Nour", role=Role.COORDINATOR)
        salma = await enter(tx, "Salma", role=Role.COORDINATOR, invited_by=nour.id, decided_by=nour.id)
        rania = await enter(tx, "Rania", invited_by=salma.id, decided_by=salma.id)
        for person, other in ((salma, nour), (nour, salma), (rania, nour)):
            await live(tx, person, other)
    return salma, nour, rania


async def erase(store: Store, person: Member) -> None:
    async with store.transaction() as tx:
        await erasure.erase(tx, person, NOW)


async def marks(store: Store, person: Member) -> tuple[bytes, bytes, bytes]:
    async with store.transaction() as tx:
        return person.id, person.key_id, tx.cipher.telegram_id_index(person.telegram_id)


async def test_after_an_erasure_no_table_names_her(store: Store, people: tuple[Member, Member, Member]) -> None:
    salma, _, _ = people
    hers = await marks(store, salma)
    assert await naming(store, *hers) >= {
        "members",
        "posts",
        "drafts",
        "outbox",
        "inbox",
        "invites",
        "topics",
        "digests",
    }
    await erase(store, salma)
    assert await naming(store, *hers) == set()


async def test_an_erasure_takes_nothing_from_the_others(store: Store, people: tuple[Member, Member, Member]) -> None:
    salma, nour, rania = people
    async with store.transaction() as tx:
        before = await tables(tx)
    await erase(store, salma)
    async with store.transaction() as tx:
        after = await tables(tx)
        assert await again(tx, nour) == nour == await members.find(tx, nour.telegram_id)
        rania_now = await again(tx, rania)
        assert (rania_now.name, rania_now.application.invited_by, rania_now.application.decided_by) == (
            "Rania",
            None,
            None,
        )
        assert len(await topics.everything(tx)) == 6  # hers stay too, without her
        for person in (nour, rania):
            assert {post.body for post in await posts.by(tx, person.id)} == {"words"}
            assert len(await digests.of(tx, person.id)) == 1
    assert {row[0] for row in before["members"]} - {row[0] for row in after["members"]} == {salma.id}
    for table, place in (("posts", 2), ("drafts", 0), ("digests", 1), ("subscriptions", 0), ("outbox", 1)):
        assert after[table] == [row for row in before[table] if row[place] != salma.id], table
    for table in ("network", "hosts", "audit", "erasures"):  # not `epoch`: see test_epochs.py
        assert after[table] == before[table]
    assert len(after["inbox"]) == len(before["inbox"])  # the numbers stay, to know an update again


async def test_whoever_was_erased_is_a_stranger_who_can_come_again(
    store: Store, people: tuple[Member, Member, Member]
) -> None:
    await erase(store, people[0])
    async with store.transaction() as tx:
        assert await members.find(tx, telegram_id("Salma")) is None
        assert (await enter(tx, "Salma")).id != people[0].id


async def test_after_an_erasure_nothing_owed_to_others_is_about_her(
    store: Store, people: tuple[Member, Member, Member]
) -> None:
    salma, nour, rania = people
    async with store.transaction() as tx:
        for about in (salma.id, rania.id):
            await outbox.put(tx, nour.id, "application", about=about, due=NOW, now=NOW)
        await drafts.put(tx, nour, "sealed-note", about=salma.id, now=NOW)
    assert await naming(store, salma.id) >= {"outbox", "drafts"}
    await erase(store, salma)
    assert await naming(store, salma.id) == set()
    async with store.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM outbox WHERE about = ?", rania.id) == 1


async def test_her_open_invitations_end_with_her(store: Store, people: tuple[Member, Member, Member]) -> None:
    salma, nour, _ = people
    async with store.transaction() as tx:
        _, hers = await invites.create(tx, invites.Grants.APPLICATION, salma.id, NOW)
        _, other = await invites.create(tx, invites.Grants.APPLICATION, nour.id, NOW)
    await erase(store, salma)
    async with store.transaction() as tx:
        assert not await invites.is_open(tx, hers, NOW)
        assert await invites.is_open(tx, other, NOW)


async def test_what_the_audit_keeps_of_her_leads_nowhere_not_even_with_her_id_in_hand(
    store: Store, people: tuple[Member, Member, Member]
) -> None:
    salma, nour, _ = people
    async with store.transaction() as tx:
        await audit.record(tx, "approved", nour.id, salma.id, NOW)
        await audit.record(tx, "posted", salma.id, None, NOW)
    await erase(store, salma)
    assert await naming(store, salma.id) == set()
    async with store.transaction() as tx:
        assert await members.get(tx, salma.id) is None
        assert await audit.by(tx, salma.id) == await audit.about(tx, salma.id) == []
        assert [entry.action for entry in await audit.by(tx, nour.id)] == ["approved"]


async def test_several_can_be_erased_at_once(store: Store, people: tuple[Member, Member, Member]) -> None:
    salma, nour, rania = people
    hers = [*await marks(store, salma), *await marks(store, rania)]
    async with store.transaction() as tx:
        for person in (salma, rania):
            await erasure.erase(tx, person, NOW)
    assert await naming(store, *hers) == set()
    assert await members_keys(store) == {nour.key_id}
    async with store.transaction() as tx:
        assert await members.find(tx, nour.telegram_id) == nour
