"""An opening while the master key is being rotated: it is resumed, waits, or is refused, and loses nobody."""

import shutil
from pathlib import Path

import pytest

from storage.crypto import key_slots
from storage.crypto.master_key import MasterKeyError
from storage.engine.database import Database
from storage.files import KEYRING_FILE, NETWORK_FILE, ROTATED, SLOT_FILE
from storage.integrity import rollback_guard
from storage.maintenance.key_rotation import RotationWaiting
from storage.opening import open_store
from storage.records import audit
from tests.storage.people import copy, opened
from tests.storage.rotations import OTHER, SOURCE, TODAY, WHOLE, Net, forge, refused, stopped


async def test_an_audit_that_was_broken_after_the_beginning_is_shown_and_the_rest_waits(net: Net) -> None:
    await net.begin()
    await forge(net)
    with pytest.raises(RotationWaiting) as caught:
        await net.go_on()
    assert not caught.value.placed
    async with opened(net.data, master=net.master) as store:
        async with store.transaction() as tx:
            assert await audit.verify(tx) == 1
        await store.begin_audit()  # an operator goes on knowingly
    assert net.opening(net.old, net.data) == [KEYRING_FILE, NETWORK_FILE, rollback_guard.FILE]
    assert await net.names() == ["Nour", "Salma"]
    assert net.opening(net.old, net.data) == []
    assert net.master.before is None


async def test_the_next_opening_goes_on_with_what_was_begun(net: Net) -> None:
    await net.begin()
    assert net.master.before == net.old
    stale = net.master
    assert await net.names() == ["Nour", "Salma"]
    assert net.master == stale.alone
    assert net.opening(net.old, net.data) == []
    async with opened(net.data, master=stale):  # who has had the key since before the end
        pass
    assert net.files() == WHOLE


async def test_a_full_disk_leaves_the_network_as_it_was_until_there_is_space(
    net: Net, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(self: Database) -> None:
        raise OSError(28, "No space left on device", str(self.path))

    with monkeypatch.context() as patch:
        patch.setattr(Database, "export", full)
        with pytest.raises(RotationWaiting) as caught:
            await net.rotate()
        assert isinstance(caught.value.cause, OSError)
        assert not caught.value.placed
        assert await net.names() == ["Nour", "Salma"]
        assert net.files() == WHOLE
        assert net.opening(net.old, net.data)
    assert await net.names() == ["Nour", "Salma"]
    assert net.opening(net.old, net.data) == []


async def test_an_older_network_that_is_accepted_after_the_beginning_is_rotated_in_the_end(
    net: Net, tmp_path: Path
) -> None:
    older = copy(net.data, tmp_path / "older")
    await net.begin()
    shutil.copyfile(older / NETWORK_FILE, net.data / NETWORK_FILE)
    assert await refused(net.data, net.master) == "network-older"
    assert net.files() == WHOLE
    async with opened(net.data, master=net.master, accept_rollback=True) as store:
        await store.begin_audit()
    assert await net.names() == ["Nour", "Salma"]
    assert net.opening(net.old, net.data) == []


async def test_once_drafted_nobody_opens_the_old_files_any_more(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    await stopped(net, monkeypatch, "place")
    assert (net.data / ROTATED).is_dir()
    assert await refused(net.data, net.old) == "rotating"
    assert await net.names() == ["Nour", "Salma"]
    assert net.files() == WHOLE


@pytest.mark.parametrize("name", [NETWORK_FILE, KEYRING_FILE])
async def test_an_older_file_put_back_in_the_midst_is_noticed_and_can_be_accepted(
    net: Net, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    older = copy(net.data, tmp_path / "older")
    await stopped(net, monkeypatch, "rekey_copies", net.copies)
    shutil.copyfile(older / name, net.data / name)
    assert await refused(net.data, net.master) == name.replace(".db", "-older")
    store = await open_store(net.data, net.master, accept_rollback=True)
    await store.close()
    assert net.opening(net.old, net.data) == []
    assert net.master.before is None


async def test_slots_come_and_go_in_the_midst(net: Net) -> None:
    await net.begin()
    with key_slots.changing(net.data / SLOT_FILE, SOURCE) as file:
        new = file.add(OTHER, "one more", TODAY)
        assert [slot.label for slot in file.slots] == ["", "one more"]
        file.save()
    with key_slots.changing(net.data / SLOT_FILE, OTHER) as file:
        file.remove(next(slot.id for slot in file.slots if slot.id != new))
        file.save()
    master = key_slots.unlock(net.data / SLOT_FILE, OTHER)
    assert master.before == net.old
    async with opened(net.data, master=master):
        pass
    assert key_slots.unlock(net.data / SLOT_FILE, OTHER) == master.alone
    with pytest.raises(MasterKeyError, match="wrong"):
        key_slots.unlock(net.data / SLOT_FILE, SOURCE)


async def test_backups_that_went_out_of_reach_are_waited_for_while_the_network_runs(net: Net, tmp_path: Path) -> None:
    await net.back_up()
    await net.begin(net.copies)
    net.copies.rename(tmp_path / "away")
    with pytest.raises(RotationWaiting) as caught:
        await net.go_on()
    assert caught.value.placed
    assert await net.names() == ["Nour", "Salma"]
    assert net.master.before == net.old
    assert net.opening(net.old, net.data) == []
    (tmp_path / "away").rename(net.copies)
    assert await net.names() == ["Nour", "Salma"]
    assert net.master.before is None
    assert net.opening(net.old, net.copies) == []
