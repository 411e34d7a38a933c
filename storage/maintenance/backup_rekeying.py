"""The copies in a folder of backups during a rotation of the master key: rewritten under the new key.

Each copy of network.db is rewritten for itself; the copy of keyring.db is replaced by a copy of the new keyring.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import structlog

from storage.crypto.master_key import MasterKey
from storage.engine.cancellation import shielded
from storage.engine.database import Database
from storage.engine.errors import StoreError, translate_disk_errors
from storage.files import KEYRING_FILE, NETWORK_FILE, part_of
from storage.integrity import erasure_check, sqlcipher_pages
from storage.maintenance import backup_folder, rekeying, secure_erase
from storage.maintenance.backup_folder import BackupError
from storage.maintenance.rekeying import Report, Step

log = structlog.get_logger(__name__)


def check_folder(folder: Path, directory: Path, master: MasterKey) -> None:
    """Raises `BackupError`: unreachable, others-write, not-own, or foreign where its keyring is not under this master
    key."""
    _reach(folder, directory)
    if (folder / KEYRING_FILE).exists() and not _opens(folder / KEYRING_FILE, master):
        raise BackupError("foreign", folder)


async def rekey_copies(folder: Path, directory: Path, master: MasterKey, report: Report) -> int:
    """Rekeys the copies of a backup, except damaged ones; how many. Raises `OSError`, `BackupError` as `check_folder`.

    A date that is impossible or in the future matters as little as the order: what opens is rekeyed.
    """
    _reach(folder, directory)
    done = 0
    for path in reversed(backup_folder.candidates(folder, directory)):
        report(Step.COPY, path.name)
        try:
            done += await rekeying.rekey_copy(path, NETWORK_FILE, master)
        except StoreError:  # a damaged copy must not keep the old master key in use
            log.warning("copy-damaged")
    keyring = folder / KEYRING_FILE
    if keyring.exists() and master.before and _opens(keyring, master.before):
        report(Step.COPY, keyring.name)
        await _replace_keyring(keyring, directory, master)
        done += 1
    return done


def under_old_key(folder: Path, master: MasterKey) -> Iterator[str]:
    """The names of the copies in a folder that open only with the master key before."""
    if master.before is not None and folder.is_dir():
        yield from (path.name for path, _, _ in erasure_check.databases(folder, master.before))


async def _replace_keyring(keyring: Path, directory: Path, master: MasterKey) -> None:
    part = part_of(keyring)
    live = Database(directory / KEYRING_FILE, master.alone.derive("keyring"))
    try:
        secure_erase.remove(part)
        await live.begin()
        with translate_disk_errors(keyring.parent):
            await live.copy_to(part)
        secure_erase.replace(part, keyring)
    finally:
        await shielded(live.close())
        secure_erase.remove(part)


def _reach(folder: Path, directory: Path) -> None:
    if not folder.is_dir() or not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise BackupError("unreachable", folder)
    backup_folder.check(folder, directory)


def _opens(path: Path, master: MasterKey) -> bool:
    return sqlcipher_pages.opens(path, master.derive("keyring"))
