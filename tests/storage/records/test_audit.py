"""The audit: in order, by person, without words, and without anything that leads to whoever was erased."""

from datetime import timedelta

from storage.engine.store import Store
from storage.records import audit
from storage.records.people.member import Member, Role
from tests.storage.memberships import erase, joined
from tests.storage.people import HOSTS, NOW, enter


async def people(store: Store) -> tuple[Member, Member, Member]:
    async with store.transaction() as tx:
        nour = await enter(tx, "Nour", role=Role.COORDINATOR)
        return nour, await enter(tx, "Salma", host=HOSTS[1]), await enter(tx, "Rania")


async def test_everybody_finds_what_they_did_and_what_was_done_to_them_oldest_first(store: Store) -> None:
    nour, salma, rania = await people(store)
    async with store.transaction() as tx:
        await audit.record(tx, "invited", nour.id, None, NOW)
        await audit.record(tx, "approved", nour.id, salma.id, NOW)
        await audit.record(tx, "declined", nour.id, rania.id, NOW - timedelta(days=1))
        await audit.record(tx, "renamed", salma.id, salma.id, NOW)
        hers = await audit.by(tx, salma.id), await audit.about(tx, salma.id)
        assert [[(entry.number, entry.action) for entry in some] for some in hers] == [
            [(4, "renamed")],
            [(2, "approved")],
        ]
        assert [entry.action for entry in await audit.by(tx, nour.id)] == ["invited", "approved", "declined"]
        assert await audit.about(tx, nour.id) == await audit.about(tx, bytes(16)) == []


async def test_an_entry_without_a_person_is_nobodys(store: Store) -> None:
    salma = await joined(store, "Salma")
    async with store.transaction() as tx:
        await audit.record(tx, "erased", None, None, NOW)
        await audit.record(tx, "topic-closed", None, b"a topic's number", NOW)
        assert await audit.about(tx, salma.id) == []
        assert {(entry.actor_tag, entry.subject_tag) for entry in await audit.last(tx, 9)} == {(None, None)}


async def test_no_two_tags_of_one_person_are_alike_and_all_are_found_with_the_key(store: Store) -> None:
    nour, salma, _ = await people(store)
    async with store.transaction() as tx:
        for _ in range(50):
            await audit.record(tx, "approved", nour.id, salma.id, NOW)
            await audit.record(tx, "renamed", salma.id, salma.id, NOW)
        entries = await audit.last(tx, 100)
        tags = [tag for entry in entries for tag in (entry.actor_tag, entry.subject_tag)]
        assert len(set(tags)) == 200
        assert {len(tag) for tag in tags if tag} == {16}
        found = await audit.people_in(tx, entries)
        assert [found[entry.actor_tag or b""] for entry in entries] == [salma.id, nour.id] * 50
        assert {found[entry.subject_tag or b""] for entry in entries} == {salma.id}


async def test_somebody_who_is_not_there_any_more_is_somebody_and_not_the_program(store: Store) -> None:
    async with store.transaction() as tx:
        for _ in range(2):
            await audit.record(tx, "announced", b"somebody's number", None, NOW)
        first, second = await audit.last(tx, 2)
        assert None not in (first.actor_tag, second.actor_tag)
        assert first.actor_tag != second.actor_tag
        assert await audit.people_in(tx, [first, second]) == {}


async def test_a_coordinator_finds_the_entries_of_her_host_and_whom_she_may_see(store: Store) -> None:
    nour, salma, rania = await people(store)
    async with store.transaction() as tx:
        await audit.record(tx, "approved", nour.id, salma.id, NOW)  # of another host
        await audit.record(tx, "renamed", salma.id, salma.id, NOW)
        await audit.record(tx, "approved", nour.id, rania.id, NOW)
        await audit.record(tx, "posted", rania.id, None, NOW)
        await audit.record(tx, "erased", None, None, NOW)
        hers = await audit.last_of_host(tx, nour.host_id, 9)
        assert [entry.number for entry in hers] == [3, 1]
        assert [entry.number for entry in await audit.last_of_host(tx, salma.host_id, 9)] == [2, 1]
        assert await audit.last_of_host(tx, None, 9) == []
        found = await audit.people_of_host_in(tx, hers, nour.host_id, nour.id)
        assert set(found.values()) == {nour.id, rania.id}
        posted = await tx.fetch("SELECT actor_host_id, subject_host_id FROM audit WHERE action = 'posted'")
        assert [tuple(row) for row in posted] == [(None, None)]


async def test_entries_of_somebody_erased_lead_to_nobody_with_all_keys_and_an_older_list_of_members(
    store: Store,
) -> None:
    """The attacker has every key that is left and the ids and key ids of all members from before. Links found: 0."""
    nour, salma, rania = await people(store)
    async with store.transaction() as tx:
        for _ in range(20):
            await audit.record(tx, "approved", nour.id, salma.id, NOW)
            await audit.record(tx, "posted", salma.id, None, NOW)
    await erase(store, salma)
    async with store.transaction() as tx:
        rows = [tuple(row) for row in await tx.fetch("SELECT * FROM audit")]
        assert not any(salma.id in row or salma.key_id in row for row in rows)
        hers = {row[3] for row in rows if row[2] == "posted"}
        assert len(hers) == 20  # all different, so nothing tells that one person wrote these
        for key_id in (salma.key_id, nour.key_id, rania.key_id):
            for number in range(1, 41):
                for role in ("actor", "subject"):
                    assert tx.cipher.audit_tag(key_id, number, role) not in hers
        assert await audit.verify(tx) is None
