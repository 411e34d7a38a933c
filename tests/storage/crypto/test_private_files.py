"""Files for their owner alone: how they are written, and refused where others may touch them."""

import os
import stat
from pathlib import Path

import pytest

from storage.crypto import key_slots, private_files, slot_format
from storage.crypto.key_sources import KeyFileSource
from storage.crypto.master_key import MasterKeyError
from storage.maintenance import secure_erase
from tests.storage.crypto.slot_changes import NOUR, OLENA, RECOVERY, add, refused
from tests.storage.crypto.unlocking import trouble

pytestmark = pytest.mark.usefixtures("cheap")


@pytest.mark.skipif(os.name != "posix", reason="permissions of this kind are POSIX")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o666])
def test_a_file_that_others_may_touch_is_refused_as_exposed(slots: Path, key_file: KeyFileSource, mode: int) -> None:
    key_slots.create(slots, key_file)
    for path in (slots, key_file.path):
        path.chmod(mode)
        assert trouble(slots, key_file) == "exposed"
        path.chmod(0o600)
    key_slots.unlock(slots, key_file)


@pytest.mark.skipif(os.name != "posix", reason="permissions of this kind are POSIX")
def test_what_is_written_is_for_its_owner_alone_whatever_the_umask(slots: Path, key_file: KeyFileSource) -> None:
    before = os.umask(0)
    try:
        key_slots.create(slots, key_file)
    finally:
        os.umask(before)
    assert stat.S_IMODE(slots.stat().st_mode) == 0o600


def test_an_existing_slot_file_is_never_written_over(slots: Path, key_file: KeyFileSource) -> None:
    key_slots.create(slots, key_file)
    before = slots.read_bytes()
    with pytest.raises(MasterKeyError, match="exists"):
        key_slots.create(slots, key_file)
    assert slots.read_bytes() == before


def test_the_slot_file_holds_neither_the_master_key_nor_the_key_that_opens_it(
    slots: Path, key_file: KeyFileSource
) -> None:
    master = key_slots.create(slots, key_file)
    for secret in (master._bytes, key_file.path.read_bytes()):
        for form in (secret, secret.hex().encode(), slot_format.to_text(secret).encode()):
            assert form not in slots.read_bytes()


def test_every_new_key_is_another(tmp_path: Path) -> None:
    made = set()
    for number in range(20):
        private_files.create_key_file(tmp_path / f"key{number}")
        made.add((tmp_path / f"key{number}").read_bytes())
        made.add(key_slots.create(tmp_path / f"slots{number}", KeyFileSource(tmp_path / f"key{number}"))._bytes)
    assert len(made) == 40
    assert {len(key) for key in made} == {32}


@pytest.mark.parametrize("crash", ["write_private", "sync_folder"])
def test_a_crash_while_it_is_written_leaves_the_old_file_or_the_new(
    slots: Path, monkeypatch: pytest.MonkeyPatch, crash: str
) -> None:
    master = key_slots.create(slots, NOUR)
    with monkeypatch.context() as broken:

        def half(*_: object) -> None:
            if crash == "write_private":
                slots.with_name(slots.name + ".new").write_bytes(b"half of i")
            raise OSError("crash")

        broken.setattr(private_files if crash == "write_private" else secure_erase, crash, half)
        with pytest.raises(OSError, match="crash"):
            add(slots, NOUR, OLENA)
    assert key_slots.unlock(slots, NOUR) == master
    add(slots, NOUR, RECOVERY)
    assert key_slots.unlock(slots, RECOVERY) == master
    assert os.listdir(slots.parent) == [slots.name]  # noqa: PTH208
    assert slots.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can make a file of root")
def test_a_credential_of_systemd_may_be_readable_by_the_group_of_root(
    slots: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "credentials"
    folder.mkdir()
    handed_over = KeyFileSource(folder / "halqa")
    private_files.create_key_file(handed_over.path)
    key_slots.create(slots, handed_over)
    handed_over.path.chmod(0o440)
    assert refused(lambda: key_slots.unlock(slots, handed_over)) == "exposed"
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(folder))
    key_slots.unlock(slots, handed_over)
    for mode in (0o444, 0o460, 0o450, 0o441):
        handed_over.path.chmod(mode)
        assert refused(lambda: key_slots.unlock(slots, handed_over)) == "exposed"
    handed_over.path.chmod(0o440)
    os.chown(handed_over.path, 1000, -1)
    assert refused(lambda: key_slots.unlock(slots, handed_over)) == "exposed"
    slots.chmod(0o440)
    assert refused(lambda: key_slots.unlock(slots, handed_over)) == "exposed"
