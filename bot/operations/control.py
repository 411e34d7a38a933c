"""The control socket of a running `halqa run`: the requests `status`, `unlock` and `lock`, and those of its parts.

The socket is in $RUNTIME_DIRECTORY, or else in the data directory, with mode 0600. On Linux the kernel reports the
user id of the peer (SO_PEERCRED), and only the own account and root get an answer. Each connection carries one request
and its answer (control_client.py). Work that was asked for is done even if the asker is gone meanwhile.
"""

import asyncio
import contextlib
import json
import os
import socket
import struct
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import structlog

from bot.operations.control_client import MAX_LINE, Answer
from bot.operations.errors import report
from storage.crypto.master_key import MasterKey, MasterKeyError
from storage.engine.errors import StoreError

log = structlog.get_logger(__name__)
MAX_PATH = 107  # bytes, see unix(7)
READ_TIMEOUT = 10.0  # seconds for a request to arrive
MAX_DELAY = 300.0  # seconds between two attempts to unlock
Tell = Callable[[Answer], None]  # sends a line before the answer; does nothing where the asker is gone
Handler = Callable[[Mapping[str, Any], Tell], Awaitable[Answer]]


class SocketPathTooLong(Exception):
    """The path of the socket has more than `MAX_PATH` bytes."""


def _ignore(line: Answer) -> None:
    """For callers that want the answer alone."""


class Control:
    """The state of a running process, and the requests that it answers.

    `unlock` turns a passphrase into the master key, or raises `MasterKeyError`. After a wrong passphrase no attempt is
    made for 2 seconds, then 4, 8 and so on up to `MAX_DELAY`. The count applies to all connections together.
    `lockable`: whether a `lock` request is accepted. `clock` returns monotonic seconds.
    """

    def __init__(
        self, unlock: Callable[[str], MasterKey], *, lockable: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.state = "starting"  # locked, starting, running, stopping
        self.lock_requested = asyncio.Event()
        self._handlers: dict[str, Handler] = {
            "status": self._answer_status,
            "unlock": self._answer_unlock,
            "lock": self._answer_lock,
        }
        self._findings: Callable[[], Sequence[Answer]] = tuple
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

    @contextmanager
    def running(self, handlers: Mapping[str, Handler], findings: Callable[[], Sequence[Answer]]) -> Iterator[None]:
        """Answers further requests until the block is left. `findings`: what is wrong now, for `status`."""
        own, self._handlers, self._findings = self._handlers, {**self._handlers, **handlers}, findings
        self.state = "running"
        try:
            yield
        finally:
            self.state = "stopping"
            self._handlers, self._findings = own, tuple

    async def answer(self, request: Mapping[str, Any], tell: Tell = _ignore) -> Answer:
        """Carries out a request. One that is not known now gets the answer `unknown`, with the state."""
        handler = self._handlers.get(str(request.get("ask")))
        if handler is None:
            return {"answer": "unknown", "state": self.state}
        try:
            return await handler(request, tell)
        except Exception as error:  # noqa: BLE001  the answer carries its reference, and the process continues
            return {"answer": "failed", "reference": report(error, event="control-request-failed")}

    async def _answer_status(self, request: Mapping[str, Any], tell: Tell) -> Answer:
        found = list(self._findings())
        return {"answer": self.state, "findings": found} if found else {"answer": self.state}

    async def _answer_unlock(self, request: Mapping[str, Any], tell: Tell) -> Answer:
        if self.state == "locked":
            return await self._try(str(request.get("passphrase", "")))
        return {"answer": self.state}

    async def _answer_lock(self, request: Mapping[str, Any], tell: Tell) -> Answer:
        if self.state == "locked":
            return {"answer": "locked"}
        if not self._lockable:
            return {"answer": "cannot"}
        self.lock_requested.set()
        return {"answer": "locking"}

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
        def tell(line: Answer) -> None:
            if not writer.is_closing():
                writer.write(json.dumps(line).encode() + b"\n")

        with contextlib.suppress(ConnectionError):
            try:
                if _is_allowed(writer.get_extra_info("socket")):
                    tell(await self._handle(reader, tell))
                    await writer.drain()
            finally:
                writer.close()

    async def _handle(self, reader: asyncio.StreamReader, tell: Tell) -> Answer:
        try:
            async with asyncio.timeout(READ_TIMEOUT):
                request = json.loads(await reader.readline())
        except (ValueError, TimeoutError, RecursionError):  # a line above the limit is a ValueError as well
            return {"answer": "unknown"}
        return await self.answer(request, tell) if isinstance(request, dict) else {"answer": "unknown"}


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
