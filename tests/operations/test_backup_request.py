"""What `halqa backup` needs before it asks for a backup, and what it makes of the answer."""

from pathlib import Path

import pytest

from bot.operations import backup_request, config
from bot.operations.failures import REPAIR, USAGE, Declined
from bot.operations.settings import Settings
from storage.maintenance.backup import BackupError, BackupMade
from tests.operations.settings_file import GOOD, written


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return config.load(written(tmp_path, f'{GOOD}\n[backup]\ndirectory = "copies"\n'))


def test_the_folder_of_the_command_wins_over_that_of_the_settings(settings: Settings, tmp_path: Path) -> None:
    assert backup_request.backup_folder(settings, None) == tmp_path / "copies"
    assert backup_request.backup_folder(settings, tmp_path / "others") == tmp_path / "others"


def test_without_any_folder_the_command_is_declined(tmp_path: Path) -> None:
    with pytest.raises(Declined) as caught:
        backup_request.backup_folder(config.load(written(tmp_path, GOOD)), None)
    assert caught.value.code == USAGE


def test_a_folder_inside_the_data_directory_is_refused(settings: Settings) -> None:
    with pytest.raises(BackupError, match="inside"):
        backup_request.backup_folder(settings, settings.storage.directory / "copies")


def test_a_new_folder_is_private(tmp_path: Path) -> None:
    backup_request.create_folder(tmp_path / "copies")
    assert (tmp_path / "copies").stat().st_mode & 0o777 == 0o700


def test_without_a_data_directory_no_bot_is_asked(settings: Settings, tmp_path: Path) -> None:
    assert backup_request.request_backup(settings, tmp_path / "copies", 3) is None


def test_each_answer_of_the_bot_is_a_result_or_an_error(tmp_path: Path) -> None:
    made: dict[str, object] = {"id": "1", "made": ["network-1.db", 4096, 7, 2]}
    assert backup_request._result(made, tmp_path) == BackupMade("network-1.db", 4096, 7, 2)
    with pytest.raises(BackupError, match="foreign"):
        backup_request._result({"id": "1", "error": "foreign"}, tmp_path)
    with pytest.raises(OSError, match="No space left"):
        backup_request._result({"id": "1", "errno": 28, "why": "No space left on device"}, tmp_path)
    with pytest.raises(Declined, match="at the reference ABC234") as caught:
        backup_request._result({"id": "1", "reference": "ABC234"}, tmp_path)
    assert caught.value.code == REPAIR
