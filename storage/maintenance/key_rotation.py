"""A new master key, and with it every key that derives from it, whatever moment a crash chooses.

1. The slot file gets a second master key, sealed to every slot, so that whoever opens one slot has both (key_slots.py).
   Its book keeps when that was, and which folder of backups there is. It is written whole or not at all: from here
   on the rotation is begun, and `Store.open` goes on with it. Before, the files have been opened once, so that
   nothing in them is unfinished or older, and the audit was found whole; else nothing is begun.
2. Both databases are locked and drafted anew in the folder `rotating`, under the new keys (rekeying.py): members, posts
   and member keys as they are; hashes of Telegram ids by the key of a new epoch; open invitations over, since their
   codes were hashed by the old index key and only whoever holds a link knows the code; the audit, found whole once
   more, chained anew, with an entry that says so; the generation one higher, in a sealed file of the new key.
3. Found sound and on disk, `rotating` is renamed `rotated`. That is the moment at which the new files are the network.
   Before it they are thrown away by whoever goes on, and drafted again. After it the old ones have no say any more:
   nobody opens them, not even whoever has the old master key alone (`rotating` is the refusal).
4. Of each database the old file and its journal are moved into `rotated/before`, then the new one to its place. What
   is no longer in `rotated` is in place. At the end what was moved away is overwritten and removed.
5. The copies in the folder of backups are brought over: each copy of the network written anew under the new key, the
   copy of the keyring replaced by one of the new keyring, each put in place whole, the old bytes overwritten. Where the
   folder cannot be reached, the rotation waits here, with the network under the new keys and both master keys in the
   slot file.
6. The slot file forgets the master key before. A copy of it from earlier opens no file any more.

A generation is never lower than before, and the sealed file is moved with the databases, so older files put back are
noticed in between as well: under the old key beside new ones they are `network-older` or `keyring-older`.

What stays: the members' own keys. Whoever has old copies of both databases, an old slot file and its key reads those
copies for ever.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from storage.crypto import key_slots
from storage.crypto.key_slots import SlotFile
from storage.crypto.master_key import MasterKey
from storage.engine.cancellation import shielded
from storage.engine.connection import Database
from storage.engine.errors import StoreError, translate_disk_errors
from storage.engine.store import Store
from storage.engine.timestamps import to_seconds
from storage.files import KEYRING_FILE, NETWORK_FILE, ROTATED, SLOT_FILE, sync_folder
from storage.integrity import erasure_check, sqlcipher_pages
from storage.maintenance import backup, rekeying, restore
from storage.maintenance.backup import BackupError
from storage.maintenance.rekeying import Step, Tell
from storage.records import audit

log = structlog.get_logger(__name__)
DRAFTS = "rotating"
AT, BACKUPS = "at", "backups"  # what the slot file keeps about a rotation: seconds, and a folder if there is one


@dataclass(frozen=True, slots=True)
class RotationReport:
    """What a rotation came to."""

    invites: int  # that were open and have ended
    copies: int  # that were brought over; by the last of several tries
    left: tuple[str, ...]  # names of copies that open only with the old slot file


class RotationWaiting(Exception):
    """A rotation cannot go on now. The network opens all the same, and next time it is tried again.

    `placed`: the network is under the new master key, and what waits are the backups or the slot file. Else nothing is
    drafted, and the network is as it was. `cause` says why.
    """

    def __init__(self, cause: OSError | StoreError | BackupError, *, placed: bool) -> None:
        super().__init__(type(cause).__name__)
        self.cause = cause
        self.placed = placed


def _silent(step: Step, name: str) -> None:
    pass


async def begin(file: SlotFile, backups: Path | None, now: datetime) -> None:
    """Begins a rotation, in the hands of whoever keeps others from changing the slot file. `go_on` comes next.

    Raises what `Store.open` raises, `StoreError` (audit-broken), `BackupError` (unreachable, foreign) and
    `MasterKeyError` (old-slots); then nothing is begun.
    """
    if backups is not None:
        _reach(backups)
        if (backups / KEYRING_FILE).exists() and not _opens(backups / KEYRING_FILE, file.master):
            raise BackupError("foreign", backups)
    await _settle(file.path.parent, file.master)
    file.begin_renewal({AT: str(to_seconds(now)), **({BACKUPS: str(backups)} if backups else {})})
    file.save()


async def go_on(
    file: SlotFile, tell: Tell = _silent, *, backups: bool = True, accept_rollback: bool = False
) -> RotationReport:
    """Does what is left of a rotation, to its end. Without `backups` their copies stay under the keys before.

    Raises `RotationWaiting`, `OSError`, and what `Store.open` raises.
    """
    directory, master, said = file.path.parent, file.master, file.renewal
    if not (directory / ROTATED).is_dir() and not await _are_new(directory, master, accept_rollback):
        await _draft(directory, master, int(said[AT]), tell, accept_rollback)
    if (directory / ROTATED).is_dir():
        tell(Step.PLACE, "")
        rekeying.place(directory)
    rekeying.clear(directory / DRAFTS)  # such as a restore has made idle
    invites = await _invites_ended(directory, master, int(said[AT]))
    copies, left = 0, tuple[str, ...]()
    try:
        if BACKUPS in said:
            folder = Path(said[BACKUPS])
            copies = await _bring_over(folder, directory, master, tell) if backups else 0
            left = tuple(_left(folder, master))
        tell(Step.FINISH, "")
        file.finish_renewal()
        file.save()
    except (OSError, BackupError) as error:
        raise RotationWaiting(error, placed=True) from None
    return RotationReport(invites, copies, left)


async def resume(directory: Path, master: MasterKey, *, accept_rollback: bool) -> MasterKey:
    """Goes on with a rotation when the store is opened; the master key under which the files are then.

    Where it has to wait, for space on the disk, for the volume of the backups, or for an operator who looks into a
    broken audit, that is logged and the network opens all the same. Raises what `Store.open` raises, and `MasterKeyError`.
    """
    with key_slots.locked(directory / SLOT_FILE):
        file = key_slots.with_master(directory / SLOT_FILE, master)
        if file.master.before is None:  # somebody else was faster
            return file.master
        try:
            await go_on(file, accept_rollback=accept_rollback)
            log.info("rotation-finished")
        except RotationWaiting as waiting:
            cause = waiting.cause
            reason = type(cause).__name__ if isinstance(cause, OSError) else cause.reason
            log.error("rotation-waits", reason=reason, placed=waiting.placed)
            return file.master if waiting.placed else master.before or master
        return file.master


async def _settle(directory: Path, master: MasterKey, accept_rollback: bool = False) -> None:
    """Ends whatever is unfinished in the files, and sees whether the audit is whole."""
    store = await Store.open(directory, master, accept_rollback=accept_rollback)
    try:
        async with store.transaction() as tx:
            if await audit.verify(tx) is not None:
                raise StoreError("audit-broken")
    finally:
        await store.close()
    restore.tidy(directory)


async def _are_new(directory: Path, master: MasterKey, accept_rollback: bool) -> bool:
    """Whether the files are under the new key. Where only one is, somebody has put an older one in place.

    Raises `StoreError` (missing, in-use, wrong-key, network-older, keyring-older).
    """
    names = (NETWORK_FILE, KEYRING_FILE)
    if not all((directory / name).exists() for name in names):
        raise StoreError("missing")
    under = {name: await _is_new(directory / name, master) for name in names}
    if len(set(under.values())) == 2:
        [older] = [name for name, new in under.items() if not new]
        if not accept_rollback:
            raise StoreError("network-older" if older == NETWORK_FILE else "keyring-older")
        await rekeying.bring_over(directory / older, older, master)  # its generation is the lower one still
    return any(under.values())


async def _is_new(path: Path, master: MasterKey) -> bool:
    keys = master.derivations(rekeying.PURPOSES[path.name])
    for key in keys:
        database = Database(path, key)
        try:
            await database.begin()
            return key == keys[0]
        except StoreError as trouble:
            if trouble.reason != "wrong-key":
                raise
        finally:
            await shielded(database.close())
    raise StoreError("wrong-key")


async def _draft(directory: Path, master: MasterKey, at: int, tell: Tell, accept_rollback: bool) -> None:
    assert master.before is not None
    drafts = directory / DRAFTS
    try:
        tell(Step.SETTLE, "")
        await _settle(directory, master.before, accept_rollback)
        rekeying.clear(drafts)
        drafts.mkdir(mode=0o700)
        async with rekeying.drafted(directory, drafts, master, at, tell):
            sync_folder(drafts)
            drafts.replace(directory / ROTATED)
            sync_folder(directory)
    except OSError as error:
        rekeying.clear(drafts)
        raise RotationWaiting(error, placed=False) from None
    except StoreError as trouble:
        if trouble.reason not in ("audit-broken", "damaged"):
            raise
        rekeying.clear(drafts)
        raise RotationWaiting(trouble, placed=False) from None


def _reach(folder: Path) -> None:
    """Raises `BackupError` (unreachable)."""
    if not folder.is_dir() or not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise BackupError("unreachable", folder)


async def _bring_over(folder: Path, directory: Path, master: MasterKey, tell: Tell) -> int:
    """Brings the copies of a backup over, as many as are sound; how many."""
    _reach(folder)
    done = 0
    for _, path in backup.copies(folder):
        tell(Step.COPY, path.name)
        try:
            done += await rekeying.bring_over(path, NETWORK_FILE, master)
        except StoreError:  # a damaged copy: nobody is helped by keeping the rest from the new key
            log.warning("copy-damaged")
    keyring = folder / KEYRING_FILE
    if keyring.exists() and master.before and _opens(keyring, master.before):
        tell(Step.COPY, keyring.name)
        await _replace_keyring(keyring, directory, master)
        done += 1
    return done


async def _replace_keyring(keyring: Path, directory: Path, master: MasterKey) -> None:
    part = backup.part_of(keyring)
    live = Database(directory / KEYRING_FILE, master.alone.derive("keyring"))
    try:
        part.unlink(missing_ok=True)
        await live.begin()
        with translate_disk_errors(keyring.parent):
            await live.copy_to(part)
        backup.replace(part, keyring)
    finally:
        await shielded(live.close())
        part.unlink(missing_ok=True)


def _opens(path: Path, master: MasterKey) -> bool:
    return sqlcipher_pages.opens(path, master.derive("keyring"))


def _left(folder: Path, master: MasterKey) -> Iterator[str]:
    """The copies in a folder that open with nothing but the master key before."""
    if master.before is not None and folder.is_dir():
        yield from (path.name for path, _, _ in erasure_check.databases(folder, master.before))


async def _invites_ended(directory: Path, master: MasterKey, at: int) -> int:
    network = Database(directory / NETWORK_FILE, master.alone.derive("database"))
    try:
        await network.begin()
        [[count]] = await network.fetch(
            "SELECT count(*) FROM invites WHERE revoked_at = ? AND used_at IS NULL AND expires_at > ?", (at, at)
        )
    finally:
        await shielded(network.close())
    return int(count)
