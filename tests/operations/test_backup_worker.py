"""A backup that is asked of the running bot: taken where it was asked in time, and nobody's wish later."""

import json
import os
from pathlib import Path

import pytest

from bot.operations.backup_worker import ANSWER, REQUEST, TAKEN_WITHIN, BackupWorker, write
from bot.operations.settings import BackupSettings
from storage.engine.store import Store
from tests.storage.people import NOW


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    folder = tmp_path / "copies"
    folder.mkdir(mode=0o700)
    return folder


async def asked(store: Store, copies: Path, *, age: float) -> None:
    """Somebody asked so many seconds before the bot first looked."""
    request = store.directory / REQUEST
    write(request, {"id": "1", "directory": str(copies), "keep": "3"})
    then = NOW.timestamp() - age
    os.utime(request, (then, then))
    await BackupWorker(store, BackupSettings(), lambda: NOW).look()
    assert not request.exists()


async def test_what_is_asked_while_the_bot_starts_is_done(store: Store, copies: Path) -> None:
    await asked(store, copies, age=TAKEN_WITHIN / 2)
    answer = json.loads((store.directory / ANSWER).read_text("utf-8"))
    assert answer["id"] == "1"
    assert (copies / answer["made"][0]).exists()


async def test_what_was_asked_of_a_bot_that_ended_is_not_done(store: Store, copies: Path) -> None:
    await asked(store, copies, age=TAKEN_WITHIN * 2)
    assert not (store.directory / ANSWER).exists()
    assert not os.listdir(copies)  # noqa: PTH208
