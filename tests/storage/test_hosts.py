"""Hosts, and the network's one row."""

from storage import hosts
from storage.store import Transaction
from tests.storage.people import HOSTS, NOW


async def test_the_network_is_founded_once_and_keeps_its_name(tx: Transaction) -> None:
    await hosts.found(tx, "Another name", NOW)
    assert await hosts.network_name(tx) == "Between Convenings"
    assert await tx.number("SELECT count(*) FROM network") == 1


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
