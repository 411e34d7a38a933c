"""The pages that an open database has written to its log since its last checkpoint, read from the log itself.

The reader follows a log that began empty and that nobody else writes. So the frames up to the last one that commits are
exactly what SQLite will move into the database: without spilling (sqlcipher.py) only a commit writes frames, in order,
the mark of the commit last. What a crash has left needs the checksums of wal_check.py instead.
"""

import io
from collections.abc import Iterator

from storage.integrity.page_tags import PAGE, TAG
from storage.integrity.wal_check import FRAME_HEADER, HEADER, SALT

CHUNK = 256  # frames that are read at once
_FRAME = FRAME_HEADER + PAGE


class WalReader:
    """The frames of one log. SQLite begins a log again from its start, with another salt, after a checkpoint."""

    def __init__(self) -> None:
        self.frames = 0  # committed ones in the log as it is now, moved into the database or not
        self.pages: dict[int, bytes] = {}  # number of a page -> its newest tag, of what is not moved yet
        self.size = 0  # pages of the database after the last commit
        self._salt = b""

    def read(self, log: io.FileIO) -> None:
        """Reads what was committed since the last call."""
        log.seek(0)
        salt = log.read(HEADER)[16:24]
        if salt != self._salt:
            self.frames, self._salt = 0, salt
        uncommitted: dict[int, bytes] = {}
        for number, frame in enumerate(self._from(log, self.frames), start=self.frames + 1):
            if frame[SALT] != salt:
                break
            uncommitted[int.from_bytes(frame[:4], "big")] = bytes(frame[FRAME_HEADER:][TAG])
            if size := int.from_bytes(frame[4:8], "big"):  # the last frame of a commit
                self.pages |= uncommitted
                uncommitted.clear()
                self.frames, self.size = number, size

    @staticmethod
    def _from(log: io.FileIO, first: int) -> Iterator[memoryview]:
        log.seek(HEADER + first * _FRAME)
        while chunk := memoryview(log.read(CHUNK * _FRAME)):
            for start in range(0, len(chunk) - _FRAME + 1, _FRAME):
                yield chunk[start : start + _FRAME]

    def moved(self) -> None:
        """After a checkpoint: everything is in the database."""
        self.pages = {}
