"""A host that is erased, and a thief who has the live files, all backups, and the master key.

Pass figure: its name is found on 0 pages of the live files and their logs and in 0 fields of any copy, with the keys
that are left; the names of the others, and what an erased owner had added, are found in all of them.
"""

from pathlib import Path

import pytest

from storage.files import KEYRING_FILE, NETWORK_FILE
from storage.integrity import erasure_check, sqlcipher_pages
from storage.maintenance import backup, backup_folder
from storage.records import erasure, hosts, posts, topics
from storage.records.people.member import Role
from tests.faults.theft.canary import canary
from tests.storage.people import HOSTS, MASTER, NOW, enter, opened

GONE, KEPT, TITLE, WORDS = canary("gone host"), canary("kept host"), canary("title"), canary("words")


def pages_with(folder: Path, words: str) -> int:
    needles = sqlcipher_pages.needles(words)
    found = erasure_check.databases(folder, MASTER)
    return sum(sqlcipher_pages.scan(path, key, needles).hits for path, _, key in found)


async def fields_with(data: Path, backups: Path, words: str) -> list[list[str]]:
    """Where words can be read: in the live file, and in each copy with the keys of either keyring."""
    live = await erasure_check.keys(data / KEYRING_FILE, MASTER, live=True)
    copied = await erasure_check.keys(backups / KEYRING_FILE, MASTER)
    found = [await erasure_check.places_of(data / NETWORK_FILE, MASTER, live, words, live=True)]
    for _, path in backup_folder.copies(backups):
        found += [await erasure_check.places_of(path, MASTER, keys, words) for keys in (live, copied)]
    return found


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


async def test_of_an_erased_host_a_thief_with_every_key_that_is_left_reads_nothing(
    directory: Path, backups: Path
) -> None:
    async with opened(directory) as store:
        async with store.transaction() as tx:
            for name in (GONE, KEPT):
                assert await hosts.add(tx, name, NOW)
        await backup.make(store, backups, 3, NOW)
    assert await fields_with(directory, backups, GONE) == [["hosts.name_encrypted"]] * 3
    async with opened(directory) as store:
        async with store.transaction() as tx:
            [gone] = [host for host in await hosts.everyone(tx) if host.name == GONE]
            assert await hosts.erase(tx, gone.id, NOW)
        assert pages_with(directory, GONE) == 0  # the logs of the open files among them
        await backup.renew_keyring(store, backups)
    assert pages_with(directory, GONE) == pages_with(backups, GONE) == 0
    assert await fields_with(directory, backups, GONE) == [[]] * 3
    for name in (KEPT, *HOSTS):
        assert await fields_with(directory, backups, name) == [["hosts.name_encrypted"]] * 3


async def test_the_names_of_hosts_are_on_no_page_and_their_key_is_in_the_keyring_alone(directory: Path) -> None:
    async with opened(directory) as store, store.transaction() as tx:
        assert await hosts.add(tx, KEPT, NOW)
    assert pages_with(directory, KEPT) == 0
    assert pages_with(directory, "Between Convenings") > 0  # the name of the network is on one, so pages are searched


async def test_what_an_erased_owner_made_for_everybody_stays(directory: Path, backups: Path) -> None:
    async with opened(directory) as store:
        async with store.transaction() as tx:
            olena, nour = await enter(tx, "Olena", role=Role.OWNER), await enter(tx, "Nour")
            assert await hosts.add(tx, KEPT, NOW)
            topic = await topics.create(tx, TITLE, "", olena.id, NOW)
            await posts.write(tx, nour, topic.id, WORDS, None, NOW)
        async with store.transaction() as tx:
            await erasure.erase(tx, olena, NOW)
        await backup.make(store, backups, 3, NOW)
    async with opened(directory) as store, store.transaction() as tx:
        assert KEPT in [host.name for host in await hosts.everyone(tx)]
        assert [each.title for each in await topics.everything(tx)] == [TITLE]
        assert [post.body for post in await posts.latest(tx, topic.id, 9)] == [WORDS]
    assert await fields_with(directory, backups, KEPT) == [["hosts.name_encrypted"]] * 3
    assert await fields_with(directory, backups, "Olena") == [[]] * 3
