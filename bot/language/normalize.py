"""What people type, made safe to keep and to show: one normal form, nothing invisible, and a length that is counted."""

import re
import unicodedata

# Letters by their class, but nothing to see (Unicode, Default_Ignorable_Code_Point and blank braille).
BLANK = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0}
# Format characters that are seen: the number signs of Arabic and Syriac.
SEEN = {*range(0x0600, 0x0606), 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD}
JOINERS = "\u200c\u200d"  # which shape words of Persian and faces of several; kept where they stand between letters
_SAME_LETTER = str.maketrans("ةىیکٱøłđæœı", "هييكاoldaoi", "ـء'’ʼ`´.")
_ARTICLE = re.compile(r"^(?:(?:the|le|la|les) (?=\w)|ال(?=\w{3}))")
_LOOSE_JOINER = re.compile(f"(?<!\\S)[{JOINERS}]+|[{JOINERS}]+(?!\\S)")


def _kept(letter: str) -> bool:
    """No control character but line ends, no half of a surrogate, no private use, and no format that turns the
    direction of what follows or hides something (Unicode TR36 and TR39)."""
    if letter in "\n\t" or letter in JOINERS or ord(letter) in SEEN:
        return True
    return ord(letter) not in BLANK and unicodedata.category(letter) not in ("Cc", "Cf", "Co", "Cs")


def tidy(words: str) -> str:
    """Text of several lines without invisible marks or control characters, in NFC, without space around it."""
    kept = "".join(letter for letter in words if _kept(letter))
    return unicodedata.normalize("NFC", _LOOSE_JOINER.sub("", kept)).strip()


def one_line(words: str) -> str:
    """The same on one line with single spaces: for names and titles."""
    return " ".join(tidy(words).split())


def a_name(words: str) -> str:
    """The same for a name, which has at least one letter or digit; empty where it has none."""
    name = one_line(words)
    return name if any(letter.isalnum() for letter in name) else ""


def units(words: str) -> int:
    """The length as Telegram counts it: UTF-16 code units."""
    return len(words.encode("utf-16-le")) // 2


def plain(words: str) -> str:
    """Compatibility forms resolved, digits of any script as ASCII, marks of direction gone."""
    kept = (letter for letter in unicodedata.normalize("NFKC", words) if unicodedata.category(letter) != "Cf")
    return "".join(str(unicodedata.digit(letter)) if letter.isdigit() else letter for letter in kept)


def fold(words: str) -> str:
    """What two spellings of one name have in common: no case, accent, vowel sign, hamza, article or punctuation."""
    letters = unicodedata.normalize("NFKD", plain(words).casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter)).translate(_SAME_LETTER)
    return _ARTICLE.sub("", re.sub(r"[\W_]+", " ", bare).strip())
