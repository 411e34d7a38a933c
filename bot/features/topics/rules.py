"""Limits of length, and which topic a typed title names. Pure."""

from collections.abc import Sequence

from storage.records.topics import Topic

# UTF-16 units, one less than a message of Telegram's holds: a client cuts a longer text into several messages.
LONGEST_POST = 4095
LONGEST_TITLE = 64
LONGEST_PURPOSE = 300


def find_by_title(text: str, topics: Sequence[Topic]) -> Topic | None:
    """The topic with this title, or the only one whose title begins with it; letter case is ignored."""
    wanted = text.casefold()
    for topic in topics:
        if topic.title.casefold() == wanted:
            return topic
    begins = [topic for topic in topics if wanted and topic.title.casefold().startswith(wanted)]
    return begins[0] if len(begins) == 1 else None
