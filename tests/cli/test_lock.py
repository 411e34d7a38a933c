"""A network whose key is a passphrase: it waits locked, is unlocked by hand, and can be locked from the chat."""

import asyncio
import re
import shutil
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from sandbox.control.people import People
from sandbox.server import Sandbox
from storage.crypto import key_slots, master_key
from storage.crypto.master_key import SLOT_FILE, MasterKey, PassphraseSource
from tests.cli.harness.shell import NAME, Shell, code_in, ended, says
from tests.cli.test_run import claim
from tests.cli.test_terminal import terminal

WORDS = "lantern river basil seven"


@pytest.fixture(scope="session")
def made_with_words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shell = Shell(tmp_path_factory.mktemp("words") / "network", "http://127.0.0.1:9/bot")
    shell.folder.mkdir()
    shell.write_token()
    shell.write("words", WORDS + "\n")
    shell.write("wrong", "another river basil seven\n")
    given = ("--host", "Cedar Law Collective", "--token-file", "token", "--passphrase-file", "words")
    done = shell.run_now("init", "--name", NAME, "--key", "passphrase", *given)
    assert done.code == 0, done
    (shell.folder / "printed").write_text(done.out, encoding="utf-8")
    make_cheap(shell.folder / "data" / SLOT_FILE)
    return shell.folder


def make_cheap(slot_file: Path) -> None:
    """The same passphrase in a slot of the lowest cost, which is stated there. The full one is paid in test_run."""
    with pytest.MonkeyPatch.context() as patch, key_slots.changing(slot_file, PassphraseSource(WORDS)) as file:
        patch.setattr(master_key, "ARGON2", {"memory_kib": 8, "iterations": 1, "lanes": 1})
        [only] = file.slots
        file.replace(only.id, PassphraseSource(WORDS), only.made)
        file.save()


@pytest.fixture
def network(made_with_words: Path, shell: Shell) -> Shell:
    shutil.copytree(made_with_words, shell.folder, dirs_exist_ok=True)
    return shell


@asynccontextmanager
async def locked(network: Shell) -> AsyncIterator[Process]:
    process = await network.start("run")
    try:
        await says(process, "] locked")
        yield process
    finally:
        await network.end(process)


async def test_with_nobody_at_a_terminal_it_waits_locked_and_polls_nothing(network: Shell, sandbox: Sandbox) -> None:
    async with locked(network) as process, People(sandbox.url) as people:
        done = await network.halqa("status")
        assert (done.code, done.out) == (3, "locked\n")
        stranger = await people.join("Rania")
        await stranger.says("/start")
        await stranger.never_sees("", during=1)
        assert sandbox.telegram.updates.pending
        done = await network.halqa("unlock", "--passphrase-file", "wrong")
        assert done.code == 1
        assert done.err.endswith("The next try is possible in 2 s.\n")
        await asyncio.sleep(2)
        done = await network.halqa("unlock", "--passphrase-file", "words")
        assert (done.code, done.out) == (0, "Unlocked. The bot takes up what people wrote meanwhile.\n")
        await says(process, "started")
        await stranger.sees("")
        done = await network.halqa("status")
        assert (done.code, done.out) == (0, "running\n")
        process.terminate()
        assert (await ended(process)).code == 0
    assert (await network.halqa("status")).code == 1
    assert not (network.folder / "data/halqa.sock").exists()


async def test_a_signal_ends_it_while_it_is_locked(network: Shell) -> None:
    async with locked(network) as process:
        process.terminate()
        done = await ended(process)
    assert done.code == 0
    assert not (network.folder / "data/halqa.sock").exists()


async def test_the_passphrase_is_typed_without_showing(network: Shell) -> None:
    async with locked(network) as process:
        async with terminal(network, "unlock") as someone:
            await someone.answers("Passphrase: ", "something else")
            await someone.reads("The next try is possible in 2 s.")
            await someone.answers("Passphrase: ", WORDS)
            await someone.reads("Unlocked.")
            assert await someone.ends() == 0
        await says(process, "started")
    assert WORDS not in someone.shown
    assert "something else" not in someone.shown


async def test_what_is_wrong_with_the_slot_file_is_said_before_anybody_unlocks(network: Shell) -> None:
    (network.folder / "data" / SLOT_FILE).chmod(0o644)
    done = await network.halqa("run")
    assert done.code == 1
    assert done.err.splitlines()[-1].startswith("Others on this machine can read")


async def test_a_second_one_is_refused_while_the_first_waits(network: Shell) -> None:
    async with locked(network):
        done = await network.halqa("run")
        assert done.code == 75
        assert "Another process has this network open." in done.err


async def test_a_network_that_opens_itself_cannot_be_locked(made: Path, shell: Shell) -> None:
    shutil.copytree(made, shell.folder, dirs_exist_ok=True)
    async with shell.running() as process:
        done = await shell.halqa("lock")
        assert done.code == 78
        assert (await shell.halqa("status")).out == "running\n"
        process.terminate()
        assert (await ended(process)).code == 0


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of another process is read by way of /proc")
async def test_a_coordinator_locks_it_in_the_chat_and_no_key_stays_in_memory(network: Shell, sandbox: Sandbox) -> None:
    master = key_slots.unlock(network.folder / "data" / SLOT_FILE, PassphraseSource(WORDS))
    code = code_in((network.folder / "printed").read_text(encoding="utf-8"))
    process = await network.start("run", "--passphrase-file", "words")
    try:
        await says(process, "started")
        async with People(sandbox.url) as people:
            olena = await claim(people, code)
            assert found_in_memory(process.pid, master)
            await olena.says("/lock")
            await olena.sees("ask-lock")
            await olena.presses("button-lock-yes")
            await olena.sees("locking")
            await says(process, "] locked")  # the same process: only its program was replaced
            assert not found_in_memory(process.pid, master)
            assert (await network.halqa("status")).out == "locked\n"
            await olena.says("/help")
            await olena.person.never_sees("/roles", during=0.5)
            assert (await network.halqa("unlock", "--passphrase-file", "words")).code == 0
            await olena.sees_words("/roles")
        assert (await network.halqa("lock")).code == 0
        await says(process, "] locked")
        process.terminate()
        assert (await ended(process)).code == 0
    finally:
        await network.end(process)


def found_in_memory(pid: int, master: MasterKey) -> bool:
    """Whether the master key, or what encrypts the files, is anywhere in the memory of a process."""
    keys = [master._bytes, master.derive("database"), master.derive("database").hex().encode()]
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in maps:
            place = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
            if place is None:
                continue
            start, end = (int(part, 16) for part in place.groups())
            memory.seek(start)
            try:
                held = memory.read(end - start)
            except OSError:  # a mapping of a device
                continue
            if any(key in held for key in keys):
                return True
    return False
