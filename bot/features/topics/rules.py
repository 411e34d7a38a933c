"""How long things may be, and which topic somebody means. Pure."""

from collections.abc import Sequence

from storage.records.topics import Topic

LONGEST_POST = 4095  # UTF-16 units, one less than a message of Telegram's holds
LONGEST_TITLE = 64
LONGEST_PURPOSE = 300


def meant(words: str, topics: Sequence[Topic]) -> Topic | None:
    """The topic of this title, or whose title alone begins like this; the case of letters does not count."""
    wanted = words.casefold()
    for topic in topics:
        if topic.title.casefold() == wanted:
            return topic
    begins = [topic for topic in topics if wanted and topic.title.casefold().startswith(wanted)]
    return begins[0] if len(begins) == 1 else None
