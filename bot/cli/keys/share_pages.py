"""Recovery shares as pages, one for each person, and how `halqa keys split` shows them."""

import sys
import textwrap
from collections.abc import Sequence
from datetime import date

COLUMNS = 4
CLEAR = "\x1b[H\x1b[2J\x1b[3J"  # clears the screen and what was scrolled off it


def pages(shares: Sequence[str], threshold: int, slot_id: str, today: date) -> list[str]:
    """Returns a page for each share. It does not name the network, so that a lost page does not tell whose it is."""
    return [_page(words, number, len(shares), threshold, slot_id, today) for number, words in enumerate(shares, 1)]


def _page(words: str, number: int, count: int, threshold: int, slot_id: str, today: date) -> str:
    numbered = [f"{at:>2} {word:<12}" for at, word in enumerate(words.split(), 1)]
    rows = ["  ".join(numbered[at : at + COLUMNS]).rstrip() for at in range(0, len(numbered), COLUMNS)]
    return "\n".join(
        [
            f"Recovery share {number} of {count}, set {slot_id}, made on {today.isoformat()}",
            "",
            *textwrap.wrap(
                f"Any {threshold} of these {count} shares together open everything that is kept; fewer tell nothing. "
                "Keep this page where only you find it, on paper. Do not photograph it, send it or type it anywhere "
                "until somebody whom you know in person asks for it. It is SLIP-39; order and spelling matter.",
                72,
            ),
            "",
            *rows,
            "",
        ]
    )


def show(pages: Sequence[str]) -> None:
    """Prints the pages: at a terminal one at a time, each wiped before the next; else with form feeds between them."""
    if not (sys.stdout.isatty() and sys.stdin.isatty()):
        print("\f".join(pages), end="")
        return
    for page in pages:
        print(f"{CLEAR}{page}")
        input("Write it down, check it, and press Enter: it is wiped, and not shown again. ")
    print(CLEAR, end="")
    print(f"That were all {len(pages)} shares.")
