"""What opens a slot of the slot file: a key file, a passphrase, or recovery shares.

Each source yields a wrapping key (a key encryption key) for one slot; key_slots.py says what it wraps.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.crypto.master_key import KEY_BYTES
from storage.crypto.private_files import read_private

# RFC 9106 section 4 asks for as much memory as can be spared; a phone-sized server can spare this much once.
ARGON2 = {"memory_kib": 256 * 1024, "iterations": 3, "lanes": 4}
# A slot file is read before anything in it can be authenticated, so the cost it may demand is limited.
ARGON2_LIMITS = {"memory_kib": 1024 * 1024, "iterations": 16, "lanes": 16}
_derivation = threading.Lock()  # one derivation at a time in the process, since each allocates `memory_kib`


class Source(Protocol):
    """What opens a slot of its kind."""

    @property
    def kind(self) -> str: ...

    def wrapping_key(self, slot: Mapping[str, Any], salt: bytes) -> bytes:
        """32 bytes that wrap what is in the slot. Raises `MasterKeyError`, and ValueError for a malformed slot."""


@dataclass(frozen=True)
class KeyFileSource:
    """A source that opens a slot: 32 random bytes in a file of their own, best on another volume."""

    path: Path
    kind = "file"

    def wrapping_key(self, slot: Mapping[str, Any], salt: bytes) -> bytes:
        return _stretched(read_private(self.path), salt, b"halqa slot")


@dataclass(frozen=True)
class RecoverySource:
    """A source that opens a slot: 32 random bytes that exist only as shares until enough of them are combined."""

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
        cost = {name: slot[name] for name in ARGON2_LIMITS}
        for name, limit in ARGON2_LIMITS.items():
            if not isinstance(cost[name], int) or not 0 < cost[name] <= limit:
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
