"""Old bytes are overwritten before they are freed: of a file that is replaced, and of all in a folder."""

from pathlib import Path

import pytest

from storage.maintenance import secure_erase

OLD, NEW = bytes(range(256)) * 40, b"new"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "keyring.db"
    path.write_bytes(OLD)
    return path


def is_overwritten(path: Path) -> bool:
    data = path.read_bytes()
    blocks = {OLD[at : at + 16] for at in range(0, len(OLD), 16)}
    return len(data) == len(OLD) and not any(data[at : at + 16] in blocks for at in range(0, len(data), 16))


def test_a_file_keeps_its_length_and_nothing_of_its_bytes(old: Path) -> None:
    secure_erase.overwrite(old)
    assert is_overwritten(old)


def test_the_bytes_of_a_file_that_is_replaced_are_overwritten(old: Path, tmp_path: Path) -> None:
    part, blocks = tmp_path / "keyring.db.part", tmp_path / "the same blocks"
    part.write_bytes(NEW)
    blocks.hardlink_to(old)
    secure_erase.replace(part, old)
    assert old.read_bytes() == NEW
    assert is_overwritten(blocks)
    assert not part.exists()


def test_where_there_was_no_file_the_new_one_is_put_there(tmp_path: Path) -> None:
    part = tmp_path / "keyring.db.part"
    part.write_bytes(NEW)
    secure_erase.replace(part, tmp_path / "keyring.db")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"keyring.db": NEW}


def test_a_folder_goes_with_all_that_is_in_it(tmp_path: Path) -> None:
    folder, blocks = tmp_path / "rotated", tmp_path / "the same blocks"
    (folder / "before").mkdir(parents=True)
    (folder / "before" / "keyring.db").write_bytes(OLD)
    blocks.hardlink_to(folder / "before" / "keyring.db")
    secure_erase.erase_folder(folder)
    assert not folder.exists()
    assert is_overwritten(blocks)
    secure_erase.erase_folder(folder)  # one that is not there is no error
