"""The memory of a process that holds keys."""

import os
import subprocess
import sys

import pytest

from tests.support.paths import ROOT

PROGRAM = """
import ctypes, resource
from bot.operations import process_hardening
assert process_hardening.protect()
print(ctypes.CDLL(None).prctl(3), resource.getrlimit(resource.RLIMIT_CORE))  # 3 is PR_GET_DUMPABLE
"""


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux")
def test_it_is_neither_dumped_nor_read_by_a_debugger() -> None:
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", PROGRAM], env=env, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("0 (0, 0)\n", "")
