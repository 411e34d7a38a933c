"""A page of an older copy of network.db or keyring.db, put into the newest file by somebody without any key.

The attacker has read and write access to the data directory while the bot is stopped, an earlier copy of it, and the
time to try every page. A page of an earlier copy decrypts in its place, so that a coordinator whose role was taken away
may get it back.

Pass figure: of the pages that differ, in both files and on the pages of two copies, 0 are accepted.
"""

import shutil
from pathlib import Path

import pytest

from storage.engine.errors import StoreError
from storage.files import KEYRING_FILE, NETWORK_FILE
from storage.records import erasure, hosts, posts, topics
from storage.records.people import members
from storage.records.people.member import Role
from tests.storage.people import NOW, contents, copy, enter, found, opened, telegram_id

PAGE = 4096


@pytest.fixture
async def demoted(tmp_path: Path) -> tuple[Path, Path]:
    """The data directory of a network in which Nour is no coordinator any more, and an older copy in which she is."""
    data = tmp_path / "data"
    data.mkdir()
    await found(data)
    async with opened(data) as store, store.transaction() as tx:
        nour, _ = await enter(tx, "Nour", role=Role.COORDINATOR), await enter(tx, "Salma")
        topic = await topics.create(tx, "Detention", "", nour.id, NOW)
        await posts.write(tx, nour, topic.id, "what she wrote", None, NOW)
    older = copy(data, tmp_path / "older")
    async with opened(data) as store, store.transaction() as tx:
        nour = await members.find(tx, telegram_id("Nour"))  # type: ignore[assignment]
        await tx.execute("UPDATE members SET role = 'member' WHERE id = ?", nour.id)
        await erasure.erase(tx, await enter(tx, "Rania"), NOW)
        for number in range(40):
            await hosts.add(tx, f"Host {number}", NOW)
    return data, older


def differing(newest: Path, older: Path) -> list[int]:
    """The numbers, from 0 on, of the pages that both files have and that are not the same."""
    new, old = newest.read_bytes(), older.read_bytes()
    pages = range(min(len(new), len(old)) // PAGE)
    return [page for page in pages if new[page * PAGE :][:PAGE] != old[page * PAGE :][:PAGE]]


def splice(path: Path, older: Path, page: int) -> None:
    with path.open("r+b") as file:
        file.seek(page * PAGE)
        file.write(older.read_bytes()[page * PAGE :][:PAGE])


async def refusal(directory: Path) -> str | None:
    try:
        async with opened(directory):
            return None
    except StoreError as error:
        return error.reason


@pytest.mark.parametrize("name", [NETWORK_FILE, KEYRING_FILE])
async def test_no_page_of_an_older_copy_is_accepted_in_the_newest_file(
    demoted: tuple[Path, Path], tmp_path: Path, name: str
) -> None:
    data, older = demoted
    pages = differing(data / name, older / name)
    assert pages
    refused = []
    for page in pages:
        there = copy(data, tmp_path / f"spliced {page}")
        splice(there / name, older / name, page)
        before = contents(there)
        refused.append(await refusal(there))
        assert contents(there) == before or refused[-1] is None
        shutil.rmtree(there)
    assert set(refused) <= {"pages-older", f"{name.removesuffix('.db')}-older"}  # the page with the generation number
    assert refused.count("pages-older") >= len(pages) - 2
