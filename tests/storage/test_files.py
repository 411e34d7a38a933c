"""Names of files, and that a file and its name are flushed to the disk."""

import os
import stat
from pathlib import Path

import pytest

from storage.files import create_empty, part_of, sync, sync_folder


def test_an_empty_file_is_for_its_owner_alone_and_replaces_none(tmp_path: Path) -> None:
    path = create_empty(tmp_path / "network.db")
    assert (path, path.read_bytes()) == (tmp_path / "network.db", b"")
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_bytes(b"something")
    with pytest.raises(FileExistsError):
        create_empty(path)
    assert path.read_bytes() == b"something"


def test_an_incomplete_file_has_a_name_of_its_own_beside_the_complete_one() -> None:
    assert part_of(Path("backups/keyring.db")) == Path("backups/keyring.db.part")


@pytest.fixture
def flushed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The inodes that were flushed, in their order."""
    inodes: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda handle: inodes.append(os.fstat(handle).st_ino))
    return inodes


@pytest.mark.skipif(os.name != "posix", reason="folders can be opened only there")
def test_a_file_is_flushed_before_its_name(tmp_path: Path, flushed: list[int]) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"words")
    sync(path)
    assert flushed == [path.stat().st_ino, tmp_path.stat().st_ino]


@pytest.mark.skipif(os.name != "posix", reason="folders can be opened only there")
def test_of_a_folder_the_names_alone_are_flushed(tmp_path: Path, flushed: list[int]) -> None:
    (tmp_path / "file").write_bytes(b"words")
    sync_folder(tmp_path)
    assert flushed == [tmp_path.stat().st_ino]


def test_a_file_that_is_not_there_cannot_be_flushed(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sync(tmp_path / "missing")
