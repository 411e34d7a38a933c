"""How a SQLCipher file is opened: its key, its address, and the settings of a connection."""

from collections.abc import Sequence
from pathlib import Path

import sqlcipher3

from storage.engine.connection import CountingConnection

PAGE = 4096  # bytes
# Exclusive: a second process is refused. Secure delete: freed content is overwritten. Full: a commit is on the disk.
# No spill: only a commit writes to the disk, and no statement before it (point_statements.py). No checkpoint by SQLite
# itself: each is recorded (checkpoints.py).
PRAGMAS = (
    "foreign_keys = ON",
    "secure_delete = ON",
    "locking_mode = EXCLUSIVE",
    "journal_mode = WAL",
    "synchronous = FULL",
    "cache_size = -32768",
    "cache_spill = OFF",
    "wal_autocheckpoint = 0",
)
STATEMENTS = 512  # kept prepared; more than the program has


def connect(
    path: Path,
    keys: Sequence[bytes],
    read_only: bool = False,
    into: tuple[Path, bytes] | None = None,
) -> CountingConnection:
    """A connection with the first of the keys that opens the file, or else with the last one.

    `into`: an empty file and its key, attached as `renewed`.
    """
    connection = _first_fitting(path, keys, read_only)
    if into is not None:
        target, key = into
        connection.execute(f"ATTACH DATABASE ? AS renewed KEY \"x'{key.hex()}'\"", (target.absolute().as_uri(),))
    return connection


def connect_in_memory() -> CountingConnection:
    """A connection to a new database in memory, of which nothing reaches a disk."""
    connection: CountingConnection = sqlcipher3.connect(
        ":memory:", isolation_level=None, check_same_thread=False, factory=CountingConnection
    )
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def _first_fitting(path: Path, keys: Sequence[bytes], read_only: bool) -> CountingConnection:
    *others, last = keys
    for key in others:
        connection = _connect(path, key, read_only)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
            return connection
        except sqlcipher3.OperationalError:
            connection.close()
            raise
        except sqlcipher3.DatabaseError:
            connection.close()
    return _connect(path, last, read_only)


def _connect(path: Path, key: bytes, read_only: bool) -> CountingConnection:
    connection: CountingConnection = sqlcipher3.connect(
        address(path, read_only),
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=1.0,
        cached_statements=STATEMENTS,
        factory=CountingConnection,
    )
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def address(path: Path, read_only: bool) -> str:
    """The URI of a file. None of these modes creates a missing file.

    A file without a write-ahead log is opened as immutable for reading: otherwise SQLite would create a log beside a
    file that was once in WAL mode.
    """
    name = path.absolute().as_uri()
    if not read_only:
        return f"{name}?mode=rw"
    has_wal = path.with_name(path.name + "-wal").exists()
    return f"{name}?mode=ro{'' if has_wal else '&immutable=1'}"
