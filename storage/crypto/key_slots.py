"""The slot file: the master key behind several slots, each opened by a source of its own.

    source --wraps--> the slot's private key  --opens--> master key, sealed to the slot's public key

So whoever opens one slot can rotate the master key without the passphrases behind the others. The slots' key pairs are
a hybrid of ML-KEM-768 and X25519 (HPKE, RFC 9180), since a copy of this file may be kept for decades. Nobody adds or
changes a slot without the master key (slot_format.py).

The file is worthless without a source that opens a slot. It is never part of a backup of the data.
"""

import contextlib
import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cryptography.exceptions import InvalidTag

from storage.crypto import slot_format
from storage.crypto.cipher import Unreadable
from storage.crypto.key_sources import Source
from storage.crypto.master_key import KEY_BYTES, MasterKey, MasterKeyError
from storage.crypto.private_files import read_private, replace_private, write_private
from storage.crypto.slot_format import MOST_SLOTS, NewerFormat, Raw, is_first_version

RENEWAL = "renewal"  # among the details, beside the ids of slots


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to the master key."""

    id: str  # short, random
    kind: str  # passphrase, file, recovery
    label: str
    made: date | None  # None: before slots had dates


class SlotFile:
    """The slot file, opened by a source. Changes are on disk after `save`."""

    def __init__(self, path: Path, content: Raw, master: MasterKey, opened: str) -> None:
        self.path = path
        self.master = master
        self.opened = opened  # the id of the slot that was opened
        self._slots: list[Raw] = content["slots"]
        self._details: dict[str, Raw] = slot_format.decrypt_details(content, master.before or master)

    @property
    def slots(self) -> tuple[Slot, ...]:
        return tuple(self._slot(raw) for raw in self._slots)

    def _slot(self, raw: Raw) -> Slot:
        slot_id = slot_format.slot_id(raw)
        details = self._details.get(slot_id, {})
        made = details.get("made")
        return Slot(slot_id, raw["kind"], details.get("label", ""), date.fromisoformat(made) if made else None)

    def get(self, slot_id: str) -> Slot:
        """Raises `MasterKeyError` (unknown)."""
        return self._slot(self._slots[self._index(slot_id)])

    def _index(self, slot_id: str) -> int:
        for index, raw in enumerate(self._slots):
            if slot_format.slot_id(raw) == slot_id:
                return index
        raise MasterKeyError("unknown", self.path)

    def add(self, source: Source, label: str, today: date | None) -> str:
        """Adds a slot; its id. Raises `MasterKeyError` (full)."""
        if len(self._slots) >= MOST_SLOTS:
            raise MasterKeyError("full", self.path)
        taken = {slot_format.slot_id(raw) for raw in self._slots}
        slot_id = next(new for new in iter(lambda: secrets.token_hex(3), None) if new not in taken)
        self._slots.append(self._made(slot_id, source, label, today))
        return slot_id

    def _made(self, slot_id: str, source: Source, label: str, today: date | None) -> Raw:
        """A new slot with the master key sealed to it, and during a rotation both master keys."""
        raw, tag_key = slot_format.new_slot(slot_id, source)
        made = today.isoformat() if today else None
        self._details[slot_id] = {"label": label, "made": made, "proof": slot_format.to_text(tag_key)}
        raw["sealed"] = self._sealed(raw, self.master.before or self.master)
        if self.master.before is not None:
            raw["next"] = self._sealed(raw, self.master)
        return raw

    def _sealed(self, raw: Raw, master: MasterKey) -> str:
        tag_key = slot_format.to_bytes(self._details[slot_format.slot_id(raw)]["proof"])
        return slot_format.seal(raw, master, tag_key)

    def remove(self, slot_id: str) -> None:
        """Raises `MasterKeyError` (unknown, last)."""
        index = self._index(slot_id)
        if len(self._slots) == 1:
            raise MasterKeyError("last", self.path)
        del self._slots[index]
        self._details.pop(slot_id, None)

    def replace(self, slot_id: str, source: Source, today: date | None) -> None:
        """Gives a slot another source, and a new key pair with it: an old copy of the file opens nothing of this one.

        Raises `MasterKeyError` (unknown).
        """
        index = self._index(slot_id)
        self._slots[index] = self._made(slot_id, source, self._slot(self._slots[index]).label, today)

    @property
    def renewal(self) -> Mapping[str, str]:
        """What `begin_renewal` was given about the renewal that is not finished; else nothing."""
        return self._details.get(RENEWAL, {})

    def begin_renewal(self, facts: Mapping[str, str]) -> None:
        """Begins to renew the master key: both keys open until `finish_renewal`, and the details keep the facts.

        Raises `MasterKeyError` (old-slots).
        """
        if any(is_first_version(raw) for raw in self._slots):
            raise MasterKeyError("old-slots", self.path)
        self.master = MasterKey(os.urandom(KEY_BYTES), before=self.master)
        self._details[RENEWAL] = dict(facts)
        for raw in self._slots:
            raw["next"] = self._sealed(raw, self.master)

    def finish_renewal(self) -> None:
        """Ends what `begin_renewal` began; once it is saved, the master key before is gone for good."""
        self.master = self.master.alone
        self._details.pop(RENEWAL, None)
        for raw in self._slots:
            raw["sealed"] = raw.pop("next")

    def save(self) -> None:
        """Replaces the file atomically, and overwrites the old one, which a removed slot still opens."""
        data = slot_format.serialize(self._slots, self._details, self.master.before or self.master)
        replace_private(self.path, data, erase_old=True)


def create(path: Path, source: Source, label: str = "", *, today: date | None = None) -> MasterKey:
    """A new master key, in a new slot file with one slot for this source. Raises `MasterKeyError` (exists)."""
    write_private(path, b"")  # refuses a second caller
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
    """The slot file, opened with the master key itself. Raises `MasterKeyError`, as `unlock` does.

    With a master key from before a renewal was finished, the file has the key that the renewal ended with.
    """
    with _refuse_malformed(path):
        content = _content(path)
        renewing = any("next" in raw for raw in content["slots"])
        return SlotFile(path, content, master if renewing else master.alone, "")


def check(path: Path) -> None:
    """Checks the form of a slot file before there is a source. Raises what `unlock` raises, except wrong."""
    with _refuse_malformed(path):
        _content(path)


def read(path: Path, source: Source) -> SlotFile:
    """The slot file, opened for reading. Raises what `unlock` raises."""
    return _opened(path, source)[0]


@contextlib.contextmanager
def changing(path: Path, source: Source) -> Iterator[SlotFile]:
    """The slot file, opened and locked, to be changed and saved.

    A slot of the first version becomes one of the current version. Raises what `unlock` raises, and `MasterKeyError`
    (busy).
    """
    with locked(path):
        file, is_old = _opened(path, source)
        if is_old:
            file.replace(file.opened, source, None)
        yield file


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
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
    with _refuse_malformed(path):
        content = _content(path)
        for raw in [raw for raw in content["slots"] if raw["kind"] == source.kind]:
            try:
                unwrapped = slot_format.unwrap(raw, source)
            except InvalidTag:
                continue
            master = slot_format.master_key(raw, unwrapped)
            return SlotFile(path, content, master, slot_format.slot_id(raw)), is_first_version(raw)
    raise MasterKeyError("wrong", path)


@contextlib.contextmanager
def _refuse_malformed(path: Path) -> Iterator[None]:
    """Turns every error that a malformed file can lead to into `MasterKeyError` (damaged)."""
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError, InvalidTag, Unreadable):
        raise MasterKeyError("damaged", path) from None


def _content(path: Path) -> Raw:
    try:
        return slot_format.parse(read_private(path))
    except NewerFormat:
        raise MasterKeyError("newer", path) from None
