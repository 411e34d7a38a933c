"""`halqa status`: one word, and an exit code for each state."""

from tests.cli.harness.locked import locked
from tests.cli.harness.shell import Shell


async def test_nothing_runs(network: Shell) -> None:
    done = await network.halqa("status")
    assert (done.code, done.out, done.err) == (1, "not running\n", "")


async def test_the_bot_runs(network: Shell) -> None:
    async with network.running():
        done = await network.halqa("status")
    assert (done.code, done.out) == (0, "running\n")


async def test_the_bot_waits_locked(passphrase_network: Shell) -> None:
    async with locked(passphrase_network):
        done = await passphrase_network.halqa("status")
    assert (done.code, done.out) == (3, "locked\n")
