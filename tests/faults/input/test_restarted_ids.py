"""Update ids that begin again lower, as Telegram's may after a week without updates (Bot API, Update).

Pass figure: after a jump down, far or near, 0 updates are refused, passed over or handled twice, and those of one
person are handled in the order in which they came.
"""

import asyncio

import pytest

from tests.support.cast import Cast

COMMANDS = ("/help", "/settings", "/topics")


async def rows(cast: Cast) -> list[tuple[int, str]]:
    """Update id and state of what is in the inbox, in the order of its arrival."""
    async with cast.stage.halqa.store.transaction() as tx:
        return [(row[0], row[1]) for row in await tx.fetch("SELECT update_id, state FROM inbox ORDER BY number")]


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("down", [1_000_000, 7])
async def test_after_ids_begin_again_lower_everything_is_handled_once_and_in_order(
    cast: Cast, down: int, restarted: bool
) -> None:
    stage, updates = cast.stage, cast.stage.sandbox.telegram.updates
    await cast.olena.says("/help")
    await stage.settle()
    before = await rows(cast)
    if restarted:
        await stage.restart()
    first = min(update_id for update_id, _ in before) - down
    updates.restart_ids(first)
    stage.sandbox.telegram.faults.change({"repeat_updates": 2})
    for command in COMMANDS:
        await cast.olena.says(command)
        await cast.nour.says(command)
    async with asyncio.timeout(20):
        await stage.settle()
    after = await rows(cast)
    assert after[: len(before)] == before
    assert after[len(before) :] == [(first + number, "answered") for number in range(2 * len(COMMANDS))]
