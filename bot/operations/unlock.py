"""The way to the master key, as the settings say it: a file, systemd's credential, or a passphrase.

A passphrase is typed without echo, or stands in a private file; never in an argument or a variable, which other
processes can read.
"""

import getpass
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bot.operations import config, provision
from bot.operations.config import Settings
from storage.crypto import key_slots
from storage.crypto.key_sources import Source
from storage.crypto.master_key import MasterKey, MasterKeyError
from storage.crypto.private_files import read_private

PASSPHRASE_FILE = "HALQA_STORAGE__PASSPHRASE_FILE"
SHORTEST = 12  # characters
TRIES = 3
T = TypeVar("T")


class NoPassphrase(Exception):
    """A passphrase is needed, and there is none that could be used."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def unlock(settings: Settings, passphrase_file: Path | None) -> MasterKey:
    """The master key. Raises what `by_source` raises."""
    return by_source(
        settings, passphrase_file, lambda source: key_slots.unlock(provision.slot_file(settings.storage), source)
    )


def by_source(settings: Settings, passphrase_file: Path | None, use: Callable[[Source], T]) -> T:
    """Uses the source of the settings. At a terminal a mistyped passphrase may be typed again.

    Raises `MasterKeyError`, `NoPassphrase` and, for a credential outside of systemd, `config.ConfigError`.
    """
    config.key_path(settings)
    ask = asking(passphrase_file)
    tries = TRIES if settings.storage.key == "passphrase" and passphrase_file is None else 1
    while True:
        tries -= 1
        try:
            return use(provision.source_of(settings.storage, ask))
        except MasterKeyError as trouble:
            if trouble.reason != "wrong" or not tries:
                raise
        print("This passphrase does not open the network. Please try again.", file=sys.stderr)


def has_to_wait(settings: Settings, passphrase_file: Path | None) -> bool:
    """Whether the key is a passphrase, and nobody is there to type it."""
    return settings.storage.key == "passphrase" and passphrase_file is None and not at_terminal()


def asking(passphrase_file: Path | None) -> Callable[[], str]:
    """How the passphrase is had here: from the file where one is named, else from whoever sits at the terminal."""

    def ask() -> str:
        if passphrase_file is not None:
            return from_file(passphrase_file)
        if not at_terminal():
            raise NoPassphrase(
                f"storage.key is passphrase, and nobody is at a terminal to type it: {PASSPHRASE_FILE} may name a file."
            )
        return normal(typed("Passphrase: "))

    return ask


def from_file(path: Path) -> str:
    """The passphrase in a private file, without the end of its line. Raises `MasterKeyError` and `NoPassphrase`."""
    try:
        words = read_private(path).decode()
    except UnicodeDecodeError:
        raise NoPassphrase(f"{path} is not UTF-8 text.") from None
    return normal(words.removesuffix("\n").removesuffix("\r"))


def choose(passphrase_file: Path | None) -> str:
    """A new passphrase, typed twice or taken from the file. Raises `NoPassphrase` where it is too short."""
    if passphrase_file is not None:
        words = from_file(passphrase_file)
        if len(words) < SHORTEST:
            raise NoPassphrase(f"The passphrase in {passphrase_file} is too short. {why_long()}")
        return words
    if not at_terminal():
        raise NoPassphrase("Nobody is at a terminal to type a new passphrase: --new-passphrase-file may name a file.")
    print(f"\nNow choose the passphrase. {why_long()}")
    while True:
        words = normal(typed("Passphrase: "))
        if len(words) < SHORTEST:
            print(f"That is too short. {why_long()}")
        elif words != normal(typed("The same again: ")):
            print("The two are not the same. Please start again.")
        else:
            return words


def why_long() -> str:
    return (
        f"It needs at least {SHORTEST} characters, better six words drawn by chance:\n"
        "whoever steals the data can try guesses for years, and only length holds against that."
    )


def normal(words: str) -> str:
    """One spelling of what looks the same: keyboards differ in how they write accents (RFC 8265 section 4)."""
    return unicodedata.normalize("NFC", words)


def typed(prompt: str) -> str:
    """What is typed without showing. Leaves the line behind that an interruption would not end."""
    try:
        return getpass.getpass(prompt)
    except (KeyboardInterrupt, EOFError):
        print(file=sys.stderr)
        raise


def at_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin is not None and not sys.stdin.closed and sys.stdin.isatty()
