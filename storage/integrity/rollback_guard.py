"""How new the files are: one number in network.db, in keyring.db and in a sealed file beside them.

The number goes up at every start, backup and erasure: first in network.db, then in keyring.db, then in the file. So
after a crash a later one of the three may lag behind an earlier one by as much as was under way, never the other way
round, and anything else means that somebody put an older copy in place. Whoever puts older copies of all three there
at once is not noticed: what would tell is not on this machine.
"""

import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path

from storage.crypto.master_key import MasterKey, replace_private
from storage.tables import Table

FILE = "halqa.generation"
FOREIGN = -1  # in place of a number: the file is not one of ours


@dataclass(frozen=True, slots=True)
class Generations:
    """The three numbers as they were found."""

    network: int
    keyring: int
    file: int | None  # None: there is no file; FOREIGN: not sealed with our key
    unfinished: int = 0  # erasures that are still to be finished, each of which may be one step ahead

    @property
    def newest(self) -> int:
        return max(self.network, self.keyring, self.file or 0)

    @property
    def trouble(self) -> str | None:
        """What was put back, as a fixed word: (network|keyring|both)-older, generation-(missing|foreign|older)."""
        if self.file == FOREIGN:
            return "generation-foreign"
        may_lag, file = 1 + self.unfinished, self.file or 0  # before the first count is over there is no file
        network = self.network < max(self.keyring, file)
        keyring = self.keyring < file or self.network - self.keyring > may_lag
        if network or keyring:
            return "both-older" if network and keyring else "network-older" if network else "keyring-older"
        if self.network - file > may_lag:
            return "generation-missing" if self.file is None else "generation-older"
        return None


class GenerationFile:
    """The sealed file of one data directory."""

    def __init__(self, directory: Path, master: MasterKey) -> None:
        self._path = directory / FILE
        self._keys = master.derivations("generation")  # more than one only while the master key is being renewed

    def read(self) -> int | None:
        """The number; None where there is no file, FOREIGN where it is not one that this master key sealed."""
        try:
            number, _, code = self._path.read_text("ascii").strip().partition(" ")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError:
            return FOREIGN
        ours = any(hmac.compare_digest(code, self._code(key, number)) for key in self._keys)
        return int(number) if number.isdecimal() and ours else FOREIGN

    def write(self, number: int) -> None:
        """Replaces the file, on disk before this returns."""
        replace_private(self._path, f"{number} {self._code(self._keys[0], str(number))}\n".encode("ascii"))

    @staticmethod
    def _code(key: bytes, number: str) -> str:
        return hmac.digest(key, b"generation " + number.encode(), hashlib.sha256).hex()


TABLES = (Table("generation"), Table("generation", keyring=True))
