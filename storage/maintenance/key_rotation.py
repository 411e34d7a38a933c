"""Rotation of the master key, and with it of every key derived from it, safe against a crash at any moment.

1. The slot file gets a second master key, sealed to every slot, so that whoever opens one slot has both (key_slots.py).
   Its details keep the instant, and the folder of backups if there is one. It is replaced atomically: from here on the
   rotation is begun, and `opening.open_store` resumes it. Before that, the files have been opened once, so that nothing
   in them is unfinished or older, and the audit was verified; otherwise nothing is begun.
2. Both databases are locked and written again in the folder `rotating`, under the new keys (rekeying.py): members,
   posts and data keys as they are; hashes of Telegram ids with a new lookup key; open invitations revoked, since
   their codes were hashed with the old index key and only whoever holds a link knows the code; the audit, verified once
   more, chained again, with an entry about the rotation; the generation one higher, in a file of the new key.
3. Checked and on disk, `rotating` is renamed `rotated`. At that moment the new files become the network. Before it, a
   resumed rotation throws them away and drafts again. After it the old files no longer count: nobody opens them, not
   even with the old master key alone (`Store.open` raises `rotating`).
4. Of each database the old file and its log are moved into `rotated/before`, then the new one to its place. What is no
   longer in `rotated` is in place. At the end what was moved away is overwritten and removed.
5. The copies in the folder of backups are rekeyed (backup_rekeying.py), each put in place complete, the old bytes
   overwritten. Where the folder cannot be reached, the rotation waits here, with the network under the new keys and
   both master keys in the slot file.
6. The slot file forgets the master key before. An earlier copy of it opens no file any more.

A generation is never lower than before, and the generation file is moved with the databases, so older files put back
are noticed in between as well: under the old key beside new ones they are `network-older` or `keyring-older`.

What stays: the data keys. Whoever has old copies of both databases, an old slot file and its key can read those
copies for ever.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from storage.crypto import key_slots
from storage.crypto.key_slots import SlotFile
from storage.crypto.master_key import MasterKey
from storage.engine.cancellation import shielded
from storage.engine.database import Database
from storage.engine.errors import StoreError
from storage.engine.store import Store
from storage.engine.timestamps import to_seconds
from storage.files import KEYRING_FILE, NETWORK_FILE, ROTATED, SLOT_FILE, sync_folder
from storage.maintenance import backup_rekeying, rekeying, restore, secure_erase
from storage.maintenance.backup_folder import BackupError
from storage.maintenance.rekeying import Report, Step
from storage.records import audit

log = structlog.get_logger(__name__)
DRAFTS = "rotating"
AT, BACKUPS = "at", "backups"  # the facts in the slot file: an instant in seconds, and a folder if there is one


@dataclass(frozen=True, slots=True)
class RotationReport:
    """The result of a rotation."""

    invites: int  # that were open and are revoked
    copies: int  # that were rekeyed, by the last of several tries
    left: tuple[str, ...]  # names of copies that open only with the old slot file


class RotationWaiting(Exception):
    """A rotation cannot be completed now. The network opens all the same, and the next opening tries again.

    `placed`: the network is under the new master key, and only the backups or the slot file wait. Otherwise nothing is
    drafted, and the network is as it was. `cause` says why.
    """

    def __init__(self, cause: OSError | StoreError | BackupError, *, placed: bool) -> None:
        super().__init__(type(cause).__name__)
        self.cause = cause
        self.placed = placed


def _silent(step: Step, name: str) -> None:
    pass


async def begin(file: SlotFile, backups: Path | None, now: datetime) -> None:
    """Begins a rotation. The caller holds the lock of the slot file, and calls `complete` next.

    Raises what `Store.open` raises, `StoreError` (audit-broken), `BackupError` (unreachable, others-write, not-own,
    foreign) and `MasterKeyError` (old-slots); then nothing is begun.
    """
    if backups is not None:
        backup_rekeying.check_folder(backups, file.path.parent, file.master)
    await _settle(file.path.parent, file.master)
    file.begin_renewal({AT: str(to_seconds(now)), **({BACKUPS: str(backups)} if backups else {})})
    file.save()


async def complete(
    file: SlotFile, report: Report = _silent, *, backups: bool = True, accept_rollback: bool = False
) -> RotationReport:
    """Does the remaining steps of a rotation. Without `backups` their copies stay under the keys before.

    Raises `RotationWaiting`, `OSError`, and what `Store.open` raises.
    """
    directory, master, facts = file.path.parent, file.master, file.renewal
    if not (directory / ROTATED).is_dir() and not await _are_new(directory, master, accept_rollback):
        await _draft(directory, master, int(facts[AT]), report, accept_rollback)
    if (directory / ROTATED).is_dir():
        report(Step.PLACE, "")
        rekeying.place(directory)
    secure_erase.erase_folder(directory / DRAFTS)  # such as a restore has made useless
    invites = await _invites_ended(directory, master, int(facts[AT]))
    copies, left = 0, tuple[str, ...]()
    try:
        if BACKUPS in facts:
            folder = Path(facts[BACKUPS])
            copies = await backup_rekeying.rekey_copies(folder, directory, master, report) if backups else 0
            left = tuple(backup_rekeying.under_old_key(folder, master))
        report(Step.FINISH, "")
        file.finish_renewal()
        file.save()
    except (OSError, BackupError) as error:
        raise RotationWaiting(error, placed=True) from None
    return RotationReport(invites, copies, left)


async def resume(directory: Path, master: MasterKey, *, accept_rollback: bool) -> MasterKey:
    """Completes a rotation when the network is opened; returns the master key under which the files are then.

    Where it has to wait, for space on the disk, for the volume of the backups, or for an operator who looks into a
    broken audit, that is logged and the network opens all the same. Raises what `Store.open` raises, and
    `MasterKeyError`.
    """
    with key_slots.locked(directory / SLOT_FILE):
        file = key_slots.with_master(directory / SLOT_FILE, master)
        if file.master.before is None:  # another process has finished it
            return file.master
        try:
            await complete(file, accept_rollback=accept_rollback)
            log.info("rotation-finished")
        except RotationWaiting as waiting:
            cause = waiting.cause
            reason = type(cause).__name__ if isinstance(cause, OSError) else cause.reason
            log.error("rotation-waits", reason=reason, placed=waiting.placed)
            return file.master if waiting.placed else master.before or master
        return file.master


async def _settle(directory: Path, master: MasterKey, accept_rollback: bool = False) -> None:
    """Finishes whatever is unfinished in the files, and verifies the audit."""
    store = await Store.open(directory, master, accept_rollback=accept_rollback)
    try:
        async with store.transaction() as tx:
            if await audit.verify(tx) is not None:
                raise StoreError("audit-broken")
    finally:
        await store.close()
    restore.tidy(directory)


async def _are_new(directory: Path, master: MasterKey, accept_rollback: bool) -> bool:
    """Whether the files are under the new key. Where only one is, the other was replaced by an older one.

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
        await rekeying.rekey_copy(directory / older, older, master)  # its generation is still the lower one
    return any(under.values())


async def _is_new(path: Path, master: MasterKey) -> bool:
    keys = master.derivations(rekeying.PURPOSES[path.name])
    for key in keys:
        database = Database(path, key)
        try:
            await database.begin()
            return key == keys[0]
        except StoreError as error:
            if error.reason != "wrong-key":
                raise
        finally:
            await shielded(database.close())
    raise StoreError("wrong-key")


async def _draft(directory: Path, master: MasterKey, at: int, report: Report, accept_rollback: bool) -> None:
    assert master.before is not None
    drafts = directory / DRAFTS
    try:
        report(Step.SETTLE, "")
        await _settle(directory, master.before, accept_rollback)
        secure_erase.erase_folder(drafts)
        drafts.mkdir(mode=0o700)
        async with rekeying.drafted(directory, drafts, master, at, report):
            sync_folder(drafts)
            drafts.replace(directory / ROTATED)
            sync_folder(directory)
    except OSError as error:
        secure_erase.erase_folder(drafts)
        raise RotationWaiting(error, placed=False) from None
    except StoreError as error:
        if error.reason not in ("audit-broken", "damaged"):
            raise
        secure_erase.erase_folder(drafts)
        raise RotationWaiting(error, placed=False) from None


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
