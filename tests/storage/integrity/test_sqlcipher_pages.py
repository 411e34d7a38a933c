"""Pages decrypted without SQLCipher: every one that there is, freed ones too, and what stands on them."""

from pathlib import Path

import pytest

from storage.engine.database import Database
from storage.engine.store import Store
from storage.files import NETWORK_FILE
from storage.integrity import sqlcipher_pages
from tests.storage.memberships import joined
from tests.storage.people import MASTER

KEY = MASTER.derive("database")


async def test_every_page_of_a_running_network_is_opened_without_sqlcipher(store: Store, directory: Path) -> None:
    await joined(store, "Nour")
    found = list(sqlcipher_pages.pages(directory / NETWORK_FILE, KEY))
    assert all(page.plain is not None for page in found)
    assert sqlcipher_pages.scan(directory / NETWORK_FILE, KEY, sqlcipher_pages.needles("Between Convenings")).hits
    assert not sqlcipher_pages.scan(directory / NETWORK_FILE, KEY, sqlcipher_pages.needles("never written")).hits
    assert "Between" not in repr(found)


@pytest.mark.parametrize("place", [20, 4096, 4096 * 3 + 2000, 4096 * 5 - 70])
async def test_a_page_that_was_changed_does_not_open(directory: Path, place: int) -> None:
    path = directory / NETWORK_FILE
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    closed = [page.number for page in sqlcipher_pages.pages(path, KEY) if page.plain is None]
    assert closed == [place // 4096 + 1]


async def test_a_page_that_was_freed_is_seen_where_a_query_sees_nothing(tmp_path: Path) -> None:
    """Without secure_delete, as another program would leave it: that our own files hold nothing is then no accident."""
    database = Database(tmp_path / "plain.db", KEY, create=True)
    await database.begin()
    await database.execute("PRAGMA secure_delete = OFF")
    await database.execute("CREATE TABLE words (word TEXT)")
    await database.execute("INSERT INTO words VALUES (?)", ("zanzibar " * 2000,))
    await database.execute("DELETE FROM words")
    await database.close()
    assert sqlcipher_pages.scan(tmp_path / "plain.db", KEY, sqlcipher_pages.needles("zanzibar")).hits


def test_a_telegram_id_is_looked_for_as_sqlite_would_write_it() -> None:
    assert (7_000_000_001).to_bytes(6, "big") in sqlcipher_pages.needles("7000000001")
    assert (700_000_001).to_bytes(4, "big") in sqlcipher_pages.needles("700000001")
    assert sqlcipher_pages.needles("12") == [b"12"]
    assert b"salma" in sqlcipher_pages.needles("Salma")
    assert sqlcipher_pages.needles("") == []
