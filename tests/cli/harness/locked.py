"""A network whose key is a passphrase, and a `halqa run` of it that waits locked."""

from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from storage.crypto import key_slots, key_sources
from storage.crypto.key_sources import PassphraseSource
from storage.files import SLOT_FILE
from tests.cli.harness.shell import NAME, Shell, says

PASSPHRASE = "lantern river basil seven"


def make_network(shell: Shell) -> None:
    """Makes the network, with the passphrase in the file `words` and another one in `wrong`."""
    shell.write_token()
    shell.write("words", PASSPHRASE + "\n")
    shell.write("wrong", "another river basil seven\n")
    options = ("--host", "Cedar Law Collective", "--token-file", "token", "--passphrase-file", "words")
    done = shell.run_now("init", "--name", NAME, "--key", "passphrase", *options)
    assert done.code == 0, done
    (shell.folder / "printed").write_text(done.out, encoding="utf-8")
    _make_cheap(shell.folder / "data" / SLOT_FILE)


def _make_cheap(slot_file: Path) -> None:
    """Replaces the slot by one of the lowest cost, for the same passphrase. A test in test_run.py has the full cost."""
    with pytest.MonkeyPatch.context() as patch, key_slots.changing(slot_file, PassphraseSource(PASSPHRASE)) as file:
        patch.setattr(key_sources, "ARGON2", {"memory_kib": 8, "iterations": 1, "lanes": 1})
        [only] = file.slots
        file.replace(only.id, PassphraseSource(PASSPHRASE), only.made)
        file.save()


@asynccontextmanager
async def locked(network: Shell) -> AsyncIterator[Process]:
    process = await network.start("run")
    try:
        await says(process, "] locked")
        yield process
    finally:
        await network.end(process)
