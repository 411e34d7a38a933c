"""The control socket: who may use it, what it answers, and how long a wrong passphrase delays the next attempt."""

import asyncio
import json
import socket
import stat
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.operations import control, control_client
from bot.operations.control import Control, Tell
from bot.operations.control_client import NotRunning
from bot.operations.settings import StorageSettings
from storage.crypto.master_key import MasterKey, MasterKeyError
from storage.engine.errors import StoreError

MASTER = MasterKey(bytes(range(32)))
RIGHT = "eleven quiet cedars by the lake"


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def storage(tmp_path: Path) -> StorageSettings:
    return StorageSettings(directory=tmp_path, key="passphrase")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def locked(storage: StorageSettings, clock: Clock) -> AsyncIterator[Control]:
    def unlock(passphrase: str) -> MasterKey:
        if passphrase != RIGHT:
            raise MasterKeyError("wrong", storage.directory / "halqa.key")
        return MASTER

    process = Control(unlock, lockable=True, clock=clock)
    async with process.listening(control_client.socket_paths(storage)[0]):
        waiting = asyncio.create_task(process.wait_until_unlocked())
        await asyncio.sleep(0)
        yield process
        waiting.cancel()


async def ask(storage: StorageSettings, **request: str) -> control_client.Answer:
    return await asyncio.to_thread(control_client.ask, storage, request)


async def test_it_is_locked_until_the_right_passphrase_comes(storage: StorageSettings, locked: Control) -> None:
    assert await ask(storage, ask="status") == {"answer": "locked"}
    assert await ask(storage, ask="unlock", passphrase=RIGHT) == {"answer": "unlocked"}
    assert await locked._master == MASTER
    assert await ask(storage, ask="status") == {"answer": "starting"}
    assert await ask(storage, ask="unlock", passphrase="another") == {"answer": "starting"}


async def test_each_wrong_passphrase_costs_twice_as_long(
    storage: StorageSettings, locked: Control, clock: Clock
) -> None:
    for seconds in (2, 4, 8, 16, 32, 64, 128, 256, 300, 300):
        assert await ask(storage, ask="unlock", passphrase="wrong") == {"answer": "wrong", "seconds": seconds}
        clock.seconds += seconds - 1
        # On a new connection, and with the right one: it is not even tried.
        assert await ask(storage, ask="unlock", passphrase=RIGHT) == {"answer": "wait", "seconds": 1}
        assert await ask(storage, ask="status") == {"answer": "locked"}
        clock.seconds += 1
    assert await ask(storage, ask="unlock", passphrase=RIGHT) == {"answer": "unlocked"}


async def test_two_at_once_are_not_tried_side_by_side(storage: StorageSettings) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def unlock(passphrase: str) -> MasterKey:
        begun.set()
        go_on.wait(10)
        raise MasterKeyError("wrong", storage.directory)

    process = Control(unlock, lockable=True)
    process.state = "locked"
    async with process.listening(control_client.socket_paths(storage)[0]):
        first = asyncio.create_task(ask(storage, ask="unlock", passphrase="one"))
        await asyncio.to_thread(begun.wait, 10)
        assert (await ask(storage, ask="unlock", passphrase="two"))["answer"] == "wait"
        assert (await ask(storage, ask="status"))["answer"] == "locked"
        go_on.set()
        assert (await first)["answer"] == "wrong"


async def test_any_other_error_than_a_wrong_passphrase_is_reported_and_costs_nothing(storage: StorageSettings) -> None:
    def unlock(passphrase: str) -> MasterKey:
        raise MasterKeyError("damaged", storage.directory / "halqa.key")

    process = Control(unlock, lockable=True)
    process.state = "locked"
    for _ in range(2):
        answer = await process.answer({"ask": "unlock", "passphrase": RIGHT})
        assert (answer["answer"], answer["reason"]) == ("error", "damaged")


async def test_only_what_can_be_unlocked_again_is_locked(storage: StorageSettings) -> None:
    for lockable, answer in ((True, "locking"), (False, "cannot")):
        process = Control(lambda _: MASTER, lockable=lockable)
        process.state = "running"
        assert await process.answer({"ask": "lock"}) == {"answer": answer}
        assert process.lock_requested.is_set() is lockable


async def test_nobody_else_can_use_the_socket(
    storage: StorageSettings, locked: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = control_client.socket_paths(storage)[0]
    assert stat.S_ISSOCK(path.stat().st_mode)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    monkeypatch.setattr("os.geteuid", lambda: 4242)
    with monkeypatch.context() as others:
        others.setattr("struct.unpack", lambda *_: (1, 1001, 1001))
        with pytest.raises(NotRunning):
            await ask(storage, ask="status")
    with monkeypatch.context() as own:
        own.setattr("struct.unpack", lambda *_: (1, 4242, 4242))
        assert await ask(storage, ask="status") == {"answer": "locked"}


NONSENSE = [words + b"\n" for words in b'|null|[]|{|{"ask": 5}|{"ask": "open"}|\xff'.split(b"|")]


@pytest.mark.parametrize("line", [b"", *NONSENSE, b"x" * 70_000, b"[" * 9000])
async def test_whatever_is_said_to_it_it_goes_on(storage: StorageSettings, locked: Control, line: bytes) -> None:
    def say() -> None:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(5)
            connection.connect(str(control_client.socket_paths(storage)[0]))
            connection.sendall(line)
            connection.shutdown(socket.SHUT_WR)
            answer = connection.makefile("rb").readline()
            assert json.loads(answer)["answer"] == "unknown"

    await asyncio.to_thread(say)
    assert await ask(storage, ask="status") == {"answer": "locked"}


@asynccontextmanager
async def running(storage: StorageSettings, **handlers: control.Handler) -> AsyncIterator[Control]:
    process = Control(lambda _: MASTER, lockable=True)
    async with process.listening(control_client.socket_paths(storage)[0]):
        with process.running(handlers, tuple):
            yield process


async def test_what_a_part_of_the_program_answers_is_known_while_it_runs_and_no_longer(
    storage: StorageSettings,
) -> None:
    async def greet(request: Any, tell: Tell) -> control_client.Answer:
        tell({"progress": "thinking"})
        return {"answer": f"hello {request['name']}"}

    process = Control(lambda _: MASTER, lockable=True)
    async with process.listening(control_client.socket_paths(storage)[0]):
        assert await ask(storage, ask="greet") == {"answer": "unknown", "state": "starting"}
        finding = {"finding": "disk-space-low", "free": 5}
        with process.running({"greet": greet}, lambda: [finding]):
            told, request = list[control_client.Answer](), {"ask": "greet", "name": "Nour"}
            answer = await asyncio.to_thread(control_client.ask, storage, request, told.append)
            assert (told, answer) == ([{"progress": "thinking"}], {"answer": "hello Nour"})
            assert await ask(storage, ask="status") == {"answer": "running", "findings": [finding]}
        assert await ask(storage, ask="greet") == {"answer": "unknown", "state": "stopping"}
        assert await ask(storage, ask="status") == {"answer": "stopping"}


async def test_an_error_is_answered_by_its_reference_and_the_process_goes_on(storage: StorageSettings) -> None:
    async def fail(request: Any, tell: Tell) -> control_client.Answer:
        raise ValueError("what somebody wrote")

    async with running(storage, fail=fail):
        answer = await ask(storage, ask="fail")
        assert answer["answer"] == "failed"
        assert len(answer["reference"]) == 6
        assert await ask(storage, ask="status") == {"answer": "running"}


async def test_work_goes_on_where_the_asker_is_gone(storage: StorageSettings) -> None:
    gone, done = asyncio.Event(), asyncio.Event()

    async def work(request: Any, tell: Tell) -> control_client.Answer:
        tell({"progress": "begun"})
        await gone.wait()
        for _ in range(20):
            tell({"progress": "x" * 1000})
            await asyncio.sleep(0.001)
        done.set()
        return {"answer": "done"}

    def hang_up() -> None:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(5)
            connection.connect(str(control_client.socket_paths(storage)[0]))
            connection.sendall(b'{"ask": "work"}\n')
            assert b"begun" in connection.recv(1000)

    async with running(storage, work=work):
        await asyncio.to_thread(hang_up)
        gone.set()
        async with asyncio.timeout(5):
            await done.wait()
        assert await ask(storage, ask="status") == {"answer": "running"}


async def test_it_is_gone_afterwards_and_one_left_by_a_crash_is_no_hindrance(storage: StorageSettings) -> None:
    path = control_client.socket_paths(storage)[0]
    with socket.socket(socket.AF_UNIX) as crashed:
        crashed.bind(str(path))
    with pytest.raises(NotRunning):
        await ask(storage, ask="status")
    first, second = (Control(lambda _: MASTER, lockable=True) for _ in range(2))
    async with first.listening(path):
        assert await ask(storage, ask="status") == {"answer": "starting"}
        with pytest.raises(StoreError, match="in-use"):
            async with second.listening(path):
                pass
        assert await ask(storage, ask="status") == {"answer": "starting"}
    assert not path.exists()


async def test_a_path_too_long_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(control.SocketPathTooLong):
        async with Control(lambda _: MASTER, lockable=True).listening(tmp_path / ("x" * 108)):
            pass
