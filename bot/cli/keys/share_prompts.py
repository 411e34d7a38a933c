"""Recovery shares at the terminal: a page for each, and asking for them one by one."""

import sys
import textwrap
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import typer

from bot.operations.failures import CONFIGURATION, REPAIR, TYPED_WRONGLY, Declined
from bot.operations.settings import Settings
from storage.crypto import key_slots, recovery_shares
from storage.crypto.key_slots import SlotFile
from storage.crypto.master_key import MasterKeyError, RecoverySource
from storage.crypto.recovery_shares import ShareCollector, ShareError

COLUMNS = 4
CLEAR = "\x1b[H\x1b[2J\x1b[3J"  # the screen, and what was scrolled off it


def pages(made: Sequence[str], threshold: int, slot_id: str, today: date) -> list[str]:
    """A page for each share. It names no network: whoever finds one learns nothing of whose it is."""
    return [_page(words, number, len(made), threshold, slot_id, today) for number, words in enumerate(made, 1)]


def _page(words: str, number: int, count: int, threshold: int, slot_id: str, today: date) -> str:
    numbered = [f"{at:>2} {word:<12}" for at, word in enumerate(words.split(), 1)]
    rows = ["  ".join(numbered[at : at + COLUMNS]).rstrip() for at in range(0, len(numbered), COLUMNS)]
    return "\n".join(
        [
            f"Recovery share {number} of {count}, set {slot_id}, made on {today.isoformat()}",
            "",
            *textwrap.wrap(
                f"Any {threshold} of these {count} shares together open everything that is kept; fewer tell nothing. "
                "Keep this page where only you find it, on paper. Do not photograph it, send it or type it anywhere "
                "until somebody whom you know in person asks for it. It is SLIP-39; order and spelling matter.",
                72,
            ),
            "",
            *rows,
            "",
        ]
    )


def show(made: Sequence[str]) -> None:
    """At a terminal one page after the other, each wiped before the next; else (to a printer) form feeds between."""
    if not (sys.stdout.isatty() and sys.stdin.isatty()):
        print("\f".join(made), end="")
        return
    for page in made:
        print(f"{CLEAR}{page}")
        input("Write it down, check it, and press Enter: it is wiped, and not shown again. ")
    print(CLEAR, end="")
    print(f"That were all {len(made)} shares.")


def check(settings: Settings, wanted: Path | None) -> None:
    """Refuses, before anybody reads out a share, what could not be done afterwards. Raises `Declined`."""
    if settings.storage.key == "credential" and wanted is None:
        said = 'storage.key is "credential": say where the new key file is to be made, by --key-file.'
        raise Declined(
            TYPED_WRONGLY, said, "Then hand it over to systemd as after `halqa init`; docs/keys.md tells how."
        )
    path = key_file(settings, wanted)
    if path is not None and path.exists():
        raise Declined(CONFIGURATION, f"{path} is there already. If it does not open the network, move it away first.")


def key_file(settings: Settings, wanted: Path | None) -> Path | None:
    """Where the new key file is made; None for a new passphrase."""
    if wanted is None and settings.storage.key == "file":
        return settings.storage.key_file
    return wanted.expanduser().absolute() if wanted else None


def gather() -> RecoverySource:
    """Asks for shares until there are enough. Raises `Declined` where those that came do not fit together."""
    gathering = ShareCollector()
    print(
        f"Type the shares, {recovery_shares.WORDS} words each, on one line or several. Words may be cut to four letters."
    )
    while not gathering.is_complete:
        of = f" of {gathering.needed}" if gathering.needed else ""
        try:
            gathering.add(_typed(f"Share {gathering.have + 1}{of}"))
        except ShareError as trouble:
            print(f"{_sentence(trouble)} Please type this share again.")
        else:
            print(f"This share is good; {gathering.have} of {gathering.needed} are here.")
    try:
        return gathering.key()
    except ShareError as trouble:
        raise Declined(REPAIR, _sentence(trouble)) from None


def opened(path: Path, key: RecoverySource) -> SlotFile:
    """The slot file, opened by the shares. Raises `MasterKeyError`, and `Declined` where they are of something else."""
    try:
        return key_slots.read(path, key)
    except MasterKeyError as trouble:
        if trouble.reason != "wrong":
            raise
        raise Declined(
            REPAIR,
            f"The shares belong together, but they open nothing in {path}:",
            "they are of another network, or their slot was removed.",
        ) from None


def _typed(prompt: str) -> str:
    """A share, from as many lines as it takes; an empty line ends it early."""
    typed = str(typer.prompt(prompt))
    while len(recovery_shares.words_in(typed)) < recovery_shares.WORDS:
        more = str(
            typer.prompt(f"  {len(recovery_shares.words_in(typed))} words, go on", default="", show_default=False)
        )
        if not more.strip():
            break
        typed += " " + more
    return typed


def _sentence(trouble: ShareError) -> str:
    match trouble.reason:
        case "unknown-word":
            like = f"; perhaps {' or '.join(trouble.like)}" if trouble.like else ""
            return f"Word {trouble.position} is none of the list{like}."
        case "length":
            return f"A share has {recovery_shares.WORDS} words, and these are {trouble.position}."
        case "checksum":
            return "A word is not the one that was printed, or two have changed places: the checksum is wrong."
        case "same":
            return "This share has come already; another one is needed."
        case "another-set":
            return "This share is of another set than the first one: the number of the set stands on top of each page."
        case _:
            return "These shares do not fit together, though each is well-formed. At least one of them was forged."
