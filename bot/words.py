"""What people type, made safe to keep and to show: one normal form, nothing invisible, and a length that is counted."""

import unicodedata

# Marks that can turn the direction of what follows, or hide letters (Unicode TR36 and TR39, bidi controls and tags).
INVISIBLE = {*range(0x200B, 0x200C), *range(0x200E, 0x2010), *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A)}
INVISIBLE |= {0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2061, 0x2062, 0x2063, 0x2064, 0x2800, 0x3164}
INVISIBLE |= {0xFEFF, 0xFFA0, *range(0xE0000, 0xE0080)}
NOTHING = dict.fromkeys(INVISIBLE)


def tidy(words: str) -> str:
    """Text of several lines without invisible marks or control characters, in NFC, without space around it."""
    words = unicodedata.normalize("NFC", words.translate(NOTHING))
    kept = (letter for letter in words if letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Co", "Cs"))
    return "".join(kept).strip()


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
