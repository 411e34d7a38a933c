"""A new master key: everybody is still there under it, and the old one opens nothing any more, wherever it stopped."""

import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from storage.crypto import key_slots
from storage.crypto.key_sources import RecoverySource
from storage.crypto.master_key import MasterKey, MasterKeyError
from storage.engine.connection import Database
from storage.engine.errors import StoreError
from storage.files import KEYRING_FILE, NETWORK_FILE, ROTATED, SLOT_FILE
from storage.integrity import rollback_guard, sqlcipher_pages
from storage.maintenance import backup, backup_rekeying, key_rotation, rekeying, restore
from storage.maintenance.backup import BackupError
from storage.maintenance.key_rotation import RotationReport, RotationWaiting
from storage.opening import open_store
from storage.records import audit, erasure, posts, topics
from storage.records.people import invites, members
from storage.records.people.invites import Grants
from tests.storage.people import NOW, contents, copy, enter, found, opened, telegram_id

SOURCE, OTHER = RecoverySource(bytes(range(32))), RecoverySource(bytes(32))
TODAY = date(2026, 3, 2)
LATER = NOW + timedelta(hours=1)


@dataclass(frozen=True)
class Net:
    """A network with Nour, Salma and a post of Nour's; its slot file, and a folder for backups."""

    data: Path
    copies: Path
    old: MasterKey

    @property
    def master(self) -> MasterKey:
        """What the slot file gives now."""
        return key_slots.unlock(self.data / SLOT_FILE, SOURCE)

    async def rotate(self, backups: Path | None = None) -> RotationReport:
        with key_slots.changing(self.data / SLOT_FILE, SOURCE) as file:
            await key_rotation.begin(file, backups, NOW)
            return await key_rotation.complete(file)

    async def go_on(self, *, backups: bool = True) -> RotationReport:
        with key_slots.changing(self.data / SLOT_FILE, SOURCE) as file:
            return await key_rotation.complete(file, backups=backups)

    async def begin(self, backups: Path | None = None) -> None:
        with key_slots.changing(self.data / SLOT_FILE, SOURCE) as file:
            await key_rotation.begin(file, backups, NOW)

    async def back_up(self, hour: int = 1) -> None:
        async with opened(self.data, master=self.master) as store:
            await backup.make(store, self.copies, 9, NOW.replace(hour=hour))

    async def salma_leaves(self) -> None:
        async with opened(self.data, master=self.master) as store, store.transaction() as tx:
            salma = await members.find(tx, telegram_id("Salma"))
            assert salma is not None
            await erasure.erase(tx, salma, NOW)

    async def names(self) -> list[str]:
        """Who is there, found by Telegram id; the post is readable, the audit whole, nobody's key missing or left."""
        async with opened(self.data, master=self.master) as store, store.transaction() as tx:
            assert await audit.verify(tx) is None
            everyone = await members.everyone(tx)
            assert set(store.keyring) == {member.key_id for member in everyone}
            for member in everyone:
                assert member.name is not None
                by_id = await members.find(tx, telegram_id(member.name))
                assert by_id is not None
                assert by_id.id == member.id
            [topic] = await topics.everything(tx)
            assert [post.body for post in await posts.latest(tx, topic.id, 9)] == ["what she wrote"]
            return sorted(str(member.name) for member in everyone)

    def files(self) -> set[str]:
        return {str(path.relative_to(self.data)) for path in self.data.rglob("*")}

    def opening(self, master: MasterKey, folder: Path) -> list[str]:
        """The files of a folder, and of folders in it, that a master key opens."""
        keys = [master.derive(purpose) for purpose in ("database", "keyring")]
        inside = sorted(path for path in folder.rglob("*") if path.is_file())
        by_key = [path.name for path in inside if any(sqlcipher_pages.opens(path, key) for key in keys)]
        sealed = rollback_guard.GenerationFile(folder, master).read()
        return by_key + ([rollback_guard.FILE] if sealed not in (None, rollback_guard.FOREIGN) else [])


WHOLE = {NETWORK_FILE, KEYRING_FILE, rollback_guard.FILE, SLOT_FILE}


@pytest.fixture
async def net(tmp_path: Path) -> Net:
    data, copies = tmp_path / "data", tmp_path / "copies"
    data.mkdir()
    copies.mkdir()
    master = key_slots.create(data / SLOT_FILE, SOURCE, today=TODAY)
    await found(data, master)
    async with opened(data, master=master) as store, store.transaction() as tx:
        nour, salma = await enter(tx, "Nour"), await enter(tx, "Salma")
        topic = await topics.create(tx, "Detention", "", nour.id, NOW)
        await posts.write(tx, nour, topic.id, "what she wrote", None, NOW)
        await audit.record(tx, "approved", nour.id, salma.id, NOW)
    return Net(data, copies, master)


async def refused(directory: Path, master: MasterKey, *, accept_rollback: bool = False) -> str | None:
    try:
        async with opened(directory, master=master, accept_rollback=accept_rollback):
            return None
    except StoreError as found:
        return found.reason


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


async def test_the_old_bytes_are_overwritten_before_they_are_freed(net: Net, tmp_path: Path) -> None:
    held = tmp_path / "held"
    held.mkdir()
    for name in (NETWORK_FILE, KEYRING_FILE):
        (held / name).hardlink_to(net.data / name)
    assert net.opening(net.old, held)
    await net.rotate()
    assert net.opening(net.old, held) == []


async def test_the_audit_goes_on_whole_under_the_new_key_and_says_so(net: Net) -> None:
    async with opened(net.data, master=net.old) as store, store.transaction() as tx:
        before = await audit.last(tx, 99)
    await net.rotate()
    async with opened(net.data, master=net.master) as store, store.transaction() as tx:
        entry, *others = await audit.last(tx, 99)
        assert (entry.action, entry.at, entry.actor_id) == ("keys-rotated", NOW, None)
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


async def forge(net: Net) -> None:
    async with opened(net.data, master=net.old) as store, store.transaction() as tx:
        await tx.execute("UPDATE audit SET action = 'declined' WHERE number = 1")


async def test_with_an_audit_that_does_not_hold_nothing_is_begun(net: Net) -> None:
    await forge(net)
    before = (net.data / SLOT_FILE).read_bytes()
    with pytest.raises(StoreError, match="audit-broken"):
        await net.rotate()
    assert (net.data / SLOT_FILE).read_bytes() == before
    async with opened(net.data, master=net.master):
        pass
    assert net.files() == WHOLE


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


async def test_a_draft_that_lost_rows_replaces_nothing(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    export = Database.export

    async def short(self: Database) -> None:
        await export(self)
        if self.path.name == NETWORK_FILE:
            await self.execute("INSERT INTO hosts VALUES (x'01', 'one more than was copied', 1)")

    monkeypatch.setattr(Database, "export", short)
    with pytest.raises(RotationWaiting) as caught:
        await net.rotate()
    assert isinstance(caught.value.cause, StoreError)
    assert caught.value.cause.reason == "damaged"
    assert net.opening(net.old, net.data)


async def test_a_draft_whose_journal_was_not_written_back_replaces_nothing(
    net: Net, monkeypatch: pytest.MonkeyPatch
) -> None:
    rewrite = rekeying._rewrite

    async def unfinished(into: Path, *more: Any) -> None:
        await rewrite(into, *more)
        (into / f"{NETWORK_FILE}-wal").write_bytes(b"pages that the file lacks")

    monkeypatch.setattr(rekeying, "_rewrite", unfinished)
    with pytest.raises(RotationWaiting) as caught:
        await net.rotate()
    assert not caught.value.placed
    assert net.opening(net.old, net.data)
    assert net.files() == WHOLE


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


class Stop(Exception):
    pass


async def stopped(net: Net, monkeypatch: pytest.MonkeyPatch, where: str, backups: Path | None = None) -> None:
    """A rotation that ended in the middle, before `place` or `rekey_copies`."""

    def stop(*_: object) -> None:
        raise Stop

    with monkeypatch.context() as patch:
        patch.setattr(rekeying if where == "place" else backup_rekeying, where, stop)
        with pytest.raises(Stop):
            await net.rotate(backups)


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


async def test_backups_are_brought_over_and_somebody_erased_stays_erased(net: Net, tmp_path: Path) -> None:
    held = tmp_path / "held"
    await net.back_up()
    await net.salma_leaves()
    await net.back_up(2)
    shutil.copytree(net.copies, held, copy_function=lambda a, b: Path(b).hardlink_to(a))
    assert len(net.opening(net.old, net.copies)) == 3
    outcome = await net.rotate(net.copies)
    assert (outcome.copies, outcome.left) == (3, ())
    assert net.opening(net.old, net.copies) == net.opening(net.old, held) == []
    assert len(net.opening(net.master, net.copies)) == len(contents(net.copies)) == 3
    (net.copies / "network-2026-03-02T020000Z.db").unlink()
    brought = await restore.try_out(net.data, net.copies, net.master)
    assert (brought.members, brought.erased_again, brought.live_keyring) == (1, 1, True)
    await restore.put_in_place(net.data, net.master)
    assert await net.names() == ["Nour"]
    await net.back_up(3)  # the copy of the keyring is one of ours


async def test_without_the_data_directory_a_backup_that_was_brought_over_is_enough(net: Net, tmp_path: Path) -> None:
    await net.back_up()
    await net.rotate(net.copies)
    await restore.try_out(tmp_path / "fresh", net.copies, net.master)
    await restore.put_in_place(tmp_path / "fresh", net.master)
    shutil.copyfile(net.data / SLOT_FILE, tmp_path / "fresh" / SLOT_FILE)
    (tmp_path / "fresh" / SLOT_FILE).chmod(0o600)
    assert await Net(tmp_path / "fresh", net.copies, net.old).names() == ["Nour", "Salma"]


async def test_backups_out_of_reach_are_said_before_anything_is_begun(net: Net, tmp_path: Path) -> None:
    before = (net.data / SLOT_FILE).read_bytes()
    with pytest.raises(BackupError, match="unreachable"):
        await net.begin(tmp_path / "not mounted")
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    await found(theirs, MasterKey(bytes(32)))
    shutil.copyfile(theirs / KEYRING_FILE, net.copies / KEYRING_FILE)
    with pytest.raises(BackupError, match="foreign"):
        await net.begin(net.copies)
    assert (net.data / SLOT_FILE).read_bytes() == before


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


async def test_backups_may_be_left_behind_knowingly(net: Net) -> None:
    await net.back_up()
    await net.begin(net.copies)
    outcome = await net.go_on(backups=False)
    assert outcome.left == (KEYRING_FILE, "network-2026-03-02T010000Z.db")
    assert len(net.opening(net.old, net.copies)) == 2
    with pytest.raises(BackupError, match="foreign"):
        await net.back_up(2)


async def test_a_damaged_copy_does_not_keep_the_old_key_alive(net: Net) -> None:
    await net.back_up()
    damaged = net.copies / "network-2026-03-02T010000Z.db"
    with damaged.open("r+b") as file:
        file.seek(3 * 4096 + 7)
        file.write(b"damaged")
    outcome = await net.rotate(net.copies)
    assert (outcome.copies, outcome.left) == (1, (damaged.name,))
    assert net.master.before is None


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
    outcome = await restore.try_out(net.data, net.copies, net.master)
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
    outcome = await restore.try_out(net.data, net.copies, net.master)
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
    await restore.try_out(net.data, net.copies, net.old)
    await restore.put_in_place(net.data, net.old)
    assert await net.names() == ["Nour", "Salma"]
    assert net.files() == WHOLE
