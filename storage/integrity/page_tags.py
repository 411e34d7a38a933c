"""The authentication tags of all pages of a database file, and the digest over them.

SQLCipher ends each page with an HMAC-SHA512 over its encrypted content, its IV and its number. Each page by itself is
authentic by it, an old version as well as the newest. Two versions of a page have different tags, so a digest over the
tags of all pages, in their order, says which version of each is the newest. Where the digest is kept, it has to be
authenticated: page_guard.py.
"""

import hashlib
import io
from collections.abc import Mapping
from pathlib import Path

PAGE = 4096  # bytes
TAG = slice(PAGE - 64, PAGE - 32)  # of a page: the first half of its HMAC is kept (RFC 2104, section 5)
_LENGTH = TAG.stop - TAG.start


class PageTags:
    """The tags of the pages of one file, 32 bytes for each page."""

    def __init__(self, tags: bytes = b"") -> None:
        self._tags = tags
        self.digest = hashlib.sha256(self._tags).hexdigest()

    @classmethod
    def read(cls, file: io.FileIO) -> "PageTags":
        """The tags in an open file. A page that was never written has a tag of zeros."""
        tags = bytearray()
        for start in range(0, file.seek(0, io.SEEK_END), PAGE):
            file.seek(start + TAG.start)
            tags += file.read(_LENGTH).ljust(_LENGTH, b"\0")
        return cls(bytes(tags))

    @classmethod
    def read_closed(cls, path: Path) -> "PageTags":
        """The tags of a file that this process has not open: closing a descriptor would drop its POSIX locks."""
        with path.open("rb", buffering=0) as file:
            return cls.read(file)

    def replaced(self, pages: Mapping[int, bytes], size: int) -> "PageTags":
        """The tags after these pages, by number from 1 on, were written, and the file has `size` pages."""
        tags = bytearray(self._tags[: size * _LENGTH].ljust(size * _LENGTH, b"\0"))
        for page, tag in pages.items():
            if page <= size:
                tags[(page - 1) * _LENGTH : page * _LENGTH] = tag
        return PageTags(bytes(tags))
