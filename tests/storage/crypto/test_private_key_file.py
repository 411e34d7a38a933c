"""The file of a coordinator's private key: what opens, and what is refused."""

import json
from pathlib import Path

import pytest

from storage.crypto import private_key_file
from storage.crypto.envelope import PrivateKey, SealError
from storage.crypto.key_sources import ARGON2
from storage.crypto.master_key import MasterKeyError


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id at a cost that a test can pay many times; the real cost is paid in tests/cli."""
    monkeypatch.setattr(private_key_file, "ARGON2", ARGON2 | {"memory_kib": 64, "iterations": 1})


@pytest.mark.parametrize("passphrase", [None, "lantern river basil seven"])
def test_a_private_key_comes_back_out_of_its_file(tmp_path: Path, quick: None, passphrase: str | None) -> None:
    path = tmp_path / "my-key"
    public = private_key_file.create(path, passphrase)
    assert path.stat().st_mode & 0o777 == 0o600
    file = private_key_file.PrivateKeyFile(path)
    assert file.public == public
    assert file.needs_passphrase == (passphrase is not None)
    assert file.open(passphrase).public == public
    with pytest.raises(MasterKeyError, match="exists"):
        private_key_file.create(path, passphrase)


def test_with_a_passphrase_the_file_holds_no_private_key(tmp_path: Path, quick: None) -> None:
    path = tmp_path / "my-key"
    private_key_file.create(path, "lantern river basil seven")
    key = private_key_file.PrivateKeyFile(path).open("lantern river basil seven")
    assert private_key_file._text(key.data) not in path.read_text()
    with pytest.raises(SealError) as trouble:
        private_key_file.PrivateKeyFile(path).open("lantern river basil eight")
    assert trouble.value.reason == "wrong-passphrase"


@pytest.mark.parametrize("name", ["public", "salt", "nonce", "iterations", "wrapped"])
def test_a_private_key_whose_file_was_changed_is_refused(tmp_path: Path, quick: None, name: str) -> None:
    path = tmp_path / "my-key"
    private_key_file.create(path, "lantern river basil seven")
    raw = json.loads(path.read_text())
    other = tmp_path / "other"
    private_key_file.create(other, "lantern river basil seven")
    raw[name] = raw[name] + 1 if name == "iterations" else json.loads(other.read_text())[name]
    path.write_text(json.dumps(raw))
    with pytest.raises(SealError) as trouble:
        private_key_file.PrivateKeyFile(path).open("lantern river basil seven")
    assert trouble.value.reason == "wrong-passphrase"


def test_an_unwrapped_key_beside_another_public_one_is_refused(tmp_path: Path) -> None:
    """Or somebody would hand out a public key whose private one is not theirs."""
    path = tmp_path / "my-key"
    private_key_file.create(path, None)
    raw = json.loads(path.read_text()) | {"public": str(PrivateKey.generate().public)}
    path.write_text(json.dumps(raw))
    with pytest.raises(SealError, match="damaged"):
        private_key_file.PrivateKeyFile(path).open(None)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "damaged"),
        ("[]", "damaged"),
        ("{}", "damaged"),
        ('{"format": 1}', "damaged"),
        ('{"format": "halqa-sealing-key-2"}', "newer"),
        ('{"format": "halqa-sealing-key-1", "public": "halqa-seal-1:AAAA"}', "damaged"),
        ('{"format": "halqa-sealing-key-1"' + " " * 20_000 + "}", "damaged"),
    ],
)
def test_a_file_that_is_no_private_key_is_refused(tmp_path: Path, content: str, why: str) -> None:
    path = tmp_path / "my-key"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(SealError) as trouble:
        private_key_file.PrivateKeyFile(path)
    assert trouble.value.reason == why
