"""Options that several commands share, and how the settings file is read. Imports nothing heavy at module level."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.operations.config import Settings

PASSPHRASE_FILE = "HALQA_STORAGE__PASSPHRASE_FILE"
DEFAULT_CONFIG = Path("halqa.toml")  # in the current directory
Config = Annotated[Path, typer.Option("--config", envvar="HALQA_CONFIG", metavar="PATH", help="The settings file.")]
PassphraseFile = Annotated[
    Path | None,
    typer.Option(envvar=PASSPHRASE_FILE, metavar="PATH", help="A private file to take the passphrase from."),
]


def load_settings(path: Path) -> "Settings":
    """Returns the settings of the network. Raises `config.ConfigError`."""
    from bot.operations import config

    forget_passphrase_file()
    return config.load(path.expanduser())


def forget_passphrase_file() -> None:
    """Removes the variable of the passphrase file, which `config.load` would report as an unknown setting.

    Its value has been read as the option `--passphrase-file` before.
    """
    os.environ.pop(PASSPHRASE_FILE, None)
