"""A snapshot of a network, from which any number of stages can start instead of from nothing."""

import shutil
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sandbox.telegram.model import Telegram


@dataclass(frozen=True, slots=True)
class Kept:
    """Made by `Stage.keep`, given to `Stage`; never changed by the stages that start from it."""

    folder: Path  # the data and the key of a stopped bot
    telegram: Telegram = field(repr=False)
    at: datetime  # by its clock
    owner_code: str = field(repr=False)

    def copy_to(self, directory: Path) -> None:
        """Raises FileExistsError where the directory holds a network already."""
        copy_files(self.folder, directory)


def copy_files(source: Path, target: Path) -> None:
    """Copies the data and the key, modes included, into a directory that is there and has neither."""
    if (target / "key").exists():
        raise FileExistsError("there is a network in the directory: it has a key")
    shutil.copytree(source / "data", target / "data")
    shutil.copy2(source / "key", target / "key")
