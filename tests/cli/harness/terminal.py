"""A command with somebody at its terminal, who reads until a prompt comes, and types."""

import asyncio
import contextlib
import sys
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import AsyncIterator

from tests.cli.harness.shell import HALQA, PATIENCE, Shell

# A process of its own between the test and the command, since only a new session gets a terminal.
TERMINAL = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"
PASSPHRASE = "lantern river basil seven"
CTRL_C = "\x03"


class Terminal:
    """Somebody who reads until a question comes, and types."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.shown = ""

    async def reads(self, words: str) -> None:
        """Waits for words on the screen, after whatever was read before."""
        assert self._process.stdout is not None
        fresh = ""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while words not in fresh and (more := await self._process.stdout.read(1)):
                    fresh += more.decode("latin-1")
        self.shown += fresh
        assert words in fresh, self.shown

    async def types(self, words: str) -> None:
        assert self._process.stdin is not None
        await asyncio.sleep(0.05)  # getpass forgets what was typed before it switched the echo off
        self._process.stdin.write(words.encode())
        await self._process.stdin.drain()

    async def answers(self, question: str, words: str) -> None:
        await self.reads(question)
        await self.types(words + "\r")

    async def ends(self) -> int:
        assert self._process.stdout is not None
        self.shown += (await asyncio.wait_for(self._process.stdout.read(), PATIENCE)).decode("latin-1")
        return await asyncio.wait_for(self._process.wait(), PATIENCE)


@contextlib.asynccontextmanager
async def terminal(shell: Shell, *arguments: str) -> AsyncIterator[Terminal]:
    command = [sys.executable, "-c", TERMINAL, *HALQA, *arguments]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=shell.folder, env=shell.env | {"TERM": "dumb"}, stdin=PIPE, stdout=PIPE, stderr=STDOUT
    )
    try:
        yield Terminal(process)
    finally:
        await shell.end(process)
