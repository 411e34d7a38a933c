"""`halqa init`: somebody makes a network, and what was there before stays as it was."""

import errno
import tomllib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from bot.cli import init, prompts
from bot.operations import config, provision
from bot.operations.config import ConfigError, Settings
from sandbox.server import TOKEN
from storage.crypto import key_slots
from storage.crypto.key_sources import KeyFileSource, PassphraseSource, Source
from storage.opening import open_store
from storage.records import hosts
from tests.cli.harness.shell import NAME, Shell, code_in

PASSPHRASE = "Six mots tirés au sort, ةكلحلا"


def loaded(shell: Shell) -> Settings:
    return config.load(shell.folder / "halqa.toml")


async def test_everything_by_option_makes_a_network_that_opens(network: Shell) -> None:
    settings = loaded(network)
    assert settings.network.name == NAME
    assert settings.telegram.token.get_secret_value() == TOKEN
    master = key_slots.unlock(network.folder / "data/halqa.key", KeyFileSource(network.folder / "halqa.keyfile"))
    store = await open_store(settings.storage.directory, master)
    try:
        async with store.transaction() as tx:
            assert [host.name for host in await hosts.everyone(tx)] == ["Cedar Law Collective"]
    finally:
        await store.close()


async def test_only_the_operator_can_open_what_was_made(network: Shell) -> None:
    modes = {name: mode & 0o777 for name, (mode, _) in network.everything().items() if name not in ("token", "printed")}
    assert modes.pop("data") == 0o700
    assert modes.keys() >= {"halqa.toml", "halqa.keyfile", "data/halqa.key", "data/network.db", "data/keyring.db"}
    assert set(modes.values()) == {0o600}


async def test_it_prints_the_owner_code_its_end_and_the_next_step_but_no_token(network: Shell) -> None:
    printed = (network.folder / "printed").read_text(encoding="utf-8")
    assert code_in(printed)
    assert "72 hours" in printed
    assert "halqa doctor" in printed
    assert "halqa run" in printed
    assert "does not protect you\nwhen the disk is stolen" in printed
    assert TOKEN.split(":")[1] not in printed


async def test_a_second_time_changes_nothing(network: Shell) -> None:
    before = network.everything()
    for arguments in ((), ("--name", "Another", "--token-file", "token", "--key", "passphrase", "--yes")):
        done = await network.halqa("init", *arguments)
        assert done.code == 0
        assert "nothing was changed" in done.out
    assert network.everything() == before


async def test_without_a_terminal_it_names_every_missing_option_at_once(shell: Shell) -> None:
    done = await shell.halqa("init", "--key", "passphrase")
    assert done.code == 2
    for option in ("--token-file", "--name", "--passphrase-file"):
        assert option in done.err
    assert shell.everything() == {}


async def test_every_mistake_is_reported_at_once_and_nothing_is_left(shell: Shell) -> None:
    done = await shell.halqa(
        "init", "--name", " ", "--host", "x" * 65, "--languages", "en, tlh", "--key", "paper",
        HALQA_TELEGRAM__TOKEN="zanzibar:7731",
    )  # fmt: skip
    assert done.code == 78
    for key in ("telegram.token", "network.name", "network.languages", "storage.key", "hosts"):
        assert f"\n{key} " in f"\n{done.err}"
    for value in ("zanzibar", "tlh", "paper", "xxxx"):
        assert value not in done.err
    assert shell.everything() == {}


async def test_the_token_may_come_from_the_environment(shell: Shell) -> None:
    done = await shell.halqa("init", "--name", NAME, HALQA_TELEGRAM__TOKEN=TOKEN)
    assert done.code == 0, done.err
    assert loaded(shell).telegram.token.get_secret_value() == TOKEN


async def test_a_token_in_a_file_of_its_own_is_not_copied(shell: Shell) -> None:
    shell.write_token()
    done = await shell.halqa("init", "--name", NAME, HALQA_TELEGRAM__TOKEN_FILE="token")
    assert done.code == 0, done.err
    assert TOKEN not in (shell.folder / "halqa.toml").read_text(encoding="utf-8")
    assert (await shell.halqa("doctor", HALQA_TELEGRAM__TOKEN_FILE="token")).code == 0
    assert "telegram.token is missing" in (await shell.halqa("doctor")).out


async def test_two_tokens_are_one_too_many(shell: Shell) -> None:
    shell.write_token()
    done = await shell.halqa("init", "--name", NAME, "--token-file", "token", HALQA_TELEGRAM__TOKEN=TOKEN)
    assert done.code == 78
    assert "telegram.token is given by" in done.err


async def test_an_option_beats_the_environment(shell: Shell) -> None:
    shell.write_token()
    done = await shell.halqa(
        "init", "--name", NAME, "--token-file", "token", "--directory", "mine",
        HALQA_NETWORK__NAME="Another", HALQA_STORAGE__DIRECTORY="theirs", HALQA_NETWORK__LANGUAGES="ar,fr",
    )  # fmt: skip
    assert done.code == 0, done.err
    settings = loaded(shell)
    assert (settings.network.name, settings.network.languages) == (NAME, ("ar", "fr"))
    assert (shell.folder / "mine/network.db").exists()
    assert not (shell.folder / "theirs").exists()


async def test_the_token_has_no_option(shell: Shell) -> None:
    """What is typed as an option stands in the process list, for everybody on the machine."""
    done = await shell.halqa("init", "--token", TOKEN)
    assert done.code == 2
    assert "No such option" in done.err


async def test_a_passphrase_from_a_file_opens_the_slot_however_its_accents_are_written(shell: Shell) -> None:
    shell.write_token()
    shell.write("words", PASSPHRASE + "\n")
    done = await shell.halqa(
        "init", "--name", NAME, "--token-file", "token", "--key", "passphrase", HALQA_STORAGE__PASSPHRASE_FILE="words"
    )
    assert done.code == 0, done.err
    assert not (shell.folder / "halqa.keyfile").exists()
    key_slots.unlock(shell.folder / "data/halqa.key", PassphraseSource(PASSPHRASE))
    shell.write("decomposed", PASSPHRASE.replace("é", "e\u0301"))
    again = await shell.halqa("doctor", "--passphrase-file", "decomposed")
    assert again.findings["key"] == "ok"
    assert PASSPHRASE not in done.out + done.err + again.out + again.err


@pytest.mark.parametrize(
    ("words", "mode", "reason"), [("too short", 0o600, "12 characters"), (PASSPHRASE, 0o644, "chmod")]
)
async def test_a_passphrase_that_protects_nothing_is_refused(shell: Shell, words: str, mode: int, reason: str) -> None:
    shell.write_token()
    shell.write("words", words, mode)
    before = shell.everything()
    done = await shell.halqa(
        "init", "--name", NAME, "--token-file", "token", "--key", "passphrase", "--passphrase-file", "words"
    )
    assert done.code in (1, 78)
    assert reason in done.err
    assert shell.everything() == before


async def test_a_credential_is_made_as_a_file_that_the_settings_do_not_name(shell: Shell, tmp_path: Path) -> None:
    shell.write_token()
    done = await shell.halqa("init", "--name", NAME, "--token-file", "token", "--key", "credential")
    assert done.code == 0, done.err
    assert "systemd-creds encrypt" in done.out
    assert "key_file" not in tomllib.loads((shell.folder / "halqa.toml").read_text(encoding="utf-8"))["storage"]
    handed_over = tmp_path / "credentials"
    handed_over.mkdir()
    (shell.folder / "halqa.keyfile").rename(handed_over / "halqa")
    inside = await shell.halqa("doctor", CREDENTIALS_DIRECTORY=str(handed_over))
    assert (inside.code, inside.findings["key"]) == (0, "ok")
    assert (await shell.halqa("doctor")).findings["key"] == "warning"


@pytest.mark.parametrize(
    ("there", "options", "key"),
    [
        ("data/network.db", {}, "storage.directory"),
        ("data/halqa.key", {}, "storage.directory"),
        ("photos/cat.jpg", {"storage.directory": "photos"}, "storage.directory"),
        ("halqa.keyfile", {}, "storage.key_file"),
        ("anything", {"storage.directory": "."}, "storage.directory"),
        ("anything", {"storage.key_file": "data/key"}, "storage.key_file"),
        ("anything", {"storage.key": "credential", "storage.key_file": "data/key"}, "storage.key_file"),
    ],
)
def test_what_is_there_is_never_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: str, options: dict[str, str], key: str
) -> None:
    """In this process, for there are many of them."""
    monkeypatch.chdir(tmp_path)
    shell = Shell(tmp_path, "")
    (tmp_path / there).parent.mkdir(mode=0o700 if there.startswith("data") else 0o755, exist_ok=True)
    shell.write(there, "precious")
    before = shell.everything()
    monkeypatch.setenv("HALQA_TELEGRAM__TOKEN", TOKEN)
    answers = prompts.from_options(tmp_path / "halqa.toml", {"network.name": NAME, **options}, [], None)
    with pytest.raises(ConfigError) as caught:
        init.create(answers, may_ask=False, passphrase_file=None)
    assert key in {mistake.key for mistake in caught.value.mistakes}
    assert shell.everything() == before


def test_a_disk_that_is_full_half_way_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = provision.create

    async def create(settings: Settings, source: Source, hosts: Sequence[str], now: datetime) -> str:
        await real(settings, source, hosts, now)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(provision, "create", create)
    monkeypatch.setenv("HALQA_TELEGRAM__TOKEN", TOKEN)
    shell = Shell(tmp_path, "")
    shell.write("here before", "precious")
    before = shell.everything()
    options = {"storage.directory": str(tmp_path / "srv/halqa/data"), "storage.key_file": str(tmp_path / "keys/one")}
    answers = prompts.from_options(tmp_path / "etc/halqa.toml", {"network.name": NAME, **options}, [], None)
    with pytest.raises(OSError, match="No space"):
        init.create(answers, may_ask=False, passphrase_file=None)
    assert shell.everything() == before


async def test_settings_elsewhere_are_found_by_the_commands_that_it_names(shell: Shell, tmp_path: Path) -> None:
    shell.write_token()
    place = tmp_path / "etc" / "a network.toml"
    done = await shell.halqa("init", "--name", NAME, "--token-file", "token", "--config", str(place))
    assert done.code == 0, done.err
    assert f"halqa doctor --config '{place}'" in done.out
    assert (tmp_path / "etc/data/network.db").exists()
    assert (await shell.halqa("doctor", "--config", str(place))).code == 0
    assert (await shell.halqa("doctor", HALQA_CONFIG=str(place))).code == 0
