"""What `halqa backup` needs before it asks for a backup, and what it makes of the answer."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.operations import config, control_client
from bot.operations.backups import request
from bot.operations.control import Control, Handler, Tell
from bot.operations.failures import BUSY, REPAIR, USAGE, Declined
from bot.operations.settings import Settings
from storage.crypto.master_key import MasterKey
from storage.engine.errors import StoreError
from storage.maintenance.backup import BackupMade, Progress
from storage.maintenance.backup_folder import BackupError
from tests.operations.settings_file import GOOD, written

MADE = BackupMade("network-1.db", 4096, 7, 2)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = config.load(written(tmp_path, f'{GOOD}\n[backup]\ndirectory = "copies"\n'))
    settings.storage.directory.mkdir(exist_ok=True)
    return settings


def test_the_folder_of_the_command_wins_over_that_of_the_settings(settings: Settings, tmp_path: Path) -> None:
    assert request.backup_folder(settings, None) == tmp_path / "copies"
    assert request.backup_folder(settings, tmp_path / "others") == tmp_path / "others"


def test_without_any_folder_the_command_is_declined(tmp_path: Path) -> None:
    with pytest.raises(Declined) as caught:
        request.backup_folder(config.load(written(tmp_path, GOOD)), None)
    assert caught.value.code == USAGE


def test_a_folder_inside_the_data_directory_is_refused(settings: Settings) -> None:
    with pytest.raises(BackupError, match="inside"):
        request.backup_folder(settings, settings.storage.directory / "copies")


def test_a_new_folder_is_private(tmp_path: Path) -> None:
    request.create_folder(tmp_path / "copies")
    assert (tmp_path / "copies").stat().st_mode & 0o777 == 0o700


def test_where_no_process_answers_none_is_asked(settings: Settings, tmp_path: Path) -> None:
    assert request.request_backup(settings, tmp_path / "copies", 3, print) is None


async def asked(settings: Settings, folder: Path, state: str, **handlers: Handler) -> tuple[Any, list[Progress]]:
    """The result or the error of a request to a process in a state, and the progress that was shown."""
    shown = list[Progress]()
    process = Control(lambda _: MasterKey(bytes(32)), lockable=True)
    async with process.listening(control_client.socket_paths(settings.storage)[0]):
        with process.running(handlers, tuple):
            process.state = state
            try:
                made = await asyncio.to_thread(request.request_backup, settings, folder, 3, shown.append)
            except Exception as error:  # noqa: BLE001  looked at by the test
                return error, shown
    return made, shown


async def test_the_progress_of_the_bot_is_shown_before_its_result(settings: Settings, tmp_path: Path) -> None:
    async def make(wanted: Any, tell: Tell) -> dict[str, Any]:
        assert (wanted["directory"], wanted["keep"]) == (str(tmp_path / "copies"), 3)
        tell({"progress": "network", "done": 5, "total": 10})
        tell({"weather": "from a later version"})
        tell({"progress": "pruning", "done": 0, "total": 0})
        return {"answer": "made", "made": ["network-1.db", 4096, 7, 2]}

    made, shown = await asked(settings, tmp_path / "copies", "running", backup=make)
    assert made == MADE
    assert shown == [Progress("network", 5, 10), Progress("pruning")]


@pytest.mark.parametrize(
    ("state", "code", "part"),
    [
        ("locked", BUSY, "halqa unlock"),
        ("starting", BUSY, "still starting"),
        ("stopping", BUSY, "just ending"),
        ("running", REPAIR, "another version"),
    ],
)
async def test_a_bot_that_cannot_make_it_now_is_told_from_one_of_an_older_version(
    settings: Settings, tmp_path: Path, state: str, code: int, part: str
) -> None:
    error, _ = await asked(settings, tmp_path / "copies", state)
    assert isinstance(error, Declined)
    assert error.code == code
    assert part in error.sentences[0]


async def test_an_error_in_the_bot_is_told_by_its_reference(settings: Settings, tmp_path: Path) -> None:
    async def fail(wanted: Any, tell: Tell) -> dict[str, Any]:
        raise ValueError

    error, _ = await asked(settings, tmp_path / "copies", "running", backup=fail)
    assert isinstance(error, Declined)
    assert "at the reference" in error.sentences[0]


def test_each_answer_of_the_bot_is_a_result_or_an_error(tmp_path: Path) -> None:
    assert request._result({"answer": "made", "made": ["network-1.db", 4096, 7, 2]}, tmp_path) == MADE
    with pytest.raises(BackupError, match="foreign"):
        request._result({"answer": "refused", "reason": "foreign"}, tmp_path)
    with pytest.raises(StoreError, match="damaged"):
        request._result({"answer": "store-error", "reason": "damaged"}, tmp_path)
    with pytest.raises(OSError, match="No space left"):
        request._result({"answer": "os-error", "errno": 28, "why": "No space left on device"}, tmp_path)
    with pytest.raises(Declined, match="at the reference ABC234") as caught:
        request._result({"answer": "failed", "reference": "ABC234"}, tmp_path)
    assert caught.value.code == REPAIR
    with pytest.raises(Declined, match="another version"):
        request._result({"answer": "unknown"}, tmp_path)  # as a bot of an older version answers
