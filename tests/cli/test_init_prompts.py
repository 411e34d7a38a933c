"""`halqa init` at a terminal: what it asks, what shows, and what an interruption leaves."""

import os

from bot.operations import config
from sandbox.server import TOKEN
from tests.cli.harness.shell import Shell
from tests.cli.harness.terminal import CTRL_C, PASSPHRASE, terminal

RESPONSIBLE = ("--controller", "Three Rivers Association", "--contact", "privacy@threerivers.example")


async def test_it_asks_for_everything_and_again_for_what_was_wrong(shell: Shell) -> None:
    async with terminal(shell, "init") as someone:
        await someone.answers("Token: ", "not a token")
        await someone.answers("Name: ", "Three Rivers")
        await someone.answers("Responsible: ", "Three Rivers Association")
        await someone.answers("Contact: ", "privacy@threerivers.example")
        await someone.answers("Host: ", "Cedar Law, Lake Forum")
        await someone.answers("Host: ", "")
        await someone.answers("Languages [en, fr, ar]: ", "ar, fr")
        await someone.reads("passphrase: You type it at every start")
        await someone.answers("Key (file, passphrase, credential) [file]: ", "")
        await someone.answers(f"Data directory [{shell.folder}/data]: ", "")
        await someone.answers(f"Key file [{shell.folder}/halqa.keyfile]: ", "keys/one")
        await someone.reads("telegram.token does not look like a token of BotFather")
        await someone.answers("Token: ", TOKEN)
        await someone.reads("Lake Forum")
        assert await someone.ends() == 0
    assert TOKEN not in someone.shown
    assert "not a token" not in someone.shown
    settings = config.load(shell.folder / "halqa.toml")
    assert settings.network.languages == ("ar", "fr")
    assert settings.network.controller == "Three Rivers Association"
    assert settings.network.contact == "privacy@threerivers.example"
    assert settings.storage.key_file == shell.folder / "keys/one"
    assert os.stat(shell.folder / "keys").st_mode & 0o777 == 0o700  # noqa: PTH116
    assert (await shell.halqa("doctor")).code == 0


async def test_a_passphrase_is_typed_twice_and_never_shows(shell: Shell) -> None:
    shell.write_token()
    options = (
        *RESPONSIBLE,
        "--name",
        "Three Rivers",
        "--host",
        "Cedar Law",
        "--languages",
        "en",
        "--token-file",
        "token",
    )
    async with terminal(shell, "init", *options, "--key", "passphrase", "--directory", "data") as someone:
        await someone.answers("Passphrase: ", "too short")
        await someone.reads("at least 12 characters")
        await someone.answers("Passphrase: ", PASSPHRASE)
        await someone.answers("again: ", PASSPHRASE + "s")
        await someone.reads("not the same")
        await someone.answers("Passphrase: ", PASSPHRASE)
        await someone.answers("again: ", PASSPHRASE)
        assert await someone.ends() == 0
    async with terminal(shell, "run") as later:
        await later.answers("Passphrase: ", "something else")
        await later.reads("Please try again")
        await later.answers("Passphrase: ", PASSPHRASE)
        await later.reads("started")
        await later.types(CTRL_C)
        assert await later.ends() == 0
    assert PASSPHRASE not in someone.shown + later.shown


async def test_an_interruption_leaves_nothing_behind(shell: Shell) -> None:
    shell.write_token()
    before = shell.everything()
    options = (
        *RESPONSIBLE,
        "--name",
        "Three Rivers",
        "--host",
        "Cedar Law",
        "--languages",
        "en",
        "--token-file",
        "token",
    )
    async with terminal(shell, "init", *options, "--key", "passphrase", "--directory", "a/b/data") as someone:
        await someone.answers("Passphrase: ", PASSPHRASE)
        await someone.reads("again: ")
        await someone.types(CTRL_C)
        assert await someone.ends() == 130
    assert shell.everything() == before


async def test_yes_asks_nothing_even_at_a_terminal(shell: Shell) -> None:
    async with terminal(shell, "init", "--yes", "--key", "passphrase") as someone:
        assert await someone.ends() == 2
    assert "--token-file" in someone.shown
    assert "--passphrase-file" in someone.shown
