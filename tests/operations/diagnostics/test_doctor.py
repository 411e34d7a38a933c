"""The checks of `halqa doctor` that need neither databases nor Telegram."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.operations.diagnostics import doctor
from bot.operations.diagnostics.findings import Grade
from bot.operations.settings import Settings
from bot.operations.unlock import NoPassphrase
from storage.crypto.master_key import MasterKey, MasterKeyError
from tests.operations.settings_file import TOKEN
from tests.storage.people import MASTER


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "data").mkdir()
    data = {"telegram": {"token": TOKEN}, "network": {"name": "Three Rivers"}}
    return Settings.model_validate(data | {"storage": {"directory": tmp_path / "data", "key": "passphrase"}})


@pytest.mark.parametrize(
    ("ahead", "grade", "part"),
    [
        (0.2, Grade.OK, "within 1 s"),
        (-60, Grade.OK, "within 60 s"),
        (61, Grade.WARNING, "61 s ahead of Telegram's"),
        (-7200, Grade.WARNING, "7200 s behind Telegram's"),
    ],
)
def test_the_clock_may_differ_by_a_minute(settings: Settings, ahead: float, grade: Grade, part: str) -> None:
    finding = doctor._clock(ahead, settings)
    assert (finding.grade, part in finding.message) == (grade, True), finding


def test_without_telegram_the_clock_may_not_be_earlier_than_the_newest_file(settings: Settings) -> None:
    path = settings.storage.directory / "halqa.key"
    path.touch()
    assert doctor._clock(None, settings).grade is Grade.OK
    later = datetime.now(UTC).timestamp() + 3600
    os.utime(path, (later, later))
    assert doctor._clock(None, settings).grade is Grade.WARNING


def test_the_key_is_opened_or_the_reason_is_given(settings: Settings) -> None:
    def missing() -> MasterKey:
        raise MasterKeyError("missing", settings.storage.directory / "halqa.key")

    def nobody() -> MasterKey:
        raise NoPassphrase("Nobody is at a terminal.")

    master, finding = doctor._key(settings, lambda: MASTER)
    assert (master, finding.grade) == (MASTER, Grade.OK)
    master, finding = doctor._key(settings, missing)
    assert (master, finding.grade) == (None, Grade.PROBLEM)
    master, finding = doctor._key(settings, nobody)
    assert (master, finding.grade) == (None, Grade.WARNING)


def test_an_unexpected_error_is_a_problem_without_its_message(settings: Settings) -> None:
    finding = doctor._failed("database", ValueError("zanzibar-7731"))
    assert finding.grade is Grade.PROBLEM
    assert "reference" in finding.message
    assert "zanzibar" not in str(finding)
