"""A file system of its own in a file, so that a test can read every block of the device. Only root can mount it."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class LoopVolume:
    """A mounted ext4: its folder, and the file with its blocks."""

    def __init__(self, folder: Path, image: Path) -> None:
        self.path = folder
        self._image = image

    def blocks(self) -> bytes:
        """Everything on the device, whether a file has it or not."""
        subprocess.run(["sync", "--file-system", str(self.path)], check=True)
        return self._image.read_bytes()


@contextmanager
def mounted(base: Path, megabytes: int) -> Iterator[LoopVolume]:
    """Skips the test where this account cannot make or mount a loop device."""
    image, folder = base / "image", base / "volume"
    folder.mkdir()
    image.write_bytes(bytes(megabytes << 20))
    for command in (["mkfs.ext4", "-q", "-F", str(image)], ["mount", "-o", "loop", str(image), str(folder)]):
        try:
            done = subprocess.run(command, capture_output=True, check=False)
        except FileNotFoundError:
            pytest.skip(f"there is no {command[0]} on this system")
        if done.returncode:
            pytest.skip("a file system in a file cannot be mounted by this account")
    try:
        yield LoopVolume(folder, image)
    finally:
        subprocess.run(["umount", str(folder)], check=True)
