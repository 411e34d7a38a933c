"""`halqa keys remove`: removes a slot."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.keys.slots import slot_line
from bot.cli.options import DEFAULT_CONFIG, Config, PassphraseFile, load_settings

if TYPE_CHECKING:
    from storage.crypto.key_sources import Source

SlotId = Annotated[str, typer.Argument(metavar="ID", help="As `halqa keys list` tells it.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask whether it is meant.")]


def remove(
    slot: SlotId,
    config: Config = DEFAULT_CONFIG,
    passphrase_file: PassphraseFile = None,
    yes: Yes = False,
) -> None:
    """Take a slot away. The last one stays."""
    from bot.operations import provision, unlock
    from storage.crypto import key_slots

    settings = load_settings(config)
    path = provision.slot_file(settings.storage)

    def remove_slot(source: "Source") -> None:
        with key_slots.changing(path, source) as file:
            found = file.get(slot)
            file.remove(slot)
            if not yes:
                used = " It is the one that you used just now." if slot == file.opened else ""
                typer.confirm(f"{slot_line(found)}\nRemove this slot?{used}", abort=True)
            file.save()

    unlock.by_source(settings, passphrase_file, remove_slot)
    print(
        f"Slot {slot} is removed. Who has an older copy of the slot file can still use it there: destroy those copies."
    )
