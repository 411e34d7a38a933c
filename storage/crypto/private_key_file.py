"""The file in which a coordinator keeps the private key that opens sealed notes, on a machine of their own.

JSON with mode 0600: the public key as text, so that it can be shown again, and the private key, either wrapped with a
passphrase (Argon2id, AES-256-GCM-SIV; everything else in the file is associated data) or unwrapped.
"""

import base64
import json
import os
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from storage.crypto.envelope import PrivateKey, PublicKey, SealError
from storage.crypto.key_sources import ARGON2, PassphraseSource
from storage.crypto.private_files import read_private, write_private

FAMILY = "halqa-sealing-key-"
FORMAT = FAMILY + "1"
LARGEST_BYTES = 16 * 1024
Raw = dict[str, Any]


def create(path: Path, passphrase: str | None) -> PublicKey:
    """Makes a key pair and writes its file. Raises `MasterKeyError` (exists)."""
    key = PrivateKey.generate()
    raw: Raw = {"format": FORMAT, "public": str(key.public)}
    if passphrase is None:
        raw["private"] = _text(key.data)
    else:
        raw |= {"salt": _text(os.urandom(16)), "nonce": _text(os.urandom(12)), **ARGON2}
        wrapping = AESGCMSIV(PassphraseSource(passphrase).wrapping_key(raw, _bytes(raw["salt"])))
        raw["wrapped"] = _text(wrapping.encrypt(_bytes(raw["nonce"]), key.data, _bound(raw)))
    write_private(path, json.dumps(raw, indent=1).encode())
    return key.public


class PrivateKeyFile:
    """A file that has been read; `open` unwraps the private key."""

    def __init__(self, path: Path) -> None:
        """Raises `MasterKeyError` (missing, exposed) and `SealError` (damaged, newer)."""
        data = read_private(path)
        try:
            if len(data) > LARGEST_BYTES:
                raise ValueError
            self._raw: Raw = json.loads(data)
            found = str(self._raw["format"])
            if found == FORMAT:
                self.public = PublicKey.read(self._raw["public"])
                self.needs_passphrase = "wrapped" in self._raw
        except (SealError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise SealError("damaged") from None
        if found != FORMAT:
            raise SealError("newer" if found.startswith(FAMILY) else "damaged")

    def open(self, passphrase: str | None) -> PrivateKey:
        """The private key. Raises `SealError` (wrong-passphrase, damaged)."""
        try:
            key = PrivateKey(self._unwrapped(passphrase) if self.needs_passphrase else _bytes(self._raw["private"]))
            if key.public != self.public:
                raise ValueError
        except InvalidTag:
            raise SealError("wrong-passphrase") from None
        except (ValueError, KeyError, TypeError):
            raise SealError("damaged") from None
        return key

    def _unwrapped(self, passphrase: str | None) -> bytes:
        raw = self._raw
        wrapping = AESGCMSIV(PassphraseSource(passphrase or "").wrapping_key(raw, _bytes(raw["salt"])))
        return wrapping.decrypt(_bytes(raw["nonce"]), _bytes(raw["wrapped"]), _bound(raw))


def _bound(raw: Raw) -> bytes:
    return json.dumps({name: raw[name] for name in raw if name != "wrapped"}, sort_keys=True).encode()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
