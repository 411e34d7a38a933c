"""`halqa unlock`: the passphrase reaches a bot that waits for it."""

import asyncio

from sandbox.control.people import People
from sandbox.server import Sandbox
from tests.cli.harness.locked import PASSPHRASE, locked
from tests.cli.harness.shell import Shell, ended, says
from tests.cli.harness.terminal import terminal


async def test_with_nobody_at_a_terminal_it_waits_locked_and_polls_nothing(
    passphrase_network: Shell, sandbox: Sandbox
) -> None:
    async with locked(passphrase_network) as process, People(sandbox.url) as people:
        done = await passphrase_network.halqa("status")
        assert (done.code, done.out) == (3, "locked\n")
        stranger = await people.join("Rania")
        await stranger.says("/start")
        await stranger.never_sees("", during=1)
        assert sandbox.telegram.updates.pending
        done = await passphrase_network.halqa("unlock", "--passphrase-file", "wrong")
        assert done.code == 1
        assert done.err.endswith("The next try is possible in 2 s.\n")
        await asyncio.sleep(2)
        done = await passphrase_network.halqa("unlock", "--passphrase-file", "words")
        assert (done.code, done.out) == (0, "Unlocked. The bot takes up what people wrote meanwhile.\n")
        await says(process, "started")
        await stranger.sees("")
        done = await passphrase_network.halqa("status")
        assert (done.code, done.out) == (0, "running\n")
        process.terminate()
        assert (await ended(process)).code == 0
    assert (await passphrase_network.halqa("status")).code == 1
    assert not (passphrase_network.folder / "data/halqa.sock").exists()


async def test_the_passphrase_is_typed_without_showing(passphrase_network: Shell) -> None:
    async with locked(passphrase_network) as process:
        async with terminal(passphrase_network, "unlock") as someone:
            await someone.answers("Passphrase: ", "something else")
            await someone.reads("The next try is possible in 2 s.")
            await someone.answers("Passphrase: ", PASSPHRASE)
            await someone.reads("Unlocked.")
            assert await someone.ends() == 0
        await says(process, "started")
    assert PASSPHRASE not in someone.shown
    assert "something else" not in someone.shown


async def test_a_bot_that_is_not_locked_needs_no_passphrase(network: Shell) -> None:
    async with network.running():
        done = await network.halqa("unlock", "--passphrase-file", "nowhere")
    assert (done.code, done.out, done.err) == (0, "It is unlocked already.\n", "")


async def test_where_no_bot_runs_it_says_so(network: Shell) -> None:
    done = await network.halqa("unlock")
    assert (done.code, done.err) == (1, "No bot of these settings is running.\nTo start it: halqa run\n")
