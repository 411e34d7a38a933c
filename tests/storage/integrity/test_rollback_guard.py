"""A file that was rolled back or swapped is noticed at the start, whatever a crash may leave is not taken for it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from storage.crypto.master_key import MasterKey
from storage.engine.connection import CountingConnection, Row
from storage.engine.errors import StoreError
from storage.engine.store import Store
from storage.files import KEYRING_FILE, NETWORK_FILE
from storage.integrity import rollback_guard
from storage.integrity.rollback_guard import Generations
from storage.records import erasure, hosts, outbox
from storage.records.people import invites, members
from storage.records.people.invites import Grants
from tests.storage.people import NOW, contents, copy, enter, opened, telegram_id

FILES = (NETWORK_FILE, KEYRING_FILE, rollback_guard.FILE)


async def trouble(directory: Path) -> str | None:
    try:
        async with opened(directory):
            return None
    except StoreError as found:
        return found.reason


@pytest.fixture
async def older(directory: Path, tmp_path: Path) -> Path:
    """The data directory as it was two starts ago."""
    older = copy(directory, tmp_path / "older")
    for _ in range(2):
        async with opened(directory):
            pass
    return older


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([NETWORK_FILE], "network-older"),
        ([KEYRING_FILE], "keyring-older"),
        ([NETWORK_FILE, KEYRING_FILE], "both-older"),
        ([NETWORK_FILE, rollback_guard.FILE], "network-older"),
        ([KEYRING_FILE, rollback_guard.FILE], "keyring-older"),
        ([rollback_guard.FILE], "generation-older"),
    ],
)
async def test_an_older_copy_in_place_of_any_file_is_noticed_and_nothing_is_changed(
    directory: Path, older: Path, names: list[str], said: str
) -> None:
    for name in names:
        (directory / name).write_bytes((older / name).read_bytes())
    before = contents(directory)
    assert await trouble(directory) == said
    assert contents(directory) == before
    async with opened(directory, accept_rollback=True):
        pass
    assert await trouble(directory) is None


async def test_a_sealed_file_that_is_gone_or_made_by_somebody_else_is_noticed(directory: Path, older: Path) -> None:
    path = directory / rollback_guard.FILE
    path.unlink()
    assert await trouble(directory) == "generation-missing"
    for text in ("1 00", "", "99999", "-1 x", "\x80"):
        path.write_text(text, "latin-1")
        assert await trouble(directory) == "generation-foreign"
    rollback_guard.GenerationFile(directory, MasterKey(bytes(32))).write(1)
    assert await trouble(directory) == "generation-foreign"


async def test_a_keyring_from_before_an_erasure_does_not_bring_her_key_back(directory: Path, tmp_path: Path) -> None:
    async with opened(directory) as store:
        async with store.transaction() as tx:
            salma = await enter(tx, "Salma")
        before = copy(directory, tmp_path / "before")
        async with store.transaction() as tx:
            await erasure.erase(tx, salma, NOW)
    for name in (KEYRING_FILE, KEYRING_FILE + "-wal"):
        (directory / name).write_bytes((before / name).read_bytes())
    assert await trouble(directory) == "keyring-older"


async def test_an_older_network_that_is_accepted_does_nothing_a_second_time(directory: Path, tmp_path: Path) -> None:
    async with opened(directory) as store, store.transaction() as tx:
        nour = await enter(tx, "Nour")
        await invites.create(tx, Grants.OWNERSHIP, None, NOW)
        await outbox.put(tx, nour.id, "digest", due=NOW, now=NOW)
        await outbox.put(tx, nour.id, "digest-close", message_id=7, due=NOW, now=NOW)
    older = copy(directory, tmp_path / "older")
    async with opened(directory):
        pass
    (directory / NETWORK_FILE).write_bytes((older / NETWORK_FILE).read_bytes())
    async with opened(directory, accept_rollback=True) as store:
        assert store.dropped is not None
        assert (store.dropped.updates, store.dropped.messages, store.dropped.invites) == (0, 1, 1)
        async with store.transaction() as tx:
            assert [owed.kind for owed in await outbox.claim(tx, NOW, 9)] == ["digest-close"]


async def test_no_message_costs_a_write_more(store: Store, directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = []
    monkeypatch.setattr(rollback_guard.GenerationFile, "write", lambda self, number: written.append(number))
    seen = []
    execute = CountingConnection.run

    def watched(connection: CountingConnection, sql: str, values: Sequence[object]) -> list[Row]:
        seen.append(sql)
        return execute(connection, sql, values)

    monkeypatch.setattr(CountingConnection, "run", watched)
    async with store.transaction() as tx:
        salma = await enter(tx, "Salma")
        await hosts.add(tx, "Later", NOW)
    assert not written
    assert not any("generation" in sql for sql in seen)
    async with store.transaction() as tx:
        await erasure.erase(tx, salma, NOW)
    assert len(written) == 2  # before the checkpoint and after it


async def test_a_power_failure_at_any_moment_of_starts_and_erasures_is_no_rollback(
    directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(directory) as store, store.transaction() as tx:
        await enter(tx, "Salma")
    execute, write = CountingConnection.run, rollback_guard.GenerationFile.write
    taken: list[Path] = []

    def shot() -> None:
        taken.append(copy(directory, tmp_path / f"shot{len(taken)}"))

    def watched(connection: CountingConnection, sql: str, values: Sequence[object]) -> list[Row]:
        rows = execute(connection, sql, values)
        shot()
        return rows

    def written(seal: rollback_guard.GenerationFile, number: int) -> None:
        write(seal, number)
        shot()

    with monkeypatch.context() as patch:
        patch.setattr(CountingConnection, "run", watched)
        patch.setattr(rollback_guard.GenerationFile, "write", written)
        async with opened(directory) as store, store.transaction() as tx:
            found = await members.find(tx, telegram_id("Salma"))
            assert found is not None
            await erasure.erase(tx, found, NOW)
    assert len(taken) > 40
    assert [await trouble(path) for path in taken] == [None] * len(taken)


def standings(lag: int) -> Iterator[Generations]:
    for keyring in range(lag + 1):
        for file in range(keyring, lag + 1):
            yield Generations(9, 9 - keyring, 9 - file, lag - 1)


@pytest.mark.parametrize("lag", [1, 2, 5])
def test_what_is_under_way_may_lag_by_as_much_and_no_more(lag: int) -> None:
    assert {standing.mismatch for standing in standings(lag)} == {None}
    assert Generations(9, 8 - lag, 8 - lag, lag - 1).mismatch == "keyring-older"
    assert Generations(9, 9, 8 - lag, lag - 1).mismatch == "generation-older"
    assert Generations(8, 9, 8, lag - 1).mismatch == "network-older"


def test_before_the_first_count_is_over_there_is_no_sealed_file_to_miss() -> None:
    found = [
        Generations(network, keyring, None).mismatch for network, keyring in ((0, 0), (1, 0), (1, 1), (2, 2), (2, 1))
    ]
    assert found == [None, None, None, "generation-missing", "generation-missing"]
