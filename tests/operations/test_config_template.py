"""The settings file of a new network: what is written, and what is in its way."""

import tomllib
from pathlib import Path

import pytest

from bot.operations import config_template
from bot.operations.config import ConfigError
from bot.operations.config_template import (
    CONTACT,
    CONTROLLER,
    DIRECTORY,
    HOSTS,
    KEY,
    KEY_FILE,
    LANGUAGES,
    NAME,
    TOKEN,
    InitAnswers,
)
from tests.operations import settings_file


def answers(folder: Path, hosts: tuple[str, ...] = (), **changed: str) -> InitAnswers:
    known = InitAnswers(folder / "halqa.toml", {TOKEN: settings_file.TOKEN, NAME: "Three Rivers"})
    settings = known.defaults() | known.settings | {key.replace("__", "."): value for key, value in changed.items()}
    return InitAnswers(known.config, settings, hosts)


def test_the_draft_is_private_and_reads_as_the_answers(tmp_path: Path) -> None:
    config_template.write(answers(tmp_path, network__name='Three "Rivers" \\ \x7f', network__languages="ar, fr"))
    path = config_template.draft_path(tmp_path / "halqa.toml")
    assert path.stat().st_mode & 0o777 == 0o600
    settings = config_template.read(answers(tmp_path))
    assert settings.network.languages == ("ar", "fr")
    assert settings.network.name.startswith('Three "Rivers" \\')
    assert settings.storage.directory == tmp_path / "data"
    assert settings.storage.key_file == tmp_path / "halqa.keyfile"


def test_paths_inside_the_folder_are_written_relative_to_it(tmp_path: Path) -> None:
    config_template.write(answers(tmp_path, storage__key_file="/media/stick/key"))
    written = tomllib.loads(config_template.draft_path(tmp_path / "halqa.toml").read_text("utf-8"))
    assert written["storage"] == {"directory": "data", "key": "file", "key_file": "/media/stick/key"}


def test_an_empty_token_is_not_written(tmp_path: Path) -> None:
    config_template.write(answers(tmp_path, telegram__token=""))
    written = tomllib.loads(config_template.draft_path(tmp_path / "halqa.toml").read_text("utf-8"))
    assert written["telegram"] == {}


def test_a_passphrase_has_no_key_file() -> None:
    assert KEY_FILE not in InitAnswers(Path("/srv/halqa.toml"), {KEY: "passphrase"}).defaults()
    assert InitAnswers(Path("/srv/halqa.toml"), {}).defaults() == {
        CONTROLLER: "", CONTACT: "", LANGUAGES: "en, fr, ar",
        KEY: "file", DIRECTORY: "/srv/data", KEY_FILE: "/srv/halqa.keyfile",
    }  # fmt: skip


def test_the_token_does_not_show() -> None:
    assert settings_file.TOKEN not in repr(answers(Path("/srv")))


@pytest.mark.parametrize("host", ["", "  ", "x" * 65])
def test_a_host_needs_a_name_that_is_not_too_long(tmp_path: Path, host: str) -> None:
    made = answers(tmp_path, hosts=("Cedar Law", host))
    config_template.write(made)
    with pytest.raises(ConfigError) as caught:
        config_template.read(made)
    assert {mistake.key for mistake in caught.value.mistakes} == {HOSTS}
