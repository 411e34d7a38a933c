"""The files of an open database, read beside SQLite through descriptors of our own.

They are opened before SQLite opens the file and closed after it has closed it: to close any descriptor of a database
file drops the POSIX locks that this process has on it. A log has no locks of its own.
"""

import io
import os
from pathlib import Path

from storage.integrity.page_tags import PageTags
from storage.integrity.wal_check import HEADER
from storage.maintenance import secure_erase


class OpenFiles:
    """The file of a database, and its log once there is one. Raises `FileNotFoundError`."""

    def __init__(self, path: Path) -> None:
        self._log_path = path.with_name(path.name + "-wal")
        self._main = path.open("rb", buffering=0)
        self._log: io.FileIO | None = None

    def tags(self) -> PageTags:
        """The tags of the pages that are in the file now."""
        return PageTags.read(self._main)

    def log(self) -> io.FileIO | None:
        """The log that SQLite writes to; None where there is none yet."""
        if self._log is None and self._log_path.exists():
            self._log = self._log_path.open("r+b", buffering=0)
        return self._log

    def log_size(self) -> int:
        """Bytes; SQLite writes a log again from its start, so not all of them may count."""
        log = self.log()
        return 0 if log is None else os.fstat(log.fileno()).st_size

    def overwrite_log(self) -> None:
        """Overwrites a log of which SQLite needs nothing any more. Its header goes first, and with it every frame."""
        log = self.log()
        if log is not None and log.seek(0, io.SEEK_END):
            secure_erase.overwrite_open(log, first=bytes(HEADER))

    def close(self) -> None:
        """After SQLite has closed the file. A log that it has removed is overwritten, so that no old page is left."""
        try:
            if self._log is not None and not os.fstat(self._log.fileno()).st_nlink:
                self.overwrite_log()
        finally:
            for file in (self._log, self._main):
                if file is not None:
                    file.close()
