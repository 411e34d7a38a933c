"""`halqa lock` and `/lock` in the chat: the bot waits locked again, without a key in its memory."""

import re
import sys
from pathlib import Path

import pytest

from sandbox.control.people import People
from sandbox.server import Sandbox
from storage.crypto import key_slots
from storage.crypto.key_sources import PassphraseSource
from storage.crypto.master_key import MasterKey
from storage.files import SLOT_FILE
from tests.cli.harness.locked import PASSPHRASE
from tests.cli.harness.owner import claim
from tests.cli.harness.shell import Shell, code_in, ended, says


async def test_a_network_that_opens_itself_cannot_be_locked(network: Shell) -> None:
    async with network.running() as process:
        done = await network.halqa("lock")
        assert done.code == 78
        assert (await network.halqa("status")).out == "running\n"
        process.terminate()
        assert (await ended(process)).code == 0


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of another process is read by way of /proc")
async def test_a_coordinator_locks_it_in_the_chat_and_no_key_stays_in_memory(
    passphrase_network: Shell, sandbox: Sandbox
) -> None:
    master = key_slots.unlock(passphrase_network.folder / "data" / SLOT_FILE, PassphraseSource(PASSPHRASE))
    code = code_in((passphrase_network.folder / "printed").read_text(encoding="utf-8"))
    process = await passphrase_network.start("run", "--passphrase-file", "words")
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
            assert (await passphrase_network.halqa("status")).out == "locked\n"
            await olena.says("/help")
            await olena.person.never_sees("/roles", during=0.5)
            assert (await passphrase_network.halqa("unlock", "--passphrase-file", "words")).code == 0
            await olena.sees_words("/roles")
        assert (await passphrase_network.halqa("lock")).code == 0
        await says(process, "] locked")
        process.terminate()
        assert (await ended(process)).code == 0
    finally:
        await passphrase_network.end(process)


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
