"""`halqa keys rotate`: with a bot that runs, with backups, after an interruption, and what the operator reads."""

import asyncio
import shutil
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sandbox.control.people import People
from sandbox.server import Sandbox
from storage.crypto import key_slots
from storage.crypto.key_sources import KeyFileSource
from storage.crypto.master_key import MasterKey
from storage.files import SLOT_FILE
from storage.integrity import sqlcipher_pages
from storage.maintenance import key_rotation, rekeying
from storage.opening import open_store
from tests.cli.harness.owner import claim
from tests.cli.harness.shell import Shell, code_in, ended, says
from tests.cli.harness.terminal import PASSPHRASE, terminal


def master(shell: Shell) -> MasterKey:
    return key_slots.unlock(shell.folder / "data" / SLOT_FILE, KeyFileSource(shell.folder / "halqa.keyfile"))


def opening(master: MasterKey, folder: Path) -> list[str]:
    keys = [master.derive(purpose) for purpose in ("database", "keyring")]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return sorted(path.name for path in files if any(sqlcipher_pages.opens(path, key) for key in keys))


async def begin(shell: Shell, backups: Path | None = None) -> None:
    with key_slots.changing(shell.folder / "data" / SLOT_FILE, KeyFileSource(shell.folder / "halqa.keyfile")) as file:
        await key_rotation.begin(file, backups, datetime.now(UTC))


async def test_everything_works_as_before_and_the_old_slot_file_opens_nothing(network: Shell, sandbox: Sandbox) -> None:
    network.env["HALQA_BACKUP__DIRECTORY"] = "copies"
    code = code_in((network.folder / "printed").read_text(encoding="utf-8"))
    async with network.running() as process, People(sandbox.url) as people:
        olena = await claim(people, code)
        assert (await network.halqa("backup")).code == 0
        before = network.everything()
        done = await network.halqa("keys", "rotate")
        assert (done.code, done.out) == (75, ""), done
        assert "stop the other `halqa` first" in done.err
        kept = [name for name in before if name.endswith((".key", ".db"))]
        assert [network.everything()[name] for name in kept] == [before[name] for name in kept]
        process.send_signal(signal.SIGTERM)
        assert (await ended(process)).code == 0
        assert (await network.halqa("owner-code", HALQA_TELEGRAM__BASE_URL="http://127.0.0.1:1/bot")).code == 0

        old, older = master(network), network.folder / "older.key"
        shutil.copy(network.folder / "data" / SLOT_FILE, older)
        done = await network.halqa("keys", "rotate")
        assert (done.code, done.err) == (0, ""), done
        steps = [line for line in done.out.splitlines() if line.endswith(" ...")]
        assert len(steps) == 10
        assert steps[-1] == "Forgetting the old master key ..."
        assert "1 were open and have ended" in done.out
        assert "2 files in" in done.out
        assert opening(old, network.folder) == []
        assert len(opening(master(network), network.folder)) == 4

        findings = (await network.halqa("doctor")).findings
        assert (findings["database"], findings["audit"]) == ("ok", "ok")
        assert (await network.halqa("backup")).code == 0
        assert (await network.halqa("restore", "--verify")).code == 0
        async with network.running():
            await olena.says("/audit")
            await olena.sees_words("renewed the master key")

    shutil.copy(older, network.folder / "data" / SLOT_FILE)
    done = await network.halqa("run")
    assert done.code == 1
    assert "from before `halqa keys rotate`" in done.err


async def test_what_was_interrupted_is_finished_by_the_next_start(network: Shell) -> None:
    await begin(network)
    assert master(network).before is not None
    process = await network.start("run")
    try:
        await says(process, "rotation-finished")
        await says(process, "started")
        process.send_signal(signal.SIGTERM)
        assert (await ended(process)).code == 0
    finally:
        await network.end(process)
    assert master(network).before is None


async def test_what_was_interrupted_is_finished_by_the_command_itself(network: Shell) -> None:
    await begin(network)
    coming = master(network).alone
    done = await network.halqa("keys", "rotate")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("A new master key was begun earlier.")
    assert master(network) == coming


async def test_it_may_be_killed_at_any_moment(network: Shell) -> None:
    old = master(network)
    for delay in (0.4, 0.6, 0.8, 1.0):
        process = await network.start("keys", "rotate")
        await asyncio.sleep(delay)
        await network.end(process)
        assert (await network.halqa("doctor")).findings["database"] == "ok"
        assert master(network).before is None
    assert (await network.halqa("keys", "rotate")).code == 0
    assert opening(old, network.folder) == []


async def test_backups_out_of_reach_are_said_and_may_be_left_behind(network: Shell) -> None:
    assert (await network.halqa("backup", "copies")).code == 0
    slot_file = (network.folder / "data" / SLOT_FILE).read_bytes()
    done = await network.halqa("keys", "rotate", HALQA_BACKUP__DIRECTORY="nowhere")
    assert (done.code, "--without-backups" in done.err) == (1, True), done
    assert (network.folder / "data" / SLOT_FILE).read_bytes() == slot_file
    done = await network.halqa("keys", "rotate", "--without-backups", HALQA_BACKUP__DIRECTORY="copies")
    assert done.code == 0, done
    assert "left under the old keys" in done.out
    done = await network.halqa("backup", "copies")
    assert (done.code, "under another key" in done.err) == (1, True), done


async def test_the_doctor_reports_what_waits_for_the_backups(network: Shell) -> None:
    copies = network.folder / "copies"
    assert (await network.halqa("backup", "copies")).code == 0
    await begin(network, copies)
    copies.rename(network.folder / "away")
    done = await network.halqa("doctor")
    assert (done.findings["database"], done.findings["rotation"]) == ("ok", "warning")
    done = await network.halqa("keys", "rotate")
    assert (done.code, "cannot be reached" in done.err) == (1, True), done
    assert "The network is under the new master key; the old one stays in the slot file until this is done." in done.err
    (network.folder / "away").rename(copies)
    done = await network.halqa("doctor")
    assert "rotation" not in done.findings
    assert master(network).before is None


async def test_an_audit_that_does_not_hold_is_not_hidden(network: Shell) -> None:

    store = await open_store(network.folder / "data", master(network))
    async with store.transaction() as tx:
        await tx.execute("DELETE FROM audit")
        await tx.execute("INSERT INTO audit (number, at, action, link) VALUES (7, 1, 'invited', x'00')")
    await store.close()
    slot_file = (network.folder / "data" / SLOT_FILE).read_bytes()
    done = await network.halqa("keys", "rotate")
    assert (done.code, "halqa doctor" in done.err, "--accept-audit" in done.err) == (1, True, True), done
    assert (network.folder / "data" / SLOT_FILE).read_bytes() == slot_file
    assert (await network.halqa("doctor", "--accept-audit")).findings["audit"] == "ok"
    assert (await network.halqa("keys", "rotate")).code == 0


async def test_what_should_be_gone_is_looked_for_in_the_midst_as_well(
    network: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(directory: Path) -> None:
        raise InterruptedError(4, "stopped", str(directory))

    await begin(network)
    with (
        monkeypatch.context() as patch,
        key_slots.changing(
            network.folder / "data" / SLOT_FILE, KeyFileSource(network.folder / "halqa.keyfile")
        ) as file,
    ):
        patch.setattr(rekeying, "place", stop)
        with pytest.raises(InterruptedError):
            await key_rotation.complete(file)
    before = network.everything()
    done = await network.halqa("doctor", "--erasure")
    assert done.code == 0, done
    assert (done.findings["rotation"], done.findings["rows"]) == ("warning", "warning")
    assert network.everything() == before
    assert (await network.halqa("keys", "rotate")).code == 0
    assert (await network.halqa("doctor", "--erasure")).findings["rows"] == "ok"


async def test_a_passphrase_stays_what_it_is(network: Shell) -> None:
    network.write("words", PASSPHRASE + "\n")
    assert (await network.halqa("keys", "add", "--new-passphrase-file", "words")).code == 0
    settings = (network.folder / "halqa.toml").read_text(encoding="utf-8")
    lines = [line for line in settings.splitlines() if not line.startswith(("key =", "key_file"))]
    text = "\n".join(lines).replace("[storage]", '[storage]\nkey = "passphrase"')
    network.write("halqa.toml", text)
    async with terminal(network, "keys", "rotate") as someone:
        await someone.answers("Passphrase: ", "not the one")
        await someone.answers("Passphrase: ", PASSPHRASE)
        await someone.reads("The master key is a new one.")
        assert await someone.ends() == 0
    assert (await network.halqa("keys", "list", "--passphrase-file", "words")).code == 0
