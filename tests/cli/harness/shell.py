"""The operator's shell: runs the real commands in processes, in the folder and the environment of a test."""

import asyncio
import os
import re
import subprocess
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sandbox.server import TOKEN
from tests.cli.harness import forked
from tests.support.paths import ROOT

NAME = "Circle of the Three Rivers"
HALQA = [sys.executable, "-m", "bot"]
PATIENCE = 30.0  # seconds, for a process on a busy machine


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def findings(self) -> dict[str, str]:
        """Of `halqa doctor`: the grade of each finding by its subject; the worst one where a subject has several."""
        lines = [
            line.split() for line in self.out.splitlines() if line.split()[:1] in (["ok"], ["warning"], ["problem"])
        ]
        order = ("ok", "warning", "problem")
        return {line[1]: line[0] for line in sorted(lines, key=lambda line: order.index(line[0]))}

    def line(self, about: str) -> str:
        [line] = [line for line in self.out.splitlines() if line.split()[1:2] == [about]]
        return line


class Shell:
    def __init__(self, folder: Path, base_url: str) -> None:
        self.folder = folder
        self.env = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "LC_ALL": "C.UTF-8",
            "HALQA_TELEGRAM__BASE_URL": base_url,
            "HALQA_TELEGRAM__PER_CHAT_SECONDS": "0",
        }

    def write_token(self, token: str = TOKEN) -> Path:
        return self.write("token", token + "\n")

    def write(self, name: str, text: str, mode: int = 0o600) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        path.chmod(mode)
        return path

    def run_now(self, *arguments: str) -> Done:
        """For fixtures outside of any event loop."""
        done = subprocess.run(
            [*HALQA, *arguments],
            cwd=self.folder,
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    async def halqa(self, *arguments: str, **env: str) -> Done:
        """Runs a command to its end, with nobody at a terminal."""
        if arguments[:1] == ("run",):
            return await ended(await self.start(*arguments, **env))
        return Done(*await forked.halqa(arguments, self.folder, self.env | env, PATIENCE))

    async def python(self, program: str) -> Done:
        """Runs a few lines of Python as a process of their own."""
        command = [sys.executable, "-c", program]
        return await ended(await asyncio.create_subprocess_exec(*command, env=self.env, stdout=PIPE, stderr=PIPE))

    @asynccontextmanager
    async def running(self, *arguments: str, **env: str) -> AsyncIterator[Process]:
        """`halqa run` in the background, from the moment at which Telegram knows it; killed if a test leaves it."""
        process = await self.start("run", *arguments, **env)
        try:
            await says(process, "started")
            yield process
        finally:
            await self.end(process)

    @staticmethod
    async def end(process: Process) -> None:
        """Ends a process that a failed test has left behind."""
        if process.returncode is None:
            process.kill()
            await process.communicate()

    async def start(self, *arguments: str, **env: str) -> Process:
        return await asyncio.create_subprocess_exec(
            *HALQA, *arguments, cwd=self.folder, env=self.env | env, stdin=DEVNULL, stdout=PIPE, stderr=PIPE
        )

    def everything(self) -> dict[str, tuple[int, bytes]]:
        """Every file and folder here: its mode and its bytes."""
        return {
            str(path.relative_to(self.folder)): (path.stat().st_mode, path.read_bytes() if path.is_file() else b"")
            for path in sorted(self.folder.rglob("*"))
        }


async def ended(process: Process) -> Done:
    """Waits for the end of a process."""
    out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode is not None
    return Done(process.returncode, out.decode(), err.decode())


async def says(process: Process, word: str) -> None:
    """Waits for a line of its log that contains a word. Raises AssertionError with the lines that came instead."""
    lines: list[str] = []
    assert process.stderr is not None
    async with asyncio.timeout(PATIENCE):
        while line := (await process.stderr.readline()).decode():
            lines.append(line)
            if word in line:
                return
    raise AssertionError(f"it never said {word!r} but:\n{''.join(lines)}")


def code_in(printed: str) -> str:
    """The owner code in what `init` and `owner-code` print."""
    found = re.search(r"(?:/start |start=)([\w-]{22})$", printed, re.MULTILINE)
    assert found is not None, printed
    return found[1]
