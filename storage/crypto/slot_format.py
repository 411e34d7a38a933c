"""The format of the slot file: JSON with a list of slots, and details that are encrypted under the master key.

A slot has an id and a kind, the salt, nonce and cost with which its source derives a wrapping key, a public key, and

    wrapped   the slot's private key and its tag key, wrapped by the source (AES-256-GCM-SIV)
    sealed    the master key, sealed to the slot's public key (HPKE), with an authentication tag
    next      during a rotation of the master key: the coming one, in the same form

Anybody could seal something to a public key, so each sealed key carries an HMAC-SHA256 tag under the tag key, which
only whoever opens the slot has, or whoever has the master key: the details ("book" in the file) hold the tag keys and
the slots' labels, and the list of slots is their associated data.

Slots of version 1 have no public key; in them the source wraps the master key itself.
"""

import base64
import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from storage.crypto import hpke, key_sources
from storage.crypto.cipher import pad, unpad
from storage.crypto.hpke import SUITE
from storage.crypto.key_sources import PassphraseSource, Source
from storage.crypto.master_key import KEY_BYTES, MasterKey

VERSION = 2  # version 1 is read, and becomes version 2 when it is written
MOST_SLOTS = 32
LARGEST_BYTES = 1024 * 1024
SALT_BYTES, NONCE_BYTES, TAG_BYTES = 16, 12, 32
SEALED_FIELDS = ("sealed", "next")
Raw = dict[str, Any]


class NewerFormat(Exception):
    """The file was written by a newer version of the program."""


@dataclass(frozen=True)
class SlotSecrets:
    """What the source of one slot wraps."""

    private: bytes = field(repr=False)  # (hpke.py)
    tag_key: bytes = field(repr=False)

    def packed(self) -> bytes:
        return self.private + self.tag_key

    @classmethod
    def unpacked(cls, data: bytes) -> "SlotSecrets":
        return cls(data[: hpke.PRIVATE_BYTES], data[hpke.PRIVATE_BYTES :])


def parse(data: bytes) -> Raw:
    """The content of a slot file. Raises `NewerFormat`, and ValueError or the like where it is malformed."""
    if len(data) > LARGEST_BYTES:
        raise ValueError("size")
    content: Raw = json.loads(data)
    version = content.get("version", 1)
    if isinstance(version, int) and version > VERSION:
        raise NewerFormat
    slots = content["slots"]
    if not isinstance(slots, list) or len(slots) > MOST_SLOTS or len({slot_id(raw) for raw in slots}) != len(slots):
        raise ValueError("slots")
    return content


def serialize(slots: list[Raw], details: Mapping[str, Raw], master: MasterKey) -> bytes:
    """The file, with its details encrypted under this master key."""
    content = {"version": VERSION, "slots": slots, "book": _encrypt_details(slots, details, master)}
    return json.dumps(content, indent=1).encode()


def new_slot(new_id: str, source: Source) -> tuple[Raw, bytes]:
    """A slot without a sealed master key, and its tag key."""
    secret = SlotSecrets(hpke.generate(), os.urandom(KEY_BYTES))
    raw: Raw = {"id": new_id, "kind": source.kind}
    raw |= {"salt": to_text(os.urandom(SALT_BYTES)), "nonce": to_text(os.urandom(NONCE_BYTES))}
    if isinstance(source, PassphraseSource):
        raw |= key_sources.ARGON2
    raw["public"] = to_text(hpke.public_of(secret.private))
    key = AESGCMSIV(source.wrapping_key(raw, to_bytes(raw["salt"])))
    raw["wrapped"] = to_text(key.encrypt(to_bytes(raw["nonce"]), secret.packed(), _wrapping_data(raw)))
    return raw, secret.tag_key


def unwrap(raw: Raw, source: Source) -> bytes:
    """What the source of a slot wraps. Raises InvalidTag where this source does not open the slot."""
    key = AESGCMSIV(source.wrapping_key(raw, to_bytes(raw["salt"])))
    return key.decrypt(to_bytes(raw["nonce"]), to_bytes(raw["wrapped"]), _wrapping_data(raw))


def master_key(raw: Raw, unwrapped: bytes) -> MasterKey:
    """The master key of a slot that was unwrapped; during a rotation the coming one, with the one before."""
    return MasterKey(unwrapped) if is_first_version(raw) else _unseal(raw, SlotSecrets.unpacked(unwrapped))


def seal(raw: Raw, master: MasterKey, tag_key: bytes) -> str:
    """The master key sealed to a slot's public key, with its authentication tag: one of `SEALED_FIELDS`."""
    ciphertext = SUITE.encrypt(master._bytes, hpke.sealer(to_bytes(raw["public"])), hpke_info(raw))
    return to_text(ciphertext + _tag(tag_key, ciphertext))


def _unseal(raw: Raw, secret: SlotSecrets) -> MasterKey:
    found = []
    for name in SEALED_FIELDS:
        if name in raw:
            data = to_bytes(raw[name])
            ciphertext, tag = data[:-TAG_BYTES], data[-TAG_BYTES:]
            if not hmac.compare_digest(tag, _tag(secret.tag_key, ciphertext)):
                raise ValueError(name)
            found.append(MasterKey(SUITE.decrypt(ciphertext, hpke.opener(secret.private), hpke_info(raw))))
    return found[0] if len(found) == 1 else MasterKey(found[1]._bytes, before=found[0])


def decrypt_details(content: Raw, master: MasterKey) -> dict[str, Raw]:
    """The details of each slot, by id. A file in which all slots are of the first version has none."""
    slots: list[Raw] = content["slots"]
    if all(is_first_version(raw) for raw in slots):
        return {}
    data = to_bytes(content["book"])
    nonce, ciphertext = data[:NONCE_BYTES], data[NONCE_BYTES:]
    details: dict[str, Raw] = json.loads(unpad(_details_key(master).decrypt(nonce, ciphertext, _list_data(slots))))
    return details


def _encrypt_details(slots: list[Raw], details: Mapping[str, Raw], master: MasterKey) -> str:
    nonce, plain = os.urandom(NONCE_BYTES), pad(json.dumps(details).encode())
    return to_text(nonce + _details_key(master).encrypt(nonce, plain, _list_data(slots)))


def _details_key(master: MasterKey) -> AESGCMSIV:
    return AESGCMSIV(master.derive("slots"))


def is_first_version(raw: Raw) -> bool:
    return "public" not in raw


def slot_id(raw: Mapping[str, Any]) -> str:
    """The id of a slot. A slot of the first version has none, so its id is a hash of its content."""
    return str(raw["id"]) if "id" in raw else hashlib.sha256(raw["wrapped"].encode()).hexdigest()[:6]


def hpke_info(raw: Raw) -> bytes:
    return b"halqa master key for slot " + slot_id(raw).encode()


def _tag(key: bytes, ciphertext: bytes) -> bytes:
    return hmac.digest(key, ciphertext, hashlib.sha256)


def _wrapping_data(raw: Raw) -> bytes:
    """Associated data of what is wrapped: all of the slot but its ciphertexts, so that nobody lowers its cost."""
    return _canonical({name: raw[name] for name in raw if name != "wrapped" and name not in SEALED_FIELDS})


def _list_data(slots: list[Raw]) -> bytes:
    """Associated data of the details: the list of slots without their sealed keys."""
    return _canonical([{name: raw[name] for name in raw if name not in SEALED_FIELDS} for raw in slots])


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True).encode()


def to_text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def to_bytes(text: str) -> bytes:
    """The inverse of `to_text`. Raises ValueError also for another spelling of the same bytes, so that every changed
    letter is noticed."""
    data = base64.b64decode(text, validate=True)
    if to_text(data) != text:
        raise ValueError("base64")
    return data
