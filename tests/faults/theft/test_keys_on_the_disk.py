"""What stays of an erased key in the free blocks of the disk.

The attacker has the whole device after the erasure, an older copy of network.db, and the master key: with a page that
held the data key, the words of the erased person can be read. So the pages of keyring.db and of its log, as they were
while the key was in them, are searched in every block of the device.

Pass figure: of the pages that held the key, 0 are found.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.files import KEYRING_FILE
from storage.integrity import sqlcipher_pages
from storage.maintenance import backup
from storage.records import erasure
from storage.records.people import members
from tests.faults.theft.loop_volume import LoopVolume, mounted
from tests.storage.people import MASTER, NOW, copy, enter, found, opened, telegram_id

PAGE, WAL_HEADER, FRAME_HEADER = 4096, 32, 24
PEOPLE = ("Salma", "Rania", "Yara", "Awa", "Olena")


@pytest.fixture
def volume(tmp_path: Path) -> Iterator[LoopVolume]:
    with mounted(tmp_path, megabytes=32) as volume:
        yield volume


def pages_with(folder: Path, key: bytes, aside: Path) -> list[bytes]:
    """The encrypted pages of every keyring in a folder, and of its log, on which a data key is.

    They are read from a copy of the folder, since a live file must not be opened by its path.
    """
    found = []
    for path in copy(folder, aside / os.urandom(4).hex()).glob(KEYRING_FILE + "*"):
        if path.name.endswith(("-wal", "-shm")):
            continue
        raw = [path.read_bytes()[at : at + PAGE] for at in range(0, path.stat().st_size, PAGE)]
        log = path.with_name(path.name + "-wal")
        if log.exists():
            data = log.read_bytes()
            starts = range(WAL_HEADER + FRAME_HEADER, len(data), FRAME_HEADER + PAGE)
            raw += [data[at : at + PAGE] for at in starts]
        plain = sqlcipher_pages.pages(path, MASTER.derive("keyring"))
        found += [page for page, read in zip(raw, plain, strict=True) if read.plain and key in read.plain]
    return found


def on(volume: LoopVolume, pages: list[bytes]) -> int:
    """How many of these pages are on the device. The middle of a page is looked for: its edges may cross blocks."""
    blocks = volume.blocks()
    return sum(page[1024:3072] in blocks for page in pages)


async def test_nothing_of_an_erased_key_is_left_on_the_device(volume: LoopVolume, tmp_path: Path) -> None:
    data, copies = volume.path / "data", volume.path / "copies"
    for folder in (data, copies):
        folder.mkdir(mode=0o700)
    await found(data)
    held = []
    async with opened(data) as store:
        async with store.transaction() as tx:
            for name in PEOPLE:
                await enter(tx, name)
        await backup.make(store, copies, 1, NOW)
        for name in PEOPLE:
            async with store.transaction() as tx:
                member = await members.find(tx, telegram_id(name))
                assert member is not None
                key = store.keyring[member.key_id]
                held += pages_with(data, key, tmp_path) + pages_with(copies, key, tmp_path)
                await erasure.erase(tx, member, NOW)
        await backup.renew_keyring(store, copies)
        assert on(volume, held) == 0
    assert on(volume, held) == 0
    assert len(held) > len(PEOPLE)


async def test_nothing_of_a_key_is_left_after_stops_and_a_crash_before_the_erasure(
    volume: LoopVolume, tmp_path: Path
) -> None:
    data = volume.path / "data"
    data.mkdir(mode=0o700)
    await found(data)
    held = []
    for name in PEOPLE:
        async with opened(data) as store:
            async with store.transaction() as tx:
                key = store.keyring[(await enter(tx, name)).key_id]
            held += pages_with(data, key, tmp_path)
    async with opened(data) as store:
        for name in PEOPLE:
            async with store.transaction() as tx:
                member = await members.find(tx, telegram_id(name))
                assert member is not None
                await erasure.erase(tx, member, NOW)
    assert on(volume, held) == 0
