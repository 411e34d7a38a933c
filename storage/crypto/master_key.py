"""The keys: where the master key comes from, the keys derived from it, and one random key per member.

key file | passphrase (Argon2id) | recovery shares  --unwraps-->  master key  (key_slots.py, halqa.key)
master key  --HKDF-->  database, keyring, network and index keys
"""

import os
import stat
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
SLOT_FILE = "halqa.key"
# RFC 9106 section 4 asks for as much memory as can be spared; a phone-sized server can spare this much once.
ARGON2 = {"memory_kib": 256 * 1024, "iterations": 3, "lanes": 4}
# A slot file is read before anything in it can be proven, so what it may cost us has an end.
MOST = {"memory_kib": 1024 * 1024, "iterations": 16, "lanes": 16}
_derivation = threading.Lock()  # one at a time in the process: each takes the memory it says


class MasterKeyError(Exception):
    """The master key cannot be had, or its slots not changed. `reason` is a fixed word.

    missing, exposed, damaged, wrong, exists; of a slot file also newer, busy, full, last, unknown, old-slots.
    """

    def __init__(self, reason: str, path: Path) -> None:
        super().__init__(reason, path.name)
        self.reason = reason
        self.path = path


@dataclass(frozen=True)
class MasterKey:
    """The root of every other key. Never written down unwrapped, never shown."""

    _bytes: bytes = field(repr=False)
    # While the master key is being renewed: the one before, under which a file may still be.
    before: "MasterKey | None" = field(default=None, repr=False)

    @property
    def alone(self) -> "MasterKey":
        """The same without the one before."""
        return MasterKey(self._bytes)

    def derive(self, purpose: str) -> bytes:
        """32 bytes for one purpose (HKDF-SHA256, RFC 5869)."""
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"halqa " + purpose.encode()).derive(self._bytes)

    def derivations(self, purpose: str) -> tuple[bytes, ...]:
        """What a file may be encrypted with: the key for its purpose, and in a renewal the one before."""
        return (self.derive(purpose), *(self.before.derivations(purpose) if self.before else ()))


class Source(Protocol):
    """What opens a slot of its kind."""

    @property
    def kind(self) -> str: ...

    def wrapping_key(self, slot: Mapping[str, Any], salt: bytes) -> bytes:
        """32 bytes that wrap what is in the slot. Raises `MasterKeyError`, and ValueError for a slot of no sense."""


@dataclass(frozen=True)
class KeyFileSource:
    """A source that opens a slot: 32 random bytes in a file of their own, best on another volume."""

    path: Path
    kind = "file"

    def wrapping_key(self, slot: Mapping[str, Any], salt: bytes) -> bytes:
        return _stretched(read_private(self.path), salt, b"halqa slot")


@dataclass(frozen=True)
class RecoverySource:
    """A source that opens a slot: 32 random bytes that exist only as shares, until enough of them are together."""

    secret: bytes = field(repr=False)
    kind = "recovery"

    def wrapping_key(self, slot: Mapping[str, Any], salt: bytes) -> bytes:
        return _stretched(self.secret, salt, b"halqa recovery slot")


@dataclass(frozen=True)
class PassphraseSource:
    """A source that opens a slot: words that somebody knows, stretched with Argon2id (RFC 9106)."""

    words: str = field(repr=False)
    kind = "passphrase"

    def wrapping_key(self, slot: Mapping[str, Any], salt: bytes) -> bytes:
        cost = {name: slot[name] for name in MOST}
        for name, most in MOST.items():
            if not isinstance(cost[name], int) or not 0 < cost[name] <= most:
                raise ValueError(name)
        with _derivation:
            return Argon2id(
                salt=salt,
                length=KEY_BYTES,
                iterations=cost["iterations"],
                lanes=cost["lanes"],
                memory_cost=cost["memory_kib"],
            ).derive(self.words.encode())


def _stretched(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=salt, info=purpose).derive(secret)


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
    """Whether others on this machine can touch a file.

    A credential of systemd is readable by root's group as well (0440 of root), in a folder of the service's own.
    """
    if os.name != "posix":
        return False
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    handed_over = bool(folder) and path.absolute().parent == Path(folder or "") and status.st_uid == 0
    allowed = stat.S_IRWXU | (stat.S_IRGRP if handed_over else 0)
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


def replace_private(path: Path, data: bytes) -> None:
    """Puts a file with mode 0600 in the place of another: after a crash there is the old one or the new, whole."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)  # of a change that was cut off half-way
    write_private(draft, data)
    draft.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder last through a power failure, where the system lets folders be opened."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def create_key_file(path: Path) -> None:
    write_private(path, os.urandom(KEY_BYTES))


class Keyring(Mapping[bytes, bytes]):
    """The members' keys, all in memory while the network is unlocked; the store keeps keyring.db in step."""

    def __init__(self, keys: Mapping[bytes, bytes]) -> None:
        self._keys = dict(keys)

    def __getitem__(self, key_id: bytes) -> bytes:
        return self._keys[key_id]

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def __repr__(self) -> str:
        return f"<Keyring of {len(self)}>"

    def add(self, key_id: bytes, key: bytes) -> None:
        self._keys[key_id] = key

    def forget(self, key_id: bytes) -> None:
        self._keys.pop(key_id, None)
