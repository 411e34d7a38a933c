"""Creates a network: its keys and files, its hosts, and the code for the first owner; and opens its slot file."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot.operations.settings import Settings, StorageSettings
from storage import files
from storage.crypto import key_slots
from storage.crypto.key_sources import KeyFileSource, PassphraseSource, Source
from storage.crypto.master_key import MasterKey
from storage.opening import open_store
from storage.records import audit, hosts, outbox
from storage.records.people import invites, members
from storage.records.people.invites import Grants

CREDENTIAL = "halqa"  # name of the systemd credential that holds the key


def slot_file(storage: StorageSettings) -> Path:
    """Returns the path of the slot file."""
    return storage.directory / files.SLOT_FILE


def source_of(storage: StorageSettings, ask: Callable[[], str]) -> Source:
    """Returns what opens the slot file by these settings. `ask` is called only where that is a passphrase."""
    match storage.key:
        case "passphrase":
            return PassphraseSource(ask())
        case "credential":
            return KeyFileSource(Path(os.environ.get("CREDENTIALS_DIRECTORY", "")) / CREDENTIAL)
        case _:
            assert storage.key_file is not None  # `StorageSettings` requires it
            return KeyFileSource(storage.key_file)


def unlock(storage: StorageSettings, ask: Callable[[], str]) -> MasterKey:
    """Opens the slot file and returns the master key. Raises `MasterKeyError`."""
    return key_slots.unlock(slot_file(storage), source_of(storage, ask))


async def create(settings: Settings, source: Source, host_names: Sequence[str], now: datetime) -> str:
    """Creates the keys and the files of a network; returns the code that the first owner sends to the bot.

    Raises `MasterKeyError` (exists) where there is a network already, having changed nothing.
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


@dataclass(frozen=True, slots=True)
class OwnerCode:
    """A code that makes whoever sends it to the bot an owner. Times are in UTC."""

    code: str = field(repr=False)
    not_before: datetime | None  # None: it works at once, since there is no owner who could revoke it
    expires: datetime


async def new_owner_code(settings: Settings, master: MasterKey, now: datetime) -> OwnerCode:
    """Revokes all earlier owner codes and returns a new one. Raises what `open_store` raises.

    Where there is an owner, all of them are told when the bot runs again, and the code works only after `invites.WAIT`.
    """
    store = await open_store(settings.storage.directory, master)
    try:
        async with store.transaction() as tx:
            owners = await members.every_owner(tx)
            await invites.revoke_ownership(tx, now)
            made, code = await invites.create(
                tx, Grants.OWNERSHIP, None, now, wait=invites.WAIT if owners else timedelta()
            )
            await audit.record(tx, "owner-code-made", None, None, now)
            for owner in owners:
                await outbox.put(tx, owner, "owner-code", due=now, now=now)
            return OwnerCode(code, made.not_before, made.expires_at)
    finally:
        await store.close()
