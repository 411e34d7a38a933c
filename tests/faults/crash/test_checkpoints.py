"""Checkpoints are recorded so that no crash in one looks like an attack, and no page from before it is accepted after.

The attacker has an older copy of the data directory, in which Nour is a coordinator, and what a process killed at any
moment left. A page counts as accepted where the network opens and shows anything of the older copy.

Pass figure: over 100 kills, 0 false alarms; over all pages that differ after each of them, 0 accepted.
"""

import os
import shutil
from pathlib import Path

import pytest
import sqlcipher3
from structlog.testing import capture_logs

from storage.engine import checkpoints, sqlcipher
from storage.engine.database import Database
from storage.engine.errors import StoreError
from storage.engine.store import Store
from storage.files import KEYRING_FILE, NETWORK_FILE
from storage.integrity import rollback_guard
from storage.integrity.rollback_guard import GenerationFile
from storage.records import hosts
from storage.records.people import members
from storage.records.people.member import Role
from tests.faults.crash.test_storage_kills import run_with_kills
from tests.faults.long_run import short_or_long
from tests.faults.theft.test_spliced_pages import differing, splice
from tests.storage.people import MASTER, NOW, copy, enter, found, opened, telegram_id

NAMES = (NETWORK_FILE, KEYRING_FILE)


@pytest.fixture
def without_fsync(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    monkeypatch.setattr(sqlcipher, "PRAGMAS", (*sqlcipher.PRAGMAS, "synchronous = OFF"))


@pytest.fixture
async def base(tmp_path: Path) -> Path:
    """A network in which Nour is a coordinator."""
    data = tmp_path / "base" / "data"
    data.mkdir(parents=True)
    await found(data)
    async with opened(data) as store, store.transaction() as tx:
        await enter(tx, "Nour", role=Role.COORDINATOR)
    return tmp_path / "base"


async def shown(directory: Path) -> tuple[object, ...]:
    """The role of Nour, and how many hosts there are. Raises `StoreError` where the files are refused."""
    async with opened(directory) as store, store.transaction() as tx:
        nour = await members.find(tx, telegram_id("Nour"))
        assert nour is not None
        return nour.role, len(await hosts.everyone(tx))


@pytest.mark.usefixtures("without_fsync")
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL and fork are POSIX")
async def test_a_kill_at_any_step_of_checkpoints_is_no_alarm_and_lets_no_older_page_in(
    base: Path, tmp_path: Path
) -> None:
    stride = short_or_long(9, 1)
    left = run_with_kills("demote", base, tmp_path / "killed", stride)
    assert len(left) > 100 // stride
    states, refusals, spliced, accepted = set(), set(), 0, 0
    for each in left:
        pages = GenerationFile(each / "data", MASTER).read_record().pages
        states |= {str(state).split(":")[0] for state in pages.values()}
        expected = await shown(copy(each / "data", tmp_path / "opened"))
        shutil.rmtree(tmp_path / "opened")
        for name in NAMES:
            for page in differing(each / "data" / name, base / "data" / name):
                there = copy(each / "data", tmp_path / "spliced")
                splice(there / name, base / "data" / name, page)
                spliced += 1
                try:
                    accepted += await shown(there) != expected
                except StoreError as error:
                    refusals.add(error.reason)
                shutil.rmtree(there)
    assert states == {"closed", "open", "moving"}
    assert spliced > len(left) // 2
    assert accepted == 0
    assert refusals <= {"pages-older", "network-older", "keyring-older", "both-older", "damaged"}
    assert (await shown(left[-1] / "data"))[0] is Role.MEMBER


async def grow(store: Store, count: int) -> None:
    for number in range(count):
        async with store.transaction() as tx:
            await hosts.add(tx, f"Grown {number} {os.urandom(4).hex()}", NOW)


async def test_a_log_stays_small_however_much_is_written(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "LARGE", 100)
    log, sizes = base / "data" / (NETWORK_FILE + "-wal"), []
    async with opened(base / "data") as store:
        for _ in range(8):
            await grow(store, 60)
            sizes.append(log.stat().st_size)
    assert max(sizes) < 400 * 4120
    assert sizes[-1] == sizes[-3]
    assert not log.exists()
    await shown(base / "data")


async def test_one_large_commit_is_moved_at_once(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "LARGE", 100)
    async with opened(base / "data") as store:
        before = (base / "data" / NETWORK_FILE).stat().st_size
        async with store.transaction() as tx:
            await tx.execute("CREATE TABLE filling (content BLOB)")
            await tx.executemany("INSERT INTO filling VALUES (randomblob(?))", [(4000,)] * 500)
        assert (base / "data" / NETWORK_FILE).stat().st_size > before + 500 * 4000


async def test_a_log_that_is_put_beside_files_of_a_stop_is_refused(base: Path, tmp_path: Path) -> None:
    async with opened(base / "data") as store:
        await grow(store, 3)
        log = copy(base / "data", tmp_path / "open") / (NETWORK_FILE + "-wal")
    shutil.copy(log, base / "data")
    with pytest.raises(StoreError, match="network-older"):  # since the stop has raised the generation
        await shown(base / "data")
    async with opened(base / "data", accept_rollback=True):
        pass
    await shown(base / "data")


async def test_the_state_of_an_earlier_moment_does_not_fit_the_files_of_a_stop(base: Path, tmp_path: Path) -> None:
    """The generation file and network.db are put back together to a moment in the run before the stop."""
    async with opened(base / "data") as store:
        await grow(store, 3)
        await store.files.checkpoints.run(truncate=True)
        earlier = copy(base / "data", tmp_path / "earlier")
        await grow(store, 3)
    for name in (NETWORK_FILE, rollback_guard.FILE):
        shutil.copy(earlier / name, base / "data")
    with pytest.raises(StoreError, match="older"):
        await shown(base / "data")


async def test_what_is_accepted_once_is_the_newest_from_then_on(base: Path, tmp_path: Path) -> None:
    older = copy(base / "data", tmp_path / "older")
    async with opened(base / "data") as store:
        await grow(store, 30)
    pages = differing(base / "data" / NETWORK_FILE, older / NETWORK_FILE)
    refused = []
    for page in pages:
        there = copy(base / "data", tmp_path / f"spliced {page}")
        splice(there / NETWORK_FILE, older / NETWORK_FILE, page)
        with pytest.raises(StoreError) as raised:
            await shown(there)
        refused.append(raised.value.reason)
        try:
            async with opened(there, accept_rollback=True):
                pass
        except (StoreError, sqlcipher3.DatabaseError):  # the pages do not fit each other
            continue
        await shown(there)
    assert "pages-older" in refused


async def test_files_of_an_earlier_version_are_recorded_at_their_first_start(base: Path) -> None:
    file = GenerationFile(base / "data", MASTER)
    number = file.read()
    assert number is not None
    file.write(number)  # an earlier version writes the number alone
    assert not file.read_record().pages
    await shown(base / "data")
    assert {name: state.closed for name, state in file.read_record().pages.items()} == dict.fromkeys(NAMES, True)


async def test_a_checkpoint_that_fails_loses_nothing_and_is_made_later(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "LARGE", 20)
    with capture_logs() as logs:
        async with opened(base / "data") as store:
            with monkeypatch.context() as patch:

                async def fails(database: Database) -> int:
                    raise sqlcipher3.OperationalError("database or disk is full")

                patch.setattr(Database, "checkpoint", fails)
                await grow(store, 40)
                crashed = copy(base / "data", tmp_path / "crashed")
            _, count = await shown(crashed)
            await grow(store, 40)
    assert [entry["event"] for entry in logs].count("checkpoint-failed") >= 1
    assert (await shown(base / "data"))[1] == int(str(count)) + 40


async def test_a_stop_on_a_failing_disk_is_as_a_crash(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(base / "data") as store:
        await grow(store, 3)
        with monkeypatch.context() as patch:

            async def fails(database: Database) -> int:
                raise sqlcipher3.OperationalError("disk I/O error")

            patch.setattr(Database, "checkpoint", fails)
            with capture_logs() as logs:
                await store.close()
    assert [entry["event"] for entry in logs] == ["stopped-as-by-a-crash"]
    assert (base / "data" / (NETWORK_FILE + "-wal")).stat().st_size
    assert (await shown(base / "data"))[1] == 5


async def test_frames_that_somebody_hides_in_a_running_log_are_not_left_out_of_the_record(
    base: Path,
) -> None:
    log = base / "data" / (NETWORK_FILE + "-wal")
    with capture_logs() as logs:
        async with opened(base / "data") as store:
            await grow(store, 3)
            with log.open("r+b") as file:
                file.seek(32 + 8)
                file.write(b"\0" * 8)  # the salt of the first frame
    assert any(entry["event"] == "wal-altered" for entry in logs)
    assert (await shown(base / "data"))[1] == 5


async def test_another_process_that_writes_between_the_checks_and_the_lock_is_noticed(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin, meanwhile = checkpoints.Checkpoints.begin, [True]

    async def later(self: checkpoints.Checkpoints, found: dict[str, str], *, recorded: bool) -> None:
        if meanwhile.pop():
            found = dict.fromkeys(found, "digest of the files before the other process wrote")
        await begin(self, found, recorded=recorded)

    monkeypatch.setattr(checkpoints.Checkpoints, "begin", later)
    with pytest.raises(StoreError, match="in-use"):
        await shown(base / "data")
