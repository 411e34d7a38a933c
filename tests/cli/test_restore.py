"""`halqa restore`: what it brings back, and what it needs."""

import signal
from pathlib import Path

from sandbox.control.people import People
from sandbox.server import Sandbox
from tests.cli.harness.owner import claim
from tests.cli.harness.shell import Shell, code_in, ended


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


async def test_the_owner_is_back_after_the_data_directory_was_lost(network: Shell, sandbox: Sandbox) -> None:
    code = code_in((network.folder / "printed").read_text(encoding="utf-8"))
    async with network.running() as process, People(sandbox.url) as people:
        olena = await claim(people, code)
        assert (await network.halqa("backup", "copies")).code == 0
        process.send_signal(signal.SIGTERM)
        assert (await ended(process)).code == 0
        for name in ("network.db", "keyring.db", "halqa.generation"):
            (network.folder / "data" / name).unlink()
        trial = await network.halqa("restore", "copies", "--verify")
        assert (trial.code, "nothing has changed" in trial.out) == (0, True), trial
        assert "members     1" in trial.out
        assert names(network.folder / "data") == {"halqa.key"}
        declined = await network.halqa("restore", "copies")
        assert (declined.code, "--yes" in declined.err) == (2, True), declined
        done = await network.halqa("restore", "copies", "--yes")
        assert done.code == 0, done
        assert "Olena" not in done.out + trial.out
        async with network.running():
            await olena.says("/help")
            await olena.sees_words("/roles")


async def test_a_restore_needs_the_bot_to_be_stopped_and_a_keyring(network: Shell) -> None:
    async with network.running() as process:
        assert (await network.halqa("backup", "copies")).code == 0
        done = await network.halqa("restore", "copies", "--yes")
        assert (done.code, "Another process" in done.err) == (75, True), done
        process.send_signal(signal.SIGTERM)
        assert (await ended(process)).code == 0
    before = network.everything()
    (network.folder / "copies/keyring.db").rename(network.folder / "kept")
    done = await network.halqa("restore", "copies", "--yes")
    assert (done.code, "no keyring.db" in done.err) == (1, True), done
    (network.folder / "kept").rename(network.folder / "copies/keyring.db")
    assert network.everything() == before
