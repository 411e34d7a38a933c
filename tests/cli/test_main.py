"""The command line itself: it answers at once, explains itself, and never shows the inside of an error."""

import pytest

from sandbox.server import TOKEN
from tests.cli.harness.shell import Shell, ended

FAILING = f"""
from bot.cli import main as cli
def fail(**_):
    raise RuntimeError("https://api.telegram.org/bot{TOKEN}/getMe")
cli.app = fail
cli.main()
"""
HEAVY = {"pydantic", "telegram", "aiohttp", "cryptography", "structlog", "babel", "rich", "apscheduler"}


async def test_help_loads_nothing_that_takes_time(shell: Shell) -> None:
    """Half a second at most: everything heavy waits until a command needs it."""
    done = await ended(await shell.start("--help", PYTHONPROFILEIMPORTTIME="1"))
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.err.splitlines()}
    assert "typer" in loaded
    assert not loaded & HEAVY
    for command in ("init", "doctor", "run", "owner-code", "demo"):
        assert f"\n  {command} " in done.out


@pytest.mark.parametrize("command", ["init", "doctor", "run", "owner-code", "demo"])
async def test_every_command_explains_itself(shell: Shell, command: str) -> None:
    done = await shell.halqa(command, "--help")
    assert done.code == 0
    assert done.out.startswith(f"Usage: halqa {command} [OPTIONS]")
    assert "..." not in done.out


async def test_the_version(shell: Shell) -> None:
    done = await shell.halqa("--version")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("halqa")


async def test_a_command_that_does_not_exist(shell: Shell) -> None:
    assert (await shell.halqa("launch")).code == 2


async def test_an_error_that_nobody_expected_is_a_reference_and_not_its_words(shell: Shell) -> None:
    done = await shell.python(FAILING)
    assert done.code == 1
    assert "reference" in done.err
    assert "RuntimeError" in done.err
    assert "Traceback" not in done.err
    assert TOKEN not in done.out + done.err


async def test_it_is_protected_before_any_command(shell: Shell) -> None:
    """Every command passes the callback of the program, and that is all it does."""
    program = (
        "from bot.cli import main as cli; from bot.operations import process_hardening as m; "
        "m.protect = lambda: print('first'); cli.main()"
    )
    done = await shell.python("import sys; sys.argv = ['halqa', 'status']; " + program)
    assert done.out.startswith("first\n")
