"""`halqa backup`: with the bot running or not."""

import signal
from pathlib import Path

from sandbox.server import TOKEN
from tests.cli.harness.shell import Shell, ended


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
    assert not list((network.folder / "data").glob("backup.*"))
    again = await network.halqa("backup", "copies")
    assert again.code == 0, again
    assert "There are 2 copies" in again.out
    assert names(network.folder / "copies") >= {"keyring.db"}
    assert (network.folder / "copies").stat().st_mode & 0o777 == 0o700


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
