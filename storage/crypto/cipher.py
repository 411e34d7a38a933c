"""Sealing of single fields under their member's key, and keyed hashes to find rows by.

A sealed value is `version (1) | key id (16) | nonce (12) | AES-256-GCM-SIV(padded plaintext)`, with the place it stands
in (table.column and row id) as associated data, so that a value moved elsewhere does not open. AES-GCM-SIV (RFC 8452)
is chosen because a repeated nonce gives away no more than that two plaintexts were equal.
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
FIRST_NAMES = {"members.telegram_id_encrypted": "members.address_sealed"}
NETWORK_KEY_ID = bytes(KEY_ID_BYTES)  # seals what belongs to no member yet


class Unreadable(Exception):
    """A sealed value does not open: its key was erased, or it was changed or moved. Says nothing about its content.

    It knows the place, as `table.column`, and the row, where the value stands in a database.
    """

    def __init__(self, place: str = "", row: bytes = b"") -> None:
        super().__init__()
        self.place = place
        self.row = row


def pad(plain: bytes) -> bytes:
    """Pads to 64, 128, 256 ... bytes (ISO/IEC 7816-4: one 0x80, then zeros), so that lengths tell little."""
    size = SMALLEST_BYTES
    while size < len(plain) + 1:
        size *= 2
    return (plain + b"\x80").ljust(size, b"\0")


def unpad(padded: bytes) -> bytes:
    """The inverse of `pad`. Raises `Unreadable` where the padding is not one of ours."""
    plain, mark, zeros = padded.rpartition(b"\x80")
    if not mark or zeros.strip(b"\0"):
        raise Unreadable
    return plain


class Cipher:
    """Seals and opens fields with the keys of a keyring, which is read live: a key erased there opens nothing here.

    `lookup_key` is behind what is short-lived or could be guessed: the hashes of Telegram ids, and what is sealed for
    no member yet. `index_key` stays for ever, so it hashes only what nobody can guess.
    """

    def __init__(self, member_keys: Mapping[bytes, bytes], *, lookup_key: bytes, index_key: bytes) -> None:
        self._member_keys = member_keys
        self._index_key = index_key
        self._network_key = _derived(lookup_key, b"network")
        self._address_key = _derived(lookup_key, b"address")

    def with_lookup_key(self, lookup_key: bytes) -> "Cipher":
        """The same with the key of another epoch."""
        return Cipher(self._member_keys, lookup_key=lookup_key, index_key=self._index_key)

    def encrypt(self, key_id: bytes | None, place: str, row: bytes, plain: bytes) -> bytes:
        """Seals for one place. `key_id` None means the network's own key. Raises `Unreadable` for an erased key."""
        key_id = key_id or NETWORK_KEY_ID
        nonce = os.urandom(NONCE_BYTES)
        header = bytes([VERSION]) + key_id
        text = AESGCMSIV(self._key(key_id, place, row)).encrypt(nonce, pad(plain), header + _label(place) + b"\0" + row)
        return header + nonce + text

    def decrypt(self, place: str, row: bytes, sealed: bytes, key_id: bytes | None = None) -> bytes:
        """The plaintext of a value that stands in this place. Raises `Unreadable`.

        Where it is known under which key the value has to be, `key_id` says so: whose words these are hangs on it.
        """
        header, nonce, text = sealed[:17], sealed[17:29], sealed[29:]
        if len(header) != 1 + KEY_ID_BYTES or header[0] != VERSION or header[1:] != (key_id or header[1:]):
            raise Unreadable(place, row)
        key = self._key(header[1:], place, row)
        try:
            return unpad(AESGCMSIV(key).decrypt(nonce, text, header + _label(place) + b"\0" + row))
        except (InvalidTag, ValueError, Unreadable):
            raise Unreadable(place, row) from None

    def index(self, place: str, value: bytes) -> bytes:
        """HMAC-SHA256 of a value that cannot be guessed, such as a random code, for one place."""
        return hmac.digest(self._index_key, place.encode() + b"\0" + value, hashlib.sha256)

    def telegram_id_index(self, telegram_id: int) -> bytes:
        """The keyed hash by which somebody is found, in this epoch."""
        return hmac.digest(self._address_key, str(telegram_id).encode(), hashlib.sha256)

    def _key(self, key_id: bytes, place: str, row: bytes) -> bytes:
        if key_id == NETWORK_KEY_ID:
            return self._network_key
        try:
            return self._member_keys[key_id]
        except KeyError:
            raise Unreadable(place, row) from None


def _label(place: str) -> bytes:
    """The place as it stands in the associated data, which keeps the names that columns had in the first version."""
    return FIRST_NAMES.get(place, place.removesuffix("_encrypted") + "_sealed").encode()


def _derived(key: bytes, purpose: bytes) -> bytes:
    return hmac.digest(key, purpose, hashlib.sha256)
