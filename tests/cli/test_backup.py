"""`halqa backup`: with the bot running or not."""

import asyncio
import json
import signal
import socket
from pathlib import Path
from typing import Any

from sandbox.server import TOKEN
from tests.cli.harness.locked import locked
from tests.cli.harness.shell import Shell, ended, says
from tests.cli.harness.terminal import terminal


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


async def test_a_backup_of_a_bot_that_runs_and_of_one_that_does_not(network: Shell) -> None:
    async with network.running() as process:
        done = await network.halqa("backup", "copies")
        assert (done.code, done.err) == (0, ""), done
        assert "checked" in done.out
        assert process.returncode is None
        process.send_signal(signal.SIGTERM)
        assert (await ended(process)).code == 0
    await asyncio.sleep(1)  # a copy has the second in its name
    again = await network.halqa("backup", "copies")
    assert again.code == 0, again
    assert "There are 2 copies" in again.out
    assert names(network.folder / "copies") >= {"keyring.db"}
    assert (network.folder / "copies").stat().st_mode & 0o777 == 0o700


async def test_the_bot_tells_over_its_socket_how_far_the_backup_is(network: Shell) -> None:
    def ask() -> list[dict[str, Any]]:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(20)
            connection.connect(str(network.folder / "data" / "halqa.sock"))
            request = {"ask": "backup", "directory": str(network.folder / "copies"), "keep": 3}
            connection.sendall(json.dumps(request).encode() + b"\n")
            return [json.loads(line) for line in connection.makefile("rb")]

    (network.folder / "copies").mkdir()
    async with network.running():
        *progress, result = await asyncio.to_thread(ask)
    assert progress[0]["progress"] == "network"
    assert 0 <= progress[0]["done"] <= progress[0]["total"]
    assert progress[-1]["progress"] == "pruning"
    assert result["answer"] == "made"
    assert result["made"][0] in names(network.folder / "copies")


async def test_whoever_hangs_up_gets_the_backup_all_the_same_and_the_bot_goes_on(network: Shell) -> None:
    (network.folder / "copies").mkdir()
    process = await network.start("run", HALQA_RUN__LOG="json")
    try:
        await says(process, '"started"')
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(network.folder / "data" / "halqa.sock"))
            request = {"ask": "backup", "directory": str(network.folder / "copies"), "keep": 3}
            connection.sendall(json.dumps(request).encode() + b"\n")
        await says(process, '"backup-made"')
        assert (await network.halqa("status")).out == "running\n"
        assert (await network.halqa("backup", "copies")).code == 0
    finally:
        await network.end(process)


async def test_two_at_once_are_both_made_and_each_copy_opens(network: Shell) -> None:
    async with network.running():
        both = await asyncio.gather(*(network.halqa("backup", "copies") for _ in range(2)))
    assert [done.code for done in both] == [0, 0], both
    done = await network.halqa("restore", "copies", "--verify")
    assert done.code == 0, done


async def test_a_bot_that_is_locked_makes_none_and_says_so(passphrase_network: Shell) -> None:
    async with locked(passphrase_network):
        done = await passphrase_network.halqa("backup", "copies")
    assert done.code == 75
    assert "halqa unlock" in done.err
    assert names(passphrase_network.folder / "copies") == set()


async def test_at_a_terminal_somebody_sees_what_is_being_done(network: Shell) -> None:
    async with network.running(), terminal(network, "backup", "copies") as screen:
        await screen.reads("asking the bot")
        assert await screen.ends() == 0
    assert "copying the network, 0 of" in screen.shown
    assert "100%" in screen.shown
    assert "There is 1 copy" in screen.shown


async def test_a_scheduled_backup_is_made_by_the_bot_itself(network: Shell) -> None:
    (network.folder / "copies").mkdir()
    process = await network.start("run", HALQA_BACKUP__DIRECTORY="copies", HALQA_RUN__LOG="json")
    try:
        assert process.stderr is not None
        while b"backup-made" not in (line := await process.stderr.readline()):
            assert line
        process.send_signal(signal.SIGTERM)
        assert (await ended(process)).code == 0
    finally:
        await network.end(process)
    assert len(names(network.folder / "copies")) == 2


async def test_a_volume_that_is_not_mounted_does_not_end_the_bot(network: Shell) -> None:
    async with network.running(HALQA_BACKUP__DIRECTORY="nowhere") as process:
        done = await network.halqa("backup", "/proc/nowhere")
        assert done.code == 1
        assert "/proc/nowhere" in done.err
        assert "Traceback" not in done.err
        assert process.returncode is None
    assert not (network.folder / "nowhere").exists()


async def test_a_backup_belongs_outside_of_the_data_directory(network: Shell) -> None:
    done = await network.halqa("backup", "data/copies")
    assert (done.code, "inside the data directory" in done.err) == (2, True), done
    assert TOKEN.split(":")[1] not in done.err
