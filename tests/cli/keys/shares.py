"""Recovery shares, as `halqa keys split` prints them."""

import re

from storage.crypto import recovery_shares
from tests.cli.harness.shell import Shell


def words_of(page: str) -> str:
    return " ".join(re.findall(r"^ ?\d+ .*$", page, re.MULTILINE))


async def printed(network: Shell) -> list[str]:
    done = await network.halqa("keys", "split", "--shares", "5", "--threshold", "3")
    assert (done.code, done.err) == (0, "")
    pages = done.out.split("\f")
    assert len(pages) == 5
    for number, page in enumerate(pages, 1):
        assert page.startswith(f"Recovery share {number} of 5, set ")
        assert "Any 3 of these 5 shares" in page
        assert len(recovery_shares.words_in(words_of(page))) == recovery_shares.WORDS
        assert all(len(line) <= 72 for line in page.splitlines())
    return pages
