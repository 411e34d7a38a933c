"""The master key and the keys derived from it.

key file | passphrase (Argon2id) | recovery shares  --unwraps-->  master key  (key_slots.py, halqa.key)
master key  --HKDF-->  database, keyring, network and index keys
"""

from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


class MasterKeyError(Exception):
    """The master key cannot be obtained, or its slots cannot be changed. `reason` is a fixed word.

    missing, exposed, damaged, wrong, exists; of a slot file also newer, busy, full, last, unknown, old-slots.
    """

    def __init__(self, reason: str, path: Path) -> None:
        super().__init__(reason, path.name)
        self.reason = reason
        self.path = path


@dataclass(frozen=True)
class MasterKey:
    """The root of every other key. Never written unwrapped, never shown."""

    _bytes: bytes = field(repr=False)
    # During a rotation: the master key before, under which some files may still be.
    before: "MasterKey | None" = field(default=None, repr=False)

    @property
    def alone(self) -> "MasterKey":
        """The same key without the one before."""
        return MasterKey(self._bytes)

    def derive(self, purpose: str) -> bytes:
        """32 bytes for one purpose (HKDF-SHA256, RFC 5869)."""
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"halqa " + purpose.encode()).derive(self._bytes)

    def derivations(self, purpose: str) -> tuple[bytes, ...]:
        """The keys a file may be encrypted with: this key's for the purpose, and during a rotation the one before's."""
        return (self.derive(purpose), *(self.before.derivations(purpose) if self.before else ()))
