"""The control socket of a running `halqa run`: the requests `status`, `unlock` and `lock`.

The socket is in $RUNTIME_DIRECTORY, or else in the data directory, with mode 0600. On Linux the kernel reports the
user id of the peer (SO_PEERCRED), and only the own account and root get an answer. Each connection carries one request
and one answer, each a line of JSON.
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
SOCKET_NAME = "halqa.sock"
MAX_PATH = 107  # bytes, see unix(7)
MAX_LINE = 16 * 1024  # bytes
READ_TIMEOUT = 10.0  # seconds for a request to arrive
ANSWER_TIMEOUT = 120.0  # seconds for an answer; a slow machine takes long to stretch a passphrase
MAX_DELAY = 300.0  # seconds between two attempts to unlock
Answer = dict[str, Any]


class NotRunning(Exception):
    """No process answers on the socket."""


class SocketPathTooLong(Exception):
    """The path of the socket has more than `MAX_PATH` bytes."""


def socket_paths(storage: StorageSettings) -> list[Path]:
    """Where the socket may be. A server listens on the first path; a client tries them in order."""
    runtime = os.environ.get("RUNTIME_DIRECTORY", "").partition(":")[0]
    return [*([Path(runtime) / SOCKET_NAME] if runtime else []), storage.directory / SOCKET_NAME]


class Control:
    """The state of a running process, and the requests that it answers.

    `unlock` turns a passphrase into the master key, or raises `MasterKeyError`. After a wrong passphrase no attempt is
    made for 2 seconds, then 4, 8 and so on up to `MAX_DELAY`. The count applies to all connections together.
    `lockable`: whether a `lock` request is accepted. `clock` returns monotonic seconds.
    """

    def __init__(
        self, unlock: Callable[[str], MasterKey], *, lockable: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.state = "starting"  # locked, starting, running
        self.lock_requested = asyncio.Event()
        self._unlock = unlock
        self._lockable = lockable
        self._clock = clock
        self._wrong = 0  # wrong passphrases in a row
        self._not_before = clock()
        self._attempt = asyncio.Lock()
        self._master: asyncio.Future[MasterKey] = asyncio.get_running_loop().create_future()

    async def wait_until_unlocked(self) -> MasterKey:
        """Sets the state to locked and waits for an `unlock` request with the right passphrase."""
        self.state = "locked"
        log.info("locked")
        master = await self._master
        self.state = "starting"
        log.info("unlocked")
        return master

    async def answer(self, request: Mapping[str, Any]) -> Answer:
        """Carries out a request. One that is not known gets the answer `unknown`."""
        match request.get("ask"), self.state:
            case "status", _:
                return {"answer": self.state}
            case "unlock", "locked":
                return await self._try(str(request.get("passphrase", "")))
            case "unlock", _:
                return {"answer": self.state}
            case "lock", "locked":
                return {"answer": "locked"}
            case "lock", _ if self._lockable:
                self.lock_requested.set()
                return {"answer": "locking"}
            case "lock", _:
                return {"answer": "cannot"}
            case _:
                return {"answer": "unknown"}

    async def _try(self, passphrase: str) -> Answer:
        if self._attempt.locked():
            return {"answer": "wait", "seconds": 1.0}
        async with self._attempt:
            wait = self._not_before - self._clock()
            if wait > 0:
                return {"answer": "wait", "seconds": wait}
            try:
                master = await asyncio.to_thread(self._unlock, passphrase)
            except MasterKeyError as error:
                if error.reason != "wrong":
                    return {"answer": "error", "reason": error.reason, "path": str(error.path)}
                return {"answer": "wrong", "seconds": self._delay()}
            self.state = "starting"
            if not self._master.done():
                self._master.set_result(master)
            return {"answer": "unlocked"}

    def _delay(self) -> float:
        self._wrong += 1
        log.warning("wrong-passphrase", in_a_row=self._wrong)
        seconds = min(2.0 ** min(self._wrong, 10), MAX_DELAY)
        self._not_before = self._clock() + seconds
        return seconds

    @asynccontextmanager
    async def listening(self, path: Path) -> AsyncIterator[None]:
        """Answers on the socket until the block is left.

        Raises `StoreError` (in-use) where another process answers there, `SocketPathTooLong`, and OSError.
        """
        if len(os.fsencode(path)) > MAX_PATH:
            raise SocketPathTooLong
        if _accepts_connections(path):
            raise StoreError("in-use")
        server = await asyncio.start_unix_server(self._serve, sock=_bind(path), limit=MAX_LINE)
        try:
            yield
        finally:
            server.close()
            _remove(path)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            try:
                if _is_allowed(writer.get_extra_info("socket")):
                    writer.write(json.dumps(await self._handle(reader)).encode() + b"\n")
                    await writer.drain()
            finally:
                writer.close()

    async def _handle(self, reader: asyncio.StreamReader) -> Answer:
        try:
            async with asyncio.timeout(READ_TIMEOUT):
                request = json.loads(await reader.readline())
        except (ValueError, TimeoutError, RecursionError):  # a line above the limit is a ValueError as well
            return {"answer": "unknown"}
        return await self.answer(request) if isinstance(request, dict) else {"answer": "unknown"}


def ask(storage: StorageSettings, request: Mapping[str, Any]) -> Answer:
    """Sends a request to the running process and returns its answer. Raises `NotRunning`."""
    for path in socket_paths(storage):
        with socket.socket(socket.AF_UNIX) as connection, contextlib.suppress(OSError):
            connection.settimeout(ANSWER_TIMEOUT)
            connection.connect(str(path))
            connection.sendall(json.dumps(request).encode() + b"\n")
            with connection.makefile("rb") as file:
                line = file.readline(MAX_LINE)
            if line:
                answer: Answer = json.loads(line)
                return answer
    raise NotRunning


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)


def _bind(path: Path) -> socket.socket:
    _remove(path)  # left behind by a process that was killed
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


def _accepts_connections(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(2.0)
        try:
            connection.connect(str(path))
        except OSError:
            return False
        return True


def _is_allowed(connection: socket.socket) -> bool:
    """True for the own account and root. Elsewhere than on Linux the mode of the socket alone decides."""
    if sys.platform != "linux":
        return True
    _, uid, _ = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))
    return uid in (os.geteuid(), 0)
