"""Obtains the master key by the source that the settings name: a key file, a systemd credential, or a passphrase.

A passphrase is typed without echo or read from a private file. It is never an argument or an environment variable,
which other processes can read.
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
MIN_LENGTH = 12  # characters of a passphrase
TRIES = 3
T = TypeVar("T")


class NoPassphrase(Exception):
    """A passphrase is needed, and none can be obtained, or the one in the file is not valid."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def unlock(settings: Settings, passphrase_file: Path | None) -> MasterKey:
    """Returns the master key. Raises what `by_source` raises."""
    return by_source(
        settings, passphrase_file, lambda source: key_slots.unlock(provision.slot_file(settings.storage), source)
    )


def by_source(settings: Settings, passphrase_file: Path | None, use: Callable[[Source], T]) -> T:
    """Calls `use` with the source that the settings name, and returns its result.

    At a terminal a wrong passphrase may be typed again, `TRIES` times in all.

    Raises `MasterKeyError`, `NoPassphrase` and, for a credential outside of systemd, `config.ConfigError`.
    """
    config.key_path(settings)
    ask = passphrase_reader(passphrase_file)
    tries = TRIES if settings.storage.key == "passphrase" and passphrase_file is None else 1
    while True:
        tries -= 1
        try:
            return use(provision.source_of(settings.storage, ask))
        except MasterKeyError as error:
            if error.reason != "wrong" or not tries:
                raise
        print("This passphrase does not open the network. Please try again.", file=sys.stderr)


def has_to_wait(settings: Settings, passphrase_file: Path | None) -> bool:
    """Returns whether the key is a passphrase that can neither be read from a file nor prompted for."""
    return settings.storage.key == "passphrase" and passphrase_file is None and not at_terminal()


def passphrase_reader(passphrase_file: Path | None) -> Callable[[], str]:
    """Returns a function that reads the passphrase: from the file if there is one, else from the terminal."""

    def ask() -> str:
        if passphrase_file is not None:
            return from_file(passphrase_file)
        if not at_terminal():
            raise NoPassphrase(
                f"storage.key is passphrase, and nobody is at a terminal to type it: {PASSPHRASE_FILE} may name a file."
            )
        return normalize(type_hidden("Passphrase: "))

    return ask


def from_file(path: Path) -> str:
    """Returns the passphrase in a private file, without the line end. Raises `MasterKeyError` and `NoPassphrase`."""
    try:
        passphrase = read_private(path).decode()
    except UnicodeDecodeError:
        raise NoPassphrase(f"{path} is not UTF-8 text.") from None
    return normalize(passphrase.removesuffix("\n").removesuffix("\r"))


def choose(passphrase_file: Path | None) -> str:
    """Returns a new passphrase, from the file if there is one, else typed twice.

    Raises `NoPassphrase` where the one in the file is too short, or nobody is at a terminal.
    """
    if passphrase_file is not None:
        passphrase = from_file(passphrase_file)
        if len(passphrase) < MIN_LENGTH:
            raise NoPassphrase(f"The passphrase in {passphrase_file} is too short. {why_long()}")
        return passphrase
    if not at_terminal():
        raise NoPassphrase("Nobody is at a terminal to type a new passphrase: --new-passphrase-file may name a file.")
    print(f"\nNow choose the passphrase. {why_long()}")
    while True:
        passphrase = normalize(type_hidden("Passphrase: "))
        if len(passphrase) < MIN_LENGTH:
            print(f"That is too short. {why_long()}")
        elif passphrase != normalize(type_hidden("The same again: ")):
            print("The two are not the same. Please start again.")
        else:
            return passphrase


def why_long() -> str:
    """Returns the sentence that explains the minimum length."""
    return (
        f"It needs at least {MIN_LENGTH} characters, better six words drawn by chance:\n"
        "whoever steals the data can try guesses for years, and only length holds against that."
    )


def normalize(passphrase: str) -> str:
    """Returns the passphrase in NFC, since keyboards encode accents in different ways (RFC 8265 section 4)."""
    return unicodedata.normalize("NFC", passphrase)


def type_hidden(prompt: str) -> str:
    """Returns a line that is typed without echo. An interruption ends the line on the terminal before it is raised."""
    try:
        return getpass.getpass(prompt)
    except (KeyboardInterrupt, EOFError):
        print(file=sys.stderr)
        raise


def at_terminal() -> bool:
    """Returns whether standard input is a terminal, so that a prompt can be answered."""
    return sys.stdin is not None and not sys.stdin.closed and sys.stdin.isatty()
