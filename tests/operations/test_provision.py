"""Making a network, and opening its slot file by each kind of key."""

from pathlib import Path

import pytest

from bot.operations import config, provision
from bot.operations.settings import Settings, StorageSettings
from storage.crypto.key_sources import KeyFileSource, PassphraseSource
from storage.crypto.master_key import MasterKeyError
from storage.crypto.private_files import create_key_file
from storage.opening import open_store
from storage.records import hosts
from tests.operations.settings_file import GOOD, written
from tests.storage.people import NOW


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "keys").mkdir()
    create_key_file(tmp_path / "keys/halqa.keyfile")
    return config.load(written(tmp_path, GOOD))


def never() -> str:
    raise AssertionError("no passphrase is needed")


async def test_a_network_is_made_once(settings: Settings) -> None:
    source = provision.source_of(settings.storage, never)
    assert len(await provision.create(settings, source, ["Cedar Law"], NOW)) == 22
    with pytest.raises(MasterKeyError, match="exists"):
        await provision.create(settings, source, ["Lake Forum"], NOW)
    store = await open_store(settings.storage.directory, provision.unlock(settings.storage, never))
    try:
        async with store.transaction() as tx:
            assert [host.name for host in await hosts.everyone(tx)] == ["Cedar Law"]
    finally:
        await store.close()


def test_each_kind_of_key_has_its_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", "/run/credentials")
    credential = provision.source_of(StorageSettings(directory=tmp_path, key="credential"), never)
    assert isinstance(credential, KeyFileSource)
    assert credential.path == Path("/run/credentials/halqa")
    by_hand = provision.source_of(StorageSettings(directory=tmp_path, key="passphrase"), lambda: "six words")
    assert isinstance(by_hand, PassphraseSource)
