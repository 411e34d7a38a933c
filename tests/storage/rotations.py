"""A network whose master key is rotated, and rotations that stop in the middle."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from storage.crypto import key_slots
from storage.crypto.key_sources import RecoverySource
from storage.crypto.master_key import MasterKey
from storage.engine.errors import StoreError
from storage.files import KEYRING_FILE, NETWORK_FILE, SLOT_FILE
from storage.integrity import rollback_guard, sqlcipher_pages
from storage.maintenance import backup, backup_rekeying, key_rotation, rekeying
from storage.maintenance.key_rotation import RotationReport
from storage.records import audit, erasure, hosts, posts, topics
from storage.records.people import members
from tests.storage.people import HOSTS, NOW, members_keys, opened, telegram_id

SOURCE, OTHER = RecoverySource(bytes(range(32))), RecoverySource(bytes(32))
TODAY = date(2026, 3, 2)


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
            assert [host.name for host in await hosts.everyone(tx)] == list(HOSTS)
            everyone = await members.everyone(tx)
            assert await members_keys(store, tx) == {member.key_id for member in everyone}
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


async def refused(directory: Path, master: MasterKey, *, accept_rollback: bool = False) -> str | None:
    try:
        async with opened(directory, master=master, accept_rollback=accept_rollback):
            return None
    except StoreError as found:
        return found.reason


async def forge(net: Net) -> None:
    async with opened(net.data, master=net.old) as store, store.transaction() as tx:
        await tx.execute("UPDATE audit SET action = 'declined' WHERE number = 1")


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
