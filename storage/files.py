"""Names in a data directory, and how a file or a folder gets onto the disk.

Nothing of the project is imported here, so every part of the storage can share these names.
"""

import errno
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, cast

NETWORK_FILE = "network.db"
KEYRING_FILE = "keyring.db"
SLOT_FILE = "halqa.key"
ROTATED = "rotated"  # a folder with complete files under a new master key, some of which may be in place already
ASIDE = "before-restore"  # a folder with the files that a restore has moved aside and not yet replaced for good
PART = ".part"  # ends the name of a file that is not complete yet


def part_of(path: Path) -> Path:
    """The name of a file until it is complete."""
    return path.with_name(path.name + PART)


def create_empty(path: Path) -> Path:
    """Creates an empty file with mode 0600, for SQLite to fill. Raises `FileExistsError`."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return path


def is_own(path: Path, *, besides: Iterable[Path] = ()) -> bool:
    """Whether this is a regular file of this account, no link, and not the same file as one of `besides`.

    Opens nothing: to close any descriptor of a database drops the lock that this process has on it.
    """
    try:
        found = path.lstat()
    except FileNotFoundError:
        return False
    others = [other.stat() for other in besides if other.exists()]
    return _is_own(found) and not any(os.path.samestat(found, other) for other in others)


def open_own(path: Path, mode: str = "r+b") -> BinaryIO:
    """Opens a file that is there, follows no link, and touches no other account's file. Raises `OSError`."""
    flags = os.O_RDONLY if mode == "rb" else os.O_RDWR
    handle = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    if not _is_own(os.fstat(handle)):
        os.close(handle)
        raise OSError(errno.EPERM, "not a regular file of this account", str(path))
    return cast(BinaryIO, os.fdopen(handle, mode))


def _is_own(found: os.stat_result) -> bool:
    return stat.S_ISREG(found.st_mode) and (os.name != "posix" or found.st_uid == os.geteuid())


def sync(path: Path) -> None:
    """Flushes the content of a file, and its name in the folder, to the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Flushes the names in a folder to the disk, where the system lets folders be opened."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
