"""Removing and replacing files so that their old bytes do not stay in free blocks.

Each file is overwritten with random bytes, on disk before it is removed. On flash memory and in snapshots of a volume
old blocks may stay all the same.
"""

import os
import shutil
from pathlib import Path
from typing import BinaryIO

from storage.files import sync_folder


def replace(part: Path, path: Path) -> None:
    """Renames the new file to its place, then overwrites the old one, so that its keys do not lie in free blocks."""
    try:
        old = path.open("r+b")
    except FileNotFoundError:
        part.replace(path)
        sync_folder(path.parent)
        return
    with old:
        part.replace(path)
        sync_folder(path.parent)
        _overwrite(old)


def overwrite(path: Path) -> None:
    """Replaces the bytes of a file that is about to be removed by random ones."""
    with path.open("r+b") as file:
        _overwrite(file)


def erase_folder(folder: Path) -> None:
    """Removes a folder if it is there, after overwriting every file in it."""
    if folder.is_dir():
        for path in folder.rglob("*"):
            if path.is_file():
                overwrite(path)
        shutil.rmtree(folder)
        sync_folder(folder.parent)


def _overwrite(file: BinaryIO) -> None:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    file.write(os.urandom(size))
    file.flush()
    os.fsync(file.fileno())
