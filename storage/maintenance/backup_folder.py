"""The folder of the backups: which files in it are copies, and what is never opened, replaced or removed.

The folder may be on another volume. Whoever may write to it could put a link to a live database in the place of a copy,
and a live file that is overwritten, or only opened and closed in the process that holds its lock, is lost. So a folder
that others may write to is refused, and only regular files of this account, other than the live ones, are touched.
"""

import os
import re
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage.files import KEYRING_FILE, NETWORK_FILE, PART, SLOT_FILE, is_own
from storage.maintenance import secure_erase

_STAMP = "%Y-%m-%dT%H%M%SZ"
_NAME = re.compile(r"network-([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{6}Z)\.db")
AHEAD = timedelta(days=1)  # by which the date of a copy may be ahead of the clock, which may have been set back
OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH


class BackupError(Exception):
    """A folder that cannot hold a backup. `reason` is a fixed word: inside, foreign, empty, no-keyring, unreachable,
    others-write, not-own."""

    def __init__(self, reason: str, path: Path) -> None:
        super().__init__(reason)
        self.reason = reason
        self.path = path


def check(folder: Path, data: Path) -> None:
    """Raises `BackupError`: others-write, or not-own where its keyring.db is a link, somebody else's or the live one.

    Opens nothing. Raises `OSError` where the folder cannot be reached.
    """
    found = folder.stat()
    if os.name == "posix" and (found.st_uid not in (os.geteuid(), 0) or found.st_mode & OTHERS_MAY_WRITE):
        raise BackupError("others-write", folder)
    keyring = folder / KEYRING_FILE
    if os.path.lexists(keyring) and not is_own(keyring, besides=live_files(data)):
        raise BackupError("not-own", folder)


def check_target(folder: Path, data: Path) -> None:
    """What `check` does, and raises `BackupError` (inside) for a folder in the data directory."""
    if folder.resolve().is_relative_to(data.resolve()):
        raise BackupError("inside", folder)
    check(folder, data)


def live_files(data: Path) -> tuple[Path, ...]:
    """The files of a data directory that no copy may be the same file as."""
    return tuple(data / name for name in (NETWORK_FILE, KEYRING_FILE, SLOT_FILE))


def name_of(now: datetime) -> str:
    """The name of a copy of network.db that is made now."""
    return f"network-{now:{_STAMP}}.db"


def dated(name: str) -> datetime | None:
    """The instant in the name of a copy; None for another name, and for a date that there is not."""
    match = _NAME.fullmatch(name)
    try:
        return datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC) if match else None
    except ValueError:
        return None


def candidates(folder: Path, data: Path | None = None) -> list[Path]:
    """Every file that is named like a copy of network.db, whatever date, and is a regular file of this account."""
    besides = live_files(data) if data else ()
    return sorted(path for path in _named_like_copies(folder) if is_own(path, besides=besides))


def copies(folder: Path, now: datetime | None = None) -> list[tuple[datetime, Path]]:
    """The copies of network.db in a folder with the instants at which they were made, the newest first.

    Left out is what `ignored` returns; `now` None: a date in the future counts.
    """
    found = [(dated(path.name), path) for path in candidates(folder)]
    return sorted(((at, path) for at, path in found if at and (now is None or at <= now + AHEAD)), reverse=True)


def ignored(folder: Path, now: datetime) -> list[str]:
    """The names of what is called like a copy and is none: no such date, one in the future, a link, a folder."""
    taken = {path for _, path in copies(folder, now)}
    return sorted(path.name for path in _named_like_copies(folder) if path not in taken)


def is_used(folder: Path) -> bool:
    """Whether there is a backup in the folder: a keyring.db, or anything named like a copy of network.db."""
    return any(True for _ in _named_like_copies(folder)) or os.path.lexists(folder / KEYRING_FILE)


def remove_leftovers(folder: Path) -> None:
    """Overwrites and removes what an interrupted backup has left. A link is removed, not what it leads to."""
    for path in folder.glob(f"*.db{PART}*"):
        if path.is_symlink() or not path.is_dir():
            secure_erase.remove(path)


def _named_like_copies(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.name.startswith("network-") and path.name.endswith(".db"))
