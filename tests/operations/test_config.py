"""Reading the settings: every mistake is reported at once, and no message contains a value."""

import tomllib
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.operations import config
from bot.operations.config import ConfigError, Settings
from tests.operations.settings_file import GOOD, SECRET, TOKEN, mistakes_in, written
from tests.support.paths import ROOT


def messages_of(error: BaseException) -> Iterator[str]:
    yield from (str(error), repr(error), "".join(traceback.format_exception(error)), repr(vars(error)))
    for other in (error.__cause__, error.__context__):
        if other is not None:
            yield from messages_of(other)


def test_a_short_file_is_enough(tmp_path: Path) -> None:
    settings = config.load(written(tmp_path, GOOD))
    assert settings.network.languages == ("en", "fr", "ar")
    assert settings.telegram.token.get_secret_value() == TOKEN
    assert settings.telegram.file_url == "https://api.telegram.org/file/bot"
    assert settings.storage.directory == tmp_path / "data"
    assert config.key_path(settings) == tmp_path / "keys" / "halqa.keyfile"
    assert TOKEN not in repr(settings)


def test_the_example_explains_every_setting_and_loads(tmp_path: Path) -> None:
    text = (ROOT / "config.example.toml").read_text(encoding="utf-8")
    settings = config.load(written(tmp_path, text))
    for section, values in settings.model_dump().items():
        assert f"[{section}]" in text
        for key in values:
            assert f"\n{key} = " in text or f"\n# {key} = " in text, f"{section}.{key} is not in the example"
    defaults = Settings.model_validate(
        {
            "telegram": {"token": TOKEN},
            "network": {"name": "Circle of the Three Rivers"},
            "storage": {"directory": tmp_path / "data", "key_file": tmp_path / "keys" / "halqa.keyfile"},
        }
    )
    assert settings.model_dump(exclude={"telegram": {"token"}}) == defaults.model_dump(exclude={"telegram": {"token"}})


def test_every_mistake_is_reported_at_once(tmp_path: Path) -> None:
    text = """
    colour = "blue"
    [telegram]
    tokn = "x"
    base_url = "http://telegram.example/bot"
    messages_per_second = "fast"
    [network]
    name = "  "
    languages = ["en", "tlh"]
    [storage]
    directory = "data"
    key = "paper"
    [digests]
    closes_after_minutes = 5
    [run]
    workers = 0
    """
    found = mistakes_in(written(tmp_path, text))
    assert found.keys() == {
        "colour",
        "telegram.token",
        "telegram.tokn",
        "telegram.base_url",
        "telegram.messages_per_second",
        "network.name",
        "network.languages",
        "storage.key",
        "digests",
        "run.workers",
    }
    assert found["telegram.token"] == "is missing."
    assert found["telegram.tokn"] == "is not a setting. Did you mean telegram.token?"
    assert found["digests"] == "is not a setting. Did you mean digest?"
    assert found["colour"] == "is not a setting."
    assert found["run.workers"] == "should be greater than or equal to 1."


def test_a_key_outside_its_section_is_shown_the_way_in(tmp_path: Path) -> None:
    found = mistakes_in(written(tmp_path, f'token = "{TOKEN}"\n{GOOD}'))
    assert found == {"token": "is not a setting. Did you mean telegram.token?"}


PLACES = {"storage.directory", "storage.key_file", "backup.directory"}  # every text is one


@pytest.mark.parametrize("key", sorted({*config._KEYS} - {"network.name", *PLACES}))
def test_no_mistake_ever_shows_a_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv(f"HALQA_{key.replace('.', '__')}".upper(), SECRET)
    with pytest.raises(ConfigError) as caught:
        config.load(written(tmp_path, GOOD))
    assert key in dict(caught.value.mistakes)
    for message in messages_of(caught.value):
        assert SECRET not in message
    assert caught.value.__cause__ is caught.value.__context__ is None


@pytest.mark.parametrize(
    "text",
    [
        f'[telegram]\ntoken = "{SECRET}',
        f"[telegram]\ntoken = {SECRET}\n",
        f"[telegram]\ntoken = 5 {SECRET}",
        f'telegram = "{SECRET}"',
        f'[telegram]\ntoken = ["{SECRET}"]',
        f'[telegram]\ntoken = {{ a = "{SECRET}" }}',
    ],
)
def test_no_broken_file_shows_a_value(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config.load(written(tmp_path, text))
    for message in messages_of(caught.value):
        assert SECRET not in message


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[telegram]\ntoken = what\n", " at line 2, column 9"),
        ("[telegram]\ntoken = ", " at end of document"),
        ("[telegram]\n'line 7, column 3' = 1\n['telegram'.'line 7, column 3']", " at line 3, column 31"),
        ("x = " + "[" * 100_000, ": a value in it is too long or too deep"),
        ("x = " + "1" * 5000, ": a value in it is too long or too deep"),
    ],
    ids=["a word", "the end", "a key that looks like a place", "too deep", "too long"],
)
def test_a_broken_file_is_told_with_the_place_at_which_the_parser_stopped(
    tmp_path: Path, text: str, place: str
) -> None:
    path = written(tmp_path, text)
    assert mistakes_in(path) == {str(path): f"is not TOML{place}."}


def test_the_place_is_that_of_the_parsers_attributes_where_it_has_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Python 3.14 does."""

    def fails(_: str) -> None:
        error = tomllib.TOMLDecodeError("Cannot declare (at line 1, column 1)")
        error.lineno, error.colno = 4, 2  # type: ignore[attr-defined]
        raise error

    monkeypatch.setattr(tomllib, "loads", fails)
    path = written(tmp_path, "")
    assert mistakes_in(path) == {str(path): "is not TOML at line 4, column 2."}


def test_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALQA_NETWORK__LANGUAGES", "ar, fr, ar")
    monkeypatch.setenv("HALQA_RUN__WORKERS", "3")
    monkeypatch.setenv("HALQA_TELEGRAM__BASE_URL", "http://127.0.0.1:8081/bot")
    monkeypatch.setenv("HALQA_NETWORK__NAME", "")
    settings = config.load(written(tmp_path, GOOD))
    assert settings.network.languages == ("ar", "fr")
    assert settings.run.workers == 3
    assert settings.telegram.file_url == "http://127.0.0.1:8081/file/bot"
    assert settings.network.name == "Circle of the Three Rivers"


def test_a_mistake_in_the_environment_names_its_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALQA_RUN__WORKERS", "many")
    monkeypatch.setenv("HALQA_RUN__WORKRES", "3")
    monkeypatch.setenv("HALQA_TELEGRAMM__TOKEN", TOKEN)
    found = mistakes_in(written(tmp_path, GOOD))
    assert "HALQA_RUN__WORKERS is set, and wins over the file" in found["run.workers"]
    assert found["run.workres"] == "is not a setting. Did you mean run.workers?"
    assert found["HALQA_TELEGRAMM__TOKEN"] == "is not a setting. Did you mean telegram?"


def test_the_token_may_stand_in_a_file_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n", encoding="utf-8")
    monkeypatch.setenv("HALQA_TELEGRAM__TOKEN_FILE", str(tmp_path / "token"))
    path = written(tmp_path, GOOD.replace(f'token = "{TOKEN}"', ""), 0o644)
    assert config.load(path).telegram.token.get_secret_value() == TOKEN


def test_a_token_file_that_is_not_there_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALQA_TELEGRAM__TOKEN_FILE", str(tmp_path / "nowhere"))
    found = mistakes_in(written(tmp_path, GOOD.replace(f'token = "{TOKEN}"', "")))
    assert found.keys() == {"telegram.token"}
    assert "HALQA_TELEGRAM__TOKEN_FILE" in found["telegram.token"]
    assert "No such file" in found["telegram.token"]


def test_two_tokens_are_one_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALQA_TELEGRAM__TOKEN", TOKEN)
    monkeypatch.setenv("HALQA_TELEGRAM__TOKEN_FILE", str(tmp_path / "token"))
    assert "given twice" in mistakes_in(written(tmp_path, GOOD))["telegram.token"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_token_that_others_can_read_is_a_mistake_with_its_remedy(tmp_path: Path, mode: int) -> None:
    path = written(tmp_path, GOOD, mode)
    assert f"Remedy: chmod 600 {path}" in mistakes_in(path)[str(path)]


def test_without_a_file_the_next_step_is_named(tmp_path: Path) -> None:
    found = mistakes_in(tmp_path / "halqa.toml")
    assert "`halqa init`" in found[str(tmp_path / "halqa.toml")]


def test_a_folder_is_no_settings_file(tmp_path: Path) -> None:
    assert "cannot be read" in mistakes_in(tmp_path)[str(tmp_path)]


def test_systemd_hands_the_key_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, GOOD.replace('key_file = "keys/halqa.keyfile"', 'key = "credential"'))
    settings = config.load(path)
    with pytest.raises(ConfigError, match=r"storage\.key"):
        config.key_path(settings)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert config.key_path(settings) == tmp_path / "halqa"


def test_a_passphrase_has_no_file(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD.replace('key_file = "keys/halqa.keyfile"', 'key = "passphrase"'))
    assert config.key_path(config.load(path)) is None
