"""Hosts, each under a key of its own; and the network's one row."""

from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from storage.engine.store import Store
from storage.engine.timestamps import to_seconds
from storage.engine.transaction import Transaction
from storage.records import erasure, hosts
from storage.records.hosts import Host
from tests.storage.people import HOSTS, NOW, enter, keys_in, opened, taken_back
from tests.storage.snapshots import Snapshots

OF_HOSTS = "data_keys WHERE kind = 'host'"


async def test_the_network_has_one_row_whose_name_can_be_another(tx: Transaction) -> None:
    await tx.execute("UPDATE network SET posts_written = 5")
    await hosts.found(tx, "Another name", NOW + timedelta(days=1))
    assert await tx.fetch("SELECT name, created_at, posts_written FROM network") == [
        ("Another name", to_seconds(NOW), 5)
    ]


async def test_hosts_are_listed_by_name_and_found_by_id(tx: Transaction) -> None:
    assert await hosts.add(tx, "Baobab Circle", NOW)
    found = await hosts.everyone(tx)
    assert [host.name for host in found] == ["Baobab Circle", *HOSTS]
    assert [await hosts.get(tx, host.id) for host in found] == found
    assert await hosts.get(tx, bytes(16)) is None


async def test_a_host_of_the_same_name_is_not_added_again(tx: Transaction) -> None:
    before = await hosts.everyone(tx)
    assert not await hosts.add(tx, HOSTS[0], NOW)
    assert await hosts.everyone(tx) == before


async def keys_of_hosts(tx: Transaction) -> set[bytes]:
    return {row[0] for row in await tx.fetch("SELECT key_id FROM hosts")}


async def test_each_host_has_a_key_of_its_own_under_which_its_name_is(store: Store, directory: Path) -> None:
    async with store.transaction() as tx:
        assert await hosts.add(tx, "Baobab Circle", NOW)
        rows = await tx.fetch("SELECT key_id, name_encrypted FROM hosts")
    assert len({key_id for key_id, _ in rows}) == 3
    assert all(name[1:17] == key_id and b"Circle" not in name for key_id, name in rows)
    await store.close()
    assert set(await keys_in(directory, OF_HOSTS)) == {key_id for key_id, _ in rows}


async def test_a_host_that_is_taken_back_leaves_no_key_after_the_next_start(store: Store, directory: Path) -> None:
    async with taken_back(store) as tx:
        await hosts.add(tx, "Baobab Circle", NOW)
    await store.close()
    assert len(await keys_in(directory, OF_HOSTS)) == 3
    async with opened(directory) as again, again.transaction() as tx:
        assert [host.name for host in await hosts.everyone(tx)] == list(HOSTS)
        assert set(again.keyring) == await keys_of_hosts(tx)
    assert len(await keys_in(directory, OF_HOSTS)) == 2


async def test_an_erased_host_is_gone_with_its_key_and_the_others_stay(store: Store, directory: Path) -> None:
    async with store.transaction() as tx:
        cedar, lake = await hosts.everyone(tx)
        assert await hosts.erase(tx, cedar.id, NOW)
        assert not await hosts.erase(tx, cedar.id, NOW)
    async with store.transaction() as tx:
        assert await hosts.everyone(tx) == [lake]
        assert await tx.fetchval("SELECT count(*) FROM erasures") == 0
        assert set(store.keyring) == await keys_of_hosts(tx)
    assert store.erasures == 1  # so that the copy of the keyring in the backups is replaced
    await store.close()
    assert len(await keys_in(directory, OF_HOSTS)) == 1


@pytest.mark.parametrize("erasing", [False, True])
async def test_a_power_failure_at_any_moment_leaves_a_host_whole_or_none(
    store: Store, directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, erasing: bool
) -> None:
    async with store.transaction() as tx:
        cedar, lake = await hosts.everyone(tx)
    snapshots = Snapshots(directory, tmp_path, monkeypatch)
    async with store.transaction() as tx:
        assert await (hosts.erase(tx, cedar.id, NOW) if erasing else hosts.add(tx, "Baobab Circle", NOW))
    found = set()
    for path in snapshots.stop():
        async with opened(path) as after, after.transaction() as tx:
            found.add(tuple(host.name for host in await hosts.everyone(tx)))
            assert await tx.fetchval("SELECT count(*) FROM hosts") == len(after.keyring)
            assert set(after.keyring) == await keys_of_hosts(tx)
            assert await tx.fetchval("SELECT count(*) FROM erasures") == 0
    assert found == {HOSTS, (lake.name,) if erasing else ("Baobab Circle", *HOSTS)}


async def test_a_host_to_which_somebody_belongs_is_not_erased(store: Store) -> None:
    async with store.transaction() as tx:
        cedar, _ = await hosts.everyone(tx)
        salma = await enter(tx, "Salma")
        assert not await hosts.erase(tx, cedar.id, NOW)
        assert await hosts.get(tx, cedar.id) == cedar
        await erasure.erase(tx, salma, NOW)
        assert await hosts.get(tx, cedar.id) == cedar  # which does not go with the last member
        assert await hosts.erase(tx, cedar.id, NOW)


async def test_a_name_that_does_not_open_is_left_out_of_lists_and_empty_alone(store: Store) -> None:
    async with store.transaction() as tx:
        cedar, lake = await hosts.everyone(tx)
        await tx.execute(
            "UPDATE hosts SET name_encrypted = (SELECT name_encrypted FROM hosts WHERE id = ?) WHERE id = ?",
            lake.id,
            cedar.id,
        )
        with capture_logs() as logs:
            for _ in range(2):
                assert await hosts.everyone(tx) == [lake]
                assert await hosts.get(tx, cedar.id) == Host(cedar.id, "")
    assert [(entry["event"], entry["row"]) for entry in logs] == [("row-unreadable", cedar.id.hex())]
    assert HOSTS[0] not in repr(cedar)
