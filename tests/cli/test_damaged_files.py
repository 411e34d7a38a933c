"""Files that are not opened: `halqa run` and `halqa doctor` say why in a sentence, and leave them as they were.

Pass figure: each is refused within 5 seconds of computing time, not one byte of one file is different afterwards, and
no file is new.
"""

import asyncio
import os
import resource
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.crypto import key_slots
from storage.crypto.key_sources import KeyFileSource
from storage.crypto.master_key import MasterKey
from storage.engine.database import Database
from storage.files import KEYRING_FILE, NETWORK_FILE
from storage.opening import open_store
from tests.cli.harness.shell import Done, Shell, ended

SECONDS = 5.0


def opened(network: Shell) -> MasterKey:
    return key_slots.unlock(network.folder / "data/halqa.key", KeyFileSource(network.folder / "halqa.keyfile"))


@pytest.fixture
async def stopped(network: Shell) -> Shell:
    """A network that was killed, and left its logs behind."""
    async with network.running() as process:
        process.kill()
        await ended(process)
    logs = {path.name for path in (network.folder / "data").glob("*-wal") if path.stat().st_size}
    assert logs == {NETWORK_FILE + "-wal", KEYRING_FILE + "-wal"}
    return network


async def refused(network: Shell, command: str) -> Done:
    """Runs a command that has to refuse in time and change nothing. Returns its result."""
    before, began = files(network), cpu()
    done = await network.halqa(command)
    took = cpu() - began
    assert files(network) == before
    assert done.code != 0, done
    assert took < SECONDS, took
    assert "Traceback" not in done.err
    if command == "run":
        assert len(done.err.splitlines()) == 1, done.err
    return done


def files(network: Shell) -> dict[str, tuple[int, bytes]]:
    """Returns every file except the socket of a process that was killed, which the next one removes."""
    return {name: found for name, found in network.everything().items() if not name.endswith(".sock")}


def cpu() -> float:
    """Seconds of the processes that ended; on a busy machine the clock on the wall says nothing."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def message(done: Done, command: str, about: str = "database") -> str:
    return done.err if command == "run" else done.line(about)


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size * 2 // 3)


def cut_on_a_page(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 4096 // 2 * 4096)


def emptied(path: Path) -> None:
    os.truncate(path, 0)


def cut_short(path: Path) -> None:
    os.truncate(path, 100)


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("command", "name", "spoil"),
    [
        ("run", NETWORK_FILE, cut),
        ("doctor", KEYRING_FILE, cut_on_a_page),
        ("run", KEYRING_FILE, emptied),
        ("doctor", NETWORK_FILE, cut_short),
        ("run", NETWORK_FILE, flipped),
    ],
)
async def test_a_database_that_was_cut_or_changed(
    network: Shell, command: str, name: str, spoil: Callable[[Path], None]
) -> None:
    spoil(network.folder / "data" / name)
    done = await refused(network, command)
    assert "A database is damaged" in message(done, command)
    assert "halqa restore" in message(done, command)


async def test_a_database_that_was_cut_while_its_log_is_beside_it(stopped: Shell) -> None:
    cut(stopped.folder / "data" / NETWORK_FILE)
    assert "A database is damaged" in (await refused(stopped, "run")).err


async def test_the_databases_of_another_network(stopped: Shell) -> None:
    """The right key for the slot file, which is not that of these databases."""
    (stopped.folder / "data/halqa.key").unlink()
    key_slots.create(stopped.folder / "data/halqa.key", KeyFileSource(stopped.folder / "halqa.keyfile"))
    assert "The key does not open the databases" in (await refused(stopped, "run")).err


async def test_a_wrong_key_file(stopped: Shell) -> None:
    (stopped.folder / "halqa.keyfile").write_bytes(os.urandom(32))
    assert "is not the one that opens" in (await refused(stopped, "run")).err


@pytest.mark.parametrize(("command", "spoil"), [("run", cut), ("doctor", emptied)])
async def test_a_slot_file_that_was_cut(network: Shell, command: str, spoil: Callable[[Path], None]) -> None:
    spoil(network.folder / "data/halqa.key")
    assert "halqa.key is damaged" in message(await refused(network, command), command, "key")


@pytest.mark.parametrize("command", ["run", "doctor"])
async def test_a_slot_file_that_is_missing(network: Shell, command: str) -> None:
    (network.folder / "data/halqa.key").unlink()
    assert "halqa.key is missing" in message(await refused(network, command), command, "key")


@pytest.mark.parametrize(
    ("command", "name", "mode"),
    [("run", "data/halqa.key", 0o604), ("run", "halqa.keyfile", 0o640), ("doctor", "data/halqa.key", 0o620)],
)
async def test_a_file_with_a_key_that_others_can_open(network: Shell, command: str, name: str, mode: int) -> None:
    (network.folder / name).chmod(mode)
    done = await refused(network, command)
    output = done.err if command == "run" else done.out
    assert f"chmod 600 {network.folder / name}" in output
    assert done.code == 1


@pytest.mark.parametrize(
    ("command", "name", "purpose"), [("run", NETWORK_FILE, "database"), ("doctor", KEYRING_FILE, "keyring")]
)
async def test_a_database_of_a_newer_version(stopped: Shell, command: str, name: str, purpose: str) -> None:
    database = Database(stopped.folder / "data" / name, opened(stopped).derive(purpose))
    await database.begin()
    await database.execute("PRAGMA user_version = 999")
    await database.settle()
    await database.close()
    assert "newer version of Halqa" in message(await refused(stopped, command), command)


async def test_an_older_copy_of_the_network(stopped: Shell) -> None:
    data = stopped.folder / "data"
    older = shutil.copytree(data, stopped.folder / "older", ignore=shutil.ignore_patterns("*.sock"))
    store = await open_store(data, opened(stopped))
    await store.close()
    for path in older.glob(NETWORK_FILE + "*"):
        shutil.copy(path, data)
    assert "network.db is an older copy" in (await refused(stopped, "run")).err


async def test_a_second_process(network: Shell) -> None:
    async with network.running() as first:
        await asyncio.sleep(1)  # until it has written what it writes as it starts
        done = await refused(network, "run")
        assert done.code == 75
        assert done.err.startswith("Another process has this network open.")
        first.send_signal(signal.SIGTERM)
        assert (await ended(first)).code == 0
