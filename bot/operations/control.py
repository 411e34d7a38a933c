"""The control socket of a running `halqa run`: status, unlock, lock.

It lies in $RUNTIME_DIRECTORY, or else in the data directory, with mode 0600. On Linux the kernel tells who is at the
other end, and only the own account and root are listened to. One question and one answer per connection, JSON lines.
"""

import asyncio
import contextlib
import json
import os
import socket
import struct
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import structlog

from bot.operations.settings import StorageSettings
from storage.crypto.master_key import MasterKey, MasterKeyError
from storage.engine.errors import StoreError

log = structlog.get_logger(__name__)
NAME = "halqa.sock"
LONGEST_PATH = 107  # bytes: unix(7)
LONGEST_LINE = 16 * 1024  # bytes
PATIENCE = 10.0  # seconds for a question to arrive
LONGEST_WAIT = 300.0  # seconds between two tries
Words = dict[str, Any]


class NotRunning(Exception):
    """Nobody listens."""


class TooLong(Exception):
    """The path of the socket is longer than a socket's may be."""


def places(storage: StorageSettings) -> list[Path]:
    """Where the socket may be; a server takes the first."""
    runtime = os.environ.get("RUNTIME_DIRECTORY", "").partition(":")[0]
    return [*([Path(runtime) / NAME] if runtime else []), storage.directory / NAME]


class Control:
    """What a running process says of itself, and what it can be told.

    `unlock` turns a passphrase into the master key. After a wrong one nothing is tried for 2 seconds, then 4, 8 ... up
    to five minutes, whoever asks: the count is kept here and outlives every connection.
    """

    def __init__(
        self, unlock: Callable[[str], MasterKey], *, lockable: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.state = "starting"  # locked, starting, running
        self.lock_wanted = asyncio.Event()
        self._unlock = unlock
        self._lockable = lockable
        self._clock = clock
        self._wrong = 0
        self._not_before = clock()
        self._trying = asyncio.Lock()
        self._master: asyncio.Future[MasterKey] = asyncio.get_running_loop().create_future()

    async def unlocked(self) -> MasterKey:
        """Waits, locked, for the passphrase."""
        self.state = "locked"
        log.info("locked")
        master = await self._master
        self.state = "starting"
        log.info("unlocked")
        return master

    async def answer(self, asked: Mapping[str, Any]) -> Words:
        match asked.get("ask"), self.state:
            case "status", _:
                return {"answer": self.state}
            case "unlock", "locked":
                return await self._try(str(asked.get("passphrase", "")))
            case "unlock", _:
                return {"answer": self.state}
            case "lock", "locked":
                return {"answer": "locked"}
            case "lock", _ if self._lockable:
                self.lock_wanted.set()
                return {"answer": "locking"}
            case "lock", _:
                return {"answer": "cannot"}
            case _:
                return {"answer": "unknown"}

    async def _try(self, passphrase: str) -> Words:
        if self._trying.locked():
            return {"answer": "wait", "seconds": 1.0}
        async with self._trying:
            wait = self._not_before - self._clock()
            if wait > 0:
                return {"answer": "wait", "seconds": wait}
            try:
                master = await asyncio.to_thread(self._unlock, passphrase)
            except MasterKeyError as trouble:
                if trouble.reason != "wrong":
                    return {"answer": "trouble", "reason": trouble.reason, "path": str(trouble.path)}
                return {"answer": "wrong", "seconds": self._delay()}
            self.state = "starting"
            if not self._master.done():
                self._master.set_result(master)
            return {"answer": "unlocked"}

    def _delay(self) -> float:
        self._wrong += 1
        log.warning("wrong-passphrase", in_a_row=self._wrong)
        seconds = min(2.0 ** min(self._wrong, 10), LONGEST_WAIT)
        self._not_before = self._clock() + seconds
        return seconds

    @asynccontextmanager
    async def listening(self, path: Path) -> AsyncIterator[None]:
        """Answers on the socket until the block is left. Raises `StoreError` (in-use), `TooLong`, OSError."""
        if len(os.fsencode(path)) > LONGEST_PATH:
            raise TooLong
        if _is_answered(path):
            raise StoreError("in-use")
        server = await asyncio.start_unix_server(self._serve, sock=_bound(path), limit=LONGEST_LINE)
        try:
            yield
        finally:
            server.close()
            _removed(path)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            try:
                if _may_ask(writer.get_extra_info("socket")):
                    writer.write(json.dumps(await self._heard(reader)).encode() + b"\n")
                    await writer.drain()
            finally:
                writer.close()

    async def _heard(self, reader: asyncio.StreamReader) -> Words:
        try:
            async with asyncio.timeout(PATIENCE):
                asked = json.loads(await reader.readline())
        except (ValueError, TimeoutError, RecursionError):  # a line too long is a ValueError as well
            return {"answer": "unknown"}
        return await self.answer(asked) if isinstance(asked, dict) else {"answer": "unknown"}


def ask(storage: StorageSettings, question: Words) -> Words:
    """The answer of the running process. Raises `NotRunning`."""
    for path in places(storage):
        with socket.socket(socket.AF_UNIX) as connection, contextlib.suppress(OSError):
            connection.settimeout(120.0)  # a slow machine may stretch a passphrase for long
            connection.connect(str(path))
            connection.sendall(json.dumps(question).encode() + b"\n")
            with connection.makefile("rb") as answer:
                line = answer.readline(LONGEST_LINE)
            if line:
                found: Words = json.loads(line)
                return found
    raise NotRunning


def _removed(path: Path) -> None:
    path.unlink(missing_ok=True)


def _bound(path: Path) -> socket.socket:
    _removed(path)  # left behind by a process that was killed
    listener = socket.socket(socket.AF_UNIX)
    before = os.umask(0o177)
    try:
        listener.bind(str(path))
    except BaseException:
        listener.close()
        raise
    finally:
        os.umask(before)
    return listener


def _is_answered(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(2.0)
        try:
            connection.connect(str(path))
        except OSError:
            return False
        return True


def _may_ask(connection: socket.socket) -> bool:
    """The own account and root; elsewhere than on Linux the mode of the socket has to do."""
    if sys.platform != "linux":
        return True
    _, uid, _ = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))
    return uid in (os.geteuid(), 0)
