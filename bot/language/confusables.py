"""Names that look alike: "Olena" and the same with a Cyrillic O are different strings, but a reader sees one name.

Two names look alike where their skeletons are equal (Unicode TR39, section 4). Which letters are confusable is
Unicode's list, taken from the package confusable-homoglyphs: its file is read here, since its module keeps all of it in
memory.
"""

import json
import unicodedata
from functools import cache
from importlib.resources import files


def skeleton(name: str) -> str:
    """Equal for all names that look alike; not for display."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = (letter for letter in plain if not unicodedata.combining(letter) and not letter.isspace())
    prototypes = (_prototypes().get(letter, letter) for letter in letters)
    # The prototype of a letter can be a combining mark: that of U+0E4D is U+030A.
    return "".join(letter for letter in prototypes if not unicodedata.combining(letter))


@cache
def _prototypes() -> dict[str, str]:
    """For each confusable letter the one that represents all that are confusable with it."""
    listed = json.loads((files("confusable_homoglyphs") / "confusables.json").read_text("utf-8"))
    leader: dict[str, str] = {}

    def lead(letter: str) -> str:
        while (above := leader.get(letter, letter)) != letter:
            letter = above
        return letter

    for letter, others in listed.items():
        for other in others:
            one, two = _simple(letter), _simple(other["c"])
            if len(one) == len(two) == 1 and one != two:
                first, second = sorted((lead(one), lead(two)))
                leader[second] = first
    return {letter: lead(letter) for letter in leader}


def _simple(letter: str) -> str:
    return unicodedata.normalize("NFKD", letter.casefold())
