"""The settings of a network that is about to be made: a file, checked as a whole, not yet under its final name."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from bot.cli.prompts import DIRECTORY, HOSTS, KEY, KEY_FILE, LANGUAGES, NAME, TOKEN, InitAnswers
from bot.language.normalize import one_line, units
from bot.operations import config
from bot.operations.config import ConfigError, Mistake, Settings
from storage.crypto.private_files import write_private
from storage.files import KEYRING_FILE, NETWORK_FILE, SLOT_FILE
from storage.integrity.rollback_guard import FILE as GENERATION_FILE

LONGEST_HOST = 64  # UTF-16 units, as in the chat
DATA_FILES = (SLOT_FILE, NETWORK_FILE, KEYRING_FILE, GENERATION_FILE)
TEMPLATE = """\
# The settings of one network, written by `halqa init`. Keep this file readable by yourself alone: the bot's token is
# in it. Relative paths count from the folder of this file. The environment wins: HALQA_NETWORK__LANGUAGES="fr, ar"
# stands for languages in [network], and so on. What is left out has its usual value.

[telegram]
{token}

[network]
# What your community was called when it was made.
name = {name}
# The languages offered to members: en, fr, ar. The first one greets people whose own language is none of them.
languages = [{languages}]

[storage]
# The data directory: two encrypted databases and the slot file. Nothing in it is readable without the key.
directory = {directory}
# Where the key comes from: "file", "passphrase" (typed at every start) or "credential" (from systemd).
key = {key}
{key_file}
[digest]
# How many minutes an opened digest stays readable before it closes again by itself.
closes_after_minutes = 60

[run]
# How the log looks: "console" for people, "json" for machines. Neither ever holds names or words.
log = "console"
"""
NO_TOKEN = "# The token stands in the file that HALQA_TELEGRAM__TOKEN_FILE names."
TOKEN_LINE = "# What BotFather gave you. If it ever leaks, ask him for a new one: /revoke.\ntoken = {}"
KEY_FILE_LINE = (
    "# Best kept on another volume than the data. Without it nothing can be read again: keep a copy elsewhere.\n"
)


def path_of(wanted: Path) -> Path:
    """Where a draft stands until it is final: beside its place, so that the last step is one rename."""
    return wanted.with_name(wanted.name + ".new")


def write(said: InitAnswers) -> None:
    path = path_of(said.config)
    path.unlink(missing_ok=True)  # of an init that was cut off half-way
    write_private(path, _text(said).encode())


def read(said: InitAnswers) -> Settings:
    """The draft as a running network will read it. Raises `ConfigError` with every mistake, and what is in the way."""
    found = list(_in_the_way(said))
    try:
        settings = config.load(path_of(said.config))
    except ConfigError as error:
        raise ConfigError([*error.mistakes, *found]) from None
    if found:
        raise ConfigError(found)
    return settings


def _text(said: InitAnswers) -> str:
    settings = said.settings
    key_file = ""
    if KEY_FILE in settings and settings[KEY] != "credential":
        key_file = f"{KEY_FILE_LINE}key_file = {_place(settings[KEY_FILE], said.config)}\n"
    return TEMPLATE.format(
        token=TOKEN_LINE.format(_quoted(settings[TOKEN])) if settings[TOKEN] else NO_TOKEN,
        name=_quoted(one_line(settings[NAME])),
        languages=", ".join(_quoted(code.strip()) for code in settings[LANGUAGES].split(",") if code.strip()),
        directory=_place(settings[DIRECTORY], said.config),
        key=_quoted(settings[KEY]),
        key_file=key_file,
    )


def _quoted(words: str) -> str:
    """A basic string of TOML, which escapes as JSON does."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def _place(place: str, config: Path) -> str:
    path = Path(place)
    return _quoted(str(path.relative_to(config.parent) if path.is_relative_to(config.parent) else path))


def _in_the_way(said: InitAnswers) -> Iterator[Mistake]:
    """What no setting is to blame for, and would still spoil the network or something that is there already."""
    directory = Path(said.settings[DIRECTORY])
    if said.config.is_relative_to(directory):
        yield Mistake(DIRECTORY, "should not be where the settings are: the token is in them.")
    elif any((directory / name).exists() for name in DATA_FILES):
        yield Mistake(DIRECTORY, "holds a network already, and a network is never overwritten.")
    elif directory.exists() and not directory.is_dir():
        yield Mistake(DIRECTORY, "is a file.")
    elif directory.is_dir() and _shared(directory):
        yield Mistake(DIRECTORY, "holds other files that others may need; choose one that is empty, or private (0700).")
    if KEY_FILE in said.settings:
        key_file = Path(said.settings[KEY_FILE])
        if key_file.exists():
            yield Mistake(KEY_FILE, "is there already, and a key is never overwritten; choose another name.")
        if said.settings[KEY] == "credential" and key_file.is_relative_to(directory):
            yield Mistake(KEY_FILE, "should not stand inside storage.directory: who takes the one then has both.")
    if not all(0 < units(one_line(name)) <= LONGEST_HOST for name in said.hosts or ()):
        yield Mistake(HOSTS, f"should each have a name, of at most {LONGEST_HOST} letters.")


def _shared(directory: Path) -> bool:
    return os.name == "posix" and bool(directory.stat().st_mode & 0o077) and any(directory.iterdir())
