"""`halqa keys list`: shows the slots."""

from bot.cli.keys.slots import slot_line
from bot.cli.options import DEFAULT_CONFIG, Config, PassphraseFile, load_settings


def list_slots(config: Config = DEFAULT_CONFIG, passphrase_file: PassphraseFile = None) -> None:
    """What opens the network: each slot by its id, its kind, the day it was made, and its label."""
    from bot.operations import provision, unlock
    from storage.crypto import key_slots

    settings = load_settings(config)
    path = provision.slot_file(settings.storage)
    file = unlock.by_source(settings, passphrase_file, lambda source: key_slots.read(path, source))
    for slot in file.slots:
        print(slot_line(slot) + ("  (this one was used just now)" if slot.id == file.opened else ""))
