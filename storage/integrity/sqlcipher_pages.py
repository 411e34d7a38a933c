"""The plaintext of every page of a database file, including pages that belong to no table any more.

A query sees only what is still linked. Whether something is really gone shows on the pages, so they are decrypted here
without SQLCipher, by its documented format (version 4): pages of 4,096 bytes, AES-256-CBC, with the IV and an
HMAC-SHA512 of page and number in the last 80 bytes of a page, and a salt in the first 16 bytes of the file. In a
write-ahead log each page follows a header of 24 bytes that begins with its number. Nothing is locked or written, so the
files of a running bot can be read too; a page that is just being written cannot be decrypted.
"""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, SALT, TAG = 4096, 80, 16, 64  # bytes; the last 64 of the reserved ones are the HMAC
WAL_HEADER, FRAME_HEADER = 32, 24
OVERLAP = 256  # bytes of a page that are searched together with the next, for words that cross the edge


@dataclass(frozen=True, slots=True)
class DatabasePage:
    number: int
    plain: bytes | None = field(repr=False)  # None: encrypted with another key, or altered


def pages(path: Path, key: bytes) -> Iterator[DatabasePage]:
    """Every page of a database file, in order, and then of its write-ahead log, where it has one."""
    with path.open("rb") as file:
        first = file.read(PAGE)
        cipher = _PageCipher(key, first[:SALT])
        number = 1
        while first:
            yield cipher.page(number, first)
            number, first = number + 1, file.read(PAGE)
    log = path.with_name(path.name + "-wal")
    if log.exists():
        with log.open("rb") as file:
            file.seek(WAL_HEADER)
            while len(frame := file.read(FRAME_HEADER + PAGE)) == FRAME_HEADER + PAGE:
                yield cipher.page(int.from_bytes(frame[:4], "big"), frame[FRAME_HEADER:])


def opens(path: Path, key: bytes) -> bool:
    """Whether this key decrypts the first page of a file."""
    with path.open("rb") as file:
        first = file.read(PAGE)
    return len(first) == PAGE and _PageCipher(key, first[:SALT]).page(1, first).plain is not None


@dataclass(frozen=True, slots=True)
class Scan:
    """The pages of a file: how many there are, how many cannot be decrypted, and in how many something was found."""

    pages: int
    unreadable: int
    hits: int


def scan(path: Path, key: bytes, needles: Sequence[bytes]) -> Scan:
    """Searches every page for bytes, also across the edges of neighbouring pages."""
    count = unreadable = hits = 0
    edge = b""
    for page in pages(path, key):
        count += 1
        if page.plain is None:
            unreadable += 1
            edge = b""
            continue
        hits += any(needle in edge + page.plain for needle in needles)
        edge = page.plain[-OVERLAP:]
    return Scan(count, unreadable, hits)


def needles(words: str) -> list[bytes]:
    """The bytes that words, or a Telegram id, would have on a page: as text, and as an integer of SQLite."""
    spellings = {words, words.casefold(), words.upper(), words.title()}
    found = [spelling.encode() for spelling in sorted(spellings) if spelling]
    if words.isdecimal() and words.isascii():
        # Record format: integers of 4, 6 or 8 bytes, big-endian. Shorter ones would be found everywhere.
        size = next((size for size in (4, 6, 8) if int(words) < 1 << (8 * size - 1)), 0)
        if size and int(words) >= 1 << 23:
            found.append(int(words).to_bytes(size, "big"))
    return found


class _PageCipher:
    def __init__(self, key: bytes, salt: bytes) -> None:
        self._key = key
        salt = bytes(byte ^ 0x3A for byte in salt)
        self._tag_key = hashlib.pbkdf2_hmac("sha512", key, salt, 2, 32)

    def page(self, number: int, page: bytes) -> DatabasePage:
        if len(page) != PAGE:
            return DatabasePage(number, None)
        body = page[SALT:] if number == 1 else page
        tag = hmac.digest(self._tag_key, body[:-TAG] + number.to_bytes(4, "little"), "sha512")
        if not hmac.compare_digest(tag, body[-TAG:]):
            return DatabasePage(number, None)
        iv = body[-RESERVED : -RESERVED + 16]
        decryptor = Cipher(algorithms.AES(self._key), modes.CBC(iv)).decryptor()
        return DatabasePage(number, decryptor.update(body[:-RESERVED]) + decryptor.finalize())
