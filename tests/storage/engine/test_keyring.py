"""Data keys on disk: there before the first row that needs them, gone after the last, whatever happens between."""

from pathlib import Path

import pytest

from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.engine.store import Store
from storage.files import KEYRING_FILE
from storage.records import erasure
from storage.records.people import members
from tests.storage.memberships import erase, joined
from tests.storage.people import HOSTS, MASTER, NOW, copy, enter, keys_in, members_keys, opened, taken_back, telegram_id
from tests.storage.snapshots import Snapshots
from tests.support.signed_files import sign


async def test_a_key_is_on_disk_before_the_row_that_needs_it(store: Store, directory: Path, tmp_path: Path) -> None:
    async with store.transaction() as tx:
        key_id = await tx.new_key("member")
        copy(directory, tmp_path / "copy")
    assert list(await keys_in(tmp_path / "copy")) == [key_id]


async def test_a_power_failure_at_any_moment_of_joining_leaves_her_whole_or_not_at_all(
    store: Store, directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nour = await joined(store, "Nour")
    snapshots = Snapshots(directory, tmp_path, monkeypatch)
    salma = await joined(store, "Salma")
    found = set()
    for path in snapshots.stop():
        async with opened(path) as after, after.transaction() as tx:
            names = tuple(member.name for member in await members.everyone(tx))
            assert await members_keys(after, tx) == {member.key_id for member in await members.everyone(tx)}
        found.add(names)
    assert {tuple(sorted(str(name) for name in names)) for names in found} == {("Nour",), ("Nour", "Salma")}
    assert await members_keys(store) == {nour.key_id, salma.key_id}


async def test_a_power_failure_at_any_moment_of_an_erasure_ends_with_her_whole_or_gone(
    store: Store, directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nour, salma = await joined(store, "Nour"), await joined(store, "Salma")
    snapshots = Snapshots(directory, tmp_path, monkeypatch)
    await erase(store, salma)
    found = set()
    for path in snapshots.stop():
        async with opened(path) as after, after.transaction() as tx:
            hers = await members.find(tx, telegram_id("Salma"))
            assert (salma.key_id in after.keyring) is (hers is not None)
            assert hers in (None, salma)
            assert await members.find(tx, telegram_id("Nour")) == nour
            assert await tx.fetchval("SELECT count(*) FROM erasures") == 0
            found.add(hers is not None)
        assert (salma.key_id in await keys_in(path)) is (hers is not None)
    assert found == {True, False}


async def test_a_crash_between_the_commit_and_the_key_ends_with_the_key_gone_at_the_next_start(directory: Path) -> None:
    async with opened(directory) as store:
        nour, salma = await joined(store, "Nour"), await joined(store, "Salma")
        async with store.transaction() as tx:
            await erasure.erase(tx, salma, NOW)
            tx.erases = False  # the program ends here, before it gets to the key
        assert salma.key_id in store.keyring
    assert salma.key_id in await keys_in(directory)
    async with opened(directory) as store:
        assert await members_keys(store) == {nour.key_id}
        async with store.transaction() as tx:
            assert await tx.fetchval("SELECT count(*) FROM erasures") == 0
            assert await members.get(tx, nour.id) == nour
    assert set(await keys_in(directory)) == {nour.key_id}


async def test_the_key_is_gone_when_the_transaction_that_erased_returns(
    store: Store, directory: Path, tmp_path: Path
) -> None:
    nour, salma = await joined(store, "Nour"), await joined(store, "Salma")
    await erase(store, salma)
    assert await members_keys(store) == {nour.key_id}
    assert set(await keys_in(copy(directory, tmp_path / "copy"))) == {nour.key_id}


async def test_an_erasure_empties_both_logs(store: Store, directory: Path) -> None:
    salma = await joined(store, "Salma")
    logs = [directory / "network.db-wal", directory / "keyring.db-wal"]
    assert all(log.stat().st_size for log in logs)
    held = [log.read_bytes() for log in logs]
    await erase(store, salma)
    left = [log.read_bytes() for log in logs]
    assert len(left[0]) <= 32 + 2 * (24 + 4096)  # what takes away the row in `erasures` was committed after
    assert not left[1]
    frames = [log[at : at + 4096] for log in held for at in range(32 + 24, len(log), 24 + 4096)]
    assert frames
    assert not [frame for frame in frames if frame in left[0]]


async def test_an_erasure_that_is_taken_back_keeps_her_and_her_key(store: Store) -> None:
    salma = await joined(store, "Salma")
    async with taken_back(store) as tx:
        await erasure.erase(tx, salma, NOW)
    async with store.transaction() as tx:
        assert await members.find(tx, telegram_id("Salma")) == salma
    assert await members_keys(store) == {salma.key_id}


async def test_a_key_whose_row_never_came_is_tidied_away_at_the_next_start(directory: Path) -> None:
    async with opened(directory) as store:
        salma = await joined(store, "Salma")
        async with taken_back(store) as tx:
            await enter(tx, "Rania")
    assert len(await keys_in(directory)) == 2
    async with opened(directory) as store:
        assert await members_keys(store) == {salma.key_id}
    assert set(await keys_in(directory)) == {salma.key_id}


async def add_keys(directory: Path, *kinds: str) -> None:
    """Keys that no row names, as another version of the program may have left them."""
    database = Database(directory / KEYRING_FILE, MASTER.derive("keyring"))
    await database.begin()
    for kind in kinds:
        await database.execute("INSERT INTO data_keys VALUES (randomblob(16), ?, randomblob(32))", (kind,))
    await database.close()
    await sign(directory, MASTER)


async def test_a_start_removes_no_key_of_a_kind_that_it_does_not_know(directory: Path) -> None:
    await add_keys(directory, "member", "host", "convening", "statement")
    async with opened(directory) as store:
        assert len(store.keyring) == len(HOSTS) + 2
        salma = await joined(store, "Salma")
        await erase(store, salma)
    everything = await keys_in(directory, "data_keys")
    assert len(everything) == len(HOSTS) + 2
    for kind in ("convening", "statement"):
        assert len(await keys_in(directory, f"data_keys WHERE kind = '{kind}'")) == 1


async def test_a_key_of_a_kind_that_no_table_declares_is_not_made(store: Store) -> None:
    async with store.transaction() as tx:
        with pytest.raises(ValueError, match="convening"):
            await tx.new_key("convening")
    assert len(store.keyring) == len(HOSTS)


async def test_missing_keys_are_made_under_their_ids_and_those_that_are_there_stay(store: Store) -> None:
    keys = store._keyring
    known = dict(store.keyring)
    await keys.add_missing("host", [*known, b"n" * 16])
    assert set(store.keyring) == {*known, b"n" * 16}
    assert {key_id: store.keyring[key_id] for key_id in known} == known
    await keys.load()
    assert set(keys.keyring) == {*known, b"n" * 16}


def test_a_forgotten_key_is_gone_and_forgetting_it_twice_is_no_error() -> None:
    kept, gone = b"k" * 16, b"g" * 16
    keys = Keyring({kept: b"1" * 32})
    keys.add(gone, b"2" * 32)
    assert sorted(keys) == [gone, kept]
    keys.forget(gone)
    keys.forget(gone)
    assert list(keys) == [kept]
    with pytest.raises(KeyError):
        keys[gone]
