"""Asking the running process over its control socket, and where that socket is.

A request is a line of JSON. The answer is a line of JSON with the key `answer`; before it there may be lines that tell
how far the work is.
"""

import json
import os
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bot.operations.settings import StorageSettings

SOCKET_NAME = "halqa.sock"
MAX_LINE = 16 * 1024  # bytes
SILENCE = 120.0  # seconds for an answer; a slow machine takes long to stretch a passphrase
Answer = dict[str, Any]


class NotRunning(Exception):
    """No process answers on the socket."""


class NoAnswer(Exception):
    """A process took the request and ended, or was silent for too long, without an answer."""


def socket_paths(storage: StorageSettings) -> list[Path]:
    """Where the socket may be. A server listens on the first path; a client tries them in order."""
    runtime = os.environ.get("RUNTIME_DIRECTORY", "").partition(":")[0]
    return [*([Path(runtime) / SOCKET_NAME] if runtime else []), storage.directory / SOCKET_NAME]


def ask(
    storage: StorageSettings,
    request: Mapping[str, Any],
    told: Callable[[Answer], None] = lambda line: None,
    *,
    silence: float = SILENCE,
) -> Answer:
    """Sends a request to the running process and returns its answer. `told` is called with each line before it.

    `silence`: seconds without a line after which the process is given up. Raises `NotRunning` and `NoAnswer`.
    """
    for path in socket_paths(storage):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(silence)
            try:
                connection.connect(str(path))
                connection.sendall(json.dumps(request).encode() + b"\n")
            except OSError:
                continue
            answer = _answer(connection, told)
            if answer is not None:
                return answer
    raise NotRunning


def _answer(connection: socket.socket, told: Callable[[Answer], None]) -> Answer | None:
    """Returns None where the process closes the connection at once, as it does for another account."""
    begun = False
    with connection.makefile("rb") as lines:
        try:
            while line := lines.readline(MAX_LINE):
                begun = True
                content: Answer = json.loads(line)
                if "answer" in content:
                    return content
                told(content)
        except (TimeoutError, ValueError):
            raise NoAnswer from None
        except OSError:  # closed without having been read
            pass
    if begun:
        raise NoAnswer
    return None
