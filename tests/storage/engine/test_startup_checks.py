"""What is looked at before anything is opened: interrupted work, and generations; and that nothing is written."""

from pathlib import Path

import pytest

from storage.engine import startup_checks
from storage.engine.database_pair import DatabasePair
from storage.engine.errors import StoreError
from storage.files import ASIDE, KEYRING_FILE, NETWORK_FILE, ROTATED
from tests.storage.people import MASTER, contents, copy, opened


def reason(directory: Path, *, rotating_allowed: bool = False) -> str | None:
    try:
        startup_checks.refuse_interrupted(directory, rotating_allowed=rotating_allowed)
    except StoreError as error:
        return error.reason
    return None


def test_an_interrupted_rotation_is_refused_by_all_but_who_resumes_it(tmp_path: Path) -> None:
    assert reason(tmp_path) is None
    (tmp_path / ROTATED).mkdir()
    assert reason(tmp_path) == "rotating"
    assert reason(tmp_path, rotating_allowed=True) is None


def test_an_interrupted_restore_comes_before_everything(tmp_path: Path) -> None:
    for name in (ROTATED, ASIDE):
        (tmp_path / name).mkdir()
    assert reason(tmp_path) == reason(tmp_path, rotating_allowed=True) == "restoring"


async def test_intact_files_are_accepted_and_not_a_byte_of_them_is_changed(directory: Path) -> None:
    before = contents(directory)
    assert await DatabasePair(directory, MASTER).check(accept_rollback=False) is None
    assert contents(directory) == before


async def test_an_older_file_is_refused_or_named_where_it_is_accepted(directory: Path, tmp_path: Path) -> None:
    older = copy(directory, tmp_path / "older")
    async with opened(directory):
        pass
    (directory / NETWORK_FILE).write_bytes((older / NETWORK_FILE).read_bytes())
    with pytest.raises(StoreError, match="network-older"):
        await DatabasePair(directory, MASTER).check(accept_rollback=False)
    assert await DatabasePair(directory, MASTER).check(accept_rollback=True) == "network-older"


async def test_a_page_that_was_changed_is_refused(directory: Path) -> None:
    data = bytearray((directory / KEYRING_FILE).read_bytes())
    data[5000] ^= 1
    (directory / KEYRING_FILE).write_bytes(data)
    with pytest.raises(StoreError, match="damaged"):
        await DatabasePair(directory, MASTER).check(accept_rollback=False)
