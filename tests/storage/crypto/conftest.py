"""A slot file that is not there yet, a key file, and Argon2id at its lowest cost."""

from pathlib import Path

import pytest

from storage import files
from storage.crypto import key_sources, private_files
from storage.crypto.key_sources import KeyFileSource


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
