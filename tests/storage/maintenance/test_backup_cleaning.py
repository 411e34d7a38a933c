"""Copies in the folder of the backups lose the rows of whoever was erased since, and nothing else.

The attacker has every key that is left, and the copies. The measure: rows and columns of the erased person (0).
"""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from storage.engine.database import Database
from storage.engine.store import Store
from storage.files import KEYRING_FILE
from storage.integrity import sqlcipher_pages
from storage.maintenance import backup, backup_cleaning, restore, secure_erase
from storage.maintenance.backup_cleaning import Cleaned
from storage.records import audit, posts, topics
from storage.records.people.member import Member, Role
from tests.faults.older_schema import AUDIT_TAGS, downgrade
from tests.storage.memberships import erase
from tests.storage.people import MASTER, NOW, contents, enter, opened

HOUR = timedelta(hours=1)
KEY = MASTER.derive("database")


@pytest.fixture
async def people(store: Store) -> tuple[Member, Member]:
    """Salma, who wrote and let Rania in, and Rania."""
    async with store.transaction() as tx:
        salma = await enter(tx, "Salma", role=Role.COORDINATOR)
        rania = await enter(tx, "Rania", invited_by=salma.id, decided_by=salma.id)
        topic = await topics.create(tx, "Detention", "", salma.id, NOW)
        for person in (salma, rania):
            await posts.write(tx, person, topic.id, f"words of {person.name}", None, NOW)
            await audit.record(tx, "posted", person.id, None, NOW)
        await audit.record(tx, "approved", salma.id, rania.id, NOW)
    return salma, rania


async def cells(path: Path, *marks: bytes) -> dict[str, int]:
    """In how many cells of a copy one of these ids stands, by table."""
    copy, found = Database(path, KEY, read_only=True), dict[str, int]()
    await copy.begin()
    for [table] in await copy.fetch("SELECT name FROM sqlite_master WHERE type = 'table'"):
        for row in await copy.fetch(f"SELECT * FROM {table}"):
            hits = sum(isinstance(value, bytes) and any(mark in value for mark in marks) for value in row)
            if hits:
                found[table] = found.get(table, 0) + hits
    await copy.close()
    return found


def pages(path: Path, *marks: bytes) -> int:
    return sqlcipher_pages.scan(path, KEY, list(marks)).hits


async def test_an_erased_person_is_in_no_copy_any_more_and_the_others_are(
    store: Store, directory: Path, folder: Path, people: tuple[Member, Member]
) -> None:
    salma, rania = people
    made = [await backup.make(store, folder, 9, NOW + hours * HOUR) for hours in range(3)]
    for number, each in enumerate(made):
        os.utime(folder / each.network, (number, 1000 + number))
    await erase(store, salma)
    await backup.renew_keyring(store, folder)
    first = folder / made[0].network
    before = await cells(first, salma.id, salma.key_id)
    assert before == {"members": 7, "posts": 2, "topics": 1}
    assert pages(first, salma.id) > 0
    assert await backup_cleaning.clean(store, folder, NOW) == Cleaned(3, 3, 3, 0)
    assert set(contents(folder)) == {*(each.network for each in made), KEYRING_FILE}
    for number, each in enumerate(made):
        path = folder / each.network
        assert (path.stat().st_mtime, path.stat().st_mode & 0o777) == (1000 + number, 0o600)
        assert await cells(path, salma.id, salma.key_id) == {}
        assert pages(path, salma.id, salma.key_id) == 0
        assert (await cells(path, rania.id)).keys() == {"members", "posts"}
    assert await backup_cleaning.clean(store, folder, NOW) == Cleaned(3, 0, 0, 0)

    await store.close()
    outcome = await restore.try_out(directory, folder, MASTER, NOW + 3 * HOUR)
    assert (outcome.members, outcome.posts, outcome.erased_again) == (1, 1, 0)
    await restore.put_in_place(directory, MASTER)
    async with opened(directory) as restored, restored.transaction() as tx:
        assert await audit.verify(tx) is None
        assert len(await audit.last(tx, 9)) == 1
        assert [entry.action for entry in await audit.by(tx, rania.id)] == ["posted"]


async def test_the_old_bytes_are_overwritten(
    store: Store, folder: Path, tmp_path: Path, people: tuple[Member, Member]
) -> None:
    made = await backup.make(store, folder, 9, NOW)
    (tmp_path / "same").hardlink_to(folder / made.network)  # the blocks of the old file, seen after it is gone
    old = (tmp_path / "same").read_bytes()
    await erase(store, people[0])
    await backup_cleaning.clean(store, folder, NOW)
    after = (tmp_path / "same").read_bytes()
    assert len(after) == len(old)
    assert not {after[start : start + 16] for start in range(0, len(after), 16)} & {
        old[start : start + 16] for start in range(0, len(old), 16)
    }


async def test_a_copy_of_an_earlier_version_keeps_no_id_either(
    store: Store, folder: Path, people: tuple[Member, Member]
) -> None:
    """Of the version whose audit named people by ids."""
    salma, _ = people
    made = await backup.make(store, folder, 9, NOW)
    path = folder / made.network
    await downgrade(path, "network", AUDIT_TAGS - 1)
    older = Database(path, KEY)
    await older.begin()
    await older.execute("UPDATE audit SET actor_id = ?", (salma.id,))
    await older.close()
    await erase(store, salma)
    assert (await cells(path, salma.id))["audit"] == 3
    assert (await backup_cleaning.clean(store, folder, NOW)).rewritten == 1
    assert await cells(path, salma.id, salma.key_id) == {}
    assert pages(path, salma.id) == 0


async def test_a_copy_dated_into_the_future_is_cleaned_too_and_what_is_none_is_left_alone(
    store: Store, folder: Path, people: tuple[Member, Member]
) -> None:
    made = await backup.make(store, folder, 9, NOW + timedelta(days=400))
    (folder / "network-2026-99-99T999999Z.db").write_bytes(b"whatever" * 1000)
    await erase(store, people[0])
    assert await backup_cleaning.clean(store, folder, NOW) == Cleaned(2, 1, 1, 1)
    assert await cells(folder / made.network, people[0].id) == {}
    assert (folder / "network-2026-99-99T999999Z.db").read_bytes() == b"whatever" * 1000


async def test_a_failure_before_the_end_leaves_the_copy_as_it_was(
    store: Store, folder: Path, people: tuple[Member, Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    await backup.make(store, folder, 9, NOW)
    await erase(store, people[0])
    before = contents(folder)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(secure_erase, "replace", fail)
        with pytest.raises(OSError, match="No space left"):
            await backup_cleaning.clean(store, folder, NOW)
    assert contents(folder) == before
    assert (await backup_cleaning.clean(store, folder, NOW)).rewritten == 1
