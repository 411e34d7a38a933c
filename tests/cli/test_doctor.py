"""`halqa doctor`: an operator breaks one thing after the other, and reads which it is, and what to do."""

import asyncio
import os
import re
import shlex
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

from sandbox.control.people import People
from sandbox.server import TOKEN, Sandbox
from storage.crypto import key_slots
from storage.crypto.key_sources import KeyFileSource
from storage.crypto.master_key import MasterKey
from storage.engine.store import Store
from storage.opening import open_store
from storage.records import audit
from tests.cli.harness.shell import Shell

SECRET = TOKEN.split(":")[1]


async def test_a_fresh_network_is_in_order(network: Shell) -> None:
    done = await network.halqa("doctor")
    assert done.code == 0, done
    assert done.findings == {
        "settings": "ok",
        "permissions": "ok",
        "key": "ok",
        "database": "ok",
        "fields": "ok",
        "audit": "ok",
        "token": "ok",
        "webhook": "ok",
        "groups": "warning",  # as BotFather leaves a new bot
        "clock": "ok",
        "languages": "ok",
    }
    assert "https://t.me/halqa_demo_bot" in done.line("token")
    assert "Nothing has to be repaired" in done.out
    assert SECRET not in done.out + done.err


async def test_a_token_that_telegram_does_not_know(network: Shell) -> None:
    done = await network.halqa("doctor", HALQA_TELEGRAM__TOKEN=TOKEN[:-1] + "1")
    assert (done.code, done.findings["token"]) == (1, "problem")
    assert "BotFather" in done.line("token")
    assert SECRET[:-1] not in done.out + done.err


async def test_a_telegram_out_of_reach(network: Shell) -> None:
    done = await network.halqa("doctor", HALQA_TELEGRAM__BASE_URL="http://127.0.0.1:1/bot")
    assert (done.code, done.findings["telegram"]) == (1, "problem")
    assert done.findings["clock"] == "ok"
    assert SECRET not in done.out + done.err


async def test_files_that_others_can_open_and_remedies_that_work(network: Shell) -> None:
    opened = {
        "halqa.keyfile": ("key", 0o604),
        "data/halqa.key": ("slot", 0o640),
        "data": ("data", 0o750),
        "data/network.db": ("database", 0o644),
    }
    before = network.everything()
    for name, (_, mode) in opened.items():
        (network.folder / name).chmod(mode)
    done = await network.halqa("doctor")
    assert done.code == 1
    assert {about for about, _ in opened.values()} <= {
        about for about, grade in done.findings.items() if grade == "problem"
    }
    for remedy in re.findall(r"Remedy: (chmod .*)$", done.out, re.MULTILINE):
        _, octal, path = shlex.split(remedy)
        os.chmod(path, int(octal, 8))  # noqa: PTH101
    assert network.everything() == before
    assert (await network.halqa("doctor")).code == 0


async def test_the_file_of_the_token_is_looked_at_too(network: Shell) -> None:
    network.write("token", TOKEN, 0o644)
    done = await network.halqa("doctor", HALQA_TELEGRAM__TOKEN_FILE="token")
    assert (done.code, done.findings["token"]) == (1, "problem")
    assert "chmod 600 token" in done.out


@pytest.mark.parametrize("name", ["data/halqa.key", "halqa.keyfile"])
async def test_a_key_that_is_gone(network: Shell, name: str) -> None:
    (network.folder / name).unlink()
    done = await network.halqa("doctor")
    assert (done.code, done.findings["key"], done.findings["database"]) == (1, "problem", "warning")
    assert str(network.folder / name) in done.line("key")


async def test_the_key_of_another_network(network: Shell) -> None:
    (network.folder / "halqa.keyfile").write_bytes(os.urandom(32))
    done = await network.halqa("doctor")
    assert (done.code, done.findings["key"]) == (1, "problem")
    assert "storage.key_file" in done.line("key")


async def test_a_slot_file_that_is_damaged(network: Shell) -> None:
    (network.folder / "data/halqa.key").write_text("{")
    done = await network.halqa("doctor")
    assert (done.code, done.findings["key"]) == (1, "problem")
    assert "damaged" in done.line("key")


async def test_a_database_that_is_gone(network: Shell) -> None:
    (network.folder / "data/keyring.db").unlink()
    done = await network.halqa("doctor")
    assert (done.code, done.findings["database"]) == (1, "problem")
    assert "storage.directory" in done.line("database")


async def test_a_database_that_is_damaged(network: Shell) -> None:
    path = network.folder / "data/network.db"
    path.write_bytes(os.urandom(path.stat().st_size))
    done = await network.halqa("doctor")
    assert (done.code, done.findings["key"], done.findings["database"]) == (1, "ok", "problem")
    assert "Traceback" not in done.err


async def test_a_network_that_runs_is_not_disturbed(network: Shell) -> None:
    async with network.running() as process:
        done = await network.halqa("doctor")
        assert process.returncode is None
    assert (done.code, done.findings["database"]) == (0, "ok")
    assert "running" in done.line("database")


async def test_a_webhook_is_found_and_taken_away(network: Shell, sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as session:
        url = f"{sandbox.base_url}{sandbox.token}/setWebhook"
        await session.post(url, json={"url": "http://127.0.0.1:9/elsewhere"})
    done = await network.halqa("doctor")
    assert (done.code, done.findings["webhook"]) == (1, "problem")
    assert "halqa doctor --remove-webhook" in done.line("webhook")
    assert (await network.halqa("doctor", "--remove-webhook")).findings["webhook"] == "ok"


async def test_a_webhook_of_ones_own_is_as_it_should_be_unless_deliveries_fail(
    network: Shell, sandbox: Sandbox
) -> None:
    ours = "http://127.0.0.1:9/halqa"
    assert (await network.halqa("doctor", HALQA_WEBHOOK__URL=ours)).findings["webhook"] == "ok"
    async with aiohttp.ClientSession() as session:
        await session.post(f"{sandbox.base_url}{sandbox.token}/setWebhook", json={"url": ours})
    done = await network.halqa("doctor", HALQA_WEBHOOK__URL=ours)
    assert "Telegram delivers to webhook.url" in done.line("webhook")
    async with People(sandbox.url) as people:
        await (await people.join("Rania")).says("/start")
    while "last_error_message" not in sandbox._api.webhook.info():  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    done = await network.halqa("doctor", HALQA_WEBHOOK__URL=ours)
    assert (done.findings["webhook"], "Connection refused" in done.line("webhook")) == ("warning", True)
    assert (await network.halqa("doctor")).findings["webhook"] == "problem"


async def test_mistakes_in_the_settings_are_reported_at_once_and_without_their_values(network: Shell) -> None:
    path = network.folder / "halqa.toml"
    text = path.read_text(encoding="utf-8").replace(f'token = "{TOKEN}"', 'token = "zanzibar"')
    path.write_text(text.replace('"en", "fr", "ar"', '"tlh"').replace("[run]", "[running]"), encoding="utf-8")
    done = await network.halqa("doctor")
    assert done.code == 78
    for key in ("telegram.token", "network.languages", "running"):
        assert f"settings     {key} " in done.out
    assert "zanzibar" not in done.out
    assert "tlh" not in done.out


async def test_settings_with_the_token_that_others_can_read(network: Shell) -> None:
    (network.folder / "halqa.toml").chmod(0o644)
    done = await network.halqa("doctor")
    assert done.code == 78
    assert "chmod 600" in done.line("settings")


async def test_no_settings_at_all(shell: Shell) -> None:
    done = await shell.halqa("doctor")
    assert done.code == 78
    assert "halqa init" in done.out


async def test_a_clock_that_went_back(network: Shell) -> None:
    """Without Telegram to compare with, what was written in the future gives a wrong clock away."""
    later = datetime.now(UTC).timestamp() + 3600
    os.utime(network.folder / "data/halqa.key", (later, later))
    done = await network.halqa("doctor", HALQA_TELEGRAM__BASE_URL="http://127.0.0.1:1/bot")
    assert done.findings["clock"] == "warning"
    assert "Remedy: " in done.line("clock")


async def test_another_slot_file_is_not_taken_for_the_right_one(network: Shell, shell: Shell, tmp_path: Path) -> None:
    other = Shell(tmp_path / "other", shell.env["HALQA_TELEGRAM__BASE_URL"])
    other.folder.mkdir()
    other.write_token()
    assert (await other.halqa("init", "--name", "Other", "--token-file", "token")).code == 0
    for name in ("halqa.keyfile", "data/halqa.key"):
        shutil.copy(other.folder / name, network.folder / name)
    done = await network.halqa("doctor")
    assert (done.code, done.findings["key"], done.findings["database"]) == (1, "ok", "problem")


async def test_an_audit_that_was_touched_and_the_way_on(network: Shell) -> None:
    """Somebody who has the databases' keys, but goes past the program."""
    master = key_slots.unlock(network.folder / "data/halqa.key", KeyFileSource(network.folder / "halqa.keyfile"))
    async with stored(network, master) as store, store.transaction() as tx:
        for _ in range(5):
            await audit.record(tx, "invited", None, None, datetime.now(UTC))
        await tx.execute("DELETE FROM audit WHERE number = 3")
    done = await network.halqa("doctor")
    assert (done.code, done.findings["database"], done.findings["audit"]) == (1, "ok", "problem")
    assert "from entry 3 on" in done.line("audit")
    [remedy] = re.findall(r"(halqa doctor --\S+)", done.line("audit"))
    assert (await network.halqa("doctor")).findings["audit"] == "problem"
    done = await network.halqa(*remedy.split()[1:])
    assert (done.code, done.findings["audit"]) == (0, "ok")
    assert "up to 5" in done.line("audit")
    async with stored(network, master) as store, store.transaction() as tx:
        assert [entry.action for entry in await audit.last(tx, 2)] == ["audit-begun", "invited"]


@asynccontextmanager
async def stored(network: Shell, master: MasterKey) -> AsyncIterator[Store]:
    store = await open_store(network.folder / "data", master)
    try:
        yield store
    finally:
        await store.close()


async def test_an_audit_is_not_begun_anew_under_a_running_network(network: Shell) -> None:
    async with network.running():
        done = await network.halqa("doctor", "--accept-audit")
    assert done.code == 75
    assert "Another process" in done.err
