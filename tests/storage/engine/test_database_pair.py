"""Both files and the generation file as one: numbers that are raised in order, copies, and files that are reopened."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from storage.crypto.master_key import MasterKey
from storage.engine.database import Database
from storage.engine.database_pair import DatabasePair, copy_before_migration
from storage.engine.errors import StoreError
from storage.files import KEYRING_FILE, NETWORK_FILE
from storage.integrity.rollback_guard import GenerationFile
from tests.storage.people import MASTER


@pytest.fixture
async def pair(directory: Path) -> AsyncIterator[DatabasePair]:
    found = DatabasePair(directory, MASTER)
    await found.begin()
    yield found
    await found.close()


async def test_all_three_numbers_are_raised_beyond_the_highest(pair: DatabasePair) -> None:
    assert await pair.raise_generation(at_least=41) == 42
    assert await pair.raise_generation() == 43
    numbers = [await pair.network.generation(), await pair.keyring.generation(), pair.generation_file.read()]
    assert numbers == [43] * 3


async def test_the_number_in_the_network_is_never_behind_the_others(
    pair: DatabasePair, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    execute = Database.execute

    async def watched(database: Database, sql: str, values: Sequence[object] = ()) -> None:
        written.append(database.path.name)
        await execute(database, sql, values)

    monkeypatch.setattr(Database, "execute", watched)
    monkeypatch.setattr(GenerationFile, "write", lambda file, number: written.append("file"))
    await pair.raise_generation()
    assert written == [NETWORK_FILE, KEYRING_FILE, "file"]


async def test_only_a_broken_file_is_opened_again(pair: DatabasePair) -> None:
    assert not pair.broken
    network, keyring = pair.network._connection, pair.keyring._connection
    pair.keyring._needs_reopening = True
    assert pair.broken
    await pair.reopen_broken()
    assert not pair.broken
    assert pair.network._connection is network
    assert pair.keyring._connection is not keyring


async def test_a_copy_of_another_networks_keyring_is_told_apart(pair: DatabasePair, tmp_path: Path) -> None:
    await pair.copy_to(None, tmp_path / "copy.db")
    await pair.check_keyring(tmp_path / "copy.db")
    assert not (tmp_path / NETWORK_FILE).exists()
    other = DatabasePair(tmp_path, MasterKey(bytes(32)), create=True)
    await other.begin()
    await other.migrate()
    await other.close()
    with pytest.raises(StoreError, match="wrong-key"):
        await pair.check_keyring(tmp_path / KEYRING_FILE)


async def test_what_needs_no_migration_is_not_copied(pair: DatabasePair) -> None:
    await pair.migrate()
    assert not any(copy_before_migration(database.path).exists() for database in pair.both)


async def test_the_keys_in_a_copy_from_before_a_migration_are_overwritten(pair: DatabasePair, tmp_path: Path) -> None:
    bytes_of = {}
    for database in pair.both:
        copy = copy_before_migration(database.path)
        copy.write_bytes(b"as before the migration")
        (tmp_path / copy.name).hardlink_to(copy)  # the same blocks of the disk, under another name
        bytes_of[database] = tmp_path / copy.name
    pair.remove_migration_copies()
    assert not any(copy_before_migration(database.path).exists() for database in pair.both)
    assert b"before" not in bytes_of[pair.keyring].read_bytes()
    pair.remove_migration_copies()
