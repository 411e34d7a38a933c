"""A new master key: everybody is still there under it, and the old one opens nothing any more."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from storage.crypto import key_slots
from storage.engine.errors import StoreError
from storage.files import KEYRING_FILE, NETWORK_FILE, SLOT_FILE
from storage.integrity import rollback_guard
from storage.records import audit
from storage.records.people import invites
from storage.records.people.invites import Grants
from tests.storage.people import NOW, contents, copy, opened
from tests.storage.rotations import SOURCE, WHOLE, Net, forge, refused

LATER = NOW + timedelta(hours=1)


async def test_everybody_is_there_and_the_old_slot_file_opens_nothing(net: Net, tmp_path: Path) -> None:
    older = copy(net.data, tmp_path / "older")
    assert set(net.opening(net.old, net.data)) == WHOLE - {SLOT_FILE}
    await net.rotate()
    assert net.master != net.old
    assert net.files() == WHOLE
    assert net.opening(net.old, net.data) == []
    assert set(net.opening(net.master, net.data)) == WHOLE - {SLOT_FILE}
    numbers = (
        rollback_guard.GenerationFile(older, net.old).read(),
        rollback_guard.GenerationFile(net.data, net.master).read(),
    )
    assert (numbers[0] or 0) < (numbers[1] or 0)
    assert await net.names() == ["Nour", "Salma"]
    assert key_slots.unlock(older / SLOT_FILE, SOURCE) == net.old
    before = contents(net.data)
    assert await refused(net.data, net.old) == "wrong-key"
    assert contents(net.data) == before


async def test_the_audit_goes_on_whole_under_the_new_key_and_says_so(net: Net) -> None:
    async with opened(net.data, master=net.old) as store, store.transaction() as tx:
        before = await audit.last(tx, 99)
    await net.rotate()
    async with opened(net.data, master=net.master) as store, store.transaction() as tx:
        entry, *others = await audit.last(tx, 99)
        assert (entry.action, entry.at, entry.actor_tag) == ("keys-rotated", NOW, None)
        assert others == before
        assert tx.audit.begun == 0  # the old entries were found whole, so nothing about them is doubtful
        await tx.execute("UPDATE audit SET action = 'declined' WHERE number = 1")
        assert await audit.verify(tx) == 1


async def test_hashes_of_telegram_ids_are_by_the_key_of_a_new_epoch(net: Net) -> None:
    async def hashes() -> tuple[set[bytes], set[bytes]]:
        async with opened(net.data, master=net.master) as store, store.transaction() as tx:
            rows = await tx.fetch("SELECT telegram_id_index FROM members UNION SELECT key_id FROM epoch")
            keys = await store._keys.fetch("SELECT key FROM epoch_keys")
            return {row[0] for row in rows}, {row[0] for row in keys}

    before = await hashes()
    await net.rotate()
    after = await hashes()
    assert not before[0] & after[0]
    assert (len(before[0]), len(after[0]), len(after[1])) == (3, 3, 1)
    assert before[1] != after[1]


async def test_open_invitations_end_and_are_counted_and_new_ones_work(net: Net) -> None:
    async with opened(net.data, master=net.old) as store, store.transaction() as tx:
        _, code = await invites.create(tx, Grants.APPLICATION, None, NOW)
        await invites.create(tx, Grants.OWNERSHIP, None, NOW)
        await invites.create(tx, Grants.APPLICATION, None, NOW - invites.LIFETIME)  # over already
        _, used = await invites.create(tx, Grants.APPLICATION, None, NOW)
        assert await invites.redeem(tx, used, NOW)
    assert (await net.rotate()).invites == 2
    async with opened(net.data, master=net.master) as store, store.transaction() as tx:
        assert not await invites.is_open(tx, code, NOW)
        assert await tx.fetchval("SELECT count(*) FROM invites WHERE used_at IS NULL AND revoked_at IS NULL") == 0
        _, fresh = await invites.create(tx, Grants.APPLICATION, None, NOW)
        assert await invites.redeem(tx, fresh, NOW)


@pytest.mark.parametrize("names", [[NETWORK_FILE], [KEYRING_FILE], [NETWORK_FILE, KEYRING_FILE]])
async def test_older_databases_put_back_afterwards_are_refused(net: Net, tmp_path: Path, names: list[str]) -> None:
    older = copy(net.data, tmp_path / "older")
    await net.rotate()
    for name in names:
        shutil.copyfile(older / name, net.data / name)
    for accept_rollback in (False, True):
        assert await refused(net.data, net.master, accept_rollback=accept_rollback) == "wrong-key"


async def test_a_generation_from_before_put_back_is_noticed(net: Net, tmp_path: Path) -> None:
    older = copy(net.data, tmp_path / "older")
    await net.rotate()
    shutil.copyfile(older / rollback_guard.FILE, net.data / rollback_guard.FILE)
    assert await refused(net.data, net.master) == "generation-foreign"


async def test_a_copy_of_the_new_files_put_back_is_noticed_as_ever(net: Net, tmp_path: Path) -> None:
    await net.rotate()
    older = copy(net.data, tmp_path / "older")
    for _ in range(2):
        await net.names()
    shutil.copyfile(older / NETWORK_FILE, net.data / NETWORK_FILE)
    assert await refused(net.data, net.master) == "network-older"


async def test_with_an_audit_that_does_not_hold_nothing_is_begun(net: Net) -> None:
    await forge(net)
    before = (net.data / SLOT_FILE).read_bytes()
    with pytest.raises(StoreError, match="audit-broken"):
        await net.rotate()
    assert (net.data / SLOT_FILE).read_bytes() == before
    async with opened(net.data, master=net.master):
        pass
    assert net.files() == WHOLE
