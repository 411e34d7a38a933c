"""Passphrases: read from a private file or typed, and never too short."""

from pathlib import Path

import pytest

from bot.operations import unlock
from bot.operations.settings import Settings
from bot.operations.unlock import NoPassphrase
from storage.crypto.key_sources import Source
from storage.crypto.master_key import MasterKeyError
from tests.operations.settings_file import TOKEN

PASSPHRASE = "lantern river basil seven"


@pytest.fixture(autouse=True)
def _nobody_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unlock, "at_terminal", lambda: False)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    data = {"telegram": {"token": TOKEN}, "network": {"name": "Three Rivers"}}
    return Settings.model_validate(data | {"storage": {"directory": tmp_path / "data", "key": "passphrase"}})


def typing(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Somebody is at the terminal and types these lines, one for each prompt."""
    waiting = iter(lines)
    monkeypatch.setattr(unlock, "at_terminal", lambda: True)
    monkeypatch.setattr(unlock, "type_hidden", lambda prompt: next(waiting))


def private(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    path.chmod(0o600)
    return path


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_file_is_read_without_its_line_end(tmp_path: Path, end: str) -> None:
    path = private(tmp_path / "words", f"{PASSPHRASE} {end}".encode())
    assert unlock.from_file(path) == f"{PASSPHRASE} "


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoPassphrase, match="not UTF-8"):
        unlock.from_file(private(tmp_path / "words", b"\xff\xfe"))


def test_accents_have_one_encoding() -> None:
    assert unlock.normalize("e\u0301") == unlock.normalize("\u00e9") == "\u00e9"


def test_with_nobody_at_a_terminal_the_bot_waits_unless_a_file_is_named(settings: Settings, tmp_path: Path) -> None:
    assert unlock.has_to_wait(settings, None)
    assert not unlock.has_to_wait(settings, tmp_path / "words")
    with pytest.raises(NoPassphrase, match="HALQA_STORAGE__PASSPHRASE_FILE"):
        unlock.unlock(settings, None)


def test_a_new_passphrase_in_a_file_must_be_long(tmp_path: Path) -> None:
    assert unlock.choose(private(tmp_path / "words", PASSPHRASE.encode())) == PASSPHRASE
    with pytest.raises(NoPassphrase, match="too short"):
        unlock.choose(private(tmp_path / "words", b"elevenchars"))
    with pytest.raises(NoPassphrase, match="--new-passphrase-file"):
        unlock.choose(None)


def test_a_new_passphrase_is_typed_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, "short", PASSPHRASE, PASSPHRASE + "s", PASSPHRASE, PASSPHRASE)
    assert unlock.choose(None) == PASSPHRASE


@pytest.mark.parametrize(("reason", "attempts"), [("wrong", unlock.TRIES), ("damaged", 1)])
def test_only_a_wrong_passphrase_may_be_typed_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, reason: str, attempts: int
) -> None:
    typing(monkeypatch, *["another"] * 10)
    sources: list[Source] = []

    def use(source: Source) -> None:
        sources.append(source)
        raise MasterKeyError(reason, settings.storage.directory)

    with pytest.raises(MasterKeyError, match=reason):
        unlock.by_source(settings, None, use)
    assert len(sources) == attempts
