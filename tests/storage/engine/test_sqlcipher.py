"""How a file is opened: under which key, and without creating anything beside it."""

from pathlib import Path

import pytest
import sqlcipher3

from storage.engine.sqlcipher import address, connect

FIRST, SECOND, OTHER = (bytes([number]) * 32 for number in (1, 2, 3))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file under the second key."""
    path = tmp_path / "a file.db"
    path.touch()
    connection = connect(path, [SECOND])
    connection.execute("CREATE TABLE hosts (name TEXT)")
    connection.execute("INSERT INTO hosts VALUES ('Cedar')")
    connection.close()
    return path


def test_an_address_never_creates_a_file_and_is_immutable_only_without_a_log(tmp_path: Path) -> None:
    path = tmp_path / "a file.db"
    assert address(path, read_only=False).endswith("/a%20file.db?mode=rw")
    assert address(path, read_only=True).endswith("/a%20file.db?mode=ro&immutable=1")
    (tmp_path / "a file.db-wal").touch()
    assert address(path, read_only=True).endswith("/a%20file.db?mode=ro")
    with pytest.raises(sqlcipher3.OperationalError, match="unable to open"):
        connect(path, [FIRST]).execute("SELECT 1 FROM sqlite_master")
    assert not path.exists()


def test_of_two_keys_the_one_that_fits_is_taken(file: Path) -> None:
    for keys in ([FIRST, SECOND], [SECOND, FIRST]):
        connection = connect(file, keys)
        assert list(connection.execute("SELECT name FROM hosts")) == [("Cedar",)]
        connection.close()


def test_no_other_key_opens_it(file: Path) -> None:
    connection = connect(file, [FIRST, OTHER])
    with pytest.raises(sqlcipher3.DatabaseError, match="not a database"):
        connection.execute("SELECT name FROM hosts")
    connection.close()


def test_read_only_nothing_is_written(file: Path) -> None:
    connection = connect(file, [SECOND], read_only=True)
    with pytest.raises(sqlcipher3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM hosts")
    connection.close()
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_another_file_is_attached_under_its_own_key(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "target.db"
    target.touch()
    connection = connect(file, [SECOND], into=(target, OTHER))
    connection.execute("CREATE TABLE renewed.copied AS SELECT name FROM hosts")
    connection.close()
    copied = connect(target, [OTHER])
    assert list(copied.execute("SELECT name FROM copied")) == [("Cedar",)]
    copied.close()
