"""The end of `halqa run`: which error is reported, and what becomes of the process when it is locked."""

import os
import sys

import pytest

from bot.operations import serve
from bot.telegram.fatal import Stopped


def test_of_a_group_of_errors_the_reason_to_stop_is_reported() -> None:
    stopped, other = Stopped("token"), ValueError("first")
    assert serve._root_error(other) is other
    assert serve._root_error(ExceptionGroup("", [other, ExceptionGroup("", [stopped])])) is stopped
    assert serve._root_error(ExceptionGroup("", [other, KeyError()])) is other


def test_a_locked_process_is_replaced_by_one_that_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda path, command: commands.append([path, *command]))
    for options in ([], ["--locked"]):
        monkeypatch.setattr(sys, "orig_argv", ["python", "-m", "bot", "run", *options])
        serve.start_locked()
    assert commands == [[sys.executable, sys.executable, "-m", "bot", "run", "--locked"]] * 2
