"""How much is tried: enough to notice a mistake on every run, and the full figures with HALQA_LONG=1."""

import os
import secrets

LONG = os.environ.get("HALQA_LONG") == "1"


def times(usual: int, long: int) -> int:
    return long if LONG else usual


def planted(what: str) -> str:
    """Words that stand nowhere else, to search for."""
    return f"{what} {secrets.token_hex(8)}"
