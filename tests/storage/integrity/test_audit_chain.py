"""The chain of the audit: whoever has the databases' keys but not the audit's cannot change it unnoticed."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from storage.engine import migrate
from storage.engine.connection import Database, Row
from storage.engine.store import KEYRING_FILE, NETWORK_FILE, Store
from storage.integrity import audit_chain
from storage.integrity.audit_chain import Chain
from storage.records import audit, erasure
from storage.records.people import member, members
from tests.storage.people import MASTER, NOW, copy, enter, opened, taken_back

NOUR, SALMA = b"N" * 16, b"S" * 16
ENTRIES = 8


@asynccontextmanager
async def database(directory: Path, name: str = NETWORK_FILE) -> AsyncIterator[Database]:
    """One of the files, opened by somebody who has its key."""
    purpose = {NETWORK_FILE: "database", KEYRING_FILE: "keyring"}[name]
    path = directory / name
    looked_at = Database(path, MASTER.derive(purpose), create=not path.exists())
    try:
        await looked_at.open({NETWORK_FILE: "network", KEYRING_FILE: "keyring"}[name])
        yield looked_at
    finally:
        await looked_at.close()


async def tamper(directory: Path, *statements: str, name: str = NETWORK_FILE) -> None:
    async with database(directory, name) as tampered:
        for statement in statements:
            await tampered.execute(statement)


async def record(store: Store, count: int, action: str = "approved") -> None:
    for _ in range(count):
        async with store.transaction() as tx:
            await audit.record(tx, action, NOUR, SALMA, NOW)


async def first_bad(store: Store) -> int | None:
    async with store.transaction() as tx:
        return await audit.verify(tx)


@pytest.fixture
async def written(directory: Path) -> Path:
    """The directory of a network with some entries, closed, and opened once more so that both heads are there."""
    async with opened(directory) as store:
        await record(store, ENTRIES)
    async with opened(directory):
        pass
    return directory


CHANGES = {
    "a time": ("UPDATE audit SET at = at + 1 WHERE number = 4", 4),
    "an action": ("UPDATE audit SET action = 'declined' WHERE number = 4", 4),
    "who did it": ("UPDATE audit SET actor_id = subject_id WHERE number = 4", 4),
    "who did it, to nobody": ("UPDATE audit SET actor_id = NULL WHERE number = 4", 4),
    "to whom": ("UPDATE audit SET subject_id = x'00' WHERE number = 4", 4),
    "the two exchanged": (
        "UPDATE audit SET actor_id = subject_id, subject_id = actor_id WHERE number = 4",
        4,
    ),
    "a link": ("UPDATE audit SET link = x'00' WHERE number = 4", 4),
    "a link that is gone": ("UPDATE audit SET link = NULL WHERE number = 4", 4),
    "the last entry": ("UPDATE audit SET action = 'declined' WHERE number = 8", 8),
    "the first entry": ("UPDATE audit SET action = 'declined' WHERE number = 1", 1),
    "one deleted": ("DELETE FROM audit WHERE number = 4", 4),
    "the first deleted": ("DELETE FROM audit WHERE number = 1", 1),
    "the last deleted": ("DELETE FROM audit WHERE number = 8", 8),
    "the last three deleted": ("DELETE FROM audit WHERE number > 5", 6),
    "all deleted": ("DELETE FROM audit", 1),
    "one put in at the end": (
        "INSERT INTO audit SELECT 9, at, action, actor_id, subject_id, link FROM audit LIMIT 1",
        9,
    ),
    "one put in far behind": ("INSERT INTO audit SELECT 99, at, action, NULL, NULL, link FROM audit LIMIT 1", 9),
    "one put in before the first": ("INSERT INTO audit SELECT 0, at, action, NULL, NULL, link FROM audit LIMIT 1", 1),
    "the head moved back": ("UPDATE audit_head SET number = 7, link = (SELECT link FROM audit WHERE number = 7)", 9),
    "the head gone": ("DELETE FROM audit_head", 9),
    "the head's seal gone": ("UPDATE audit_head SET tag = x'01'", 9),
    "the beginning moved": ("UPDATE audit_head SET begun = 8", 9),
}


@pytest.mark.parametrize(("statement", "number"), CHANGES.values(), ids=CHANGES)
async def test_a_change_is_found_at_its_entry_and_still_after_more_was_written(
    written: Path, statement: str, number: int
) -> None:
    await tamper(written, statement)
    for _ in range(3):
        async with opened(written) as store:
            assert await first_bad(store) == number
            await record(store, 1)
            assert await first_bad(store) == number


SEVERAL = {
    "two exchanged": (
        [
            "UPDATE audit SET number = 100 WHERE number = 3",
            "UPDATE audit SET number = 3 WHERE number = 5",
            "UPDATE audit SET number = 5 WHERE number = 100",
        ],
        3,
    ),
    "one deleted and the others moved up": (
        [
            "DELETE FROM audit WHERE number = 4",
            *(f"UPDATE audit SET number = {number - 1} WHERE number = {number}" for number in range(5, 9)),
            "UPDATE audit_head SET number = 7",
        ],
        4,
    ),
    "the end cut off and the head moved back": (
        [
            "DELETE FROM audit WHERE number > 5",
            "UPDATE audit_head SET number = 5, link = (SELECT link FROM audit WHERE number = 5)",
        ],
        6,
    ),
    "cut off, to be begun anew": (
        ["DELETE FROM audit WHERE number > 5", "UPDATE audit_head SET number = 0, tag = x''"],
        6,
    ),
}


@pytest.mark.parametrize(("statements", "number"), SEVERAL.values(), ids=SEVERAL)
async def test_changes_that_try_to_hide_are_found(written: Path, statements: list[str], number: int) -> None:
    await tamper(written, *statements)
    async with opened(written) as store:
        assert await first_bad(store) == number
        await record(store, 2)
    async with opened(written) as store:
        assert await first_bad(store) == number


async def test_an_end_that_is_cut_off_under_the_head_of_that_time_is_found_by_the_keyring(
    written: Path,
) -> None:
    async with database(written) as network:
        [[*head]] = await network.fetch("SELECT number, link, begun, tag FROM audit_head")
    async with opened(written) as store:
        await record(store, 3)
    async with opened(written) as store:
        assert await first_bad(store) is None
    async with database(written) as network:
        await network.execute("DELETE FROM audit WHERE number > 8")
        await network.execute(audit_chain.KEEP, head)
    for _ in range(2):
        async with opened(written) as store:
            assert await first_bad(store) == 9
            await record(store, 1)


async def test_an_older_network_beside_the_keyring_of_today_is_found(written: Path, tmp_path: Path) -> None:
    older = copy(written, tmp_path / "older")
    async with opened(written) as store:
        salma = await entered(store)
        await record(store, 2)
        async with store.transaction() as tx:
            await erasure.erase(tx, salma, NOW)  # after which the keyring knows of these entries
    for name in (KEYRING_FILE, KEYRING_FILE + "-wal"):
        (older / name).unlink(missing_ok=True)
    (older / KEYRING_FILE).write_bytes((written / KEYRING_FILE).read_bytes())
    async with opened(older, accept_rollback=True) as store:
        assert await first_bad(store) == ENTRIES + 1


async def entered(store: Store) -> member.Member:
    async with store.transaction() as tx:
        return await enter(tx, "Salma")


@pytest.mark.parametrize("statement", ["DELETE FROM audit_head", "UPDATE audit_head SET number = 3"])
async def test_a_head_in_the_keyring_that_was_touched_is_found(written: Path, statement: str) -> None:
    await tamper(written, statement, name=KEYRING_FILE)
    async with opened(written) as store:
        assert await first_bad(store) == ENTRIES + 1


async def test_entries_linked_with_another_key_are_found(written: Path) -> None:
    async with database(written) as network:
        await audit_chain.begin(network.fetch, network.executemany, b"k" * 32)
    async with opened(written) as store:
        assert await first_bad(store) == 1


async def test_what_is_done_to_a_running_network_is_found_too(written: Path) -> None:
    async with opened(written) as store, store.transaction() as tx:
        await tx.execute("DELETE FROM audit WHERE number = 8")
        assert await audit.verify(tx) == 8


async def test_a_head_that_is_moved_in_a_running_network_is_found_too(written: Path) -> None:
    async with opened(written) as store:
        async with store.transaction() as tx:
            await tx.execute("UPDATE audit_head SET begun = 1")
        assert await first_bad(store) == ENTRIES + 1


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
            assert [entry.subject_id for entry in await audit.last(tx, 10)] == [salma.id]
            assert await members.get(tx, salma.id) is None
        assert await first_bad(store) is None
    async with database(directory, KEYRING_FILE) as keys:
        assert [row[0] for row in await keys.fetch("SELECT number FROM audit_head")] == [1]


async def test_a_power_failure_at_any_moment_leaves_a_chain_that_holds(
    directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the first start over entries and an erasure to a chain that is begun anew."""
    copies = [copy(directory, tmp_path / "before")]
    execute = Database._execute

    def watched(self: Database, sql: str, values: Sequence[object]) -> list[Row]:
        rows = execute(self, sql, values)
        copies.append(copy(directory, tmp_path / f"after{len(copies)}"))
        return rows

    monkeypatch.setattr(Database, "_execute", watched)
    async with opened(directory) as store:
        await record(store, 2)
        salma = await entered(store)
        async with store.transaction() as tx:
            await erasure.erase(tx, salma, NOW)
            await audit.record(tx, "erased", None, None, NOW)
    monkeypatch.setattr(Database, "_execute", execute)
    found = set()
    for path in copies:
        async with opened(path, accept_rollback=True) as after:  # copied without the sealed number beside it
            assert await first_bad(after) is None, path.name
            async with after.transaction() as tx:
                found.add(len(await audit.last(tx, 10)))
    assert found == {0, 1, 2, 3}
    assert len(copies) > 40


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
    execute, run_many = Database._execute, Database.executemany

    def watched(self: Database, sql: str, values: Sequence[object]) -> list[Row]:
        rows = execute(self, sql, values)
        copies.append(copy(unchained, tmp_path / f"after{len(copies)}"))
        return rows

    monkeypatch.setattr(Database, "_execute", watched)
    async with opened(unchained):
        pass
    monkeypatch.setattr(Database, "_execute", execute)
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


async def test_the_key_is_in_no_statement_and_no_repr(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, seen = MASTER.derive("audit"), []
    execute = Database._execute

    def watched(self: Database, sql: str, values: Sequence[object]) -> list[Row]:
        seen.append((sql, *values))
        return execute(self, sql, values)

    monkeypatch.setattr(Database, "_execute", watched)
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
