"""Detection of older copies put in place of the files: a generation number in network.db, keyring.db and a file.

The number is raised at every start, backup and erasure: first in network.db, then in keyring.db, then in the generation
file. So after a crash a later one of the three may lag behind an earlier one by what was under way, never the other way
round; anything else means that an older copy was put in place. Older copies of all three at once are not noticed, since
nothing on this machine could show it.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from storage.crypto.master_key import MasterKey
from storage.crypto.private_files import replace_private
from storage.integrity.page_guard import PageState
from storage.tables import Table

FILE = "halqa.generation"
FOREIGN = -1  # in place of a number: the authentication tag is not by our key


@dataclass(frozen=True, slots=True)
class Generations:
    """The three numbers as they were found."""

    network: int
    keyring: int
    file: int | None  # None: there is no file; FOREIGN: not authenticated with our key
    unfinished: int = 0  # erasures to be finished, each of which may have raised the number in network.db

    @property
    def newest(self) -> int:
        return max(self.network, self.keyring, self.file or 0)

    @property
    def mismatch(self) -> str | None:
        """Which file is an older copy, as a fixed word; None if none is.

        (network|keyring|both)-older, generation-(missing|foreign|older).
        """
        if self.file == FOREIGN:
            return "generation-foreign"
        may_lag, file = 1 + self.unfinished, self.file or 0  # a crash during the first start leaves no file
        network = self.network < max(self.keyring, file)
        keyring = self.keyring < file or self.network - self.keyring > may_lag
        if network or keyring:
            return "both-older" if network and keyring else "network-older" if network else "keyring-older"
        if self.network - file > may_lag:
            return "generation-missing" if self.file is None else "generation-older"
        return None


@dataclass(frozen=True, slots=True)
class Record:
    """What the generation file says."""

    number: int | None  # None: there is no file; FOREIGN: not authenticated with our key
    pages: Mapping[str, PageState] = field(
        default_factory=dict
    )  # by name of the database; none from an earlier version


class GenerationFile:
    """The generation file of one data directory: the number, the states of the pages, and an HMAC-SHA256 tag.

    `pages` is what the next `write` says. `number` is what `save` repeats; None: it writes nothing, so that what was
    found stays as it is until the generation is raised.
    """

    def __init__(self, directory: Path, master: MasterKey) -> None:
        self._path = directory / FILE
        self._keys = master.derivations("generation")  # two during a rotation of the master key
        self.number: int | None = None
        self.pages: dict[str, PageState] = {}
        self._written: dict[str, PageState] = {}

    def read(self) -> int | None:
        """The number; None where there is no file, FOREIGN where this master key did not authenticate it."""
        return self.read_record().number

    def read_record(self) -> Record:
        """All that the file says."""
        try:
            content, _, tag = self._path.read_text("ascii").strip().rpartition(" ")
            number, *pages = content.split(" ")
            if number.isdecimal() and any(hmac.compare_digest(tag, self._tag(key, content)) for key in self._keys):
                states = dict(state.split("=") for state in pages)
                return Record(int(number), {name: PageState.parse(state) for name, state in states.items()})
        except FileNotFoundError:
            return Record(None)
        except (UnicodeDecodeError, ValueError):
            pass
        return Record(FOREIGN)

    def write(self, number: int) -> None:
        """Replaces the file, on disk before this returns."""
        self.number = number
        content = " ".join([str(number), *(f"{name}={state}" for name, state in sorted(self.pages.items()))])
        replace_private(self._path, f"{content} {self._tag(self._keys[0], content)}\n".encode("ascii"))
        self._written = dict(self.pages)

    def save(self) -> None:
        """Writes `pages` with the number as it is, unless the file says so already."""
        if self.number is not None and self.pages != self._written:
            self.write(self.number)

    @staticmethod
    def _tag(key: bytes, content: str) -> str:
        return hmac.digest(key, b"generation " + content.encode(), hashlib.sha256).hex()


TABLES = (Table("generation"), Table("generation", keyring=True))
