"""The chain of the audit: what was written holds, through rollbacks, erasures and power failures."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from storage.engine.connection import CountingConnection, Row
from storage.engine.store import Store
from storage.files import KEYRING_FILE
from storage.integrity import audit_chain
from storage.integrity.audit_chain import Chain
from storage.records import audit, erasure
from storage.records.people import members
from tests.storage.audit_entries import NOUR, SALMA, database, entered, first_bad, record, tamper
from tests.storage.people import MASTER, NOW, copy, opened, taken_back


async def test_a_chain_longer_than_one_look_holds(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_chain, "AT_ONCE", 3)
    async with opened(directory) as store:
        await record(store, 8)
        assert await first_bad(store) is None
    await tamper(directory, "UPDATE audit SET at = 1 WHERE number = 7")
    async with opened(directory) as store:
        assert await first_bad(store) == 7


async def test_a_transaction_that_is_taken_back_leaves_no_gap(store: Store) -> None:
    await record(store, 1)
    async with taken_back(store) as tx:
        await audit.record(tx, "approved", NOUR, SALMA, NOW)
    await record(store, 1)
    assert await first_bad(store) is None
    async with store.transaction() as tx:
        assert [entry.number for entry in await audit.last(tx, 10)] == [2, 1]


async def test_several_entries_of_one_transaction_hang_together(store: Store) -> None:
    async with store.transaction() as tx:
        for _ in range(3):
            await audit.record(tx, "approved", NOUR, None, NOW)
        assert await audit.verify(tx) is None
    assert await first_bad(store) is None


async def test_after_an_erasure_the_entries_stay_and_the_keyring_knows_the_last(directory: Path) -> None:
    async with opened(directory) as store:
        salma = await entered(store)
        async with store.transaction() as tx:
            await audit.record(tx, "approved", NOUR, salma.id, NOW)
            await erasure.erase(tx, salma, NOW)
        async with store.transaction() as tx:
            [entry] = await audit.last(tx, 10)
            assert entry.subject_tag is not None
            assert await audit.people_in(tx, [entry]) == {}
            assert await members.get(tx, salma.id) is None
        assert await first_bad(store) is None
    async with database(directory, KEYRING_FILE) as keys:
        assert [row[0] for row in await keys.fetch("SELECT number FROM audit_head")] == [1]


async def test_a_power_failure_at_any_moment_leaves_a_chain_that_holds(
    directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the first start over entries and an erasure to a chain that is begun anew."""
    copies = [copy(directory, tmp_path / "before")]
    execute = CountingConnection.run

    def watched(self: CountingConnection, sql: str, values: Sequence[object]) -> list[Row]:
        rows = execute(self, sql, values)
        copies.append(copy(directory, tmp_path / f"after{len(copies)}"))
        return rows

    monkeypatch.setattr(CountingConnection, "run", watched)
    async with opened(directory) as store:
        await record(store, 2)
        salma = await entered(store)
        async with store.transaction() as tx:
            await erasure.erase(tx, salma, NOW)
            await audit.record(tx, "erased", None, None, NOW)
    monkeypatch.setattr(CountingConnection, "run", execute)
    found = set()
    for path in copies:
        async with opened(path, accept_rollback=True) as after:  # copied without the sealed number beside it
            assert await first_bad(after) is None, path.name
            async with after.transaction() as tx:
                found.add(len(await audit.last(tx, 10)))
    assert found == {0, 1, 2, 3}
    assert len(copies) > 40


async def test_the_key_is_in_no_statement_and_no_repr(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, seen = MASTER.derive("audit"), []
    execute = CountingConnection.run

    def watched(self: CountingConnection, sql: str, values: Sequence[object]) -> list[Row]:
        seen.append((sql, *values))
        return execute(self, sql, values)

    monkeypatch.setattr(CountingConnection, "run", watched)
    async with opened(directory) as store:
        await record(store, 2)
        assert await first_bad(store) is None
        async with store.transaction() as tx:
            assert tx.audit.key == key
            shown = repr(tx.audit)
    assert len(seen) > 10
    assert key not in [value for values in seen for value in values]
    for text in (shown, *(str(values) for values in seen)):
        assert key.hex() not in text
        assert repr(key) not in text


ALIKE: list[tuple[object, ...]] = [
    (1, "ab", b"c", None),
    (1, "a", b"bc", None),
    (1, "ab", None, b"c"),
    ("1", "ab", b"c", None),
    (11, "b", b"c", None),
]


def test_entries_that_read_alike_have_different_links() -> None:
    linked = Chain(b"k" * 32)
    assert len({linked.next(*row).link for row in ALIKE}) == len(ALIKE)
