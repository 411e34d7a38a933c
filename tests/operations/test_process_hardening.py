"""The memory of a process that holds keys."""

import sys

import pytest

from tests.cli.harness.shell import Shell

PROGRAM = """
import ctypes, resource
from bot.operations import process_hardening as memory
assert memory.protect()
print(ctypes.CDLL(None).prctl(3), resource.getrlimit(resource.RLIMIT_CORE))  # 3 is PR_GET_DUMPABLE
"""


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux")
async def test_it_is_neither_dumped_nor_read_by_a_debugger(shell: Shell) -> None:
    done = await shell.python(PROGRAM)
    assert (done.out, done.err) == ("0 (0, 0)\n", "")


async def test_it_is_protected_before_any_command(shell: Shell) -> None:
    """Every command passes the callback of the program, and that is all it does."""
    program = (
        "from bot.cli import main as cli; from bot.operations import process_hardening as m; "
        "m.protect = lambda: print('first'); cli.main()"
    )
    done = await shell.python("import sys; sys.argv = ['halqa', 'status']; " + program)
    assert done.out.startswith("first\n")
