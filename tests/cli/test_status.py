"""`halqa status`: one word, an exit code for each state, and what is wrong."""

import pytest

from bot.cli import status
from tests.cli.harness.locked import locked
from tests.cli.harness.shell import Shell


async def test_nothing_runs(network: Shell) -> None:
    done = await network.halqa("status")
    assert (done.code, done.out, done.err) == (1, "not running\n", "")


async def test_the_bot_runs(network: Shell) -> None:
    async with network.running():
        done = await network.halqa("status")
    assert (done.code, done.out) == (0, "running\n")


async def test_the_bot_waits_locked(passphrase_network: Shell) -> None:
    async with locked(passphrase_network):
        done = await passphrase_network.halqa("status")
    assert (done.code, done.out) == (3, "locked\n")


@pytest.mark.parametrize(
    ("finding", "sentence"),
    [
        (
            {"finding": "disk-space-low", "volume": "backups", "free": 5 * 2**20, "needed": 2000 * 2**20},
            "disk-space-low: 5 MiB are free on the volume of the backups, and 2,000 needed",
        ),
        (
            {"finding": "telegram-unreachable", "seconds": 754},
            "telegram-unreachable: nothing was heard of Telegram for 12 minutes",
        ),
        ({"finding": "of-a-later-version"}, "of-a-later-version"),
    ],
)
def test_what_is_wrong_is_told_in_a_line(finding: dict[str, object], sentence: str) -> None:
    assert status._sentence(finding) == sentence
