"""Requests for a backup: the running bot carries out a recent one and drops an old one."""

import json
import os
from pathlib import Path

import pytest

from bot.operations.backup_worker import ANSWER, REQUEST, REQUEST_TIMEOUT, BackupWorker, write
from bot.operations.settings import BackupSettings
from storage.engine.store import Store
from tests.storage.people import NOW


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    folder = tmp_path / "copies"
    folder.mkdir(mode=0o700)
    return folder


async def request(store: Store, copies: Path, *, age: float) -> None:
    """Leaves a request `age` seconds before the bot first looks for one."""
    path = store.directory / REQUEST
    write(path, {"id": "1", "directory": str(copies), "keep": "3"})
    then = NOW.timestamp() - age
    os.utime(path, (then, then))
    await BackupWorker(store, BackupSettings(), lambda: NOW).poll()
    assert not path.exists()


async def test_a_request_made_while_the_bot_starts_is_carried_out(store: Store, copies: Path) -> None:
    await request(store, copies, age=REQUEST_TIMEOUT / 2)
    answer = json.loads((store.directory / ANSWER).read_text("utf-8"))
    assert answer["id"] == "1"
    assert (copies / answer["made"][0]).exists()


async def test_a_request_to_a_bot_that_ended_is_dropped(store: Store, copies: Path) -> None:
    await request(store, copies, age=REQUEST_TIMEOUT * 2)
    assert not (store.directory / ANSWER).exists()
    assert not os.listdir(copies)  # noqa: PTH208
