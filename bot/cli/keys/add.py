"""`halqa keys add`: adds a slot."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.keys.slots import NewKeyFile, NewPassphraseFile, new_source, today
from bot.cli.options import DEFAULT_CONFIG, Config, PassphraseFile, load_settings

if TYPE_CHECKING:
    from storage.crypto.key_sources import Source

Label = Annotated[str, typer.Option(metavar="TEXT", help="Whose it is, or where; only who has a key reads it.")]


def add(
    config: Config = DEFAULT_CONFIG,
    passphrase_file: PassphraseFile = None,
    label: Label = "",
    key_file: NewKeyFile = None,
    new_passphrase_file: NewPassphraseFile = None,
) -> None:
    """Add a further passphrase, or a key file, that opens the network as well."""
    from bot.language.normalize import one_line
    from bot.operations import provision, unlock
    from storage.crypto import key_slots

    settings = load_settings(config)
    path, slot_label = provision.slot_file(settings.storage), one_line(label)

    def add_slot(source: "Source") -> str:
        with key_slots.changing(path, source) as file:
            slot_id = file.add(new_source(settings, key_file, new_passphrase_file), slot_label, today())
            file.save()
            return slot_id

    slot_id = unlock.by_source(settings, passphrase_file, add_slot)
    print(f"Added slot {slot_id}. What was there still opens the network.")
