"""The copied network of the cast equals one in which the cast has just joined, and copies are independent."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.demo import steps
from bot.demo.stage import Stage
from sandbox.control import views
from sandbox.telegram.clock import Clock
from storage.records import audit
from tests.conftest import AFTERNOON, new_stage
from tests.support.cast import HOSTS, Cast, Joined

TOPIC = "Detention and protection"
RANDOM_WORDS = re.compile(r"start[= ][\w-]{16,}")  # the code of an invitation
RANDOM = {"data", "file_id"}  # a button contains row ids; a picture, the code of an invitation
TIMES = {"date", "now", "last_at"}
ORDER = {"revision", "id"}  # two people get a message at the same time: either may be first


@pytest.fixture
def one(tmp_path: Path) -> Path:
    return _made(tmp_path / "one")


@pytest.fixture
def other(tmp_path: Path) -> Path:
    return _made(tmp_path / "other")


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def shown(stage: Stage) -> Any:
    """All that the sandbox shows of its people and chats, without what differs between two runs."""
    telegram = stage.sandbox.telegram
    chats = {chat.person.id: views.chat(telegram, chat) for chat in telegram.chats.values()}
    return _comparable({"state": views.state(telegram, {}), "chats": chats, "wanted": telegram.updates.allowed})


def _comparable(it: Any) -> Any:
    if isinstance(it, dict):
        return {key: _comparable(value) for key, value in it.items() if key not in RANDOM | TIMES | ORDER}
    if isinstance(it, list):
        return [_comparable(part) for part in it]
    return RANDOM_WORDS.sub("start", it) if isinstance(it, str) else it


async def counted(stage: Stage) -> dict[str, int]:
    """The number of rows of each table."""
    async with stage.halqa.store.transaction() as tx:
        names = await tx.fetch("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        return {name: (await tx.fetch(f"SELECT count(*) FROM {name}"))[0][0] for (name,) in names}


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def modes(folder: Path) -> dict[str, int]:
    return {path.relative_to(folder).as_posix(): path.stat().st_mode for path in (folder, *folder.rglob("*"))}


async def test_the_copy_is_what_a_cast_that_joins_now_has(joined: Joined, one: Path, other: Path) -> None:
    async with new_stage(one, None) as played, new_stage(other, joined.kept) as copied:
        cast, again = await Cast.on(played), joined.cast.again(copied)
        await played.settle()
        await copied.settle()
        assert shown(copied) == shown(played)
        rows = await counted(copied)
        assert rows == await counted(played)
        assert rows["members"] == 3
        for left, right in ((cast.olena, again.olena), (cast.nour, again.nour), (cast.awa, again.awa)):
            assert await left.person.menu() == await right.person.menu() != []
            assert left.texts is right.texts
        async with copied.halqa.store.transaction() as tx:
            assert await audit.verify(tx) is None
        assert modes(other) == modes(one)


async def test_what_happens_in_one_copy_is_seen_in_no_other(joined: Joined, one: Path, other: Path) -> None:
    before = files(joined.kept.folder)
    async with new_stage(one, joined.kept) as first, new_stage(other, joined.kept) as second:
        untouched = shown(second), await counted(second)
        cast = joined.cast.again(first)
        await cast.salma()
        await steps.open_topic(cast.nour, TOPIC, "")
        first.sandbox.telegram.faults.change({"latency_ms": 1})
        await first.pass_time(timedelta(days=3))
        await first.settle()
        await second.settle()
        assert (shown(second), await counted(second)) == untouched
        assert second.clock.now() < AFTERNOON + timedelta(hours=1) < first.clock.now()
        assert "Salma" not in [chat.person.first_name for chat in joined.kept.telegram.chats.values()]
    assert files(joined.kept.folder) == before != {}


async def test_a_copy_begins_in_the_afternoon_however_late_it_is_made(joined: Joined, one: Path) -> None:
    telegram = joined.kept.telegram.copied()
    telegram.clock.move(timedelta(hours=5))
    async with new_stage(one, replace(joined.kept, telegram=telegram)) as stage:
        assert timedelta() <= stage.clock.now() - joined.kept.at < timedelta(minutes=1)
        assert stage.clock is stage.sandbox.telegram.clock


async def test_nobody_begins_a_network_on_top_of_another(joined: Joined, one: Path, other: Path) -> None:
    (one / "key").touch()
    with pytest.raises(FileExistsError):
        joined.kept.copy_to(one)
    assert set(files(one)) == {"key"}
    with pytest.raises(ValueError, match="has its hosts"):
        Stage(other, hosts=HOSTS, kept=joined.kept)
    with pytest.raises(ValueError, match="has its hosts"):
        Stage(other, clock=Clock(AFTERNOON), kept=joined.kept)
    with pytest.raises(AssertionError, match="nobody has joined"):
        joined.cast.again(Stage(other, hosts=HOSTS))
