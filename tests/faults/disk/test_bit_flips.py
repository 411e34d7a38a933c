"""Database files altered bit by bit, without the key.

Pass figure (HALQA_LONG=1): of 500 bit flips over network.db, keyring.db and their write-ahead logs, 0 lead to a wrong
plaintext; each is refused at the start with the files unchanged, or reported in the log.
"""

import os
import random
import shutil
from collections import Counter
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from storage.engine.database import Database
from storage.engine.errors import StoreError
from storage.files import KEYRING_FILE, NETWORK_FILE
from storage.integrity import wal_check
from storage.integrity.wal_check import WalState
from storage.records import hosts
from storage.records.people import applications
from tests.faults.disk.tamper import Read, readable
from tests.faults.long_run import short_or_long
from tests.storage.people import NOW, contents, copy, enter, opened

LOGS = (NETWORK_FILE + "-wal", KEYRING_FILE + "-wal")

pytestmark = pytest.mark.usefixtures("log_warnings")


@pytest.fixture
async def interrupted(network_files: Path, tmp_path: Path) -> tuple[Path, Read]:
    """The files of a process that was killed, each with a write-ahead log; and what can be read from them."""
    async with opened(network_files) as store:
        for number in range(3):
            async with store.transaction() as tx:
                await applications.set_reason(tx, await enter(tx, f"Member {number}"), "a reason of hers")
                await hosts.add(tx, f"Host {number}", NOW)
        left, read = copy(network_files, tmp_path / "interrupted"), await readable(store)
    assert {*LOGS} <= {path.name for path in left.iterdir()}
    return left, read


def flip(path: Path, at: int, bit: int = 0) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        [byte] = file.read(1)
        file.seek(at)
        file.write(bytes([byte ^ 1 << bit]))


async def outcome(directory: Path, expected: Read) -> str:
    """The reason with which an altered copy is refused, or "told" if it opens and the log reports the change.

    Raises AssertionError for a wrong plaintext, and for a change that is not reported.
    """
    before = contents(directory)
    with capture_logs() as logs:
        try:
            async with opened(directory) as store:
                read = await readable(store)
        except StoreError as trouble:
            assert contents(directory) == before  # refused, and the files are unchanged
            return trouble.reason
    assert read.items() <= expected.items()  # nothing that was not written
    told = {entry["event"] for entry in logs}
    assert told & {"wal-cut", "row-unreadable"} or read == expected
    assert told & {"wal-cut", "row-unreadable", "page-altered"}
    return "told"


async def test_no_flipped_bit_is_taken_for_what_somebody_wrote(
    network_files: Path, interrupted: tuple[Path, Read], tmp_path: Path
) -> None:
    left, expected = interrupted
    async with opened(copy(network_files, tmp_path / "read")) as store:
        closed = await readable(store)
    chosen = random.Random(os.environ.get("HALQA_SEED", "halqa"))
    outcomes: Counter[tuple[str, str]] = Counter()
    for number in range(short_or_long(100, 500)):
        # Three of four flips are in the files of a killed process, which have write-ahead logs as well.
        source, should = (left, expected) if number % 4 else (network_files, closed)
        there = copy(source, tmp_path / "flipped")
        name = chosen.choice([name for name in (NETWORK_FILE, KEYRING_FILE, *LOGS) if (there / name).exists()])
        flip(there / name, chosen.randrange((there / name).stat().st_size), chosen.randrange(8))
        outcomes[name, await outcome(there, should)] += 1
        shutil.rmtree(there)
    reasons = Counter[str]()
    for (_, said), count in outcomes.items():
        reasons[said] += count
    assert set(reasons) >= {"damaged", "wal-altered"}, outcomes
    assert reasons["told"] < sum(reasons.values()) / 2, outcomes


@pytest.mark.parametrize("name", [NETWORK_FILE, KEYRING_FILE])
async def test_a_flip_on_any_page_of_a_closed_file_is_refused(network_files: Path, tmp_path: Path, name: str) -> None:
    pages = (network_files / name).stat().st_size // 4096
    for page in range(0, pages, max(1, pages // short_or_long(8, pages))):
        there = copy(network_files, tmp_path / str(page))
        flip(there / name, page * 4096 + 2000)
        assert await outcome(there, {}) == "damaged"


async def test_an_altered_log_is_distinguished_from_one_cut_by_a_power_failure(
    interrupted: tuple[Path, Read], tmp_path: Path
) -> None:
    left, expected = interrupted
    whole = wal_check.read(left / NETWORK_FILE)
    assert whole.state is WalState.WHOLE
    assert whole.pages
    log = left / LOGS[0]
    size = log.stat().st_size
    for cut in (1, 3000, 4120, 5000):  # bytes missing from the end of the last commit
        there = copy(left, tmp_path / f"cut {cut}")
        os.truncate(there / LOGS[0], size - cut)
        assert wal_check.read(there / NETWORK_FILE).state is WalState.CUT
        assert await outcome(there, expected) == "told"
    there = copy(left, tmp_path / "altered")
    flip(there / LOGS[0], size // 2)
    assert wal_check.read(there / NETWORK_FILE).state is WalState.ALTERED
    assert await outcome(there, expected) == "wal-altered"
    with capture_logs() as logs:
        async with opened(there, accept_rollback=True) as store:  # accepted, without the commits that followed
            assert (await readable(store)).items() <= expected.items()
    assert any(entry["event"] == "rollback-accepted" for entry in logs)


async def test_a_page_damaged_by_a_power_failure_is_repaired_from_the_log(
    interrupted: tuple[Path, Read], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages are written by a checkpoint only, so the power fails in the middle of one."""
    source, expected = interrupted
    left, checkpoint = tmp_path / "left", Database.checkpoint

    async def fails(database: Database) -> int:
        if not left.exists():
            copy(source, left)
        return await checkpoint(database)

    with monkeypatch.context() as patch:
        patch.setattr(Database, "checkpoint", fails)
        async with opened(source):
            pass
    size = (left / NETWORK_FILE).stat().st_size
    pages = [page for page in wal_check.read(left / NETWORK_FILE).pages if page * 4096 <= size]
    assert len(pages) > 3
    for page in pages:
        with (left / NETWORK_FILE).open("r+b") as file:
            file.seek((page - 1) * 4096 + 512)
            file.write(os.urandom(3584))
    with capture_logs() as logs:
        async with opened(left) as store:
            assert await readable(store) == expected
    assert [entry["pages"] for entry in logs if entry["event"] == "page-altered"] == [len(pages)]
