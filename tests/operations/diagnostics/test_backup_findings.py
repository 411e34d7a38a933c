"""What an operator is told of the folder of the backups."""

import os
from pathlib import Path

import pytest

from bot.operations.diagnostics import backup_findings
from bot.operations.diagnostics.findings import Finding, Grade
from bot.operations.settings import Settings
from storage.engine.store import Store
from storage.files import KEYRING_FILE
from storage.maintenance import backup, backup_cleaning
from tests.operations.settings_file import TOKEN
from tests.storage.memberships import erase, joined
from tests.storage.people import MASTER, NOW, contents


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    path = tmp_path / "copies"
    path.mkdir(mode=0o700)
    return path


@pytest.fixture
def settings(directory: Path, copies: Path) -> Settings:
    data = {"telegram": {"token": TOKEN}, "network": {"name": "Three Rivers"}, "backup": {"directory": copies}}
    return Settings.model_validate(data | {"storage": {"directory": directory, "key": "passphrase"}})


async def told(settings: Settings) -> list[Finding]:
    return await backup_findings.examine(settings, MASTER, NOW)


async def test_copies_that_still_hold_rows_of_the_erased_are_told_while_the_bot_runs_and_while_it_does_not(
    store: Store, copies: Path, settings: Settings
) -> None:
    salma = await joined(store, "Salma")
    await backup.make(store, copies, 3, NOW)
    [finding] = await told(settings)
    assert (finding.grade, "1 copies" in finding.message) == (Grade.OK, True)
    await erase(store, salma)
    await backup.renew_keyring(store, copies)
    before = contents(copies)
    [finding] = await told(settings)  # the store is open, as in a running bot
    assert (finding.grade, finding.message[:11]) == (Grade.WARNING, "1 of 1 copi")
    assert contents(copies) == before
    await backup_cleaning.clean(store, copies, NOW)
    [finding] = await told(settings)
    assert finding.grade is Grade.OK
    await store.close()
    assert [found.grade for found in await told(settings)] == [Grade.OK]


async def test_names_that_are_none_and_a_folder_that_is_not_safe_are_told(
    store: Store, copies: Path, settings: Settings
) -> None:
    await backup.make(store, copies, 3, NOW)
    (copies / "network-9999-12-31T235959Z.db").touch()
    (copies / "network-\x1b[2J.db").touch()
    first, second = await told(settings)
    assert (first.grade, second.grade) == (Grade.WARNING, Grade.OK)
    assert "2 in" in first.message
    assert "\x1b" not in first.message
    os.chmod(copies, 0o777)  # noqa: PTH101
    [finding] = await told(settings)
    assert (finding.grade, "chmod go-w" in finding.remedy) == (Grade.PROBLEM, True)


async def test_a_folder_that_is_not_mounted_or_empty_is_told(copies: Path, settings: Settings, store: Store) -> None:
    assert [finding.grade for finding in await told(settings)] == [Grade.WARNING]
    await store.close()
    assert [finding.grade for finding in await told(settings)] == [Grade.OK]
    os.rmdir(copies)  # noqa: PTH106
    [finding] = await told(settings)
    assert (finding.grade, "mount" in finding.remedy) == (Grade.PROBLEM, True)
    assert not (copies / KEYRING_FILE).exists()
