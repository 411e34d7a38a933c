"""What a test may ask of an open file. Statements are watched, held back or made to fail at `CountingConnection.run`.

Each passes there, in the event loop as well as in the thread; `executemany` does not.
"""

from pathlib import Path

import sqlcipher3

from storage.engine.connection import CountingConnection
from storage.engine.database import Database


def file_name(connection: CountingConnection) -> str:
    """The name of the file to which a connection is open."""
    [[_, _, path], *_] = sqlcipher3.Connection.execute(connection, "PRAGMA database_list").fetchall()
    return Path(path).name


def in_transaction(database: Database) -> bool:
    assert database._connection is not None
    return bool(database._connection._opened.in_transaction)
