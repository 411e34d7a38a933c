"""What a thief of the disk sees: the files of the bot's data directory, and a search for words in them.

It reads bytes and knows none of the bot's formats. Words are searched as UTF-8 and UTF-16, ASCII letters in either
case, and inside base64.
"""

import base64
from pathlib import Path

from sandbox.telegram.records import Json

SAMPLE = 96  # bytes
SHORTEST = 4  # bytes: less is found by chance in a megabyte of random bytes
SHORTEST_BASE64 = 6  # characters, for the same reason


def listing(directory: Path) -> Json:
    """Every file with its size in bytes and a sample from its middle, in hexadecimal."""
    files = []
    for path, data in _contents(directory):
        middle = max(0, (len(data) - SAMPLE) // 2)
        sample = data[middle : middle + SAMPLE].hex()
        files.append({"name": path, "size": len(data), "sample": sample})
    return {"directory": str(directory), "files": files}


def search(directory: Path, words: str) -> Json:
    """How often the words occur in files and their names, and in which; raises ValueError if they are too short."""
    if len(words.encode()) < SHORTEST:
        raise ValueError("give at least four letters: fewer are found in any large file by chance")
    plain = {words.encode().lower(), words.encode("utf-16-le").lower()}
    coded = _inside_base64(words.encode()) | _inside_base64(words.encode("utf-16-le"))
    hits, names = 0, []
    for path, data in _contents(directory):
        lower = data.lower()
        found = sum(lower.count(needle) for needle in plain) + sum(data.count(needle) for needle in coded)
        found += words.lower() in path.lower()
        if found:
            hits += found
            names.append(path)
    return {"hits": hits, "files": names}


def _contents(directory: Path) -> list[tuple[str, bytes]]:
    contents = []
    for path in sorted(directory.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        try:
            contents.append((path.relative_to(directory).as_posix(), path.read_bytes()))
        except FileNotFoundError:  # a journal that the database has removed since the listing
            continue
    return contents


def _inside_base64(data: bytes) -> set[bytes]:
    """The parts of a longer base64 text that depend on `data` alone, one for each of the three alignments."""
    needles = set()
    for shift in range(3):
        coded = base64.b64encode(bytes(shift) + data)
        first = (shift * 8 + 5) // 6
        whole = (shift + len(data)) * 8 // 6
        needle = coded[first:whole]
        if len(needle) >= SHORTEST_BASE64:
            needles |= {needle, needle.translate(bytes.maketrans(b"+/", b"-_"))}
    return needles
