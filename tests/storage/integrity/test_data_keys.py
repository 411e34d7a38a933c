"""Which keys rows name; and the names of hosts from before hosts had keys, encrypted by the first start."""

from pathlib import Path

import pytest

from storage.engine.database import Database
from storage.engine.store import Store
from storage.files import KEYRING_FILE, NETWORK_FILE
from storage.integrity import data_keys, sqlcipher_pages
from storage.integrity.data_keys import UNENCRYPTED
from storage.records import hosts
from tests.faults.older_schema import HOST_KEYS, KINDS_OF_KEYS, downgrade
from tests.storage.memberships import joined
from tests.storage.people import HOSTS, MASTER, copy, opened
from tests.storage.snapshots import Snapshots


@pytest.fixture
async def without_host_keys(directory: Path) -> Path:
    """A network from before hosts had keys, with Nour in it."""
    async with opened(directory) as store:
        await joined(store, "Nour")
    await downgrade(directory / NETWORK_FILE, "network", HOST_KEYS - 1)
    await downgrade(directory / KEYRING_FILE, "keyring", KINDS_OF_KEYS - 1)
    return directory


async def hosts_of(store: Store) -> list[str]:
    async with store.transaction() as tx:
        return [host.name for host in await hosts.everyone(tx)]


def pages_with(path: Path, word: str) -> int:
    return sqlcipher_pages.scan(path, MASTER.derive("database"), sqlcipher_pages.needles(word)).hits


async def test_the_keys_that_rows_name_are_found_by_their_kind(store: Store) -> None:
    nour = await joined(store, "Nour")
    async with store.transaction() as tx:
        found = await data_keys.named(tx.query)
    assert {kind: len(keys) for kind, keys in found.items()} == {"member": 1, "host": len(HOSTS)}
    assert found["member"] == {nour.key_id}
    assert set(store.keyring) == found["member"] | found["host"]


async def test_in_an_older_copy_the_keys_of_hosts_are_not_missed(without_host_keys: Path) -> None:
    network = Database(without_host_keys / NETWORK_FILE, MASTER.derive("database"), read_only=True)
    await network.begin()
    found = await data_keys.named(network.fetch)
    await network.close()
    assert {kind: len(keys) for kind, keys in found.items()} == {"member": 1, "host": 0}


async def test_the_first_start_encrypts_the_names_of_hosts_and_leaves_none_in_plain(without_host_keys: Path) -> None:
    path = without_host_keys / NETWORK_FILE
    assert all(pages_with(path, name) for name in HOSTS)
    async with opened(without_host_keys) as store:
        assert await hosts_of(store) == list(HOSTS)
        assert len(store.keyring) == len(HOSTS) + 1
        assert not any(pages_with(path, name) for name in HOSTS)  # nor in the log, while it is open
        known = dict(store.keyring)
    async with opened(without_host_keys) as store:
        assert await hosts_of(store) == list(HOSTS)
        assert dict(store.keyring) == known


async def test_a_power_failure_at_any_moment_of_the_first_start_loses_no_name(
    without_host_keys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshots = Snapshots(without_host_keys, tmp_path, monkeypatch)
    async with opened(without_host_keys):
        pass
    between = 0
    for path in snapshots.stop():
        between += await unencrypted(copy(path, tmp_path / "looked at" / path.name)) > 0
        async with opened(path) as store:
            assert await hosts_of(store) == list(HOSTS)
            assert len(store.keyring) == len(HOSTS) + 1
        assert await unencrypted(path) == 0
        assert not any(pages_with(path / NETWORK_FILE, name) for name in HOSTS)
    assert between > 2  # after the migration and before the names were encrypted


async def unencrypted(directory: Path) -> int:
    """How many names of hosts a migration has left; 0 where it has not happened yet."""
    network = Database(directory / NETWORK_FILE, MASTER.derive("database"))
    await network.begin()
    try:
        if not await network.fetch("SELECT 1 FROM pragma_table_info('hosts') WHERE name = 'name_encrypted'"):
            return 0
        return len(await network.fetch("SELECT 1 FROM hosts WHERE substr(name_encrypted, 1, 1) = ?", (UNENCRYPTED,)))
    finally:
        await network.close()
