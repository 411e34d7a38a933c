"""`halqa backup` and `halqa restore`: with the bot running or not, and what the operator is told."""

import signal
from pathlib import Path

from sandbox.control.people import People
from sandbox.server import TOKEN, Sandbox
from tests.cli.harness.shell import Shell, code_in, ended
from tests.cli.test_run import claim


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
        asked = await network.halqa("restore", "copies")
        assert (asked.code, "--yes" in asked.err) == (2, True), asked
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


async def test_an_older_copy_is_explained_and_can_be_gone_on_with(network: Shell) -> None:
    path = network.folder / "data/network.db"
    older = path.read_bytes()
    for _ in range(2):
        assert (await network.halqa("owner-code", HALQA_TELEGRAM__BASE_URL="http://127.0.0.1:1/bot")).code == 0
    path.write_bytes(older)
    before = network.everything()
    done = await network.halqa("run")
    assert done.code == 1
    assert "network.db is an older copy" in done.err
    assert "--accept-rollback" in done.err
    assert network.everything() == before
    assert (await network.halqa("doctor")).findings["database"] == "problem"
    async with network.running("--accept-rollback") as process:
        process.send_signal(signal.SIGTERM)
        assert (await ended(process)).code == 0
    async with network.running():
        pass


async def test_a_backup_belongs_outside_of_the_data_directory(network: Shell) -> None:
    done = await network.halqa("backup", "data/copies")
    assert (done.code, "inside the data directory" in done.err) == (2, True), done
    assert TOKEN.split(":")[1] not in done.err
