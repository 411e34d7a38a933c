"""The slot file and what opens it; and that no key shows itself."""

import json
import os
import stat
from pathlib import Path

import pytest

from storage import files
from storage.crypto import key_slots as slots_file
from storage.crypto import key_sources, private_files, slot_format
from storage.crypto.key_sources import KeyFileSource, PassphraseSource
from storage.crypto.master_key import MasterKey, MasterKeyError
from storage.engine.member_keys import Keyring

WORDS = "eleven quiet cedars by the lake"


@pytest.fixture
def slots(tmp_path: Path) -> Path:
    return tmp_path / files.SLOT_FILE


@pytest.fixture
def key_file(tmp_path: Path) -> KeyFileSource:
    private_files.create_key_file(tmp_path / "key")
    return KeyFileSource(tmp_path / "key")


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id at its lowest cost: what it costs is not what is tested here."""
    monkeypatch.setattr(key_sources, "ARGON2", {"memory_kib": 8, "iterations": 1, "lanes": 1})


def trouble(slots: Path, source: key_sources.Source) -> str:
    with pytest.raises(MasterKeyError) as caught:
        slots_file.unlock(slots, source)
    return caught.value.reason


def test_a_key_file_opens_the_slot_that_was_made_with_it(slots: Path, key_file: KeyFileSource) -> None:
    assert slots_file.create(slots, key_file) == slots_file.unlock(slots, key_file)


@pytest.mark.usefixtures("cheap")
def test_a_passphrase_opens_the_slot_that_was_made_with_it(slots: Path) -> None:
    assert slots_file.create(slots, PassphraseSource(WORDS)) == slots_file.unlock(slots, PassphraseSource(WORDS))


@pytest.mark.usefixtures("cheap")
def test_a_slot_keeps_the_cost_it_was_made_with(slots: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cost = {"memory_kib": 24, "iterations": 2, "lanes": 3}
    with monkeypatch.context() as earlier:
        earlier.setattr(key_sources, "ARGON2", cost)
        made = slots_file.create(slots, PassphraseSource(WORDS))
    assert cost.items() <= json.loads(slots.read_bytes())["slots"][0].items()
    assert slots_file.unlock(slots, PassphraseSource(WORDS)) == made


def test_a_passphrase_costs_an_attacker_256_mib_and_three_passes() -> None:
    assert key_sources.ARGON2 == {"memory_kib": 256 * 1024, "iterations": 3, "lanes": 4}


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize("words", ["", WORDS + " ", WORDS.upper(), "another"])
def test_another_passphrase_is_wrong(slots: Path, words: str) -> None:
    slots_file.create(slots, PassphraseSource(WORDS))
    assert trouble(slots, PassphraseSource(words)) == "wrong"


def test_another_key_file_is_wrong(slots: Path, key_file: KeyFileSource, tmp_path: Path) -> None:
    slots_file.create(slots, key_file)
    private_files.create_key_file(tmp_path / "other")
    assert trouble(slots, KeyFileSource(tmp_path / "other")) == "wrong"


@pytest.mark.parametrize("length", [0, 1, 31])
def test_a_key_file_that_was_cut_short_is_wrong(slots: Path, key_file: KeyFileSource, length: int) -> None:
    slots_file.create(slots, key_file)
    key_file.path.write_bytes(key_file.path.read_bytes()[:length])
    assert trouble(slots, key_file) == "wrong"


@pytest.mark.usefixtures("cheap")
def test_a_source_of_another_kind_is_wrong(slots: Path, key_file: KeyFileSource) -> None:
    slots_file.create(slots, key_file)
    assert trouble(slots, PassphraseSource(WORDS)) == "wrong"


def test_a_missing_slot_file_and_a_missing_key_file_are_told_apart(slots: Path, key_file: KeyFileSource) -> None:
    with pytest.raises(MasterKeyError) as caught:
        slots_file.unlock(slots, key_file)
    assert (caught.value.reason, caught.value.path) == ("missing", slots)
    slots_file.create(slots, key_file)
    key_file.path.unlink()
    with pytest.raises(MasterKeyError) as caught:
        slots_file.unlock(slots, key_file)
    assert (caught.value.reason, caught.value.path) == ("missing", key_file.path)


@pytest.mark.skipif(os.name != "posix", reason="permissions of this kind are POSIX")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o666])
def test_a_file_that_others_may_touch_is_refused_as_exposed(slots: Path, key_file: KeyFileSource, mode: int) -> None:
    slots_file.create(slots, key_file)
    for path in (slots, key_file.path):
        path.chmod(mode)
        assert trouble(slots, key_file) == "exposed"
        path.chmod(0o600)
    slots_file.unlock(slots, key_file)


@pytest.mark.skipif(os.name != "posix", reason="permissions of this kind are POSIX")
def test_what_is_written_is_for_its_owner_alone_whatever_the_umask(slots: Path, key_file: KeyFileSource) -> None:
    before = os.umask(0)
    try:
        slots_file.create(slots, key_file)
    finally:
        os.umask(before)
    assert stat.S_IMODE(slots.stat().st_mode) == 0o600


def test_an_existing_slot_file_is_never_written_over(slots: Path, key_file: KeyFileSource) -> None:
    slots_file.create(slots, key_file)
    before = slots.read_bytes()
    with pytest.raises(MasterKeyError, match="exists"):
        slots_file.create(slots, key_file)
    assert slots.read_bytes() == before


def test_the_slot_file_holds_neither_the_master_key_nor_the_key_that_opens_it(
    slots: Path, key_file: KeyFileSource
) -> None:
    master = slots_file.create(slots, key_file)
    for secret in (master._bytes, key_file.path.read_bytes()):
        for form in (secret, secret.hex().encode(), slot_format.to_text(secret).encode()):
            assert form not in slots.read_bytes()


def test_every_new_key_is_another(tmp_path: Path) -> None:
    made = set()
    for number in range(20):
        private_files.create_key_file(tmp_path / f"key{number}")
        made.add((tmp_path / f"key{number}").read_bytes())
        made.add(slots_file.create(tmp_path / f"slots{number}", KeyFileSource(tmp_path / f"key{number}"))._bytes)
    assert len(made) == 40
    assert {len(key) for key in made} == {32}


def test_each_purpose_has_a_key_of_its_own_and_always_the_same() -> None:
    master = MasterKey(bytes(32))
    derived = {purpose: master.derive(purpose) for purpose in ("database", "keyring", "network", "index", "audit")}
    assert len({*derived.values(), bytes(32)}) == 6
    assert {len(key) for key in derived.values()} == {32}
    assert derived == {purpose: MasterKey(bytes(32)).derive(purpose) for purpose in derived}
    assert MasterKey(bytes([1] * 32)).derive("index") not in derived.values()


def test_no_key_and_no_passphrase_shows_itself(tmp_path: Path) -> None:
    key = b"K" * 32
    things = [
        MasterKey(key),
        PassphraseSource("KKKKK open"),
        Keyring({key[:16]: key}),
        MasterKeyError("wrong", tmp_path / "KKKKK" / "halqa.key"),
    ]
    for thing in things:
        for shown in (repr(thing), str(thing), f"{thing}"):
            assert "KKKK" not in shown
            assert "4b4b" not in shown.lower()
            assert "75, 75" not in shown


def test_a_forgotten_key_is_gone_and_forgetting_it_twice_is_no_error() -> None:
    kept, gone = b"k" * 16, b"g" * 16
    keys = Keyring({kept: b"1" * 32})
    keys.add(gone, b"2" * 32)
    assert sorted(keys) == [gone, kept]
    keys.forget(gone)
    keys.forget(gone)
    assert list(keys) == [kept]
    with pytest.raises(KeyError):
        keys[gone]
