"""Detection of older pages in a database file, by a digest over the tags of all its pages (page_tags.py).

The generation file (rollback_guard.py) authenticates, for each database, the state in which its file has to be found:

- closed: the digest is that of the file, and there is no log. So it is left by a stop in good order.
- open: the digest is that of the file as the last checkpoint left it. What was committed since is in the log.
- moving: a checkpoint is under way. The file has either digest, or some of its pages still stand in the first `frames`
  frames of the log, with which it has the second digest.

The state is on disk before the first page of a checkpoint is written, and the next one after the last page is on disk;
no commit happens in between. So every moment of a crash fits one of them, and no other version of a page does. A log
that is put beside a file which is open or moving cannot be told from one that a crash has left.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.integrity.page_tags import PageTags
from storage.integrity.wal_check import Frame, WalContent, WalState


@dataclass(frozen=True, slots=True)
class PageState:
    """In which state a file has to be found."""

    digest: str
    closed: bool = False
    moving_to: str = ""  # the digest after the checkpoint that is under way
    frames: int = 0  # of the log, that this checkpoint moves

    @classmethod
    def parse(cls, text: str) -> "PageState":
        """Raises ValueError."""
        word, digest, moving_to, frames = text.split(":")
        return cls(digest, word == "closed", moving_to, int(frames))

    def __str__(self) -> str:
        word = "closed" if self.closed else "moving" if self.moving_to else "open"
        return f"{word}:{self.digest}:{self.moving_to}:{self.frames}"

    def mismatch(self, found: PageTags, log: WalContent) -> str | None:
        """Why the file is not the newest: pages-older, wal-added; None if it is."""
        if self.closed and (log.frames or log.state is WalState.ALTERED):
            return "wal-added"
        if found.digest in (self.digest, self.moving_to):
            return None
        if self.moving_to and with_log(found, log.frames[: self.frames]).digest == self.moving_to:
            return None
        return "pages-older"


def with_log(tags: PageTags, frames: Sequence[Frame]) -> PageTags:
    """The tags after a checkpoint of these frames of the log."""
    size = next((frame.size for frame in reversed(frames) if frame.size), None)
    return tags if size is None else tags.replaced({frame.page: frame.tag for frame in frames}, size)
