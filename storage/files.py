"""Names in a data directory, and how a file or a folder gets onto the disk.

Nothing of the project is imported here, so every part of the storage can share these names.
"""

import os
from pathlib import Path

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
