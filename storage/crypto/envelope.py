"""Sealing to public keys (HPKE): whoever has only the public keys can write something, and cannot read it again.

    public key text   halqa-seal-1:<base64 of ML-KEM-768 key (1184 bytes) | X25519 key (32) | checksum (4)>
    envelope          version (1) | number of readers (1) | for each of them: key id (16), sealed content key (1168)
                      | nonce (12) | AES-256-GCM-SIV(padded content)

The content key is random and used for one envelope. It is sealed to each reader by HPKE (RFC 9180, base mode) with a
hybrid of ML-KEM-768 and X25519, since a copy may be kept for decades; the purpose, the version and the reader's key id
are HPKE's `info`. Everything before the content is its associated data.

Base mode does not authenticate the sender: anybody who has the public keys can have written an envelope. That it opens
shows only whom it is for, and that it is complete.
"""

import base64
import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from storage.crypto import hpke
from storage.crypto.cipher import Unreadable, pad, unpad
from storage.crypto.hpke import SUITE

VERSION = 1
PREFIX = f"halqa-seal-{VERSION}:"
CHECKSUM_BYTES = 4
TEXT_LETTERS = -(-(hpke.PUBLIC_BYTES + CHECKSUM_BYTES) // 3) * 4  # of base64, after the prefix
KEY_BYTES, NONCE_BYTES, ID_BYTES = 32, 12, 16
SEALED_KEY_BYTES = 1088 + 32 + KEY_BYTES + 16  # both encapsulations, the key, the tag
DIGITS, GROUP = 30, 5  # of a fingerprint: 99 bits, short enough to read out
MOST_READERS = 255


class SealError(Exception):
    """A public key text or an envelope cannot be read. `reason` is a fixed word.

    Of a public key text: no-key, newer, cut, mistyped. Of an envelope: newer, damaged, not-for-this-key.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The key with which others seal something to one reader."""

    data: bytes = field(repr=False)

    @classmethod
    def read(cls, text: str) -> "PublicKey":
        """The key in a public key text, ignoring white space. Raises `SealError`."""
        found = re.match(r"halqa-seal-(\d+):", text := "".join(text.split()))
        if found is None:
            raise SealError("no-key")
        if found[1] != str(VERSION):
            raise SealError("newer")
        letters = text.removeprefix(PREFIX)
        if len(letters) < TEXT_LETTERS:
            raise SealError("cut")
        try:
            data = base64.b64decode(letters, validate=True)
            key, checksum = cls(data[:-CHECKSUM_BYTES]), data[-CHECKSUM_BYTES:]
            if key._checksum() != checksum or base64.b64encode(data).decode() != letters:
                raise SealError("mistyped")
            # To some keys that can be read nothing can be sealed (RFC 7748 section 6.1).
            SUITE.encrypt(b"", hpke.sealer(key.data))
        except ValueError:
            raise SealError("mistyped") from None
        return key

    def __str__(self) -> str:
        return PREFIX + base64.b64encode(self.data + self._checksum()).decode()

    @property
    def id(self) -> bytes:
        """16 bytes by which a reader finds their sealed content key in an envelope."""
        return self._digest("id")[:ID_BYTES]

    @property
    def fingerprint(self) -> str:
        """Six groups of five digits, to compare by voice or on paper."""
        number = f"{int.from_bytes(self._digest('fingerprint'), 'big') % 10**DIGITS:0{DIGITS}}"
        return " ".join(number[at : at + GROUP] for at in range(0, DIGITS, GROUP))

    def _digest(self, purpose: str) -> bytes:
        return hashlib.sha256(f"halqa sealing key {VERSION} {purpose}\0".encode() + self.data).digest()

    def _checksum(self) -> bytes:
        return self._digest("checksum")[:CHECKSUM_BYTES]


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """The key that one reader keeps, on a machine of their own."""

    data: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> "PrivateKey":
        return cls(hpke.generate())

    @property
    def public(self) -> PublicKey:
        """Raises ValueError where the bytes are not a key."""
        return PublicKey(hpke.public_of(self.data))


def seal(content: bytes, readers: Sequence[PublicKey]) -> bytes:
    """An envelope that only these readers can open. Raises ValueError for none, or more than `MOST_READERS`."""
    if not 0 < len(readers) <= MOST_READERS:
        raise ValueError("readers")
    key, nonce = os.urandom(KEY_BYTES), os.urandom(NONCE_BYTES)
    sealed = b"".join(reader.id + SUITE.encrypt(key, hpke.sealer(reader.data), _info(reader.id)) for reader in readers)
    head = bytes([VERSION, len(readers)]) + sealed
    return head + nonce + AESGCMSIV(key).encrypt(nonce, pad(content), head)


def open_(envelope: bytes, key: PrivateKey) -> bytes:
    """The content of an envelope. Raises `SealError` (newer, damaged, not-for-this-key)."""
    keys, head, rest = _parts(envelope)
    wanted = key.public.id
    if wanted not in keys:
        raise SealError("not-for-this-key")
    try:
        content_key = SUITE.decrypt(keys[wanted], hpke.opener(key.data), _info(wanted))
        return unpad(AESGCMSIV(content_key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], head))
    except (InvalidTag, Unreadable, ValueError):
        raise SealError("damaged") from None


def readers_of(envelope: bytes) -> frozenset[bytes]:
    """The ids of the keys that open an envelope. Raises `SealError` (newer, damaged)."""
    return frozenset(_parts(envelope)[0])


def _parts(envelope: bytes) -> tuple[dict[bytes, bytes], bytes, bytes]:
    """Sealed content keys by the id of their reader, the bytes before the content, and the rest."""
    if envelope[:1] > bytes([VERSION]):
        raise SealError("newer")
    size = ID_BYTES + SEALED_KEY_BYTES
    end = 2 + size * (envelope[1] if len(envelope) > 1 else 0)
    if envelope[:1] != bytes([VERSION]) or len(envelope) <= end + NONCE_BYTES:
        raise SealError("damaged")
    each = [envelope[at : at + size] for at in range(2, end, size)]
    return {one[:ID_BYTES]: one[ID_BYTES:] for one in each}, envelope[:end], envelope[end:]


def _info(reader: bytes) -> bytes:
    return f"halqa sealed note {VERSION} for ".encode() + reader
