"""Errors of the database files, and what SQLite's own errors are translated to."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3

# After one of these a connection gives wrong answers, even for intact pages: the file has to be opened again.
BREAKING = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN")


class StoreError(Exception):
    """The files cannot be opened. `reason` is a fixed word: wrong-key, in-use, missing, damaged, wal-altered,
    restoring, rotating, audit-broken, or one of `Generations.mismatch` or `PageState.mismatch`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def sqlite_name(error: BaseException) -> str:
    """SQLite's name of an error, such as SQLITE_CORRUPT; empty for an error of the driver itself."""
    return str(getattr(error, "sqlite_errorname", "") or "")


@contextmanager
def translate_corruption() -> Iterator[None]:
    """Turns SQLite's errors about a page that does not decrypt or is malformed into `StoreError` (damaged)."""
    try:
        yield
    except sqlcipher3.DatabaseError as error:
        if not sqlite_name(error).startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            raise
        raise StoreError("damaged") from None


@contextmanager
def translate_disk_errors(folder: Path) -> Iterator[None]:
    """Turns SQLite's errors about a full or failing disk into `OSError`, which names the folder."""
    try:
        yield
    except sqlcipher3.OperationalError as error:
        name = sqlite_name(error)
        if name == "SQLITE_FULL":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder)) from None
        if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")):
            raise OSError(errno.EIO, name, str(folder)) from None
        raise
