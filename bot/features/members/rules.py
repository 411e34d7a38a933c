"""Quiet hours in a typed text. Pure."""

from bot.language.normalize import fold
from bot.language.texts import LANGUAGES, texts_in
from bot.language.timezones.time_of_day import parse_span

LONGEST_NAME = 64


def parse_quiet(text: str) -> tuple[int, int] | None:
    """Minutes after midnight from `22-7`, `10 pm to 7 am` and the like, (0, 0) for `off`; None: not understood."""
    if fold(text) in {fold(texts_in(language).plain("cadence", cadence="off")) for language in LANGUAGES}:
        return 0, 0
    return parse_span(text)
