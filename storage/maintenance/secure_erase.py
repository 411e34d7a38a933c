"""Removing and replacing files so that their old bytes do not stay in free blocks.

Each file is overwritten with random bytes, on disk before it is removed. No link is followed, and no file of another
account is touched. On flash memory and in snapshots of a volume
old blocks may stay all the same.
"""

import os
import shutil
from pathlib import Path
from typing import BinaryIO

from storage.files import open_own, sync_folder


def replace(part: Path, path: Path) -> None:
    """Renames the new file to its place, then overwrites the old one, so that its keys do not lie in free blocks.

    Raises `OSError`, having changed nothing, where the old one is a link or not a regular file of this account.
    """
    try:
        old = open_own(path)
    except FileNotFoundError:
        part.replace(path)
        sync_folder(path.parent)
        return
    with old:
        part.replace(path)
        sync_folder(path.parent)
        _overwrite(old)


def overwrite(path: Path) -> None:
    """Replaces the bytes of a file that is about to be removed by random ones. Raises `OSError` as `replace` does."""
    with open_own(path) as file:
        _overwrite(file)


def erase_folder(folder: Path) -> None:
    """Removes a folder if it is there, after overwriting every file in it."""
    if folder.is_dir():
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                overwrite(path)
        shutil.rmtree(folder)
        sync_folder(folder.parent)


def _overwrite(file: BinaryIO) -> None:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    file.write(os.urandom(size))
    file.flush()
    os.fsync(file.fileno())
