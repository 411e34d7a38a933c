"""The audit's chain at a start: entries of an earlier version are linked, and an operator can begin it again."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from storage.engine import migrate
from storage.engine.connection import CountingConnection, Row
from storage.engine.database import Database
from storage.files import KEYRING_FILE
from tests.storage.audit_entries import ENTRIES, database, first_bad, record, tamper
from tests.storage.people import copy, opened


@pytest.fixture
async def unchained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory of a network that an earlier version wrote, with five entries."""
    steps, directory = migrate.steps, tmp_path / "earlier"
    directory.mkdir()
    monkeypatch.setattr(migrate, "steps", lambda name: steps(name)[:1])
    async with database(directory) as network, database(directory, KEYRING_FILE):
        for number in range(1, 6):
            await network.execute("INSERT INTO audit (at, action) VALUES (?, 'invited')", (number,))
    monkeypatch.setattr(migrate, "steps", steps)
    return directory


async def test_entries_of_an_earlier_version_are_chained_at_the_first_start(unchained: Path) -> None:
    async with opened(unchained) as store:
        async with store.transaction() as tx:
            assert (tx.audit.number, tx.audit.begun) == (5, 5)
        await record(store, 1)
        assert await first_bad(store) is None
    await tamper(unchained, "UPDATE audit SET at = 9 WHERE number = 2")
    async with opened(unchained) as store:
        assert await first_bad(store) == 2


async def test_a_power_failure_while_the_first_start_chains_them_is_made_good_at_the_next(
    unchained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies: list[Path] = []
    execute, run_many = CountingConnection.run, Database.executemany

    def watched(self: CountingConnection, sql: str, values: Sequence[object]) -> list[Row]:
        rows = execute(self, sql, values)
        copies.append(copy(unchained, tmp_path / f"after{len(copies)}"))
        return rows

    monkeypatch.setattr(CountingConnection, "run", watched)
    async with opened(unchained):
        pass
    monkeypatch.setattr(CountingConnection, "run", execute)
    assert copies
    assert run_many is Database.executemany
    for path in copies:
        if not (path / KEYRING_FILE).exists():
            continue  # before there was anything to go wrong
        async with opened(path, accept_rollback=True) as after:  # copied without the sealed number beside it
            assert await first_bad(after) is None, path.name
            async with after.transaction() as tx:
                assert (tx.audit.number, tx.audit.begun) == (5, 5)


async def test_an_operator_who_knows_why_goes_on_from_the_audit_as_it_stands(written: Path) -> None:
    await tamper(written, "DELETE FROM audit WHERE number = 4")
    async with opened(written) as store:
        await record(store, 1)
        await store.begin_audit()
        assert await first_bad(store) is None
        async with store.transaction() as tx:
            assert tx.audit.begun == ENTRIES + 1
        await record(store, 1)
    async with opened(written) as store:
        assert await first_bad(store) is None
    await tamper(written, "UPDATE audit SET at = 1 WHERE number = 10")
    async with opened(written) as store:
        assert await first_bad(store) == 10
