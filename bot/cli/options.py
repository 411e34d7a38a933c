"""What the commands have in common: the settings file, the passphrase file, and how both are read."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.operations.config import Settings

PASSPHRASE_FILE = "HALQA_STORAGE__PASSPHRASE_FILE"
HERE = Path("halqa.toml")
Config = Annotated[Path, typer.Option("--config", envvar="HALQA_CONFIG", metavar="PATH", help="The settings file.")]
PassphraseFile = Annotated[
    Path | None,
    typer.Option(envvar=PASSPHRASE_FILE, metavar="PATH", help="A private file to take the passphrase from."),
]


def settings_in(path: Path) -> "Settings":
    """The settings. Raises `config.ConfigError`."""
    from bot.operations import config

    forget_passphrase_file()
    return config.load(path.expanduser())


def forget_passphrase_file() -> None:
    """It is an option by now, and `config.load` would take it for a setting."""
    os.environ.pop(PASSPHRASE_FILE, None)
