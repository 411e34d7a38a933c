"""The plaintext of every page of a database file, those that belong to no table any more included.

A query sees only what is still linked. Whether something is really gone shows on the pages themselves, so they are
opened here without SQLCipher, from its documented format (version 4): pages of 4,096 bytes, AES-256-CBC, with the IV
and an HMAC-SHA512 of page and number in the last 80 bytes of a page, and a salt in the first 16 of the file. In a
write-ahead log each page follows a header of 24 bytes that begins with its number. Nothing is locked or written, so
the files of a running bot can be read too; a page that is being written just then does not open.
"""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, SALT, CODE = 4096, 80, 16, 64  # bytes; of the reserved ones the last 64 are the code
WAL_HEADER, FRAME_HEADER = 32, 24
OVERLAP = 256  # bytes of a page that are looked at together with the next, for words on the edge


@dataclass(frozen=True, slots=True)
class DatabasePage:
    number: int
    plain: bytes | None = field(repr=False)  # None: it does not open with this key, or was changed


def pages(path: Path, key: bytes) -> Iterator[DatabasePage]:
    """Every page of a database file, in order, and then of its write-ahead log, where it has one."""
    with path.open("rb") as file:
        first = file.read(PAGE)
        opener = _Opener(key, first[:SALT])
        number = 1
        while first:
            yield opener.page(number, first)
            number, first = number + 1, file.read(PAGE)
    log = path.with_name(path.name + "-wal")
    if log.exists():
        with log.open("rb") as file:
            file.seek(WAL_HEADER)
            while len(frame := file.read(FRAME_HEADER + PAGE)) == FRAME_HEADER + PAGE:
                yield opener.page(int.from_bytes(frame[:4], "big"), frame[FRAME_HEADER:])


def opens(path: Path, key: bytes) -> bool:
    """Whether the first page of a file is one of ours under this key."""
    with path.open("rb") as file:
        first = file.read(PAGE)
    return len(first) == PAGE and _Opener(key, first[:SALT]).page(1, first).plain is not None


@dataclass(frozen=True, slots=True)
class Scan:
    """What was seen of a file: how many pages there were, how many did not open, in how many something was found."""

    pages: int
    closed: int
    hits: int


def scan(path: Path, key: bytes, needles: Sequence[bytes]) -> Scan:
    """Looks for bytes on every page, across the edges of neighbours too."""
    count = closed = hits = 0
    edge = b""
    for page in pages(path, key):
        count += 1
        if page.plain is None:
            closed += 1
            edge = b""
            continue
        hits += any(needle in edge + page.plain for needle in needles)
        edge = page.plain[-OVERLAP:]
    return Scan(count, closed, hits)


def needles(words: str) -> list[bytes]:
    """The bytes by which words, or a Telegram id, would stand on a page: as text, and as a number of SQLite's."""
    spellings = {words, words.casefold(), words.upper(), words.title()}
    found = [spelling.encode() for spelling in sorted(spellings) if spelling]
    if words.isdecimal() and words.isascii():
        # Record format: integers of 4, 6 or 8 bytes, big-endian. Shorter ones would be found everywhere.
        size = next((size for size in (4, 6, 8) if int(words) < 1 << (8 * size - 1)), 0)
        if size and int(words) >= 1 << 23:
            found.append(int(words).to_bytes(size, "big"))
    return found


class _Opener:
    def __init__(self, key: bytes, salt: bytes) -> None:
        self._key = key
        salt = bytes(byte ^ 0x3A for byte in salt)
        self._code_key = hashlib.pbkdf2_hmac("sha512", key, salt, 2, 32)

    def page(self, number: int, page: bytes) -> DatabasePage:
        if len(page) != PAGE:
            return DatabasePage(number, None)
        body = page[SALT:] if number == 1 else page
        code = hmac.digest(self._code_key, body[:-CODE] + number.to_bytes(4, "little"), "sha512")
        if not hmac.compare_digest(code, body[-CODE:]):
            return DatabasePage(number, None)
        vector = body[-RESERVED : -RESERVED + 16]
        opener = Cipher(algorithms.AES(self._key), modes.CBC(vector)).decryptor()
        return DatabasePage(number, opener.update(body[:-RESERVED]) + opener.finalize())
