"""Prompts for recovery shares, for `halqa keys recover`: one share after the other, each checked at once."""

import typer

from bot.operations.failures import REPAIR, Declined
from storage.crypto.key_sources import RecoverySource
from storage.crypto.recovery_shares import WORDS, ShareCollector, ShareError, words_in


def ask_for_shares() -> RecoverySource:
    """Prompts for shares until there are enough. Raises `Declined` where they do not fit together."""
    collector = ShareCollector()
    print(f"Type the shares, {WORDS} words each, on one line or several. Words may be cut to four letters.")
    while not collector.is_complete:
        of = f" of {collector.needed}" if collector.needed else ""
        try:
            collector.add(_ask_for_share(f"Share {collector.have + 1}{of}"))
        except ShareError as error:
            print(f"{_sentence(error)} Please type this share again.")
        else:
            print(f"This share is good; {collector.have} of {collector.needed} are here.")
    try:
        return collector.key()
    except ShareError as error:
        raise Declined(REPAIR, _sentence(error)) from None


def _ask_for_share(prompt: str) -> str:
    """Reads lines until they have as many words as a share; an empty line ends it early."""
    text = str(typer.prompt(prompt))
    while (count := len(words_in(text))) < WORDS:
        more = str(typer.prompt(f"  {count} words, go on", default="", show_default=False))
        if not more.strip():
            break
        text += " " + more
    return text


def _sentence(error: ShareError) -> str:
    match error.reason:
        case "unknown-word":
            like = f"; perhaps {' or '.join(error.like)}" if error.like else ""
            return f"Word {error.position} is none of the list{like}."
        case "length":
            return f"A share has {WORDS} words, and these are {error.position}."
        case "checksum":
            return "A word is not the one that was printed, or two have changed places: the checksum is wrong."
        case "same":
            return "This share has come already; another one is needed."
        case "another-set":
            return "This share is of another set than the first one: the number of the set stands on top of each page."
        case _:
            return "These shares do not fit together, though each is well-formed. At least one of them was forged."
