"""The write-ahead log of a database as it is on the disk, read without SQLite.

SQLite uses the frames of a log up to the first invalid one and silently ignores the rest: it does not distinguish a
commit that a power failure cut off from one that somebody altered. This module does. Since every commit is on the disk
before the next one begins, a failure can damage the last commit only; where a frame is invalid and more than one commit
follows from there on, the file was altered.

Format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log. The pages in it are encrypted like those of the
database, and the checksums are over the encrypted bytes, so that no key is needed.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from storage.integrity.page_tags import TAG

HEADER, FRAME_HEADER = 32, 24  # bytes
MAGIC = 0x377F0682  # with the lowest bit set, checksums are over big-endian words
SALT = slice(8, 16)  # in a frame's header; frames with another salt are left from before the log was restarted


class WalState(StrEnum):
    WHOLE = "whole"
    CUT = "cut"  # the last commit is incomplete: after a power failure, or altered itself
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class Frame:
    """A page in the log."""

    page: int
    size: int  # pages of the database after the commit that this frame ends; 0: it ends none
    tag: bytes  # as in page_tags.py
    ours: bool  # at least one half of its salt is the log's
    fits: bool  # its salt is the log's, and its checksum continues the one before


@dataclass(frozen=True, slots=True)
class WalContent:
    state: WalState
    frames: tuple[Frame, ...] = ()  # those that SQLite uses

    @property
    def pages(self) -> frozenset[int]:
        """The numbers of the pages in it, which replace those of the database."""
        return frozenset(frame.page for frame in self.frames)


def read(database: Path) -> WalContent:
    """The content of a database's log; whole and without pages where there is no log."""
    try:
        data = database.with_name(database.name + "-wal").read_bytes()
    except FileNotFoundError:
        return WalContent(WalState.WHOLE)
    header = data[:HEADER]
    if not header.strip(b"\0"):  # an empty file, one that was extended but not written yet, or one that is overwritten
        return WalContent(WalState.CUT if data and not data.strip(b"\0") else WalState.WHOLE)
    if not _is_header(header):
        return WalContent(WalState.ALTERED)
    frames = list(_frames(data, header))
    end = next((at for at, frame in enumerate(frames) if not frame.fits), len(frames))
    committed = max((at + 1 for at, frame in enumerate(frames[:end]) if frame.size), default=0)
    lost = [frame for frame in frames[committed:] if frame.ours]
    commits = sum(frame.size > 0 for frame in lost)
    state = WalState.ALTERED if commits > 1 else WalState.CUT if lost else WalState.WHOLE
    return WalContent(state, tuple(frames[:committed]))


def _is_header(header: bytes) -> bool:
    if len(header) < HEADER:
        return False
    magic, _, _, _, _, _, *check = struct.unpack(">8I", header)
    return magic in (MAGIC, MAGIC | 1) and _checksum(header[:24], (0, 0), magic) == tuple(check)


def _frames(data: bytes, header: bytes) -> Iterator[Frame]:
    magic, _, page_size, _, _, _, *seed = struct.unpack(">8I", header)
    before = (seed[0], seed[1])
    length = FRAME_HEADER + page_size
    for at in range(HEADER, len(data), length):
        frame = data[at : at + FRAME_HEADER]
        if len(data) < at + length:  # the file ends within a frame
            yield Frame(0, size=1, tag=b"", ours=True, fits=False)
            return
        number, size, _, _, *kept = struct.unpack(">6I", frame)
        check = (kept[0], kept[1])
        salt, ours = frame[SALT], header[16:24]
        fits = salt == ours and number > 0
        page = data[at + FRAME_HEADER : at + length]
        if fits:
            fits = _checksum(page, _checksum(frame[:8], before, magic), magic) == check
        yield Frame(number, size, page[TAG], salt[:4] == ours[:4] or salt[4:] == ours[4:], fits)
        before = check


def _checksum(data: bytes, seed: tuple[int, int], magic: int) -> tuple[int, int]:
    first, second = seed
    words = struct.unpack(f"{'>' if magic & 1 else '<'}{len(data) // 4}I", data)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & 0xFFFFFFFF
        second = (second + odd + first) & 0xFFFFFFFF
    return first, second
