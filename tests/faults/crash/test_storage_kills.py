"""SIGKILL before the steps of migrations, backups, erasures, restores and key rotations.

The usual run kills before every third to eleventh step, with HALQA_LONG=1 before every step.

Pass figure: over 100 kills; after each the files open with the state before or after the operation: nobody else is lost
and nobody is half erased.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from storage.crypto import key_slots
from storage.crypto.key_slots import SlotFile
from storage.crypto.master_key import MasterKey
from storage.engine import migrate, sqlcipher
from storage.engine.database_pair import BEFORE_MIGRATION
from storage.files import KEYRING_FILE, NETWORK_FILE, ROTATED, SLOT_FILE
from storage.integrity import rollback_guard, sqlcipher_pages
from storage.maintenance import backup, key_rotation, restore
from storage.records import audit, hosts, posts, topics
from storage.records.people import members
from tests.faults.crash.kill_at_step import SOURCE, move_backups, rotate
from tests.faults.long_run import short_or_long
from tests.faults.older_schema import downgrade
from tests.storage.people import HOSTS, MASTER, NOW, contents, enter, found, keys_in, members_keys, opened
from tests.support.paths import ROOT

COUNTED = 3  # the first version of both files with a generation number, which has a file of its own
STRIDE = short_or_long(3, 1)  # steps from one kill to the next; more in operations with many steps
pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL and fork are POSIX")


@pytest.fixture(autouse=True)
def without_fsync(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    monkeypatch.setattr(sqlcipher, "PRAGMAS", (*sqlcipher.PRAGMAS, "synchronous = OFF"))


def run_with_kills(operation: str, base: Path, to: Path, stride: int = 1) -> list[Path]:
    """Returns the folders that the killed processes left behind, by step; the operation in the last one is complete."""
    to.mkdir()
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.faults.crash.kill_at_step", operation, str(base), str(to), str(stride)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=env, timeout=300)
    assert done.returncode == 0, done.stderr
    last = int(done.stdout.splitlines()[-1])
    return [to / str(step) for step in range(1, last + 1, stride)]


async def populated(base: Path) -> Path:
    """Creates a network with Nour, Salma and a post of Nour's, and an empty folder for backups."""
    for name in ("data", "copies"):
        (base / name).mkdir(parents=True)
    await found(base / "data")
    async with opened(base / "data") as store, store.transaction() as tx:
        nour, _ = await enter(tx, "Nour"), await enter(tx, "Salma")
        topic = await topics.create(tx, "Detention", "", nour.id, NOW)
        await posts.write(tx, nour, topic.id, "what she wrote", None, NOW)
    return base


async def people(base: Path, master: MasterKey = MASTER) -> list[str]:
    """The names of all members.

    Asserts that each key has an owner, the hosts have their names, the audit is intact and the post is readable.
    """
    async with opened(base / "data", master=master) as store, store.transaction() as tx:
        assert await audit.verify(tx) is None
        everyone = await members.everyone(tx)
        assert [host.name for host in await hosts.everyone(tx)] == list(HOSTS)
        assert await members_keys(store, tx) == {member.key_id for member in everyone}
        assert await tx.fetchval("SELECT count(*) FROM erasures") == 0
        [topic] = await topics.everything(tx)
        [post] = await posts.latest(tx, topic.id, 9)
        assert post.body == "what she wrote"
        return sorted(str(member.name) for member in everyone)


@pytest.mark.parametrize("version", range(1, len(migrate.steps("network"))))
async def test_from_every_earlier_version_a_kill_at_any_step_ends_with_the_newest(tmp_path: Path, version: int) -> None:
    base = await populated(tmp_path / "base")
    await downgrade(base / "data" / NETWORK_FILE, "network", version)
    await downgrade(base / "data" / KEYRING_FILE, "keyring", min(version, len(migrate.steps("keyring"))))
    if version < COUNTED:
        (base / "data" / "halqa.generation").unlink()
    stride = STRIDE
    left = run_with_kills("start", base, tmp_path / "killed", stride)
    assert len(left) > 40 // stride
    copied = 0
    for each in left:
        copied += any(name.endswith(BEFORE_MIGRATION) for name in contents(each / "data"))
        assert await people(each) == ["Nour", "Salma"]
        assert set(contents(each / "data")) == {NETWORK_FILE, KEYRING_FILE, "halqa.generation"}
    assert copied > 10 // stride  # the copy made before a migration is still beside the file


async def test_a_kill_at_any_step_of_a_backup_leaves_the_network_and_an_older_backup_whole(tmp_path: Path) -> None:
    base = await populated(tmp_path / "base")
    async with opened(base / "data") as store:
        await backup.make(store, base / "copies", 1, NOW.replace(hour=1))
        async with store.transaction() as tx:
            await enter(tx, "Rania")
    left = run_with_kills("backup", base, tmp_path / "killed", STRIDE)
    assert len(left) > 40 // STRIDE
    for each in left:
        assert await people(each) == ["Nour", "Rania", "Salma"]
        outcome = await restore.try_out(each / "fresh", each / "copies", MASTER, NOW)
        assert (outcome.members in (2, 3), outcome.erased_again) == (True, 0)
        async with opened(each / "data") as store:
            await backup.make(store, each / "copies", 1, NOW.replace(hour=20))
        assert set(contents(each / "copies")) == {"network-2026-03-02T200000Z.db", KEYRING_FILE}


async def test_a_kill_at_any_step_of_an_erasure_leaves_her_whole_or_gone(tmp_path: Path) -> None:
    base = await populated(tmp_path / "base")
    left = run_with_kills("erase", base, tmp_path / "killed", STRIDE)
    assert len(left) > 40 // STRIDE
    there = [await people(each) for each in left]
    assert there[0] == ["Nour", "Salma"]
    assert there[-1] == ["Nour"]
    assert all(names in (["Nour", "Salma"], ["Nour"]) for names in there)
    assert [len(await keys_in(each / "data")) for each in left] == [len(names) for names in there]


async def test_a_kill_at_any_step_of_a_restore_leaves_the_files_before_or_the_new_ones(tmp_path: Path) -> None:
    base = await populated(tmp_path / "base")
    async with opened(base / "data") as store:
        await backup.make(store, base / "copies", 1, NOW)
        async with store.transaction() as tx:
            await enter(tx, "Rania")
    stride = STRIDE
    left = run_with_kills("restore", base, tmp_path / "killed", stride)
    assert len(left) > 60 // stride
    there = []
    for each in left:
        restore.put_back(each / "data")  # which is how the next `halqa restore` begins
        restore.give_up(each / "data")
        there.append(await people(each))
    assert there[0] == ["Nour", "Rania", "Salma"]
    assert there[-1] == ["Nour", "Salma"]
    assert all(names in (there[0], there[-1]) for names in there)


@pytest.fixture
async def begun(tmp_path: Path) -> Path:
    """A network with a slot file and a backup, before any rotation."""
    base = await populated(tmp_path / "base")
    file = SlotFile(base / "data" / SLOT_FILE, {"slots": []}, MASTER, "")
    file.add(SOURCE, "", None)
    file.save()
    async with opened(base / "data") as store:
        await backup.make(store, base / "copies", 9, NOW)
    return base


def opening(folder: Path, master: MasterKey) -> list[str]:
    """The files in a folder and its subfolders that a master key opens."""
    keys = [master.derive(purpose) for purpose in ("database", "keyring")]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(sqlcipher_pages.opens(path, key) for key in keys)]


async def assert_rotation_ends(each: Path, *, by_command: bool) -> None:
    """The next command or start finishes the rotation: nobody is lost, and the old master key opens no file."""
    master = key_slots.unlock(each / "data" / SLOT_FILE, SOURCE)
    if by_command or master == MASTER:
        await rotate(each)
    else:
        assert await people(each, master) == ["Nour", "Salma"]
    new = key_slots.unlock(each / "data" / SLOT_FILE, SOURCE)
    assert new.before is None
    assert await people(each, new) == ["Nour", "Salma"]
    assert set(contents(each / "data")) == {NETWORK_FILE, KEYRING_FILE, rollback_guard.FILE, SLOT_FILE}
    assert opening(each, MASTER) == []
    assert rollback_guard.GenerationFile(each / "data", MASTER).read() == rollback_guard.FOREIGN
    assert len(opening(each / "copies", new)) == len(contents(each / "copies")) == 2


async def test_a_kill_at_any_step_of_a_rotation_ends_under_the_new_key(begun: Path, tmp_path: Path) -> None:
    stride = short_or_long(2 * STRIDE, 1)
    left = run_with_kills("rotate", begun, tmp_path / "killed", stride)
    assert len(left) > 150 // stride
    stages = {(each / "data" / key_rotation.DRAFTS).is_dir() + 2 * (each / "data" / ROTATED).is_dir() for each in left}
    assert stages == {0, 1, 2}
    for number, each in enumerate(left[:-1]):
        await assert_rotation_ends(each, by_command=bool(number % 2))
    assert await people(left[-1], key_slots.unlock(left[-1] / "data" / SLOT_FILE, SOURCE)) == ["Nour", "Salma"]
    assert opening(left[-1], MASTER) == []


@pytest.mark.parametrize("stage", [key_rotation.DRAFTS, ROTATED])
async def test_a_second_kill_while_a_rotation_resumes_makes_no_difference(
    begun: Path, tmp_path: Path, stage: str
) -> None:
    first = run_with_kills("rotate", begun, tmp_path / "first", stride=7)
    there = [each for each in first if (each / "data" / stage).is_dir()]
    left = run_with_kills("go-on", there[len(there) // 2], tmp_path / "second", stride=short_or_long(15, 5))
    assert len(left) > short_or_long(4, 12)
    assert opening(left[-1], MASTER) == []
    for number, each in enumerate(left[:-1]):  # the next start does not know how often it was tried before
        move_backups(each)
        await assert_rotation_ends(each, by_command=bool(number % 2))
