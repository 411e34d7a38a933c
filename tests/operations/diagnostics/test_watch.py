"""What the bot watches by itself: each finding is logged when it begins and when it ends, and told in between."""

import logging
import shutil
from collections import namedtuple
from pathlib import Path

import pytest
import structlog
from structlog.testing import capture_logs

from bot.operations.diagnostics import watch
from bot.operations.diagnostics.watch import AMPLE, LEAST_FREE, LONGEST_SILENCE, Watch
from storage.engine.store import Store
from storage.files import NETWORK_FILE
from tests.storage.people import NOW

Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def log_everything() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.INFO))


class Disks:
    """The room on the volume of each folder."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.free: dict[Path, float] = {}
        patch.setattr(shutil, "disk_usage", lambda path: Usage(2**40, 0, self.free.get(Path(path), 2**40)))


async def test_little_room_is_told_once_when_it_begins_and_once_when_it_ends(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    disks, looking = Disks(monkeypatch), Watch(None, lambda: 0.0)
    with capture_logs() as lines:
        for free in (LEAST_FREE, LEAST_FREE - 1, LEAST_FREE // 2, LEAST_FREE, LEAST_FREE * AMPLE):
            disks.free[store.directory] = free
            await looking.look_at_disks(store, NOW)
            if free == LEAST_FREE // 2:
                figures = {"volume": "data", "free": LEAST_FREE // 2, "needed": LEAST_FREE}
                assert looking.findings() == [{"finding": "disk-space-low", **figures}]
    assert [line["event"] for line in lines] == ["disk-space-low", "disk-space-low-over"]
    assert looking.findings() == []


async def test_a_copy_of_a_large_network_and_its_log_needs_more(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "LEAST_FREE", 1)
    disks, looking = Disks(monkeypatch), Watch(None, lambda: 0.0)
    files = [store.directory / f"{NETWORK_FILE}{ending}" for ending in ("", "-wal")]
    disks.free[store.directory] = needed = sum(path.stat().st_size for path in files)
    await looking.look_at_disks(store, NOW)
    assert looking.findings() == []
    disks.free[store.directory] = needed - 1
    await looking.look_at_disks(store, NOW)
    [finding] = looking.findings()
    assert finding["needed"] == needed > files[0].stat().st_size


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder on another volume than the others of the test."""
    folder = Path("/dev/shm")
    if not folder.exists() or folder.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second volume")
    return folder


async def test_the_volume_of_the_backups_is_watched_where_it_is_another_one_and_is_there(
    store: Store, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disks, same = Disks(monkeypatch), store.directory.parent
    disks.free = {elsewhere: 0, same: 0}
    for backups, volumes in ((elsewhere, ["backups"]), (same, []), (same / "gone", [])):
        looking = Watch(backups, lambda: 0.0)
        await looking.look_at_disks(store, NOW)
        assert [finding["volume"] for finding in looking.findings()] == volumes


async def test_a_long_silence_of_telegram_is_told_until_it_is_heard_again(store: Store) -> None:
    silence = 0.0
    looking = Watch(None, lambda: 1000.0, lambda: 1000.0 + silence)
    with capture_logs() as lines:
        for seconds in (0.0, LONGEST_SILENCE, LONGEST_SILENCE + 1, LONGEST_SILENCE + 60):
            silence = seconds
            await looking.look_at_receiver(store, NOW)
        assert looking.findings() == [{"finding": "telegram-unreachable", "seconds": LONGEST_SILENCE + 60}]
        silence = 5.0
        await looking.look_at_receiver(store, NOW)
    assert [line["event"] for line in lines] == ["telegram-unreachable", "telegram-unreachable-over"]
    assert looking.findings() == []
