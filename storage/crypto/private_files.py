"""Files that only their owner may read or write: keys, the slot file, the configuration with its token."""

import os
import stat
from pathlib import Path

from storage.crypto.master_key import KEY_BYTES, MasterKeyError
from storage.files import is_own, sync_folder
from storage.maintenance import secure_erase


def read_private(path: Path) -> bytes:
    """The bytes of a file that only its owner may read. Raises `MasterKeyError` (missing, exposed)."""
    try:
        with path.open("rb") as file:
            if is_exposed(path, os.fstat(file.fileno())):
                raise MasterKeyError("exposed", path)
            return file.read()
    except FileNotFoundError:
        raise MasterKeyError("missing", path) from None


def is_exposed(path: Path, status: os.stat_result) -> bool:
    """Whether other users of this machine can read, write or run a file.

    A credential of systemd is readable by root's group as well (mode 0440, owned by root), in a folder of the
    service's own.
    """
    if os.name != "posix":
        return False
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    is_credential = bool(folder) and path.absolute().parent == Path(folder or "") and status.st_uid == 0
    allowed = stat.S_IRWXU | (stat.S_IRGRP if is_credential else 0)
    return bool(stat.S_IMODE(status.st_mode) & 0o777 & ~allowed)


def write_private(path: Path, data: bytes) -> None:
    """Writes a new file with mode 0600, on disk before this returns. Raises `MasterKeyError` (exists)."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise MasterKeyError("exists", path) from None
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def replace_private(path: Path, data: bytes, *, erase_old: bool = False) -> None:
    """Replaces a file by one with mode 0600, atomically: after a crash either the old or the new one is complete.

    `erase_old`: the bytes of the old one are overwritten, where it is a regular file of this account.
    """
    draft = path.with_name(path.name + ".new")
    if erase_old:
        secure_erase.remove(draft)
    draft.unlink(missing_ok=True)  # left by a replacement that was interrupted
    write_private(draft, data)
    if erase_old and is_own(path):
        secure_erase.replace(draft, path)
    else:
        draft.replace(path)
        sync_folder(path.parent)


def create_key_file(path: Path) -> None:
    """Writes 32 random bytes into a new private file. Raises `MasterKeyError` (exists)."""
    write_private(path, os.urandom(KEY_BYTES))
