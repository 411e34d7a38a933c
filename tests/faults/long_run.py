"""How much a test tries: enough to notice a mistake in the usual run, and the full figures with HALQA_LONG=1."""

import os

LONG = os.environ.get("HALQA_LONG") == "1"


def short_or_long(usual: int, long: int) -> int:
    return long if LONG else usual
