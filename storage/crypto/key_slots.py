"""The slot file: the master key behind several slots, each opened by a source of its own.

    source --wraps--> the slot's private key  --opens--> master key, sealed to the slot's public key

So the master key can be renewed by whoever opens one slot, without the passphrases behind the others. The slots' key
pairs are a hybrid of ML-KEM-768 and X25519 (HPKE, RFC 9180), since a copy of this file may be kept for decades.

Anybody could seal something to a public key, so each seal carries a proof under a key that is wrapped with the private
one. The book, which is encrypted under the master key, holds those keys and the slots' labels (which may name people),
and is bound to the list of slots: nobody adds a slot, or changes one, without the master key.

The file is worthless without a source that opens a slot. It is never part of a backup of the data.
"""

import base64
import contextlib
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from storage.crypto import hpke, key_sources, private_files
from storage.crypto.cipher import Unreadable, pad, unpad
from storage.crypto.hpke import SUITE
from storage.crypto.key_sources import PassphraseSource, Source
from storage.crypto.master_key import KEY_BYTES, MasterKey, MasterKeyError
from storage.crypto.private_files import read_private, write_private

VERSION = 2  # 1 had one slot, in which the source wrapped the master key itself; it is read, and changed on writing
MOST_SLOTS = 32
LARGEST_BYTES = 1024 * 1024
PROOF_BYTES = 32
# What a slot is besides its fixed part: the master key sealed to it, and in a renewal the coming one.
SEALS = ("sealed", "next")
RENEWAL = "renewal"  # in the book, beside the ids of slots
Raw = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to the master key."""

    id: str  # short, random
    kind: str  # passphrase, file, recovery
    label: str
    made: date | None  # None: before slots had dates


@dataclass(frozen=True)
class _Secrets:
    """What the source of one slot wraps."""

    private: bytes = field(repr=False)  # (hpke.py)
    proof_key: bytes = field(repr=False)

    def packed(self) -> bytes:
        return self.private + self.proof_key

    @classmethod
    def unpacked(cls, data: bytes) -> "_Secrets":
        return cls(data[: hpke.PRIVATE_BYTES], data[hpke.PRIVATE_BYTES :])


class SlotFile:
    """The slot file, opened by a source. Changes are on disk after `save`."""

    def __init__(self, path: Path, content: Raw, master: MasterKey, opened: str) -> None:
        self.path = path
        self.master = master
        self.opened = opened  # the id of the slot that was opened
        self._slots: list[Raw] = content["slots"]
        self._notes: dict[str, Raw] = _read_book(content, self._slots, master.before or master)

    @property
    def slots(self) -> tuple[Slot, ...]:
        return tuple(self._slot(raw) for raw in self._slots)

    def _slot(self, raw: Raw) -> Slot:
        note = self._notes.get(_id(raw), {})
        made = note.get("made")
        return Slot(_id(raw), raw["kind"], note.get("label", ""), date.fromisoformat(made) if made else None)

    def get(self, slot_id: str) -> Slot:
        """Raises `MasterKeyError` (unknown)."""
        return self._slot(self._slots[self._index(slot_id)])

    def _index(self, slot_id: str) -> int:
        for index, raw in enumerate(self._slots):
            if _id(raw) == slot_id:
                return index
        raise MasterKeyError("unknown", self.path)

    def add(self, source: Source, label: str, today: date | None) -> str:
        """A further slot; its id. Raises `MasterKeyError` (full)."""
        if len(self._slots) >= MOST_SLOTS:
            raise MasterKeyError("full", self.path)
        taken = {_id(raw) for raw in self._slots}
        slot_id = next(new for new in iter(lambda: secrets.token_hex(3), None) if new not in taken)
        self._slots.append(self._made(slot_id, source, label, today))
        return slot_id

    def _made(self, slot_id: str, source: Source, label: str, today: date | None) -> Raw:
        raw, proof_key = _new_slot(slot_id, source)
        made = today.isoformat() if today else None
        self._notes[slot_id] = {"label": label, "made": made, "proof": _text(proof_key)}
        self._seal(raw)
        return raw

    def _seal(self, raw: Raw) -> None:
        """Seals the master key to a slot, and in a renewal the one before as well."""
        before = self.master.before
        raw["sealed"] = self._sealed(raw, before or self.master)
        if before is not None:
            raw["next"] = self._sealed(raw, self.master)

    def _sealed(self, raw: Raw, master: MasterKey) -> str:
        text = SUITE.encrypt(master._bytes, hpke.sealer(_bytes(raw["public"])), _purpose(raw))
        return _text(text + _proof(_bytes(self._notes[_id(raw)]["proof"]), text))

    def remove(self, slot_id: str) -> None:
        """Raises `MasterKeyError` (unknown, last)."""
        index = self._index(slot_id)
        if len(self._slots) == 1:
            raise MasterKeyError("last", self.path)
        del self._slots[index]
        self._notes.pop(slot_id, None)

    def replace(self, slot_id: str, source: Source, today: date | None) -> None:
        """Gives a slot another source, and a new key pair with it: an old copy of the file opens nothing of this one.

        Raises `MasterKeyError` (unknown).
        """
        index = self._index(slot_id)
        self._slots[index] = self._made(slot_id, source, self._slot(self._slots[index]).label, today)

    @property
    def under_way(self) -> Mapping[str, str]:
        """What `begin` was told about the renewal that is not finished; else nothing."""
        return self._notes.get(RENEWAL, {})

    def begin(self, said: Mapping[str, str]) -> None:
        """Begins to renew the master key: both open until `finish`, and the book keeps what is `said` about it.

        Raises `MasterKeyError` (old-slots).
        """
        if any("public" not in raw for raw in self._slots):
            raise MasterKeyError("old-slots", self.path)
        self.master = MasterKey(os.urandom(KEY_BYTES), before=self.master)
        self._notes[RENEWAL] = dict(said)
        for raw in self._slots:
            raw["next"] = self._sealed(raw, self.master)

    def finish(self) -> None:
        """Ends what `begin` began; once it is saved, the master key before is gone for good."""
        self.master = self.master.alone
        self._notes.pop(RENEWAL, None)
        for raw in self._slots:
            raw["sealed"] = raw.pop("next")

    def save(self) -> None:
        """Writes the file anew, whole or not at all."""
        content: Raw = {"version": VERSION, "slots": self._slots}
        content["book"] = self._book(self.master.before or self.master)
        private_files.replace_private(self.path, json.dumps(content, indent=1).encode())

    def _book(self, master: MasterKey) -> str:
        nonce = os.urandom(12)
        plain = pad(json.dumps(self._notes).encode())
        return _text(nonce + AESGCMSIV(master.derive("slots")).encrypt(nonce, plain, _bound_list(self._slots)))


def create(path: Path, source: Source, label: str = "", *, today: date | None = None) -> MasterKey:
    """Makes a new master key and writes the slot file with one slot for this source. Raises `MasterKeyError` (exists)."""
    write_private(path, b"")  # whoever comes second is refused here
    try:
        file = SlotFile(path, {"slots": []}, MasterKey(os.urandom(KEY_BYTES)), "")
        file.add(source, label, today)
        file.save()
    except BaseException:
        path.unlink()
        raise
    return file.master


def unlock(path: Path, source: Source) -> MasterKey:
    """The master key, by whichever slot this source opens.

    Raises `MasterKeyError` (missing, exposed, damaged, newer, wrong).
    """
    return read(path, source).master


def with_master(path: Path, master: MasterKey) -> SlotFile:
    """The slot file in the hands of whoever has the master key already. Raises `MasterKeyError`, as `unlock` does.

    Whoever has had it since before a renewal was finished gets the one that it ended with.
    """
    with _sense(path):
        content = _content(path)
        renewing = any("next" in raw for raw in content["slots"])
        return SlotFile(path, content, master if renewing else master.alone, "")


def look(path: Path) -> None:
    """Sees whether there is a slot file at all, before there is a source. Raises what `unlock` raises, but wrong."""
    with _sense(path):
        _content(path)


def read(path: Path, source: Source) -> SlotFile:
    """The slot file, opened, to be looked at. Raises what `unlock` raises."""
    return _opened(path, source)[0]


@contextlib.contextmanager
def changing(path: Path, source: Source) -> Iterator[SlotFile]:
    """The slot file, opened, to be changed and saved: nobody else does so meanwhile.

    A slot of the first version becomes one of this. Raises what `unlock` raises, and `MasterKeyError` (busy).
    """
    with alone(path):
        file, old = _opened(path, source)
        if old:
            file.replace(file.opened, source, None)
        yield file


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keeps other processes from changing the slot file. Raises `MasterKeyError` (busy, missing)."""
    if os.name != "posix":
        yield
        return
    import fcntl

    try:
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        raise MasterKeyError("missing", path) from None
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise MasterKeyError("busy", path) from None
        yield
    finally:
        os.close(folder)


def _opened(path: Path, source: Source) -> tuple[SlotFile, bool]:
    """The opened file, and whether the slot that was opened is of the first version."""
    with _sense(path):
        content = _content(path)
        slots = content["slots"]
        for raw in [raw for raw in slots if raw["kind"] == source.kind]:
            try:
                key = AESGCMSIV(source.wrapping_key(raw, _bytes(raw["salt"])))
                wrapped = key.decrypt(_bytes(raw["nonce"]), _bytes(raw["wrapped"]), _bound(raw))
            except InvalidTag:
                continue
            old = "public" not in raw
            master = MasterKey(wrapped) if old else _unsealed(raw, _Secrets.unpacked(wrapped))
            return SlotFile(path, content, master, _id(raw)), old
    raise MasterKeyError("wrong", path)


@contextlib.contextmanager
def _sense(path: Path) -> Iterator[None]:
    """Whatever a file of no sense leads to is `MasterKeyError` (damaged)."""
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError, InvalidTag, Unreadable):
        raise MasterKeyError("damaged", path) from None


def _content(path: Path) -> Raw:
    data = read_private(path)
    if len(data) > LARGEST_BYTES:
        raise ValueError("size")
    content: Raw = json.loads(data)
    version = content.get("version", 1)
    if isinstance(version, int) and version > VERSION:
        raise MasterKeyError("newer", path)
    slots = content["slots"]
    if not isinstance(slots, list) or len(slots) > MOST_SLOTS or len({_id(raw) for raw in slots}) != len(slots):
        raise ValueError("slots")
    return content


def _unsealed(raw: Raw, secret: _Secrets) -> MasterKey:
    """The master key behind a slot; in a renewal the coming one, with the one before."""
    found = []
    for name in SEALS:
        if name in raw:
            data = _bytes(raw[name])
            text, proof = data[:-PROOF_BYTES], data[-PROOF_BYTES:]
            if not hmac.compare_digest(proof, _proof(secret.proof_key, text)):
                raise ValueError(name)
            found.append(MasterKey(SUITE.decrypt(text, hpke.opener(secret.private), _purpose(raw))))
    return found[0] if len(found) == 1 else MasterKey(found[1]._bytes, before=found[0])


def _read_book(content: Raw, slots: list[Raw], master: MasterKey) -> dict[str, Raw]:
    """What the book says of each slot. A file of the first version has none, and no slot of the second either."""
    if not any("public" in raw for raw in slots):
        return {}
    data = _bytes(content["book"])
    plain = AESGCMSIV(master.derive("slots")).decrypt(data[:12], data[12:], _bound_list(slots))
    notes: dict[str, Raw] = json.loads(unpad(plain))
    return notes


def _new_slot(slot_id: str, source: Source) -> tuple[Raw, bytes]:
    """A slot to which nothing is sealed yet, and its key for proofs."""
    secret = _Secrets(hpke.generate(), os.urandom(KEY_BYTES))
    raw: Raw = {"id": slot_id, "kind": source.kind}
    raw |= {"salt": _text(os.urandom(16)), "nonce": _text(os.urandom(12))}
    if isinstance(source, PassphraseSource):
        raw |= key_sources.ARGON2
    raw["public"] = _text(hpke.public_of(secret.private))
    key = AESGCMSIV(source.wrapping_key(raw, _bytes(raw["salt"])))
    raw["wrapped"] = _text(key.encrypt(_bytes(raw["nonce"]), secret.packed(), _bound(raw)))
    return raw, secret.proof_key


def _id(raw: Mapping[str, Any]) -> str:
    """The id of a slot. One of the first version has none of its own, so it is made from what it holds."""
    return str(raw["id"]) if "id" in raw else hashlib.sha256(raw["wrapped"].encode()).hexdigest()[:6]


def _purpose(raw: Raw) -> bytes:
    return b"halqa master key for slot " + _id(raw).encode()


def _proof(key: bytes, text: bytes) -> bytes:
    return hmac.digest(key, text, hashlib.sha256)


def _bound(raw: Raw) -> bytes:
    """All of a slot but what is wrapped or sealed is authenticated, so that nobody weakens its cost unnoticed."""
    return _canonical({name: raw[name] for name in raw if name != "wrapped" and name not in SEALS})


def _bound_list(slots: list[Raw]) -> bytes:
    """The list of slots, to which the book is bound."""
    return _canonical([{name: raw[name] for name in raw if name not in SEALS} for raw in slots])


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True).encode()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    data = base64.b64decode(text, validate=True)
    if _text(data) != text:  # one spelling for one value, or a change could go unnoticed
        raise ValueError("base64")
    return data
