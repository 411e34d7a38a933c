"""Runs a command in a process that is forked from one which has imported everything, to save the time of importing.

For commands that end by themselves. `halqa run`, which may replace its own program, is started as a new process.
"""

import asyncio
import faulthandler
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

# What the commands import when they run. A wrong name here makes the tests slower, and nothing else.
PRELOADED = [
    "bot.app",
    "bot.cli.keys.rotation_report",
    "bot.cli.keys.share_pages",
    "bot.cli.keys.share_prompts",
    "bot.cli.main",
    "bot.cli.messages",
    "bot.cli.prompts",
    "bot.operations.backups.request",
    "bot.operations.diagnostics.doctor",
    "bot.operations.diagnostics.erasure_report",
    "bot.operations.serve",
    "storage.maintenance.key_rotation",
    "storage.maintenance.restore",
    "tests.cli.harness.forked",
]
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(PRELOADED)


async def halqa(
    arguments: Sequence[str], folder: Path, env: Mapping[str, str], patience: float
) -> tuple[int, str, str]:
    """Returns the exit code, standard output and standard error.

    Raises `TimeoutError` after `patience` seconds, with the traceback of where the command hangs.
    """
    return await asyncio.to_thread(_ended, tuple(arguments), folder, dict(env), patience)


def _ended(arguments: Sequence[str], folder: Path, env: Mapping[str, str], patience: float) -> tuple[int, str, str]:
    with tempfile.TemporaryDirectory() as output:
        out, err = Path(output, "out"), Path(output, "err")
        process = _FORKS.Process(target=_command, args=(arguments, folder, env, out, err, patience), daemon=True)
        process.start()
        process.join(patience)
        if process.exitcode is None:
            process.kill()
            raise TimeoutError(err.read_text("utf-8"))
        return process.exitcode, out.read_text("utf-8"), err.read_text("utf-8")


def _command(
    arguments: Sequence[str], folder: Path, env: Mapping[str, str], out: Path, err: Path, patience: float
) -> None:
    for path, number in ((out, 1), (err, 2)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
    faulthandler.dump_traceback_later(patience * 0.9, file=sys.stderr)  # shows where it hangs
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    sys.argv = ["halqa", *arguments]

    from bot.cli.main import main

    main()
