"""Files of a network that other accounts of the machine can open."""

import os
from pathlib import Path

import pytest

from bot.operations.diagnostics import permissions
from bot.operations.diagnostics.findings import Finding, Grade
from bot.operations.settings import StorageSettings


@pytest.fixture
def storage(tmp_path: Path) -> StorageSettings:
    """A data directory, a key file and settings, each for this account alone."""
    (tmp_path / "data").mkdir(mode=0o700)
    for name in ("data/halqa.key", "data/network.db", "data/network.db-wal", "halqa.keyfile", "halqa.toml"):
        (tmp_path / name).touch(mode=0o600)
    return StorageSettings(directory=tmp_path / "data", key_file=tmp_path / "halqa.keyfile")


def findings(storage: StorageSettings, **secrets: Path) -> list[Finding]:
    return list(permissions.examine(storage.directory.parent / "halqa.toml", storage, secrets))


def test_private_files_give_one_finding_that_is_ok(storage: StorageSettings) -> None:
    assert [(each.grade, each.about) for each in findings(storage)] == [(Grade.OK, "permissions")]


@pytest.mark.parametrize(
    ("name", "mode", "about"),
    [
        ("data", 0o750, "data"),
        ("data/halqa.key", 0o640, "slot file"),
        ("data/network.db-wal", 0o604, "database"),
        ("halqa.keyfile", 0o604, "key file"),
        ("halqa.toml", 0o620, "settings"),
    ],
)
def test_a_file_that_others_can_open_is_a_problem(storage: StorageSettings, name: str, mode: int, about: str) -> None:
    path = storage.directory.parent / name
    path.chmod(mode)
    [finding] = findings(storage)
    assert (finding.grade, finding.about) == (Grade.PROBLEM, about)
    assert finding.remedy == f"chmod {700 if name == 'data' else 600} {path}"


def test_further_secrets_are_checked_and_missing_ones_are_not(storage: StorageSettings, tmp_path: Path) -> None:
    (tmp_path / "words").touch(mode=0o600)
    (tmp_path / "words").chmod(0o644)
    [finding] = findings(storage, passphrase=tmp_path / "words", token=tmp_path / "nowhere")
    assert finding.about == "passphrase"


def test_a_data_directory_of_another_account_is_a_warning(
    storage: StorageSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = storage.directory.stat().st_uid
    before = findings(storage)
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    after = findings(storage)
    assert "account" not in {each.about for each in before}
    assert (after[-1].grade, after[-1].about) == (Grade.WARNING, "account")
