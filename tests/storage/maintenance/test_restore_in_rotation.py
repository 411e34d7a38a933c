"""A restore in the middle of a rotation: it ends under the new key and brings back nobody who was erased."""

import shutil
from pathlib import Path

import pytest

from storage.files import KEYRING_FILE, NETWORK_FILE, ROTATED, SLOT_FILE
from storage.integrity import rollback_guard
from storage.maintenance import rekeying, restore
from tests.storage.people import NOW, copy
from tests.storage.rotations import WHOLE, Net, refused, stopped


@pytest.mark.parametrize(
    ("where", "lost"),
    [
        ("begin", ()),
        ("begin", (NETWORK_FILE,)),
        ("begin", (NETWORK_FILE, KEYRING_FILE, rollback_guard.FILE)),
        ("place", ()),
        ("rekey_copies", ()),
        ("rekey_copies", (KEYRING_FILE,)),
        ("rekey_copies", (NETWORK_FILE, KEYRING_FILE, rollback_guard.FILE)),
    ],
)
async def test_a_restore_in_the_midst_ends_under_the_new_key(
    net: Net, monkeypatch: pytest.MonkeyPatch, where: str, lost: tuple[str, ...]
) -> None:
    await net.back_up()
    if where == "begin":
        await net.begin(net.copies)
    else:
        await stopped(net, monkeypatch, where, net.copies)
    for name in lost:
        (net.data / name).unlink()
    outcome = await restore.try_out(net.data, net.copies, net.master, NOW)
    assert outcome.members == 2
    await restore.put_in_place(net.data, net.master)
    restore.give_up(net.data)
    assert net.opening(net.old, net.data) == []
    assert await net.names() == ["Nour", "Salma"]
    assert net.master.before is None
    assert net.files() == WHOLE
    assert net.opening(net.old, net.copies) == []


async def test_a_restore_while_new_files_are_put_in_place_brings_nobody_back_who_was_erased(
    net: Net, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest keyring is in neither the data directory nor the backup just then."""
    await net.back_up()
    await net.salma_leaves()
    await stopped(net, monkeypatch, "place", net.copies)
    before = net.data / ROTATED / rekeying.BEFORE
    before.mkdir()
    for path in net.data.glob(KEYRING_FILE + "*"):
        path.replace(before / path.name)
    outcome = await restore.try_out(net.data, net.copies, net.master, NOW)
    assert (outcome.erased_again, outcome.live_keyring) == (1, True)
    await restore.put_in_place(net.data, net.master)
    restore.give_up(net.data)
    assert await net.names() == ["Nour"]
    assert net.files() == WHOLE


async def test_a_restore_after_the_slot_file_of_a_rotation_was_lost(
    net: Net, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    await net.back_up()
    older = copy(net.data, tmp_path / "older")
    await stopped(net, monkeypatch, "place")
    shutil.copyfile(older / SLOT_FILE, net.data / SLOT_FILE)
    assert await refused(net.data, net.old) == "rotating"
    await restore.try_out(net.data, net.copies, net.old, NOW)
    await restore.put_in_place(net.data, net.old)
    assert await net.names() == ["Nour", "Salma"]
    assert net.files() == WHOLE
