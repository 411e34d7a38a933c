"""Hosts, and the network's one row."""

from datetime import timedelta

from storage.engine.timestamps import to_seconds
from storage.engine.transaction import Transaction
from storage.records import hosts
from tests.storage.people import HOSTS, NOW


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
