"""A full disk, at more than twenty points of migrations, erasures, backups and posts.

Pass figure: at every point the operation fails or is complete, never half done; once there is space, the same process
continues and the files open; nobody is lost or half erased, and no update that Telegram counts as delivered is gone.
"""

import errno
import shutil
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path

import pytest

from bot.demo import steps
from storage.engine.connection import CountingConnection, Row
from storage.engine.store import Store
from storage.files import KEYRING_FILE, NETWORK_FILE
from storage.maintenance import backup, backup_folder, restore
from storage.records import erasure, posts, topics
from storage.records.people import members
from tests.conftest import new_stage
from tests.faults.disk.small_volume import Volume, mounted
from tests.faults.disk.tamper import PEOPLE, Read, populated, readable
from tests.faults.long_run import short_or_long
from tests.faults.older_schema import downgrade
from tests.storage.people import MASTER, NOW, members_keys, opened, telegram_id
from tests.support.cast import Joined

Work = Callable[[Store, Path], Awaitable[None]]
TOPIC = "Detention and protection"


@pytest.fixture
def volume(tmp_path: Path) -> Iterator[Volume]:
    with mounted(tmp_path / "volume", megabytes=4) as volume:
        yield volume


@pytest.fixture
async def base(tmp_path: Path) -> Path:
    for name in ("data", "copies"):
        (tmp_path / "base" / name).mkdir(parents=True)
    await populated(tmp_path / "base" / "data")
    return tmp_path / "base"


class Filling:
    """Fills the disk before the statement numbered `at`, counting only statements that write."""

    def __init__(self, volume: Volume, patch: pytest.MonkeyPatch, at: int) -> None:
        execute = CountingConnection.run
        self.statements = 0

        def counted(connection: CountingConnection, sql: str, values: Sequence[object]) -> list[Row]:
            if not sql.startswith(("SELECT", "PRAGMA table", "PRAGMA user_version;")):
                self.statements += 1
                if self.statements == at:
                    volume.fill()
            return execute(connection, sql, values)

        patch.setattr(CountingConnection, "run", counted)


def there(base: Path, volume: Volume) -> Path:
    """Copies the files of the network to the small volume."""
    for path in volume.path.iterdir():
        shutil.rmtree(path)
    for name in ("data", "copies"):
        shutil.copytree(base / name, volume.path / name)
    return volume.path


async def whole(data: Path) -> tuple[Read, int]:
    """Everything that can be read after a start, and the number of Nour's posts. Asserts that each key has a member."""
    async with opened(data) as store:
        read = await readable(store)
        async with store.transaction() as tx:
            people = await members.everyone(tx)
            assert await members_keys(store, tx) == {member.key_id for member in people}
            assert await tx.fetchval("SELECT count(*) FROM erasures") == 0
            nour = await members.find(tx, telegram_id("Nour"))
            assert nour is not None
            written = await posts.count_by(tx, nour.id)
    return read, written


async def erase(store: Store, where: Path) -> None:
    async with store.transaction() as tx:
        salma = await members.find(tx, telegram_id("Salma"))
        if salma is not None:
            await erasure.erase(tx, salma, NOW)
    await store.finish_erasures()  # as the tick does


async def write(store: Store, where: Path) -> None:
    for number in range(3):
        async with store.transaction() as tx:
            nour = await members.find(tx, telegram_id("Nour"))
            assert nour is not None
            if await posts.count_by(tx, nour.id) == 2 + number:
                [topic] = await topics.everything(tx)
                await posts.write(tx, nour, topic.id, "x" * 9000, None, NOW)


async def back_up(store: Store, where: Path) -> None:
    await backup.make(store, where / "copies", 1, NOW)


async def full_then_not(
    base: Path, volume: Volume, monkeypatch: pytest.MonkeyPatch, work: Work, points: int
) -> list[bool]:
    """Runs an operation on a disk that fills up at a statement, then again with space.

    After each point the files are opened and compared with those of an undisturbed run. Returns for each point whether
    the first run failed.
    """
    failed = []
    with monkeypatch.context() as patch:
        where = there(base, volume)
        filling = Filling(volume, patch, at=-1)
        async with opened(where / "data") as store:
            before = filling.statements
            await work(store, where)
            statements = filling.statements - before
    expected, number = await whole(where / "data")
    for point in range(points):
        where = there(base, volume)
        async with opened(where / "data") as store:
            with monkeypatch.context() as patch:
                Filling(volume, patch, at=1 + point * statements // points)
                try:
                    await work(store, where)
                except Exception:  # noqa: BLE001  SQLite or the system decides which error it is
                    failed.append(True)
                else:
                    failed.append(False)
            volume.clear()
            await work(store, where)  # in the same process, without a restart
            now = await readable(store)
            assert {key: value for key, value in now.items() if key[0] != "post"} == {
                key: value for key, value in expected.items() if key[0] != "post"
            }
        read, posted = await whole(where / "data")
        assert posted == number
        assert len(read) == len(expected)
    return failed


@pytest.mark.parametrize(
    ("work", "names"),
    [(erase, set(PEOPLE) - {"Salma"}), (write, set(PEOPLE)), (back_up, set(PEOPLE))],
    ids=["erase", "write", "backup"],
)
async def test_an_operation_on_a_full_disk_is_not_half_done_and_succeeds_later(
    base: Path, volume: Volume, monkeypatch: pytest.MonkeyPatch, work: Work, names: set[str]
) -> None:
    failed = await full_then_not(base, volume, monkeypatch, work, short_or_long(7, 25))
    assert any(failed)
    async with opened(volume.path / "data") as store, store.transaction() as tx:
        assert {member.name for member in await members.everyone(tx)} == names
    if work is back_up:
        outcome = await restore.try_out(volume.path / "fresh", volume.path / "copies", MASTER, NOW)
        assert (outcome.members, outcome.posts) == (len(PEOPLE), 2 * len(PEOPLE))
        assert len(backup_folder.copies(volume.path / "copies")) == 1


async def test_a_start_with_a_migration_on_a_full_disk_leaves_the_old_version_or_the_new_one(
    base: Path, volume: Volume, monkeypatch: pytest.MonkeyPatch
) -> None:
    await downgrade(base / "data" / NETWORK_FILE, "network", 1)
    await downgrade(base / "data" / KEYRING_FILE, "keyring", 1)
    (base / "data" / "halqa.generation").unlink()
    where = there(base, volume)
    with monkeypatch.context() as patch:
        filling = Filling(volume, patch, at=-1)
        async with opened(where / "data"):
            statements = filling.statements
    expected, _ = await whole(where / "data")
    failed, points, errors = 0, short_or_long(7, 40), set()
    for point in range(points):
        where = there(base, volume)
        with monkeypatch.context() as patch:
            Filling(volume, patch, at=1 + point * statements // points)
            try:
                async with opened(where / "data"):
                    pass
            except OSError as error:  # which the command line explains to the operator
                errors.add(error.errno)
                failed += 1
        volume.clear()
        read, _ = await whole(where / "data")
        assert read == expected
    assert failed
    assert errors <= {errno.ENOSPC, errno.EIO}


async def test_people_who_write_while_the_disk_is_full_are_answered_when_there_is_room(
    joined: Joined, tmp_path: Path
) -> None:
    with mounted(tmp_path / "volume", megabytes=32) as volume:  # the write-ahead log alone grows to 4 MB
        await write_while_full(volume, joined)


async def write_while_full(volume: Volume, joined: Joined) -> None:
    async with new_stage(volume.path, joined.kept) as stage:
        cast = joined.cast.again(stage)
        await steps.open_topic(cast.nour, TOPIC, "")
        await steps.follow(cast.awa, TOPIC, "at_once")
        await stage.settle()
        for round_ in range(short_or_long(2, 6)):
            volume.fill()
            words = [f"{round_}.{number} " + "We go on. " * 200 for number in range(4)]
            for actor in (cast.nour, cast.olena):
                await actor.says(f"/post {TOPIC}")
                for said in words:
                    await actor.says(said)
                await actor.says("/help")
            held = stage.sandbox.telegram.updates.pending  # what Telegram does not count as delivered
            assert held
            assert not stage.task.done()
            volume.clear()
            for actor in (cast.nour, cast.olena):
                await actor.sees("help", network=stage.halqa.network.name)
                await actor.sees_words(f"{round_}.3 ")
            await stage.settle()
        assert not stage.task.done()
        async with stage.halqa.store.transaction() as tx:
            [[failed]] = await tx.fetch("SELECT count(*) FROM inbox WHERE state NOT IN ('answered', 'failed')")
            assert failed == 0
        await stage.restart()
        await cast.awa.says("/help")
        await cast.awa.sees("help", network=stage.halqa.network.name)
