"""The keys: the master key in its slot file, the keys derived from it, and one random key per member.

    key file | passphrase (Argon2id)  --unwraps-->  master key  --HKDF-->  database, keyring, network and index keys

The slot file holds the master key wrapped once per slot and is worthless without a source that opens a slot. It is
never part of a backup of the data.
"""

import base64
import json
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
SLOT_FILE = "halqa.key"
# RFC 9106 section 4 asks for as much memory as can be spared; a phone-sized server can spare this much once.
ARGON2 = {"memory_kib": 256 * 1024, "iterations": 3, "lanes": 4}


class KeyTrouble(Exception):
    """The master key cannot be had. `reason` is a fixed word: missing, exposed, damaged, wrong, exists."""

    def __init__(self, reason: str, path: Path) -> None:
        super().__init__(reason, path.name)
        self.reason = reason
        self.path = path


@dataclass(frozen=True)
class MasterKey:
    """The root of every other key. Never written down unwrapped, never shown."""

    _bytes: bytes = field(repr=False)

    def derive(self, purpose: str) -> bytes:
        """32 bytes for one purpose (HKDF-SHA256, RFC 5869)."""
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"halqa " + purpose.encode()).derive(self._bytes)


@dataclass(frozen=True)
class KeyFile:
    """A source that opens a slot: 32 random bytes in a file of their own, best on another volume."""

    path: Path
    kind = "file"

    def wrapping_key(self, slot: Mapping[str, Any]) -> bytes:
        return HKDF(SHA256(), KEY_BYTES, salt=_bytes(slot["salt"]), info=b"halqa slot").derive(read_private(self.path))


@dataclass(frozen=True)
class Passphrase:
    """A source that opens a slot: words that somebody knows, stretched with Argon2id (RFC 9106)."""

    words: str = field(repr=False)
    kind = "passphrase"

    def wrapping_key(self, slot: Mapping[str, Any]) -> bytes:
        return Argon2id(
            salt=_bytes(slot["salt"]),
            length=KEY_BYTES,
            iterations=slot["iterations"],
            lanes=slot["lanes"],
            memory_cost=slot["memory_kib"],
        ).derive(self.words.encode())


Source = KeyFile | Passphrase


def read_private(path: Path) -> bytes:
    """The bytes of a file that only its owner may read. Raises `KeyTrouble` (missing, exposed)."""
    try:
        with path.open("rb") as file:
            if os.name == "posix" and os.fstat(file.fileno()).st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise KeyTrouble("exposed", path)
            return file.read()
    except FileNotFoundError:
        raise KeyTrouble("missing", path) from None


def write_private(path: Path, data: bytes) -> None:
    """Writes a new file with mode 0600, on disk before this returns. Raises `KeyTrouble` (exists)."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyTrouble("exists", path) from None
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def create_key_file(path: Path) -> None:
    write_private(path, os.urandom(KEY_BYTES))


def create(slot_file: Path, source: Source) -> MasterKey:
    """Makes a new master key and writes the slot file with one slot for this source."""
    master = os.urandom(KEY_BYTES)
    slot: dict[str, Any] = {
        "kind": source.kind,
        "salt": _text(os.urandom(16)),
        "nonce": _text(os.urandom(12)),
    }
    if isinstance(source, Passphrase):
        slot |= ARGON2
    wrapped = AESGCMSIV(source.wrapping_key(slot)).encrypt(_bytes(slot["nonce"]), master, _bound(slot))
    content = {"version": 1, "slots": [slot | {"wrapped": _text(wrapped)}]}
    write_private(slot_file, json.dumps(content, indent=1).encode())
    return MasterKey(master)


def unlock(slot_file: Path, source: Source) -> MasterKey:
    """The master key, by whichever slot this source opens. Raises `KeyTrouble` (missing, exposed, damaged, wrong)."""
    try:
        content = json.loads(read_private(slot_file))
        slots = [slot for slot in content["slots"] if slot["kind"] == source.kind]
        for slot in slots:
            try:
                wrapped = _bytes(slot["wrapped"])
                key = AESGCMSIV(source.wrapping_key(slot))
                return MasterKey(key.decrypt(_bytes(slot["nonce"]), wrapped, _bound(slot)))
            except InvalidTag:
                continue
    except (ValueError, KeyError, TypeError, OverflowError):
        raise KeyTrouble("damaged", slot_file) from None
    raise KeyTrouble("wrong", slot_file)


def _bound(slot: Mapping[str, Any]) -> bytes:
    """All of a slot but the wrapped key is authenticated, so that nobody can weaken its cost unnoticed."""
    return json.dumps({key: slot[key] for key in sorted(slot) if key != "wrapped"}).encode()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


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
