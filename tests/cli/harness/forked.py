"""Commands in processes of their own that need not import everything first: forked from one that has.

For commands that come to an end by themselves; `halqa run`, which may start itself anew, is a real process of its own.
"""

import asyncio
import faulthandler
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

# What the commands import when they run.
EVERYTHING = [
    "bot.app",
    "bot.cli.main",
    "bot.operations.backup_request",
    "bot.operations.diagnostics.doctor",
    "bot.operations.diagnostics.erasure_report",
    "bot.cli.messages",
    "bot.cli.init",
    "bot.cli.keys.group.share_prompts",
    "bot.cli.keys.group.rotation_report",
    "bot.operations.serve",
    "storage.maintenance.restore",
    "storage.maintenance.key_rotation",
    "tests.cli.harness.forked",
]
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(EVERYTHING)


async def halqa(
    arguments: Sequence[str], folder: Path, env: Mapping[str, str], patience: float
) -> tuple[int, str, str]:
    """Exit code, and what was said on standard output and standard error.

    Raises `TimeoutError` after seconds, which says where it hangs.
    """
    return await asyncio.to_thread(_ended, tuple(arguments), folder, dict(env), patience)


def _ended(arguments: Sequence[str], folder: Path, env: Mapping[str, str], patience: float) -> tuple[int, str, str]:
    with tempfile.TemporaryDirectory() as said:
        out, err = Path(said, "out"), Path(said, "err")
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
    faulthandler.dump_traceback_later(patience * 0.9, file=sys.stderr)  # where it hangs
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    sys.argv = ["halqa", *arguments]

    from bot.cli.main import main

    main()
