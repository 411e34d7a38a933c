"""How much a test tries: in the usual run enough to notice a mistake, with HALQA_LONG=1 the full figures."""

import os

LONG = os.environ.get("HALQA_LONG") == "1"


def short_or_long(usual: int, long: int) -> int:
    return long if LONG else usual
