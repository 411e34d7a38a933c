"""A folder for backups, and what makes them in the running bot."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.operations.backups.service import BackupService
from bot.operations.settings import BackupSettings
from storage.engine.store import Store
from tests.storage.people import NOW


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    folder = tmp_path / "copies"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
async def backups(store: Store, copies: Path) -> AsyncIterator[BackupService]:
    """Backups into the folder, one a day, of which two are kept."""
    backups = BackupService(store, BackupSettings(directory=copies, keep=2), lambda: NOW)
    yield backups
    await backups.close()
