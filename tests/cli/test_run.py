"""`halqa run`: it starts, answers, and ends when it is told to; what keeps it from that is one sentence and a code."""

import asyncio
import json
import resource
import signal
import socket
import time

import aiohttp
import pytest

from bot.demo.steps import Actor, answer
from bot.language.texts import texts_in
from sandbox.control.people import People
from sandbox.server import TOKEN, Sandbox
from sandbox.telegram.clock import Clock
from tests.cli.harness.shell import NAME, Shell, code_in, ended, says

SECRET = TOKEN.split(":")[1]


async def claim(people: People, code: str) -> Actor:
    """Olena claims the network with the code that the operator read to her."""
    olena = Actor(await people.join("Olena"), texts_in("en"))
    await olena.says(f"/start {code}")
    await olena.presses_label("English")
    await olena.presses("button-agree")
    await answer(olena, name="Olena", host="Cedar Law Collective", city="Kyiv", reason=None)
    await olena.sees("owner-welcome", network=NAME)
    return olena


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


async def test_a_new_owner_code_ends_the_one_before(network: Shell, sandbox: Sandbox) -> None:
    first = code_in((network.folder / "printed").read_text(encoding="utf-8"))
    done = await network.halqa("owner-code")
    assert done.code == 0, done
    second = code_in(done.out)
    assert f"https://t.me/halqa_demo_bot?start={second}" in done.out
    async with network.running(), People(sandbox.url) as people:
        stranger = await people.join("Rania")
        await stranger.says(f"/start {first}")
        await stranger.sees("This invitation does not work")
        await claim(people, second)


async def test_an_owner_code_needs_no_network(network: Shell) -> None:
    done = await network.halqa("owner-code", HALQA_TELEGRAM__BASE_URL="http://127.0.0.1:1/bot")
    assert (done.code, done.err) == (0, "")
    assert f"/start {code_in(done.out)}" in done.out


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
    ("token", "said"),
    [
        ("7000000001 " + SECRET, "telegram.token does not look like"),
        (TOKEN[:-1] + "1", "Telegram does not know the token"),
    ],
)
async def test_a_token_with_a_typo_is_a_mistake_in_the_settings(network: Shell, token: str, said: str) -> None:
    done = await network.halqa("run", HALQA_TELEGRAM__TOKEN=token)
    assert done.code == 78
    assert done.err.startswith(said)
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
    ("spoil", "said"),
    [
        ("data/halqa.key", "The slot file"),
        ("halqa.keyfile", "halqa.keyfile is missing"),
        ("data/network.db", "A database"),
    ],
)
async def test_without_its_files_it_says_which(network: Shell, spoil: str, said: str) -> None:
    (network.folder / spoil).unlink()
    done = await network.halqa("run")
    assert done.code == 1
    assert said in done.err
    assert "Remedy: " in done.err
    assert "Traceback" not in done.err


async def test_a_passphrase_may_come_from_a_file(shell: Shell) -> None:
    shell.write_token()
    shell.write("words", "six words drawn by chance\n")
    given = ("--name", NAME, "--token-file", "token", "--key", "passphrase", "--passphrase-file", "words")
    assert (await shell.halqa("init", *given)).code == 0
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
