"""Collects the answers of `halqa init`: from its options and the environment, then by prompts at a terminal.

An answer is a string under the key of its setting, such as "network.name". Hosts are not a setting and stand apart.
"""

import os
import re
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path

import typer

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
from bot.operations.failures import CONFIGURATION, Declined
from bot.operations.unlock import PASSPHRASE_FILE, type_hidden

TOKEN_VARIABLE, TOKEN_FILE_VARIABLE = "HALQA_TELEGRAM__TOKEN", "HALQA_TELEGRAM__TOKEN_FILE"
# The options for what has no default, as they are named where nobody can be prompted.
OPTIONS = {TOKEN: f"--token-file (or {TOKEN_VARIABLE})", NAME: "--name (or HALQA_NETWORK__NAME)"}
RESPONSIBLE = {
    CONTROLLER: "\nWho is responsible for what is kept? People read it before they agree, also those who then do not.\n"
    "Left empty, the notice refers to whoever gave the invitation.\nResponsible",
    CONTACT: "How do people reach them? An address that may be known.\nContact",
}
SOURCES = {
    "file": """The key lies in a file, and the bot starts by itself after a reboot. A stolen copy or backup of the
    data directory stays unreadable. A stolen disk does not: the key is on it, unless you keep it on another volume.""",
    "passphrase": """You type it at every start, and until then the bot is silent (Telegram keeps what people write for
    24 hours). A stolen disk stays unreadable as well, as long as the passphrase is hard to guess. If nobody remembers
    it, everything is lost.""",
    "credential": """systemd keeps the key, encrypted for this one machine (in its TPM where it has one), and the bot
    starts by itself. A disk on its own stays unreadable; who takes the whole machine can start it. You need a copy of
    the key elsewhere for the day the machine breaks.""",
}


def from_options(
    config: Path, options: Mapping[str, str | None], hosts: Sequence[str], token_file: Path | None
) -> InitAnswers:
    """Returns the answers that the options and the environment contain; None and empty options are left out.

    Raises `Declined` where the token file cannot be read, or there are several tokens.
    """
    settings = {key: value for key, value in options.items() if value}
    for key in (DIRECTORY, KEY_FILE):
        if key in settings:
            settings[key] = str(Path(settings[key]).expanduser().absolute())
    sources = [name for name in (TOKEN_VARIABLE, TOKEN_FILE_VARIABLE) if os.environ.get(name)]
    sources += ["--token-file"] if token_file else []
    if len(sources) > 1:
        raise Declined(CONFIGURATION, f"telegram.token is given by {' and by '.join(sources)}; take one of them out.")
    if token_file:
        settings[TOKEN] = _read_token(token_file)
    elif sources:
        # A token in the file that the environment names is not copied, so its setting stays empty.
        settings[TOKEN] = os.environ.get(TOKEN_VARIABLE, "").strip()
    return InitAnswers(config, settings, tuple(hosts) or None)


def _read_token(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise Declined(CONFIGURATION, f"telegram.token cannot be read from {path}: {why}.") from None


def missing_options(answers: InitAnswers, passphrase_file: Path | None) -> list[str]:
    """Returns the options that are required where nobody can be prompted."""
    options = [option for key, option in OPTIONS.items() if key not in answers.settings]
    if answers.settings.get(KEY) == "passphrase" and passphrase_file is None:
        options.append(f"--passphrase-file (or {PASSPHRASE_FILE})")
    return options


def fill_in(answers: InitAnswers) -> InitAnswers:
    """Completes the answers with the defaults."""
    return InitAnswers(answers.config, answers.defaults() | answers.settings, answers.hosts or ())


def ask(answers: InitAnswers) -> InitAnswers:
    """Completes the answers by prompts at the terminal."""
    settings = dict(answers.settings)
    if TOKEN not in settings:
        settings[TOKEN] = _token()
    if NAME not in settings:
        settings[NAME] = typer.prompt("\nWhat is your network called, as its members read it?\nName")
    for key, question in RESPONSIBLE.items():
        if key not in settings:
            settings[key] = typer.prompt(question, default="", show_default=False)
    hosts = _hosts() if answers.hosts is None else answers.hosts
    if LANGUAGES not in settings:
        print("\nLanguages offered to members: en, fr, ar. The first greets people whose own is none of them.")
        settings[LANGUAGES] = typer.prompt("Languages", answers.defaults()[LANGUAGES])
    if KEY not in settings:
        settings[KEY] = _source()
    defaults = InitAnswers(answers.config, settings).defaults()
    if DIRECTORY not in settings:
        print("\nThe data directory: two encrypted databases, and nothing in it is readable without the key.")
        settings[DIRECTORY] = _path("Data directory", defaults[DIRECTORY])
    if KEY_FILE not in settings and KEY_FILE in defaults:
        print(f"\n{_about_the_key_file(settings[KEY])}")
        settings[KEY_FILE] = _path("Key file", defaults[KEY_FILE])
    return InitAnswers(answers.config, settings, hosts)


def prompted(before: InitAnswers, after: InitAnswers) -> set[str]:
    """Returns the keys of the answers that prompts have added, and that may be prompted for again."""
    return {*(after.settings.keys() - before.settings.keys()), *({HOSTS} if before.hosts is None else ())}


def _token() -> str:
    print("\nThe token that BotFather gave you. It does not show while you type or paste it.")
    while not (token := type_hidden("Token: ").strip()):
        print("Nothing was typed. BotFather tells the token after /newbot, or again by /mybots, API Token.")
    return token


def _hosts() -> tuple[str, ...]:
    print("\nThe organisations of your coalition that members belong to: one a line, or several with commas between.")
    print("An empty line ends the list. The owner can add more later by /hosts.")
    hosts: list[str] = []
    while line := typer.prompt("Host", default="", show_default=False):
        hosts += [name.strip() for name in re.split("[,،;]", line) if name.strip()]
    return tuple(hosts)


def _source() -> str:
    print("\nWhere is the key to everything that will be kept?")
    for name, text in SOURCES.items():
        print("\n" + textwrap.fill(f"{name}: {' '.join(text.split())}", 100, subsequent_indent="  "))
    print()
    while (answer := str(typer.prompt("Key (file, passphrase, credential)", "file")).strip().lower()) not in SOURCES:
        print("Please type one of the three words.")
    return answer


def _path(label: str, default: str) -> str:
    return str(Path(str(typer.prompt(label, default)).strip()).expanduser().absolute())


def _about_the_key_file(source: str) -> str:
    if source == "credential":
        return "The key is made as a file first, for you to hand over to systemd and to keep a copy of."
    return (
        "The key file has to lie outside of the data directory. On another volume (a stick, say) it protects the data\n"
        "when the disk is stolen; on the same disk it protects only copies and backups of the data directory."
    )
