"""A volume of a few megabytes that can be filled completely: a tmpfs, which only root can mount."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_BALLAST = "ballast"


class Volume:
    def __init__(self, path: Path) -> None:
        self.path = path

    def fill(self) -> None:
        """Writes until no block is free."""
        with (self.path / _BALLAST).open("ab", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4096))
            except OSError:
                return

    def clear(self) -> None:
        (self.path / _BALLAST).unlink(missing_ok=True)


@contextmanager
def mounted(path: Path, megabytes: int) -> Iterator[Volume]:
    """Skips the test if this process cannot mount a file system."""
    path.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "none", str(path)]
    try:
        done = subprocess.run(["mount", *options], capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount on this system")
    if done.returncode:
        pytest.skip("a small volume cannot be mounted by this account")
    try:
        assert os.path.ismount(path)
        yield Volume(path)
    finally:
        subprocess.run(["umount", str(path)], check=True)
