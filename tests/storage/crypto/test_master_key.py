"""The keys derived from the master key; and that no key shows itself."""

from pathlib import Path

from storage.crypto.key_sources import PassphraseSource
from storage.crypto.master_key import MasterKey, MasterKeyError
from storage.engine.keyring import Keyring


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
