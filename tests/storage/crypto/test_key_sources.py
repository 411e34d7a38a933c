"""What opens a slot: a key file or a passphrase, and nothing else; and what a guess of a passphrase costs."""

import json
import threading
import time
from pathlib import Path

import pytest

from storage.crypto import key_slots, key_sources, private_files
from storage.crypto.key_sources import KeyFileSource, PassphraseSource
from storage.crypto.master_key import MasterKeyError
from tests.storage.crypto.slot_changes import NOUR
from tests.storage.crypto.unlocking import WORDS, trouble


def test_a_key_file_opens_the_slot_that_was_made_with_it(slots: Path, key_file: KeyFileSource) -> None:
    assert key_slots.create(slots, key_file) == key_slots.unlock(slots, key_file)


@pytest.mark.usefixtures("cheap")
def test_a_passphrase_opens_the_slot_that_was_made_with_it(slots: Path) -> None:
    assert key_slots.create(slots, PassphraseSource(WORDS)) == key_slots.unlock(slots, PassphraseSource(WORDS))


@pytest.mark.usefixtures("cheap")
def test_a_slot_keeps_the_cost_it_was_made_with(slots: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cost = {"memory_kib": 24, "iterations": 2, "lanes": 3}
    with monkeypatch.context() as earlier:
        earlier.setattr(key_sources, "ARGON2", cost)
        made = key_slots.create(slots, PassphraseSource(WORDS))
    assert cost.items() <= json.loads(slots.read_bytes())["slots"][0].items()
    assert key_slots.unlock(slots, PassphraseSource(WORDS)) == made


def test_a_passphrase_costs_an_attacker_256_mib_and_three_passes() -> None:
    assert key_sources.ARGON2 == {"memory_kib": 256 * 1024, "iterations": 3, "lanes": 4}


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize("words", ["", WORDS + " ", WORDS.upper(), "another"])
def test_another_passphrase_is_wrong(slots: Path, words: str) -> None:
    key_slots.create(slots, PassphraseSource(WORDS))
    assert trouble(slots, PassphraseSource(words)) == "wrong"


def test_another_key_file_is_wrong(slots: Path, key_file: KeyFileSource, tmp_path: Path) -> None:
    key_slots.create(slots, key_file)
    private_files.create_key_file(tmp_path / "other")
    assert trouble(slots, KeyFileSource(tmp_path / "other")) == "wrong"


@pytest.mark.parametrize("length", [0, 1, 31])
def test_a_key_file_that_was_cut_short_is_wrong(slots: Path, key_file: KeyFileSource, length: int) -> None:
    key_slots.create(slots, key_file)
    key_file.path.write_bytes(key_file.path.read_bytes()[:length])
    assert trouble(slots, key_file) == "wrong"


@pytest.mark.usefixtures("cheap")
def test_a_source_of_another_kind_is_wrong(slots: Path, key_file: KeyFileSource) -> None:
    key_slots.create(slots, key_file)
    assert trouble(slots, PassphraseSource(WORDS)) == "wrong"


def test_a_missing_slot_file_and_a_missing_key_file_are_told_apart(slots: Path, key_file: KeyFileSource) -> None:
    with pytest.raises(MasterKeyError) as caught:
        key_slots.unlock(slots, key_file)
    assert (caught.value.reason, caught.value.path) == ("missing", slots)
    key_slots.create(slots, key_file)
    key_file.path.unlink()
    with pytest.raises(MasterKeyError) as caught:
        key_slots.unlock(slots, key_file)
    assert (caught.value.reason, caught.value.path) == ("missing", key_file.path)


def test_one_derivation_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two at once would take twice the memory that the machine was said to have."""
    under_way: list[int] = []
    most = []

    class Slow:
        def __init__(self, **_: object) -> None:
            pass

        def derive(self, _: bytes) -> bytes:
            under_way.append(1)
            most.append(len(under_way))
            time.sleep(0.02)
            under_way.pop()
            return bytes(32)

    monkeypatch.setattr(key_sources, "Argon2id", Slow)
    threads = [threading.Thread(target=NOUR.wrapping_key, args=(key_sources.ARGON2, bytes(16))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 6
