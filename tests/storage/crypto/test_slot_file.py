"""A slot file that was damaged or tampered with: noticed, whatever it was, and never opened."""

import json
from pathlib import Path

import pytest

from storage import files
from storage.crypto import key_slots as slots_file
from storage.crypto import key_sources, private_files
from storage.crypto.key_sources import KeyFileSource, PassphraseSource
from storage.crypto.master_key import MasterKeyError

WORDS = "eleven quiet cedars by the lake"


@pytest.fixture
def slots(tmp_path: Path) -> Path:
    return tmp_path / files.SLOT_FILE


@pytest.fixture
def key_file(tmp_path: Path) -> KeyFileSource:
    private_files.create_key_file(tmp_path / "key")
    return KeyFileSource(tmp_path / "key")


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id at its lowest cost: what it costs is not what is tested here."""
    monkeypatch.setattr(key_sources, "ARGON2", {"memory_kib": 8, "iterations": 1, "lanes": 1})


def trouble(slots: Path, source: key_sources.Source) -> str:
    with pytest.raises(MasterKeyError) as caught:
        slots_file.unlock(slots, source)
    return caught.value.reason


def tampered(slots: Path, name: str, value: object) -> None:
    """A slot file with a passphrase slot in which one field is another than it was."""
    slots_file.create(slots, PassphraseSource(WORDS))
    content = json.loads(slots.read_bytes())
    content["slots"][0][name] = value
    slots.write_text(json.dumps(content))


def test_a_slot_file_cut_short_anywhere_is_damaged(slots: Path, key_file: KeyFileSource) -> None:
    slots_file.create(slots, key_file)
    whole = slots.read_bytes()
    for length in range(len(whole)):
        slots.write_bytes(whole[:length])
        assert trouble(slots, key_file) == "damaged"


@pytest.mark.parametrize("kind", ["file", "passphrase"])
def test_a_changed_letter_anywhere_in_a_slot_is_noticed(slots: Path, key_file: KeyFileSource, kind: str) -> None:
    source: key_sources.Source = key_file if kind == "file" else PassphraseSource(WORDS)
    slots_file.create(slots, source)
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
