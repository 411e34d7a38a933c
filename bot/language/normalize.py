"""Normalisation of typed text: one normal form without invisible characters, its length, and folding for comparison."""

import re
import unicodedata

# Letters by category, but invisible (Unicode, Default_Ignorable_Code_Point, and blank braille).
BLANK = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0}
# Visible format characters: the number signs of Arabic and Syriac.
SEEN = {*range(0x0600, 0x0606), 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD}
BADGE = "★"  # stands behind the names of coordinators and owners
STAR = re.compile(r"\b(STAR|ASTERI\w+|FLOWER)\b")  # in Unicode's name of what resembles the badge
JOINERS = "\u200c\u200d"  # which shape Persian words and combined emoji; kept between other characters
_SAME_LETTER = str.maketrans("ةىیکٱøłđæœı", "هييكاoldaoi", "ـء'’ʼ`´.")
_ARTICLE = re.compile(r"^(?:(?:the|le|la|les) (?=\w)|ال(?=\w{3}))")
_LOOSE_JOINER = re.compile(f"(?<!\\S)[{JOINERS}]+|[{JOINERS}]+(?!\\S)")


def _kept(letter: str) -> bool:
    """Whether a character is kept. Removed are control characters other than line ends and tabs, surrogates, private
    use, and format characters that change the direction of text or hide it (Unicode TR36 and TR39)."""
    if letter in "\n\t" or letter in JOINERS or ord(letter) in SEEN:
        return True
    return ord(letter) not in BLANK and unicodedata.category(letter) not in ("Cc", "Cf", "Co", "Cs")


def tidy(text: str) -> str:
    """Text of several lines in NFC, without invisible and control characters, without surrounding space."""
    kept = "".join(letter for letter in text if _kept(letter))
    return unicodedata.normalize("NFC", _LOOSE_JOINER.sub("", kept)).strip()


def one_line(text: str) -> str:
    """The same on one line with single spaces, for names and titles."""
    return " ".join(tidy(text).split())


def a_name(text: str) -> str:
    """The same for a name, without pictures and signs that could be taken for the badge of a role (Unicode, category
    So, and whatever Unicode calls a star); empty where it has neither a letter nor a digit."""
    name = one_line("".join(letter for letter in unicodedata.normalize("NFC", text) if not _is_sign(letter)))
    return name if any(letter.isalnum() for letter in name) else ""


def _is_sign(letter: str) -> bool:
    picture = (unicodedata.category(letter) == "So" and letter != "\ufffd") or 0x1F3FB <= ord(
        letter
    ) <= 0x1F3FF  # or the colour of its skin
    return picture or letter in "\ufe0e\ufe0f\u20e3" or bool(STAR.search(unicodedata.name(letter, "")))


def units(text: str) -> int:
    """The length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def plain(text: str) -> str:
    """NFKC, with digits of all scripts as ASCII and without format characters."""
    kept = (letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) != "Cf")
    return "".join(str(unicodedata.digit(letter)) if letter.isdigit() else letter for letter in kept)


def fold(text: str) -> str:
    """A key equal for all spellings of a name: without case, accents, vowel signs, hamza, article, punctuation."""
    letters = unicodedata.normalize("NFKD", plain(text).casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter)).translate(_SAME_LETTER)
    return _ARTICLE.sub("", re.sub(r"[\W_]+", " ", bare).strip())
