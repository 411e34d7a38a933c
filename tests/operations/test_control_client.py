"""Asking over the control socket: where it is looked for, and a process that breaks off in the middle."""

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.operations import control_client
from bot.operations.control_client import NoAnswer
from bot.operations.settings import StorageSettings


@pytest.fixture
def storage(tmp_path: Path) -> StorageSettings:
    return StorageSettings(directory=tmp_path, key="passphrase")


def end(connection: socket.socket) -> None:
    """As a process that is killed."""


def speak_nonsense(connection: socket.socket) -> None:
    connection.sendall(b"{}}\n")


def be_silent(connection: socket.socket) -> None:
    connection.recv(1)  # until the asker gives up


@pytest.mark.parametrize("then", [end, speak_nonsense, be_silent])
async def test_a_process_that_breaks_off_is_not_taken_for_none(
    storage: StorageSettings, then: Callable[[socket.socket], None]
) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(control_client.socket_paths(storage)[0]))
        listener.listen()

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(b'{"progress": "network"}\n')
                then(connection)

        serving = asyncio.create_task(asyncio.to_thread(serve))
        with pytest.raises(NoAnswer):
            await asyncio.to_thread(control_client.ask, storage, {"ask": "backup"}, silence=0.5)
        await serving


async def test_it_lies_in_the_runtime_directory_where_there_is_one(
    storage: StorageSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUNTIME_DIRECTORY", f"{tmp_path / 'run'}:/elsewhere")
    assert control_client.socket_paths(storage) == [
        tmp_path / "run" / control_client.SOCKET_NAME,
        tmp_path / control_client.SOCKET_NAME,
    ]
