"""`halqa keys recover`: opens the network with recovery shares, and adds a new slot."""

from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.keys.slots import NewKeyFile, NewPassphraseFile, new_source, today
from bot.cli.options import DEFAULT_CONFIG, Config, load_settings

if TYPE_CHECKING:
    from bot.operations.settings import Settings
    from storage.crypto.key_slots import SlotFile
    from storage.crypto.key_sources import RecoverySource


def recover(
    config: Config = DEFAULT_CONFIG, key_file: NewKeyFile = None, new_passphrase_file: NewPassphraseFile = None
) -> None:
    """Open the network with recovery shares, and set a new passphrase or key file.

    Asks for the shares one by one, as lines of words, and says what is wrong with one.
    """
    from bot.cli.keys import share_prompts
    from bot.operations import provision
    from storage.crypto import key_slots

    settings = load_settings(config)
    path = provision.slot_file(settings.storage)
    new_key_file = _key_file(settings, key_file)
    file = _opened(path, share_prompts.ask_for_shares())
    print("\nThe shares open the network.")
    new = new_source(settings, new_key_file, new_passphrase_file)
    with key_slots.locked(path):
        file = key_slots.with_master(path, file.master)
        slot_id = file.add(new, "recovered", today())
        file.save()
    print(f"Added slot {slot_id}. Slots whose passphrase or key file is lost are of no more use: halqa keys list,")
    print("halqa keys remove. The shares still work; if strangers have seen enough of them, remove their slot as well.")


def _key_file(settings: "Settings", option: Path | None) -> Path | None:
    """Returns where the new key file is made; None for a new passphrase.

    Raises `Declined` where none can be made there. It is called before anybody reads out a share.
    """
    from bot.operations.failures import CONFIGURATION, USAGE, Declined

    if settings.storage.key == "credential" and option is None:
        sentence = 'storage.key is "credential": say where the new key file is to be made, by --key-file.'
        remedy = "Then hand it over to systemd as after `halqa init`; docs/keys.md tells how."
        raise Declined(USAGE, sentence, remedy)
    path = option.expanduser().absolute() if option else None
    if option is None and settings.storage.key == "file":
        path = settings.storage.key_file
    if path is not None and path.exists():
        raise Declined(CONFIGURATION, f"{path} is there already. If it does not open the network, move it away first.")
    return path


def _opened(path: Path, key: "RecoverySource") -> "SlotFile":
    """Opens the slot file. Raises `MasterKeyError`, and `Declined` where the shares belong to no slot of it."""
    from bot.operations.failures import REPAIR, Declined
    from storage.crypto import key_slots
    from storage.crypto.master_key import MasterKeyError

    try:
        return key_slots.read(path, key)
    except MasterKeyError as error:
        if error.reason != "wrong":
            raise
        raise Declined(
            REPAIR,
            f"The shares belong together, but they open nothing in {path}:",
            "they are of another network, or their slot was removed.",
        ) from None
