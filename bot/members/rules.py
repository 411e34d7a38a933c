"""What somebody means who types quiet hours. Pure."""

import re

from bot.texts import LANGUAGES, texts_in

LONGEST_NAME = 64
_SPAN = re.compile(r"(\d{1,2})(?:[:.h](\d\d))?\D+?(\d{1,2})(?:[:.h](\d\d))?h?")


def parse_quiet(words: str) -> tuple[int, int] | None:
    """Minutes after midnight from `22-7`, `22:30 - 7` and the like, (0, 0) for `off`; None: not understood."""
    words = words.strip().casefold()
    if words in {texts_in(language).plain("cadence", cadence="off").casefold() for language in LANGUAGES}:
        return 0, 0
    found = _SPAN.fullmatch(words)
    if found is None:
        return None
    hours, minutes = (int(found[1]), int(found[3])), (int(found[2] or 0), int(found[4] or 0))
    if max(hours) > 23 or max(minutes) > 59:
        return None
    return hours[0] * 60 + minutes[0], hours[1] * 60 + minutes[1]
