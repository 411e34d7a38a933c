"""SQLite's errors: which mean damage, which a full or failing disk, and which are passed on."""

import errno
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
import sqlcipher3

from storage.engine.errors import StoreError, sqlite_name, translate_corruption, translate_disk_errors

FOLDER = Path("data")


def error(name: str) -> sqlcipher3.OperationalError:
    made = sqlcipher3.OperationalError("something")
    made.sqlite_errorname = name
    return made


def raised(block: AbstractContextManager[None], name: str) -> Exception:
    """What comes out of a block in which SQLite raises an error of this name."""
    with pytest.raises((StoreError, OSError, sqlcipher3.OperationalError)) as caught, block:
        raise error(name)
    found: Exception = caught.value
    return found


@pytest.mark.parametrize("name", ["SQLITE_CORRUPT", "SQLITE_CORRUPT_INDEX", "SQLITE_NOTADB"])
def test_a_malformed_page_is_damage(name: str) -> None:
    found = raised(translate_corruption(), name)
    assert isinstance(found, StoreError)
    assert found.reason == "damaged"


@pytest.mark.parametrize("name", ["SQLITE_FULL", "SQLITE_IOERR", "SQLITE_BUSY", ""])
def test_another_error_is_no_damage(name: str) -> None:
    assert sqlite_name(raised(translate_corruption(), name)) == name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("SQLITE_FULL", errno.ENOSPC),
        ("SQLITE_IOERR_WRITE", errno.EIO),
        ("SQLITE_IOERR_FSYNC", errno.EIO),
        ("SQLITE_CANTOPEN", errno.EIO),
    ],
)
def test_a_full_or_failing_disk_is_an_error_of_the_system_that_names_the_folder(name: str, code: int) -> None:
    found = raised(translate_disk_errors(FOLDER), name)
    assert isinstance(found, OSError)
    assert (found.errno, found.filename) == (code, "data")


@pytest.mark.parametrize("name", ["SQLITE_CORRUPT", "SQLITE_BUSY", ""])
def test_another_error_is_not_the_disks(name: str) -> None:
    assert sqlite_name(raised(translate_disk_errors(FOLDER), name)) == name


def test_an_error_of_the_driver_has_no_name() -> None:
    assert sqlite_name(sqlcipher3.ProgrammingError("something")) == ""
