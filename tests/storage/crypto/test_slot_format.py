"""A slot file that was damaged or tampered with: noticed, whatever it was, and never opened."""

import json
import resource
import time
from pathlib import Path
from typing import Any

import pytest

from storage.crypto import hpke, key_slots, key_sources, private_files, slot_format
from storage.crypto.key_sources import KeyFileSource, PassphraseSource
from tests.storage.crypto.slot_changes import FIRST_VERSION, NOUR, RECOVERY, refused, rewrite
from tests.storage.crypto.unlocking import WORDS, trouble

pytestmark = pytest.mark.usefixtures("cheap")


def tampered(slots: Path, name: str, value: object) -> None:
    """A slot file with a passphrase slot in which one field is another than it was."""
    key_slots.create(slots, PassphraseSource(WORDS))
    content = json.loads(slots.read_bytes())
    content["slots"][0][name] = value
    slots.write_text(json.dumps(content))


def test_a_slot_file_cut_short_anywhere_is_damaged(slots: Path, key_file: KeyFileSource) -> None:
    key_slots.create(slots, key_file)
    whole = slots.read_bytes()
    for length in range(len(whole)):
        slots.write_bytes(whole[:length])
        assert trouble(slots, key_file) == "damaged"


@pytest.mark.parametrize("kind", ["file", "passphrase"])
def test_a_changed_letter_anywhere_in_a_slot_is_noticed(slots: Path, key_file: KeyFileSource, kind: str) -> None:
    source: key_sources.Source = key_file if kind == "file" else PassphraseSource(WORDS)
    key_slots.create(slots, source)
    whole = slots.read_bytes()
    for at in range(whole.index(b'"slots"'), len(whole)):
        for bit in (0x01, 0x20):
            changed = bytearray(whole)
            changed[at] ^= bit
            slots.write_bytes(changed)
            assert trouble(slots, source) in ("damaged", "wrong")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"[1, 2]",
        b'{"slots": 5}',
        b'{"slots": null}',
        b'{"slots": ["file"]}',
        b'{"slots": [{}]}',
        b'{"slots": [{"kind": "file"}]}',
        b'{"slots": [{"kind": "file", "salt": 5, "nonce": "", "wrapped": ""}]}',
        b'{"slots": [{"kind": "file", "salt": "AAAA", "nonce": "AAAA", "wrapped": "AAAA"}]}',
        b'{"slots": [{"kind": "file", "salt": "\xd9\xa3", "nonce": "AAAA", "wrapped": "AAAA"}]}',
        b"\xff\xfe\x00",
    ],
)
def test_a_slot_file_that_makes_no_sense_is_damaged(slots: Path, key_file: KeyFileSource, content: bytes) -> None:
    private_files.write_private(slots, content)
    assert trouble(slots, key_file) == "damaged"


@pytest.mark.parametrize("name", ["iterations", "lanes", "memory_kib"])
@pytest.mark.parametrize("cost", [None, "3", 0, 1.5, [1]])
def test_a_cost_that_makes_no_sense_is_damaged(slots: Path, name: str, cost: object) -> None:
    tampered(slots, name, cost)
    assert trouble(slots, PassphraseSource(WORDS)) == "damaged"


@pytest.mark.parametrize("name", ["iterations", "lanes", "memory_kib"])
@pytest.mark.parametrize("cost", [-1, 2**64])
def test_a_cost_beyond_all_measure_is_damaged(slots: Path, name: str, cost: int) -> None:
    tampered(slots, name, cost)
    assert trouble(slots, PassphraseSource(WORDS)) == "damaged"


@pytest.mark.parametrize("name", ["note", "version", "iteration"])
def test_a_field_put_into_a_slot_is_noticed(slots: Path, name: str) -> None:
    tampered(slots, name, 1)
    assert trouble(slots, PassphraseSource(WORDS)) == "wrong"


def test_a_slot_that_somebody_slipped_in_is_noticed(slots: Path, tmp_path: Path) -> None:
    """At the next renewal the master key would be sealed to it."""
    key_slots.create(slots, NOUR)
    key_slots.create(tmp_path / "mine", RECOVERY)
    [mine] = json.loads((tmp_path / "mine").read_bytes())["slots"]
    whole = slots.read_bytes()
    for change in (lambda content: content["slots"].append(mine), lambda content: content["slots"].insert(0, mine)):
        slots.write_bytes(whole)
        rewrite(slots, change)
        assert refused(lambda: key_slots.unlock(slots, NOUR)) == "damaged"
    private_files.replace_private(slots, FIRST_VERSION.read_bytes())
    rewrite(slots, lambda content: content["slots"].append(mine))
    assert refused(lambda: key_slots.unlock(slots, NOUR)) == "damaged"


def test_a_master_key_of_somebody_elses_is_noticed(slots: Path) -> None:
    """Sealing to a public key needs no secret; the proof beside it does."""
    key_slots.create(slots, NOUR)
    [raw] = json.loads(slots.read_bytes())["slots"]
    forged = hpke.SUITE.encrypt(bytes(32), hpke.sealer(slot_format.to_bytes(raw["public"])), slot_format.hpke_info(raw))

    def put_in(content: Any) -> None:
        content["slots"][0]["sealed"] = slot_format.to_text(
            forged + slot_format.to_bytes(raw["sealed"])[-slot_format.TAG_BYTES :]
        )

    rewrite(slots, put_in)
    assert refused(lambda: key_slots.unlock(slots, NOUR)) == "damaged"


def test_a_file_of_a_newer_version_is_said_to_be_one(slots: Path) -> None:
    key_slots.create(slots, NOUR)
    rewrite(slots, lambda content: content.update(version=3))
    assert refused(lambda: key_slots.unlock(slots, NOUR)) == "newer"


@pytest.mark.parametrize(("name", "cost"), [("memory_kib", 100 * 1024 * 1024), ("iterations", 10**6), ("lanes", 4096)])
def test_a_hostile_file_costs_neither_memory_nor_time(slots: Path, name: str, cost: int) -> None:
    key_slots.create(slots, NOUR)
    rewrite(slots, lambda content: content["slots"][0].update({name: cost}))
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    assert refused(lambda: key_slots.unlock(slots, NOUR)) == "damaged"
    assert time.monotonic() - began < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024  # KiB


def test_a_hostile_file_is_not_read_for_ever(slots: Path) -> None:
    key_slots.create(slots, NOUR)
    rewrite(slots, lambda content: content.update(slots=content["slots"] * (slot_format.MOST_SLOTS + 1)))
    assert refused(lambda: key_slots.unlock(slots, NOUR)) == "damaged"
    slots.write_bytes(b"[" * 500_000)
    assert refused(lambda: key_slots.unlock(slots, NOUR)) == "damaged"
    slots.write_bytes(b" " * (slot_format.LARGEST_BYTES + 1))
    assert refused(lambda: key_slots.unlock(slots, NOUR)) == "damaged"
