"""Times of day as people type them: `7`, `07:30`, `18h15`, `6.30 pm`, `٦:٣٠ م`. Pure."""

import re
import unicodedata

from bot.language.normalize import plain

_MORNING, _EVENING = ("am", "ص", "صباحا", "du matin"), ("pm", "م", "مساء", "مساءا", "du soir", "de l'apres-midi")
_HALVES = "|".join((*_MORNING, *_EVENING))
_BEFORE = re.compile(r"^(?:at|a|vers|from|de|il est|الساعة|الساعه|عند|من|في)\s+")
_TIME = re.compile(rf"(\d{{1,2}})\s?(?:(?:[:.]|h|heures?)\s?(\d\d)?)?\s*({_HALVES})?")
_APART = re.compile(rf"(\d)\s+(h|heures?|{_HALVES})(?!\w)")
_BETWEEN = re.compile(r"\s*[-–—]\s*|\s+(?:to|until|à|a|au|إلى|الى|حتى)\s+")


def parse_time(text: str) -> int | None:
    """Minutes after midnight; None where the text is not a time of day."""
    found = _TIME.fullmatch(_BEFORE.sub("", _bare(text)))
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half in _EVENING else 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def parse_span(text: str) -> tuple[int, int] | None:
    """Two times of day in minutes, from a text such as `22-7` or `10 pm to 7 am`; None for any other."""
    parts = [parse_time(part) for part in _BETWEEN.split(_BEFORE.sub("", _bare(text)))]
    if len(parts) != 2 or parts[0] is None or parts[1] is None:
        return None
    return parts[0], parts[1]


def tokens(text: str) -> list[str]:
    """The words of a sentence with each time of day in one piece, casefolded: `["daily", "6:30pm"]`."""
    return re.findall(r"[^\s,،;]+", _APART.sub(r"\1\2", _bare(text)))


def _bare(text: str) -> str:
    """Casefolded, without accents and vowel signs, with Western digits: `19h`, `7 مساء`, `8 h 30 du matin`."""
    letters = unicodedata.normalize("NFD", plain(text).casefold().replace(".m.", "m").strip())
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if not unicodedata.combining(letter)))
