"""Removing and replacing files so that their old bytes do not stay in free blocks.

Each file is overwritten with random bytes, on disk before it is removed. No link is followed, and no file of another
account is touched. On flash memory, in snapshots of a volume and on a file system that writes every block to a new
place old blocks may stay all the same.
"""

import io
import os
import shutil
from pathlib import Path
from typing import BinaryIO

from storage.files import is_own, open_own, sync_folder

CHUNK = 1 << 20  # bytes that are written at once


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
        overwrite_open(old)


def overwrite(path: Path) -> None:
    """Replaces the bytes of a file that is about to be removed by random ones. Raises `OSError` as `replace` does."""
    with open_own(path) as file:
        overwrite_open(file)


def erase_folder(folder: Path) -> None:
    """Removes a folder if it is there, after overwriting every file in it."""
    if folder.is_dir():
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                overwrite(path)
        shutil.rmtree(folder)
        sync_folder(folder.parent)


def remove(path: Path) -> None:
    """Overwrites a file and removes it, if it is there. A link, or a file of another account, is only removed."""
    if is_own(path):
        overwrite(path)
    path.unlink(missing_ok=True)


def overwrite_open(file: BinaryIO | io.FileIO, first: bytes = b"") -> None:
    """Overwrites an open file with random bytes, on disk before this returns; before them, also on disk, its beginning
    with `first`."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if first:
        _write(file, first)
        os.fsync(file.fileno())
    for start in range(len(first), size, CHUNK):
        _write(file, os.urandom(min(CHUNK, size - start)))
    os.fsync(file.fileno())


def _write(file: BinaryIO | io.FileIO, data: bytes) -> None:
    while data:  # a file without a buffer may write less than it is given
        data = data[file.write(data) :]
    file.flush()
