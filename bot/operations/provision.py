"""What happens once, before a network runs: keys are made, files created, hosts written down, an owner code made."""

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from bot.operations.settings import Settings, StorageSettings
from storage import files
from storage.crypto import key_slots
from storage.crypto.key_sources import KeyFileSource, PassphraseSource, Source
from storage.crypto.master_key import MasterKey
from storage.opening import open_store
from storage.records import hosts
from storage.records.people import invites
from storage.records.people.invites import Grants

CREDENTIAL = "halqa"  # the name under which systemd hands the key file over


def slot_file(storage: StorageSettings) -> Path:
    return storage.directory / files.SLOT_FILE


def source_of(storage: StorageSettings, ask: Callable[[], str]) -> Source:
    """What opens the slot file here. `ask` is called for a passphrase only where one is needed."""
    match storage.key:
        case "passphrase":
            return PassphraseSource(ask())
        case "credential":
            return KeyFileSource(Path(os.environ.get("CREDENTIALS_DIRECTORY", "")) / CREDENTIAL)
        case _:
            assert storage.key_file is not None  # the settings see to it
            return KeyFileSource(storage.key_file)


def unlock(storage: StorageSettings, ask: Callable[[], str]) -> MasterKey:
    """The master key. Raises `MasterKeyError`."""
    return key_slots.unlock(slot_file(storage), source_of(storage, ask))


async def found(settings: Settings, source: Source, host_names: Sequence[str], now: datetime) -> str:
    """Makes the keys and the files of a new network; the code that the first owner sends to the bot.

    Raises `MasterKeyError` (exists) where there is a network already; then nothing was changed.
    """
    settings.storage.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    master = key_slots.create(slot_file(settings.storage), source, today=now.date())
    store = await open_store(settings.storage.directory, master, create=True)
    try:
        async with store.transaction() as tx:
            await hosts.found(tx, settings.network.name, now)
            for name in host_names:
                await hosts.add(tx, name, now)
            _, code = await invites.create(tx, Grants.OWNERSHIP, None, now)
            return code
    finally:
        await store.close()


async def new_owner_code(settings: Settings, master: MasterKey, now: datetime) -> str:
    """Ends every earlier owner code and makes a new one. Raises what `open_store` raises."""
    store = await open_store(settings.storage.directory, master)
    try:
        async with store.transaction() as tx:
            await invites.revoke_ownership(tx, now)
            _, code = await invites.create(tx, Grants.OWNERSHIP, None, now)
            return code
    finally:
        await store.close()
