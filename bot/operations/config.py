"""Reads the settings from one TOML file and the environment.

`load` promises three things: it reports all mistakes together; each mistake names its key; and no message,
representation or chained exception contains a value, since one of the values is the bot's token. The environment
overrides the file: `HALQA_TELEGRAM__TOKEN` wins over `[telegram] token`. The token may be in a file of its own, whose
path is in `HALQA_TELEGRAM__TOKEN_FILE`.
"""

import difflib
import os
import re
import shlex
import stat
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from bot.operations.settings import Settings

__all__ = ["ConfigError", "Mistake", "Settings", "key_path", "load"]

PREFIX = "HALQA_"
_TOKEN, _TOKEN_FILE = f"{PREFIX}TELEGRAM__TOKEN", f"{PREFIX}TELEGRAM__TOKEN_FILE"
_CREDENTIAL = "halqa"
_SECRETS = ("token", "proxy")
_SECTIONS = {name: set(getattr(field.annotation, "model_fields", ())) for name, field in Settings.model_fields.items()}
_KEYS = [f"{section}.{key}" for section, keys in _SECTIONS.items() for key in keys]
_PATHS = (("storage", "directory"), ("storage", "key_file"), ("backup", "directory"))


class Mistake(NamedTuple):
    """One mistake in the settings. The key and the sentence are shown together: "telegram.token is missing."."""

    key: str
    sentence: str


class ConfigError(Exception):
    """All mistakes in the settings. Its exit code is 78 (EX_CONFIG of sysexits.h)."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(f"{mistake.key} {mistake.sentence}" for mistake in self.mistakes))


class _Environment(EnvSettingsSource):
    """Leaves out the path of the token file, which is not a setting: `load` replaces it by the token in the file."""

    def __call__(self) -> dict[str, Any]:
        data = super().__call__()
        telegram = data.get("telegram")
        if isinstance(telegram, dict):
            telegram.pop("token_file", None)
        return {section: values for section, values in data.items() if values != {}}


class _Layered(Settings, BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        env_ignore_empty=True,
        enable_decoding=False,
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment comes first, so that it wins. No .env file is read."""
        return _Environment(settings_cls), init_settings


def load(path: Path) -> Settings:
    """Returns the settings of a network. Relative paths in them are relative to the folder of the file.

    Raises `ConfigError` with every mistake.
    """
    found: dict[str, str] = {}
    data = _read(path, found)
    if not found:
        _refuse_unknown_sections(data, found)
        _refuse_exposed_secrets(path, data, found)
        _make_absolute(path, data)
        _take_token_file(data, found)
        settings = _validate(data, found)
        if settings is not None and not found:
            return settings
    raise ConfigError(Mistake(key, sentence) for key, sentence in found.items())


def key_path(settings: Settings) -> Path | None:
    """Returns the file that holds the key; None for a passphrase.

    Raises `ConfigError` for a systemd credential where systemd provides none.
    """
    if settings.storage.key != "credential":
        return settings.storage.key_file
    if folder := os.environ.get("CREDENTIALS_DIRECTORY"):
        return Path(folder) / _CREDENTIAL
    sentence = 'is "credential", but systemd has handed none over; deploy/README.md tells how it does.'
    raise ConfigError([Mistake("storage.key", sentence)])


def _read(path: Path, found: dict[str, str]) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        found[str(path)] = "does not exist. `halqa init` writes one and asks for what belongs in it."
    except OSError as error:
        found[str(path)] = f"cannot be read: {error.strerror}."
    except UnicodeDecodeError:
        found[str(path)] = "is not UTF-8 text."
    except tomllib.TOMLDecodeError as error:
        found[str(path)] = f"is not TOML at {_place(error)}."
    except (ValueError, RecursionError):  # a number of thousands of digits, or brackets within brackets
        found[str(path)] = "is not TOML: a value in it is too long or too deep."
    return {}


def _place(error: tomllib.TOMLDecodeError) -> str:
    """Where the parser stopped. The rest of its message is not shown, since it may quote the file."""
    line, column = getattr(error, "lineno", None), getattr(error, "colno", None)  # since Python 3.14
    if line is not None:
        return f"line {line}, column {column}"
    # The message ends with the place; what it quotes stands before, and may look like one.
    position = re.search(r"\(at (line \d+, column \d+|end of document)\)\Z", str(error))
    return position[1] if position else "a place that the parser does not tell"


def _refuse_unknown_sections(data: dict[str, Any], found: dict[str, str]) -> None:
    for name in [name for name in data if name not in _SECTIONS]:
        del data[name]
        found[name] = _unknown(name)
    for variable in os.environ:
        section, nested, _ = variable.removeprefix(PREFIX).partition("__")
        if variable.startswith(PREFIX) and nested and section.lower() not in _SECTIONS:
            found[variable] = _unknown(section.lower())


def _refuse_exposed_secrets(path: Path, data: dict[str, Any], found: dict[str, str]) -> None:
    telegram = data.get("telegram")
    exposed = os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077
    secrets = [f"telegram.{key}" for key in _SECRETS if isinstance(telegram, dict) and key in telegram]
    if exposed and secrets:
        remedy = f"chmod 600 {shlex.quote(str(path))}"
        found[str(path)] = f"holds {' and '.join(secrets)}, and others on this machine can open it. Remedy: {remedy}"


def _make_absolute(path: Path, data: dict[str, Any]) -> None:
    for section, key in _PATHS:
        values = data.get(section)
        if isinstance(values, dict) and isinstance(values.get(key), str):
            values[key] = str(path.absolute().parent / Path(values[key]).expanduser())


def _take_token_file(data: dict[str, Any], found: dict[str, str]) -> None:
    name = os.environ.get(_TOKEN_FILE)
    if not name:
        return
    if os.environ.get(_TOKEN):
        found["telegram.token"] = f"is given twice, by {_TOKEN} and {_TOKEN_FILE}; take one of the two out."
        return
    try:
        token = Path(name).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        found["telegram.token"] = f"cannot be read from the file that {_TOKEN_FILE} names: {why}."
        return
    telegram = data.setdefault("telegram", {})
    if isinstance(telegram, dict):
        telegram["token"] = token


def _validate(data: dict[str, Any], found: dict[str, str]) -> Settings | None:
    try:
        return _Layered(**data)
    except ValidationError as invalid:
        # Without include_input=False each error would contain the value.
        errors = invalid.errors(include_url=False, include_context=False, include_input=False)
    for error in errors:
        key = ".".join(str(part) for part in error["loc"][:2])
        found.setdefault(key, _sentence(key, error["type"], error["msg"]))
    return None


def _sentence(key: str, kind: str, message: str) -> str:
    """The sentence of an error of pydantic, by its type; `message` is pydantic's own."""
    match kind:
        case "missing":
            sentence = "is missing"
        case "extra_forbidden":
            return _unknown(key)
        case "model_type":
            sentence = f"should be a section: [{key}] on a line of its own, its keys below"
        case "too_short":
            sentence = "should name at least one"
        case _:
            sentence = re.sub(r"^(Input|String|Value error,) ", "", message)
    variable = PREFIX + key.replace(".", "__").upper()
    return f"{sentence}. ({variable} is set, and wins over the file.)" if os.environ.get(variable) else f"{sentence}."


def _unknown(key: str) -> str:
    near = difflib.get_close_matches(key, [*_KEYS, *_SECTIONS], n=1, cutoff=0.7)
    leaves = {known.rpartition(".")[2]: known for known in _KEYS}
    near = near or [leaves[leaf] for leaf in difflib.get_close_matches(key.rpartition(".")[2], leaves, n=1)]
    return f"is not a setting. Did you mean {near[0]}?" if near else "is not a setting."
