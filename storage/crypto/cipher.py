"""Encryption of single fields with the key of their member or host, and keyed hashes by which rows are found.

An encrypted value is `version (1) | key id (16) | nonce (12) | AES-256-GCM-SIV(padded plaintext)`, with its place
(table.column and row id) as associated data, so that a value moved elsewhere cannot be decrypted. AES-GCM-SIV (RFC
8452) is chosen because a repeated nonce reveals no more than that two plaintexts were equal.
"""

import hashlib
import hmac
import os
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

VERSION = 1
KEY_ID_BYTES = 16
NONCE_BYTES = 12
SMALLEST_BYTES = 64
AUDIT_TAG_BYTES = 16
# Names in the associated data of columns that have been renamed otherwise than from `_sealed` to `_encrypted`.
FIRST_NAMES = {"members.telegram_id_encrypted": "members.address_sealed"}
NETWORK_KEY_ID = bytes(KEY_ID_BYTES)  # of the key for what belongs to no member yet


class Unreadable(Exception):
    """A value cannot be decrypted: its key was erased, or it was changed or moved. Says nothing about its content.

    `place` (`table.column`) and `row` say where the value is, if it is in a database.
    """

    def __init__(self, place: str = "", row: bytes = b"") -> None:
        super().__init__()
        self.place = place
        self.row = row


def pad(plain: bytes) -> bytes:
    """Pads to 64, 128, 256 ... bytes (ISO/IEC 7816-4: one 0x80, then zeros), so that lengths reveal little."""
    size = SMALLEST_BYTES
    while size < len(plain) + 1:
        size *= 2
    return (plain + b"\x80").ljust(size, b"\0")


def unpad(padded: bytes) -> bytes:
    """The inverse of `pad`. Raises `Unreadable` where the padding is malformed."""
    plain, mark, zeros = padded.rpartition(b"\x80")
    if not mark or zeros.strip(b"\0"):
        raise Unreadable
    return plain


class Cipher:
    """Encrypts and decrypts fields with the keys of a keyring, which is read live: an erased key decrypts nothing here.

    `lookup_key` is used for what is short-lived or could be guessed: the hashes of Telegram ids, and what is encrypted
    for no member yet. `index_key` is permanent, so it hashes only what nobody can guess.
    """

    def __init__(self, data_keys: Mapping[bytes, bytes], *, lookup_key: bytes, index_key: bytes) -> None:
        self._data_keys = data_keys
        self._index_key = index_key
        self._network_key = _derived(lookup_key, b"network")
        self._telegram_id_key = _derived(lookup_key, b"address")

    def with_lookup_key(self, lookup_key: bytes) -> "Cipher":
        """The same cipher with another lookup key."""
        return Cipher(self._data_keys, lookup_key=lookup_key, index_key=self._index_key)

    def encrypt(self, key_id: bytes | None, place: str, row: bytes, plain: bytes) -> bytes:
        """Encrypts for one place. `key_id` None: the network's own key. Raises `Unreadable` for an erased key."""
        key_id = key_id or NETWORK_KEY_ID
        nonce = os.urandom(NONCE_BYTES)
        header = bytes([VERSION]) + key_id
        key = AESGCMSIV(self._key(key_id, place, row))
        return header + nonce + key.encrypt(nonce, pad(plain), header + _label(place) + b"\0" + row)

    def decrypt(self, place: str, row: bytes, value: bytes, key_id: bytes | None = None) -> bytes:
        """The plaintext of a value in this place. Raises `Unreadable`.

        `key_id`: the only key that is accepted, where the key shows whose words these are.
        """
        header, nonce, ciphertext = value[:17], value[17:29], value[29:]
        if len(header) != 1 + KEY_ID_BYTES or header[0] != VERSION or header[1:] != (key_id or header[1:]):
            raise Unreadable(place, row)
        key = self._key(header[1:], place, row)
        try:
            return unpad(AESGCMSIV(key).decrypt(nonce, ciphertext, header + _label(place) + b"\0" + row))
        except (InvalidTag, ValueError, Unreadable):
            raise Unreadable(place, row) from None

    def index(self, place: str, value: bytes) -> bytes:
        """HMAC-SHA256 of a value that cannot be guessed, such as a random code, for one place."""
        return hmac.digest(self._index_key, place.encode() + b"\0" + value, hashlib.sha256)

    def member_index(self, key_id: bytes, place: str, value: bytes) -> bytes:
        """HMAC-SHA256 of a value under the key of one member, cut to 16 bytes: the id of a row that only they have.

        Raises `Unreadable` for an erased key.
        """
        derived = _derived(self._key(key_id, place, b""), b"index\0" + place.encode())
        return hmac.digest(derived, value, hashlib.sha256)[:16]

    def mark(self, key_id: bytes, place: str, value: bytes) -> str:
        """Four digits by the key of a member: the same for a value as long as that key is there, and without it those
        of two values cannot be linked. Two members have the same by chance once in 10,000. Raises `Unreadable`.
        """
        key = _derived(self._key(key_id, place, value), b"mark")
        digest = hmac.digest(key, place.encode() + b"\0" + value, hashlib.sha256)
        return f"{int.from_bytes(digest[:8], 'big') % 10_000:04}"

    def telegram_id_index(self, telegram_id: int) -> bytes:
        """The keyed hash by which somebody is found, with this lookup key."""
        return hmac.digest(self._telegram_id_key, str(telegram_id).encode(), hashlib.sha256)

    def audit_tag(self, key_id: bytes, number: int, role: str) -> bytes | None:
        """How an entry of the audit names a person: HMAC-SHA256 with their own key over the number of the entry and the
        role (actor or subject), cut to 16 bytes. None for an erased key.

        Without the key the tags of one person are as different from each other as from anybody else's.
        """
        key = self._data_keys.get(key_id)
        if key is None:
            return None
        return hmac.digest(key, f"audit {role} {number}".encode(), hashlib.sha256)[:AUDIT_TAG_BYTES]

    def _key(self, key_id: bytes, place: str, row: bytes) -> bytes:
        if key_id == NETWORK_KEY_ID:
            return self._network_key
        try:
            return self._data_keys[key_id]
        except KeyError:
            raise Unreadable(place, row) from None


def _label(place: str) -> bytes:
    """The place in the associated data, which keeps the names that columns had in the first version."""
    return FIRST_NAMES.get(place, place.removesuffix("_encrypted") + "_sealed").encode()


def _derived(key: bytes, purpose: bytes) -> bytes:
    return hmac.digest(key, purpose, hashlib.sha256)
