"""`halqa run`: it starts, answers, and ends at a signal; what prevents that is one sentence and an exit code."""

import asyncio
import json
import resource
import signal
import socket
import time

import aiohttp
import pytest

from sandbox.control.people import People
from sandbox.server import TOKEN, Sandbox
from sandbox.telegram.clock import Clock
from storage.files import SLOT_FILE
from tests.cli.harness.locked import locked
from tests.cli.harness.owner import claim
from tests.cli.harness.shell import NAME, Shell, code_in, ended, says

SECRET = TOKEN.split(":")[1]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_within_ten_seconds(network: Shell, number: signal.Signals) -> None:
    async with network.running() as process:
        began = time.monotonic()
        process.send_signal(number)
        done = await ended(process)
        assert time.monotonic() - began < 10
    assert (done.code, done.out) == (0, "")
    assert "stopped" in done.err
    assert not list((network.folder / "data").glob("*-wal"))


async def test_a_slow_telegram_does_not_hold_up_the_end(network: Shell, sandbox: Sandbox) -> None:
    async with network.running() as process, People(sandbox.url) as people:
        sandbox.telegram.faults.latency_ms = 60_000
        await (await people.join("Rania")).says("/start")
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert (await ended(process)).code == 0
        assert time.monotonic() - began < 10


async def test_the_owner_claims_the_network_with_the_printed_code(network: Shell, sandbox: Sandbox) -> None:
    code = code_in((network.folder / "printed").read_text(encoding="utf-8"))
    async with People(sandbox.url) as people:
        async with network.running() as process:
            olena = await claim(people, code)
            process.send_signal(signal.SIGTERM)
            done = await ended(process)
        for kept_quiet in (SECRET, "Olena", NAME, str(olena.person.id), code):
            assert kept_quiet not in done.err
        async with network.running():
            await olena.says("/help")
            await olena.sees_words("/roles")


async def test_of_two_on_one_data_directory_the_second_is_refused(network: Shell) -> None:
    async with network.running() as first:
        for command in ("run", "owner-code"):
            done = await network.halqa(command)
            assert done.code == 75
            assert done.err.startswith("Another process has this network open.")
            assert done.err.count("\n") == 1
        first.send_signal(signal.SIGTERM)
        assert (await ended(first)).code == 0


async def test_somebody_else_with_the_same_token_ends_it(network: Shell, sandbox: Sandbox) -> None:
    async with network.running() as process, aiohttp.ClientSession() as session:
        while process.returncode is None:  # until one of these meets a poll that is under way
            await session.post(f"{sandbox.base_url}{TOKEN}/getUpdates")
            await asyncio.sleep(0.05)
        done = await ended(process)
    assert done.code == 75
    assert "Somebody else receives the messages of this bot" in done.err


async def test_a_webhook_keeps_it_from_running(network: Shell, sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as session:
        await session.post(f"{sandbox.base_url}{TOKEN}/setWebhook", json={"url": "http://127.0.0.1:9/elsewhere"})
    done = await network.halqa("run")
    assert done.code == 75
    assert "webhook" in done.err


@pytest.mark.parametrize(
    ("token", "part"),
    [
        ("7000000001 " + SECRET, "telegram.token does not look like"),
        (TOKEN[:-1] + "1", "Telegram does not know the token"),
    ],
)
async def test_a_token_with_a_typo_is_a_mistake_in_the_settings(network: Shell, token: str, part: str) -> None:
    done = await network.halqa("run", HALQA_TELEGRAM__TOKEN=token)
    assert done.code == 78
    assert done.err.startswith(part)
    assert SECRET[:-1] not in done.err
    assert "Traceback" not in done.err


async def test_it_waits_for_a_telegram_that_is_not_there_yet(network: Shell) -> None:
    """As after a reboot; a passphrase that was typed must not be asked for again."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = await network.start("run", HALQA_TELEGRAM__BASE_URL=f"http://127.0.0.1:{port}/bot")
    try:
        await says(process, "telegram-out-of-reach")
        async with Sandbox(clock=Clock(), port=port):
            await says(process, "started")
            process.send_signal(signal.SIGTERM)
            assert (await ended(process)).code == 0
    finally:
        await network.end(process)


async def test_a_signal_ends_the_waiting_too(network: Shell) -> None:
    process = await network.start("run", HALQA_TELEGRAM__BASE_URL="http://127.0.0.1:1/bot")
    try:
        await says(process, "telegram-out-of-reach")
        process.send_signal(signal.SIGTERM)
        done = await ended(process)
    finally:
        await network.end(process)
    assert done.code == 0
    assert SECRET not in done.err


@pytest.mark.parametrize(
    ("spoil", "part"),
    [
        ("data/halqa.key", "The slot file"),
        ("halqa.keyfile", "halqa.keyfile is missing"),
        ("data/network.db", "A database"),
    ],
)
async def test_without_its_files_it_says_which(network: Shell, spoil: str, part: str) -> None:
    (network.folder / spoil).unlink()
    done = await network.halqa("run")
    assert done.code == 1
    assert part in done.err
    assert "Remedy: " in done.err
    assert "Traceback" not in done.err


async def test_a_passphrase_may_come_from_a_file(shell: Shell) -> None:
    shell.write_token()
    shell.write("words", "six words drawn by chance\n")
    options = ("--name", NAME, "--token-file", "token", "--key", "passphrase", "--passphrase-file", "words")
    assert (await shell.halqa("init", *options)).code == 0
    done = await shell.halqa("doctor")
    assert "HALQA_STORAGE__PASSPHRASE_FILE" in done.line("key")
    async with shell.running(HALQA_STORAGE__PASSPHRASE_FILE="words") as process:
        process.send_signal(signal.SIGTERM)
        assert (await ended(process)).code == 0
    shell.write("words", "six words drawn by change\n")
    wrong = await shell.halqa("run", "--passphrase-file", "words")
    assert wrong.code == 1
    assert "spelling of the passphrase" in wrong.err


async def test_the_memory_is_never_written_to_a_disk(network: Shell) -> None:
    async with network.running() as process:
        limits = resource.prlimit(process.pid, resource.RLIMIT_CORE)
    assert limits == (0, 0)


async def test_the_log_can_be_json(network: Shell) -> None:
    async with network.running(HALQA_RUN__LOG="json") as process:
        process.send_signal(signal.SIGTERM)
        done = await ended(process)
    assert [json.loads(line)["event"] for line in done.err.splitlines()] == ["stopping", "stopped"]


async def test_an_older_copy_is_explained_and_can_be_accepted(network: Shell) -> None:
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


async def test_a_signal_ends_it_while_it_is_locked(passphrase_network: Shell) -> None:
    async with locked(passphrase_network) as process:
        process.terminate()
        done = await ended(process)
    assert done.code == 0
    assert not (passphrase_network.folder / "data/halqa.sock").exists()


async def test_what_is_wrong_with_the_slot_file_is_reported_before_anybody_unlocks(passphrase_network: Shell) -> None:
    (passphrase_network.folder / "data" / SLOT_FILE).chmod(0o644)
    done = await passphrase_network.halqa("run")
    assert done.code == 1
    assert done.err.splitlines()[-1].startswith("Others on this machine can read")


async def test_a_second_one_is_refused_while_the_first_waits(passphrase_network: Shell) -> None:
    async with locked(passphrase_network):
        done = await passphrase_network.halqa("run")
        assert done.code == 75
        assert "Another process has this network open." in done.err
