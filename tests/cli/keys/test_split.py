"""`halqa keys split`: each share is shown once, and the slot is saved only after the last one."""

import pytest

from tests.cli.harness.shell import Shell
from tests.cli.harness.terminal import terminal
from tests.cli.keys.slots import ids


@pytest.mark.parametrize(("count", "threshold"), [("5", "1"), ("2", "3"), ("17", "3")])
async def test_a_split_of_no_sense_is_refused(network: Shell, count: str, threshold: str) -> None:
    before = network.everything()
    done = await network.halqa("keys", "split", "--shares", count, "--threshold", threshold)
    assert (done.code, done.out) == (2, "")
    assert network.everything() == before


async def test_at_a_terminal_each_share_is_wiped_before_the_next(network: Shell) -> None:
    async with terminal(network, "keys", "split", "--shares", "3", "--threshold", "2") as someone:
        for number in (1, 2, 3):
            await someone.reads(f"Recovery share {number} of 3")
            await someone.reads("press Enter")
            assert len(ids(await network.halqa("keys", "list"))) == 1
            await someone.types("\r")
        assert await someone.ends() == 0
    assert someone.shown.count("\x1b[2J\x1b[3J") == 4
    listed = ids(await network.halqa("keys", "list"))
    assert sorted(line.split()[0] for line in listed.values()) == ["file", "recovery"]
