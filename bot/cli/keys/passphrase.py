"""`halqa keys passphrase`: changes the passphrase of a slot."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.keys.slots import NewPassphraseFile, today
from bot.cli.options import DEFAULT_CONFIG, Config, PassphraseFile, load_settings

if TYPE_CHECKING:
    from storage.crypto.key_sources import Source

SlotId = Annotated[
    str | None, typer.Argument(metavar="[ID]", help="Which slot; the one of the passphrase typed, if left out.")
]


def passphrase(
    slot: SlotId = None,
    config: Config = DEFAULT_CONFIG,
    passphrase_file: PassphraseFile = None,
    new_passphrase_file: NewPassphraseFile = None,
) -> None:
    """Give a slot a new passphrase. The old one opens it no more; everything else stays as it is."""
    from bot.operations import provision, unlock
    from bot.operations.failures import USAGE, Declined
    from storage.crypto import key_slots
    from storage.crypto.key_sources import PassphraseSource

    settings = load_settings(config)
    path = provision.slot_file(settings.storage)

    def change_passphrase(source: "Source") -> str:
        with key_slots.changing(path, source) as file:
            changed = file.get(slot or file.opened)
            if changed.kind != PassphraseSource.kind:
                sentence = f"Slot {changed.id} is of the kind {changed.kind} and has no passphrase."
                raise Declined(USAGE, sentence, "Name another one: halqa keys list tells them.")
            file.replace(changed.id, PassphraseSource(unlock.choose(new_passphrase_file)), today())
            file.save()
            return changed.id

    print(f"The passphrase of slot {unlock.by_source(settings, passphrase_file, change_passphrase)} is changed.")
    print("Whoever has the old one together with an older copy of the slot file can still open the data with them.")
