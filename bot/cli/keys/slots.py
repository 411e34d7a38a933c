"""What the commands of `halqa keys` share: the options for a new slot, and how a slot is shown."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.operations.settings import Settings
    from storage.crypto.key_slots import Slot
    from storage.crypto.key_sources import Source

NewPassphraseFile = Annotated[
    Path | None,
    typer.Option("--new-passphrase-file", metavar="PATH", help="A private file to take the new passphrase from."),
]
NewKeyFile = Annotated[
    Path | None,
    typer.Option("--key-file", metavar="PATH", help="A key file instead of a passphrase; made where there is none."),
]


def new_source(settings: "Settings", key_file: Path | None, passphrase_file: Path | None) -> "Source":
    """Returns what opens a new slot: the key file, which is created where it does not exist, or a new passphrase.

    Raises `Declined` for a key file inside the data directory, and what `unlock.choose` raises.
    """
    from bot.operations import unlock
    from bot.operations.failures import USAGE, Declined
    from storage.crypto.key_sources import KeyFileSource, PassphraseSource
    from storage.crypto.private_files import create_key_file

    if key_file is None:
        return PassphraseSource(unlock.choose(passphrase_file))
    path = key_file.expanduser().absolute()
    if path.is_relative_to(settings.storage.directory):
        raise Declined(USAGE, "A key file inside storage.directory would be taken together with the data.")
    if not path.exists():
        create_key_file(path)
        print(f"Made the key file {path}. Keep a copy of it away from this machine.")
    return KeyFileSource(path)


def slot_line(slot: "Slot") -> str:
    """Returns the line that shows a slot: its id, its kind, the day it was made, its label."""
    made = slot.made.isoformat() if slot.made else "long ago"
    return f"{slot.id}  {slot.kind:<11} {made:<11} {slot.label}".rstrip()


def today() -> date:
    """Returns the date in UTC, which a new slot records."""
    return datetime.now(UTC).date()
