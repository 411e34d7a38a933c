"""Entries of an earlier version, with ids of people: the first start puts tags in their place and loses nothing."""

import os
from pathlib import Path

import pytest

from storage.files import KEYRING_FILE, NETWORK_FILE
from storage.integrity import audit_chain, sqlcipher_pages
from storage.integrity.audit_chain import Chain
from storage.records import audit
from storage.records.audit import Entry
from storage.records.people.member import Member
from tests.faults.older_schema import AUDIT_TAGS, downgrade
from tests.storage.audit_entries import first_bad, raw, record
from tests.storage.memberships import erase, joined
from tests.storage.people import MASTER, NOW, opened
from tests.storage.snapshots import Snapshots
from tests.support.signed_files import sign

KEY = MASTER.derive("audit")
THING = os.urandom(16)  # a topic or an invitation
GONE = bytes(range(16))  # somebody who was erased before


class Earlier:
    """A network of the version before tags, with entries that were linked over ids."""

    def __init__(self, directory: Path, nour: Member, salma: Member) -> None:
        self.directory, self.nour, self.salma = directory, nour, salma
        self.entries = [
            (1, 50, "owner-claimed", nour.id, nour.id),
            (2, 60, "invited", nour.id, THING),
            (3, 70, "approved", nour.id, salma.id),
            (4, 80, "approved", GONE, salma.id),
            (5, 90, "posted", salma.id, THING),
            (6, 95, "declined", nour.id, GONE),
            (7, 99, "erased", None, None),
        ]

    async def change(self, *statements: str) -> None:
        async with raw(self.directory) as network:
            for statement in statements:
                await network.execute(statement)
        await sign(self.directory, MASTER)


@pytest.fixture
async def earlier(directory: Path) -> Earlier:
    async with opened(directory) as store:
        made = Earlier(directory, await joined(store, "Nour"), await joined(store, "Salma"))
    await downgrade(directory / NETWORK_FILE, "network", AUDIT_TAGS - 1)
    chain = Chain(KEY)
    async with raw(directory) as network, raw(directory, KEYRING_FILE) as keys:
        await network.execute("DELETE FROM audit")
        for number, *said in made.entries:
            chain = chain.next(*said)
            await network.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?)", (number, *said, chain.link))
            if number == 5:
                await audit_chain.keep(keys.fetch, chain)
        await audit_chain.keep(network.fetch, chain)
    await sign(directory, MASTER)
    return made


async def shown(directory: Path) -> list[tuple[int, str, bytes | None, bytes | None]]:
    async with opened(directory) as store, store.transaction() as tx:
        rows = await tx.fetch("SELECT number, action, actor_tag, subject_tag FROM audit ORDER BY number")
        found = await audit.people_in(tx, [Entry(row[0], NOW, *row[1:]) for row in rows])
        return [(row[0], row[1], found.get(row[2] or b""), found.get(row[3] or b"")) for row in rows]


async def test_the_first_start_finds_everybody_who_is_there_and_keeps_no_id(earlier: Earlier) -> None:
    nour, salma = earlier.nour.id, earlier.salma.id
    assert await shown(earlier.directory) == [
        (1, "owner-claimed", nour, nour),
        (2, "invited", nour, None),
        (3, "approved", nour, salma),
        (4, "approved", None, salma),
        (5, "posted", salma, None),
        (6, "declined", nour, None),
        (7, "erased", None, None),
    ]
    async with opened(earlier.directory) as store:
        assert await first_bad(store) is None
        async with store.transaction() as tx:
            assert (tx.audit.number, tx.audit.begun) == (7, 7)
            rows = [tuple(row) for row in await tx.fetch("SELECT * FROM audit")]
            assert [row[3] is None for row in rows] == [False] * 6 + [True]  # somebody who is gone did it, no program
            assert {row[5:7] for row in rows if row[2] == "posted"} == {(None, None)}
            assert {row[6] for row in rows if row[2] == "approved"} == {earlier.salma.host_id}
        await record(store, 2)
        await erase(store, earlier.salma)
        assert await first_bad(store) is None
    key = MASTER.derive("database")
    for path in (earlier.directory / NETWORK_FILE,):
        for number in (GONE, THING, salma):
            assert sqlcipher_pages.scan(path, key, [number]).hits == 0


CHANGES = {
    "an entry changed": ("UPDATE audit SET action = 'declined' WHERE number = 3", 3),
    "the first changed": ("UPDATE audit SET at = 1 WHERE number = 1", 1),
    "who did it": ("UPDATE audit SET actor_id = subject_id WHERE number = 4", 4),
    "an entry removed": ("DELETE FROM audit WHERE number = 4", 4),
    "the last removed": ("DELETE FROM audit WHERE number = 7", 7),
    "one put in": ("INSERT INTO audit VALUES (0, 1, 'invited', NULL, NULL, x'00')", 1),
    "a link": ("UPDATE audit SET link = x'00' WHERE number = 5", 5),
    "the head gone": ("DELETE FROM audit_head", 8),
    "the end cut off, to be begun anew": ("UPDATE audit_head SET number = 0, tag = x''", 8),
}


@pytest.mark.parametrize(("statement", "number"), CHANGES.values(), ids=CHANGES)
async def test_what_was_done_to_it_before_is_still_found_afterwards(
    earlier: Earlier, statement: str, number: int
) -> None:
    await earlier.change(statement)
    for _ in range(3):
        async with opened(earlier.directory) as store:
            assert await first_bad(store) == number
            await record(store, 1)


async def test_an_end_that_was_cut_off_under_the_head_of_that_time_is_still_found(earlier: Earlier) -> None:
    chain = Chain(KEY)
    for _, *said in earlier.entries[:4]:
        chain = chain.next(*said)
    async with raw(earlier.directory) as network:
        await network.execute("DELETE FROM audit WHERE number > 4")
        await audit_chain.keep(network.fetch, chain)
    await sign(earlier.directory, MASTER)
    for _ in range(2):
        async with opened(earlier.directory) as store:
            assert await first_bad(store) is not None


async def test_a_power_failure_at_any_moment_of_the_first_start_leaves_a_chain_that_holds(
    earlier: Earlier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshots = Snapshots(earlier.directory, tmp_path, monkeypatch)
    async with opened(earlier.directory):
        pass
    for path in snapshots.stop():
        found = await shown(path)
        assert [person for _, _, person, _ in found][:3] == [earlier.nour.id] * 3, path.name
        async with opened(path) as store:
            assert await first_bad(store) is None, path.name


async def test_entries_that_were_never_linked_get_tags_too(earlier: Earlier) -> None:
    await earlier.change("UPDATE audit SET link = NULL", "UPDATE audit_head SET number = 0, link = x'', tag = x''")
    async with raw(earlier.directory, KEYRING_FILE) as keys:
        await keys.execute("DELETE FROM audit_head")
    await sign(earlier.directory, MASTER)
    async with opened(earlier.directory) as store:
        assert await first_bad(store) is None
        async with store.transaction() as tx:
            assert len(await audit.by(tx, earlier.nour.id)) == 4
