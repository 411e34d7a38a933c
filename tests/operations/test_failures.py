"""Expected errors: each is a sentence, an exit code, and a remedy where there is one."""

from pathlib import Path

import pytest

from bot.operations.config import ConfigError, Mistake
from bot.operations.control import SocketPathTooLong
from bot.operations.control_client import NoAnswer, NotRunning
from bot.operations.failures import BUSY, CONFIGURATION, REPAIR, USAGE, Declined, Failure, explain
from bot.operations.unlock import NoPassphrase
from bot.telegram.fatal import Stopped
from storage.crypto.master_key import MasterKeyError
from storage.engine.errors import StoreError
from storage.engine.migrate import NewerDatabase
from storage.maintenance.backup_folder import BackupError
from storage.maintenance.key_rotation import RotationWaiting

PLACE = Path("/srv/halqa/place")


@pytest.mark.parametrize(
    ("error", "code", "part"),
    [
        (Declined(USAGE, "Please name a directory."), USAGE, "Please name a directory."),
        (ConfigError([Mistake("run.log", "is missing.")]), CONFIGURATION, "run.log is missing."),
        (NoPassphrase("It is not UTF-8 text."), CONFIGURATION, "It is not UTF-8 text."),
        (NotRunning(), REPAIR, "No bot of these settings is running."),
        (NoAnswer(), REPAIR, "before it answered. Remedy: see its log"),
        (SocketPathTooLong(), CONFIGURATION, "RUNTIME_DIRECTORY"),
        (MasterKeyError("wrong", PLACE), REPAIR, f"opens {PLACE}"),
        (MasterKeyError("busy", PLACE), BUSY, "wait for its end"),
        (StoreError("in-use"), BUSY, "Another process has this network open."),
        (StoreError("damaged"), REPAIR, "Remedy: halqa restore"),
        (StoreError("network-older"), REPAIR, "network.db is an older copy"),
        (BackupError("inside", PLACE), USAGE, "inside the data directory"),
        (BackupError("unreachable", PLACE), REPAIR, "--without-backups"),
        (Stopped("token"), CONFIGURATION, "Telegram does not know the token."),
        (Stopped("webhook"), BUSY, "--remove-webhook"),
        (Stopped("conflict"), BUSY, "a second program with the same token"),
        (OSError(28, "No space left on device", str(PLACE)), REPAIR, f"{PLACE}: No space left on device."),
    ],
)
def test_an_expected_error_has_a_sentence_and_a_code(error: Exception, code: int, part: str) -> None:
    failure = explain(error)
    assert failure is not None
    assert failure.code == code
    assert part in str(failure)


def test_a_newer_database_is_named_as_such() -> None:
    assert "newer version" in str(explain(NewerDatabase()))


@pytest.mark.parametrize(
    ("placed", "part"), [(True, "is under the new master key"), (False, "The network is as it was.")]
)
def test_a_rotation_that_waits_has_the_code_of_its_cause(placed: bool, part: str) -> None:
    failure = explain(RotationWaiting(StoreError("in-use"), placed=placed))
    assert failure is not None
    assert failure.code == BUSY
    assert failure.sentences[0] == "Another process has this network open."
    assert part in failure.sentences[1]


def test_any_other_error_has_none() -> None:
    assert explain(ValueError("zanzibar-7731")) is None
    assert explain(OSError("without a path")) is None


def test_the_remedy_follows_the_last_sentence() -> None:
    assert str(Failure(("One.", "Two."), remedy="repair it")) == "One.\nTwo. Remedy: repair it"
    assert str(Failure(("One.",))) == "One."
