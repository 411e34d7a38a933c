"""Recovery shares: a key that exists only as lists of words, a threshold of which together restore it (SLIP-39).

The library `shamir-mnemonic`, by the authors of the standard, does the secret sharing:
https://github.com/satoshilabs/slips/blob/master/slip-0039.md
"""

import difflib
import os
import re
from dataclasses import dataclass, field

from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.constants import MAX_SHARE_COUNT
from shamir_mnemonic.wordlist import WORDLIST

from storage.crypto.key_sources import RecoverySource
from storage.crypto.master_key import KEY_BYTES

MOST_SHARES: int = MAX_SHARE_COUNT  # 16
WORDS = 33  # of a share of 32 bytes
_NUMBER = re.compile(r"^\d+[.):]?")
_UNIQUE = 4  # letters that identify every word of the list


class ShareError(Exception):
    """What is wrong with a share. `reason` is a fixed word.

    unknown-word (`position`, from 1, and `like`: words it may be), length (`position`: how many words there are),
    checksum, same, another-set, together (enough shares, which do not fit together).
    """

    def __init__(self, reason: str, position: int = 0, like: tuple[str, ...] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.position = position
        self.like = like


def split(shares: int, threshold: int) -> tuple[RecoverySource, list[str]]:
    """A new recovery key, and its shares: 33 words each, separated by spaces.

    Raises ValueError unless 2 <= threshold <= shares <= MOST_SHARES.
    """
    if not 2 <= threshold <= shares <= MOST_SHARES:
        raise ValueError("threshold")
    secret = os.urandom(KEY_BYTES)
    [made] = generate_mnemonics(1, [(threshold, shares)], secret)
    if combine_mnemonics(made[-threshold:]) != secret:  # it could not be repaired once the shares are handed out
        raise RuntimeError("the shares do not give their key back")
    return RecoverySource(secret), list(made)


@dataclass
class ShareCollector:
    """Shares that are entered one by one."""

    _shares: list[Share] = field(default_factory=list, repr=False)

    @property
    def have(self) -> int:
        return len(self._shares)

    @property
    def needed(self) -> int | None:
        """The threshold; None before the first share."""
        return int(self._shares[0].member_threshold) if self._shares else None

    @property
    def is_complete(self) -> bool:
        return self.needed is not None and self.have >= self.needed

    def add(self, typed: str) -> None:
        """Adds a share as somebody typed it: in any case, with numbers between, words cut to four letters.

        Raises `ShareError`, having added nothing.
        """
        share = _read(typed)
        if self._shares:
            first = self._shares[0]
            if share.group_parameters() != first.group_parameters() or len(share.value) != len(first.value):
                raise ShareError("another-set")
            if any(share.index == known.index for known in self._shares):
                raise ShareError("same")
        self._shares.append(share)

    def key(self) -> RecoverySource:
        """The recovery key, once enough shares are there. Raises `ShareError` (together)."""
        try:
            return RecoverySource(combine_mnemonics([share.mnemonic() for share in self._shares[: self.needed]]))
        except MnemonicError:
            raise ShareError("together") from None


def words_in(typed: str) -> list[str]:
    """The words of a line, in lower case and without the numbers that may stand before them."""
    parts = (_NUMBER.sub("", part) for part in re.split(r"[\s,;]+", typed.casefold()))
    return [part for part in parts if part]


def _read(typed: str) -> Share:
    known = [_word(word, position) for position, word in enumerate(words_in(typed), 1)]
    if len(known) != WORDS:
        raise ShareError("length", len(known))
    try:
        return Share.from_mnemonic(" ".join(known))
    except MnemonicError:
        raise ShareError("checksum") from None


def _word(typed: str, position: int) -> str:
    if typed in WORDLIST:
        return typed
    fitting = [word for word in WORDLIST if word.startswith(typed)] if len(typed) >= _UNIQUE else []
    if len(fitting) == 1:
        return str(fitting[0])
    raise ShareError("unknown-word", position, tuple(difflib.get_close_matches(typed, WORDLIST)))
