"""A folder of the operator's own, a Telegram to talk to, and a network that `halqa init` made."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.server import Limits, Sandbox
from sandbox.telegram.clock import Clock
from tests.cli.harness.locked import make_network
from tests.cli.harness.shell import NAME, Shell


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(clock=Clock(), limits=Limits(0, 0)) as sandbox:
        yield sandbox


@pytest.fixture
def shell(tmp_path: Path, sandbox: Sandbox) -> Shell:
    """An operator in an empty folder."""
    folder = tmp_path / "here"
    folder.mkdir()
    return Shell(folder, sandbox.base_url)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One network for all tests that need one, since making it takes a second; each gets a copy."""
    shell = Shell(tmp_path_factory.mktemp("made") / "network", "http://127.0.0.1:9/bot")
    shell.folder.mkdir()
    shell.write_token()
    done = shell.run_now("init", "--name", NAME, "--host", "Cedar Law Collective", "--token-file", "token")
    assert done.code == 0, done
    (shell.folder / "printed").write_text(done.out, encoding="utf-8")
    return shell.folder


@pytest.fixture
def network(made: Path, shell: Shell) -> Shell:
    """An operator in the folder of a network that nobody has claimed."""
    shutil.copytree(made, shell.folder, dirs_exist_ok=True)
    return shell


@pytest.fixture(scope="session")
def made_with_passphrase(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One network whose key is a passphrase, for all tests that need one; each gets a copy."""
    shell = Shell(tmp_path_factory.mktemp("words") / "network", "http://127.0.0.1:9/bot")
    shell.folder.mkdir()
    make_network(shell)
    return shell.folder


@pytest.fixture
def passphrase_network(made_with_passphrase: Path, shell: Shell) -> Shell:
    """An operator in the folder of a network whose key is a passphrase, and that nobody has claimed."""
    shutil.copytree(made_with_passphrase, shell.folder, dirs_exist_ok=True)
    return shell
