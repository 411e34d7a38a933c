"""Sealed notes in the tables: to whom they are sealed, and what the server with all its keys can tell of them."""

from pathlib import Path
from typing import Any

import pytest

from storage.crypto.cipher import Unreadable
from storage.crypto.envelope import PrivateKey, SealError
from storage.engine.store import Store
from storage.engine.transaction import Transaction
from storage.files import KEYRING_FILE, NETWORK_FILE
from storage.integrity import erasure_check, field_search, sqlcipher_pages
from storage.records import erasure, inbox, note_bundle, sealed_notes
from storage.records.note_bundle import Note, NoteKind
from storage.records.people import members
from storage.records.people.member import Member, Role
from tests.storage.people import HOSTS, MASTER, NOW, applicant, enter, opened

WORDS = "a sentence about her that stands nowhere else"
KEYS = {name: PrivateKey.generate() for name in ("Nour", "Olena", "Awa")}


async def with_key(tx: Transaction, name: str, **more: Any) -> Member:
    member = await enter(tx, name, **more)
    await sealed_notes.set_key(tx, member, KEYS[name].public, NOW)
    return member


@pytest.fixture
async def people(store: Store) -> dict[str, Member]:
    """Nour coordinates Rania's host, Awa another one, Olena owns the network."""
    async with store.transaction() as tx:
        return {
            "Nour": await with_key(tx, "Nour", role=Role.COORDINATOR),
            "Awa": await with_key(tx, "Awa", role=Role.COORDINATOR, host=HOSTS[1]),
            "Olena": await with_key(tx, "Olena", role=Role.OWNER, host=HOSTS[1]),
            "Rania": await applicant(tx, "Rania"),
        }


async def write(
    tx: Transaction, person: Member, author: Member, words: str = WORDS, kind: NoteKind = NoteKind.VETTING
) -> None:
    readers = await sealed_notes.readers(tx, person)
    await sealed_notes.write(tx, person, Note(kind, person.name or "", NOW, words), author.id, readers, NOW)


async def names(tx: Transaction, person: Member) -> set[str | None]:
    return {reader.member.name for reader in await sealed_notes.readers(tx, person)}


async def test_it_is_sealed_to_the_coordinators_of_the_host_and_the_owners_who_have_a_key(
    store: Store, people: dict[str, Member]
) -> None:
    async with store.transaction() as tx:
        await enter(tx, "Joud", role=Role.COORDINATOR)  # has no key
        assert await names(tx, people["Rania"]) == {"Nour", "Olena"}
        await write(tx, people["Rania"], people["Nour"])
        [note] = await sealed_notes.about(tx, people["Rania"])
    for name in ("Nour", "Olena"):
        assert note_bundle.open_(note.envelope, KEYS[name]).text == WORDS
    with pytest.raises(SealError, match="not-for-this-key"):
        note_bundle.open_(note.envelope, KEYS["Awa"])


async def test_somebody_who_coordinates_no_more_reads_nothing_new(store: Store, people: dict[str, Member]) -> None:
    async with store.transaction() as tx:
        assert await members.set_role(tx, people["Nour"], Role.MEMBER)
        assert await names(tx, people["Rania"]) == {"Olena"}
        assert await sealed_notes.drop_key(tx, people["Olena"])
        assert not await sealed_notes.drop_key(tx, people["Olena"])
        assert await names(tx, people["Rania"]) == set()


async def test_a_replaced_key_is_the_one_that_is_used(store: Store, people: dict[str, Member]) -> None:
    new = PrivateKey.generate()
    async with store.transaction() as tx:
        await sealed_notes.set_key(tx, people["Nour"], new.public, NOW)
        await write(tx, people["Rania"], people["Olena"])
        [note] = await sealed_notes.about(tx, people["Rania"])
        key = await sealed_notes.key_of(tx, people["Nour"])
    assert key is not None
    assert key.public == new.public
    assert note_bundle.open_(note.envelope, new).text == WORDS
    with pytest.raises(SealError, match="not-for-this-key"):
        note_bundle.open_(note.envelope, KEYS["Nour"])


async def test_the_server_with_all_its_keys_finds_no_word_of_it(store: Store, people: dict[str, Member]) -> None:
    async with store.transaction() as tx:
        await write(tx, people["Rania"], people["Nour"])
    async with store.transaction() as tx:
        assert await field_search.places_of(tx, "Rania has a reason.") == [
            "members.reason_encrypted"
        ]  # the scan does open things
        assert await field_search.places_of(tx, WORDS) == []


async def test_nothing_is_left_of_the_update_that_brought_the_words(
    store: Store, directory: Path, people: dict[str, Member]
) -> None:
    """It opens with its sender's key, which stays; so its ciphertext has to be gone from every page and log."""
    nour = people["Nour"]
    async with store.transaction() as tx:
        await inbox.add(tx, 1, nour.telegram_id, {"message": {"text": WORDS}}, NOW)
    async with store.transaction() as tx:
        [[sealed]] = await tx.fetch("SELECT payload_encrypted FROM inbox WHERE update_id = 1")
        assert WORDS in tx.cipher.decrypt("inbox.payload_encrypted", b"1", sealed).decode()

    def stands_in() -> set[str]:
        found = set()
        for name, purpose in ((NETWORK_FILE, "database"), (KEYRING_FILE, "keyring")):
            opened = sqlcipher_pages.pages(directory / name, MASTER.derive(purpose))
            found |= {name for page in opened if page.plain and sealed[20:84] in page.plain}
        return found

    assert stands_in() == {NETWORK_FILE}
    async with store.transaction() as tx:
        await write(tx, people["Rania"], nour)
        assert await inbox.settle(tx, 1)
    assert stands_in() == set()


async def test_her_erasure_ends_what_is_sealed_about_her_and_nothing_else(
    store: Store, directory: Path, people: dict[str, Member]
) -> None:
    rania, nour = people["Rania"], people["Nour"]
    async with store.transaction() as tx:
        salma = await enter(tx, "Salma")
        for person in (rania, salma):
            await write(tx, person, nour)
        await write(tx, salma, salma, "her real name", NoteKind.CONTACT)
        [[before]] = await tx.fetch("SELECT content_encrypted FROM sealed_notes WHERE subject_id = ?", rania.id)
        [[note_id]] = await tx.fetch("SELECT id FROM sealed_notes WHERE subject_id = ?", rania.id)
        assert dict(await sealed_notes.counts(tx)) == {rania.id: 1, salma.id: 2}
    async with store.transaction() as tx:
        receipt = await erasure.erase(tx, rania, NOW)
    assert receipt.sealed == 1
    async with store.transaction() as tx:
        assert dict(await sealed_notes.counts(tx)) == {salma.id: 2}
        with pytest.raises(Unreadable):  # as it stands in an older copy
            tx.cipher.decrypt(sealed_notes.CONTENT, note_id, before)


async def test_an_author_who_is_erased_leaves_the_note_without_a_name(store: Store, people: dict[str, Member]) -> None:
    async with store.transaction() as tx:
        await write(tx, people["Rania"], people["Nour"])
        await write(tx, people["Rania"], people["Olena"])
        written = {note.author_id for note in await sealed_notes.about(tx, people["Rania"])}
        assert written == {people["Nour"].id, people["Olena"].id}
    async with store.transaction() as tx:
        await erasure.erase(tx, people["Nour"], NOW)
    async with store.transaction() as tx:
        found = await sealed_notes.about(tx, people["Rania"])
        assert {note.author_id for note in found} == {None, people["Olena"].id}
        assert await tx.fetchval("SELECT count(*) FROM sealing_keys WHERE member_id = ?", people["Nour"].id) == 0
    assert all(note_bundle.open_(note.envelope, KEYS["Olena"]).text == WORDS for note in found)


async def test_what_is_left_for_an_emergency_is_one_thing_that_is_replaced_or_removed(
    store: Store, people: dict[str, Member]
) -> None:
    async with store.transaction() as tx:
        salma = await enter(tx, "Salma")
        assert await sealed_notes.contact_since(tx, salma) is None
        await write(tx, salma, people["Nour"])
        for words in ("first", "second"):
            await write(tx, salma, salma, words, NoteKind.CONTACT)
        found = {
            note.kind: note_bundle.open_(note.envelope, KEYS["Nour"]) for note in await sealed_notes.about(tx, salma)
        }
        assert found[NoteKind.CONTACT].text == "second"
        assert found[NoteKind.CONTACT].about == "Salma"
        assert await sealed_notes.count(tx, salma.id) == 2
        assert await sealed_notes.contact_since(tx, salma) == NOW
        assert await sealed_notes.drop_contact(tx, salma)
        assert not await sealed_notes.drop_contact(tx, salma)
        assert [note.kind for note in await sealed_notes.about(tx, salma)] == [NoteKind.VETTING]


async def test_the_search_for_what_should_be_gone_reads_these_columns_too(
    store: Store, directory: Path, people: dict[str, Member]
) -> None:
    async with store.transaction() as tx:
        await write(tx, people["Rania"], people["Nour"])
        [[sealed]] = await tx.fetch("SELECT count(*) FROM sealing_keys")
    await store.close()
    held = await erasure_check.keys(directory / KEYRING_FILE, MASTER, live=True)
    rows = await erasure_check.rows(directory / NETWORK_FILE, MASTER, held, live=True)
    assert (rows.members, rows.unreadable, sealed) == (4, 0, 3)
    assert await erasure_check.places_of(directory / NETWORK_FILE, MASTER, held, WORDS, live=True) == []
    async with opened(directory) as again, again.transaction() as tx:
        assert await sealed_notes.count(tx, people["Rania"].id) == 1
