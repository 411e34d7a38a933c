"""Processes that a benchmark begins, each on one core: the bot that is measured, and the Bot API that it talks to."""

import json
import os
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Answer = dict[str, Any]


@contextmanager
def process(command: list[str], core: int, **more: Any) -> Iterator[subprocess.Popen[str]]:
    """A process on one core, ended with the block."""
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        command = ["taskset", "-c", str(cores[core % len(cores)]), *command]
    with subprocess.Popen(command, text=True, **more) as started:
        try:
            yield started
        finally:
            started.kill()


def ask(url: str, body: Answer | None = None) -> Answer:
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data, {"Content-Type": "application/json"})) as answer:
        return dict(json.loads(answer.read()))


def resident(pid: int) -> float:
    """MiB that another process has in memory."""
    pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def processor_seconds(pid: int) -> float:
    """Seconds of processor that another process has used, all its threads together, in steps of a hundredth."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
