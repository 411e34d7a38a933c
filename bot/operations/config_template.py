"""The settings file of a new network, filled in from the answers of `halqa init`.

It is written as a draft under another name, and checked as a whole before it gets its final name.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.language.normalize import one_line, units
from bot.operations import config
from bot.operations.config import ConfigError, Mistake, Settings
from storage.crypto.private_files import write_private
from storage.files import KEYRING_FILE, NETWORK_FILE, SLOT_FILE
from storage.integrity.rollback_guard import FILE as GENERATION_FILE

TOKEN, NAME, LANGUAGES = "telegram.token", "network.name", "network.languages"
CONTROLLER, CONTACT = "network.controller", "network.contact"
KEY, DIRECTORY, KEY_FILE = "storage.key", "storage.directory", "storage.key_file"
HOSTS = "hosts"  # not a setting; the key under which a mistake in them is reported
MAX_HOST_NAME = 64  # UTF-16 units, as in the chat
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
# Who is responsible for what is kept, and how people reach them: both stand in the notice that everybody reads before
# they agree. Empty, the notice refers to whoever gave the invitation.
controller = {controller}
contact = {contact}
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


@dataclass(frozen=True, slots=True)
class InitAnswers:
    """What is known about the new network so far: strings under the keys of their settings, and the names of hosts.

    The token is one of the settings, so `repr` shows none of them. An empty token means that the file named by
    HALQA_TELEGRAM__TOKEN_FILE holds it. `hosts` is None where nobody has answered yet.
    """

    config: Path
    settings: dict[str, str] = field(repr=False)
    hosts: tuple[str, ...] | None = None

    def defaults(self) -> dict[str, str]:
        """Returns the default of each setting that has one. With a passphrase there is no key file."""
        folder = self.config.parent
        defaults = {CONTROLLER: "", CONTACT: "", LANGUAGES: "en, fr, ar", KEY: "file", DIRECTORY: str(folder / "data")}
        if self.settings.get(KEY, defaults[KEY]) != "passphrase":
            defaults[KEY_FILE] = str(folder / "halqa.keyfile")
        return defaults


def draft_path(config_path: Path) -> Path:
    """Returns the path of the draft: in the folder of the final file, so that the last step is one rename."""
    return config_path.with_name(config_path.name + ".new")


def write(answers: InitAnswers) -> None:
    """Writes the draft, readable by this account alone."""
    path = draft_path(answers.config)
    path.unlink(missing_ok=True)  # left behind by an init that was interrupted
    write_private(path, _text(answers).encode())


def read(answers: InitAnswers) -> Settings:
    """Reads the draft as a running network reads its settings.

    Raises `ConfigError` with every mistake in it, and with what stands in the way of the new files.
    """
    conflicts = list(_conflicts(answers))
    try:
        settings = config.load(draft_path(answers.config))
    except ConfigError as error:
        raise ConfigError([*error.mistakes, *conflicts]) from None
    if conflicts:
        raise ConfigError(conflicts)
    return settings


def _text(answers: InitAnswers) -> str:
    settings = answers.settings
    key_file = ""
    if KEY_FILE in settings and settings[KEY] != "credential":
        key_file = f"{KEY_FILE_LINE}key_file = {_relative(settings[KEY_FILE], answers.config)}\n"
    return TEMPLATE.format(
        token=TOKEN_LINE.format(_quoted(settings[TOKEN])) if settings[TOKEN] else NO_TOKEN,
        name=_quoted(one_line(settings[NAME])),
        controller=_quoted(one_line(settings[CONTROLLER])),
        contact=_quoted(one_line(settings[CONTACT])),
        languages=", ".join(_quoted(code.strip()) for code in settings[LANGUAGES].split(",") if code.strip()),
        directory=_relative(settings[DIRECTORY], answers.config),
        key=_quoted(settings[KEY]),
        key_file=key_file,
    )


def _quoted(text: str) -> str:
    """Returns a basic string of TOML, which escapes as JSON does."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _relative(place: str, config_path: Path) -> str:
    """Returns a quoted path, relative to the folder of the settings where it is inside that folder."""
    path, folder = Path(place), config_path.parent
    return _quoted(str(path.relative_to(folder) if path.is_relative_to(folder) else path))


def _conflicts(answers: InitAnswers) -> Iterator[Mistake]:
    """Yields what `config.load` cannot detect: files that would be overwritten or exposed, and invalid host names."""
    directory = Path(answers.settings[DIRECTORY])
    if answers.config.is_relative_to(directory):
        yield Mistake(DIRECTORY, "should not be where the settings are: the token is in them.")
    elif any((directory / name).exists() for name in DATA_FILES):
        yield Mistake(DIRECTORY, "holds a network already, and a network is never overwritten.")
    elif directory.exists() and not directory.is_dir():
        yield Mistake(DIRECTORY, "is a file.")
    elif directory.is_dir() and _shared(directory):
        yield Mistake(DIRECTORY, "holds other files that others may need; choose one that is empty, or private (0700).")
    if KEY_FILE in answers.settings:
        key_file = Path(answers.settings[KEY_FILE])
        if key_file.exists():
            yield Mistake(KEY_FILE, "is there already, and a key is never overwritten; choose another name.")
        if answers.settings[KEY] == "credential" and key_file.is_relative_to(directory):
            yield Mistake(KEY_FILE, "should not stand inside storage.directory: who takes the one then has both.")
    if not all(0 < units(one_line(name)) <= MAX_HOST_NAME for name in answers.hosts or ()):
        yield Mistake(HOSTS, f"should each have a name, of at most {MAX_HOST_NAME} letters.")


def _shared(directory: Path) -> bool:
    return os.name == "posix" and bool(directory.stat().st_mode & 0o077) and any(directory.iterdir())
