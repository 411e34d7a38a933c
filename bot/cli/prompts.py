"""The questions of `halqa init`, asked only of somebody at a terminal and only for what was not said already.

An answer is a string under the key of its setting, such as "network.name"; the hosts are no setting and stand apart.
"""

import re
import textwrap
from dataclasses import dataclass, field
from pathlib import Path

import typer

from bot.operations.unlock import PASSPHRASE_FILE, typed

TOKEN, NAME, LANGUAGES = "telegram.token", "network.name", "network.languages"
KEY, DIRECTORY, KEY_FILE = "storage.key", "storage.directory", "storage.key_file"
HOSTS = "hosts"
# What each is called where it is not asked for.
OPTIONS = {TOKEN: "--token-file (or HALQA_TELEGRAM__TOKEN)", NAME: "--name (or HALQA_NETWORK__NAME)"}
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


@dataclass(frozen=True, slots=True)
class InitAnswers:
    """What is known so far. The token is among the settings, so none of them is shown in a `repr`."""

    config: Path
    settings: dict[str, str] = field(repr=False)
    hosts: tuple[str, ...] | None = None

    def defaults(self) -> dict[str, str]:
        """What is taken where nothing is said."""
        folder = self.config.parent
        usual = {LANGUAGES: "en, fr, ar", KEY: "file", DIRECTORY: str(folder / "data")}
        if self.settings.get(KEY, usual[KEY]) != "passphrase":
            usual[KEY_FILE] = str(folder / "halqa.keyfile")
        return usual


def missing(said: InitAnswers, passphrase_file: Path | None) -> list[str]:
    """The options without which nothing can be made, where nobody can be asked."""
    options = [option for key, option in OPTIONS.items() if key not in said.settings]
    if said.settings.get(KEY) == "passphrase" and passphrase_file is None:
        options.append(f"--passphrase-file (or {PASSPHRASE_FILE})")
    return options


def fill_in(said: InitAnswers) -> InitAnswers:
    """Everything that was not said has its default."""
    return InitAnswers(said.config, said.defaults() | said.settings, said.hosts or ())


def ask(said: InitAnswers) -> InitAnswers:
    """Asks for whatever is not known yet."""
    settings = dict(said.settings)
    if TOKEN not in settings:
        settings[TOKEN] = _token()
    if NAME not in settings:
        settings[NAME] = typer.prompt("\nWhat is your network called, as its members read it?\nName")
    hosts = _hosts() if said.hosts is None else said.hosts
    if LANGUAGES not in settings:
        print("\nLanguages offered to members: en, fr, ar. The first greets people whose own is none of them.")
        settings[LANGUAGES] = typer.prompt("Languages", said.defaults()[LANGUAGES])
    if KEY not in settings:
        settings[KEY] = _source()
    usual = InitAnswers(said.config, settings).defaults()
    if DIRECTORY not in settings:
        print("\nThe data directory: two encrypted databases, and nothing in it is readable without the key.")
        settings[DIRECTORY] = _place("Data directory", usual[DIRECTORY])
    if KEY_FILE not in settings and KEY_FILE in usual:
        print(f"\n{_about_the_key_file(settings[KEY])}")
        settings[KEY_FILE] = _place("Key file", usual[KEY_FILE])
    return InitAnswers(said.config, settings, hosts)


def _token() -> str:
    print("\nThe token that BotFather gave you. It does not show while you type or paste it.")
    while not (token := typed("Token: ").strip()):
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
    for name, words in SOURCES.items():
        print("\n" + textwrap.fill(f"{name}: {' '.join(words.split())}", 100, subsequent_indent="  "))
    print()
    while (answer := str(typer.prompt("Key (file, passphrase, credential)", "file")).strip().lower()) not in SOURCES:
        print("Please type one of the three words.")
    return answer


def _place(label: str, usual: str) -> str:
    return str(Path(str(typer.prompt(label, usual)).strip()).expanduser().absolute())


def _about_the_key_file(source: str) -> str:
    if source == "credential":
        return "The key is made as a file first, for you to hand over to systemd and to keep a copy of."
    return (
        "The key file has to lie outside of the data directory. On another volume (a stick, say) it protects the data\n"
        "when the disk is stolen; on the same disk it protects only copies and backups of the data directory."
    )
