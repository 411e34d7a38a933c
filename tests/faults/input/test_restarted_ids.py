"""Update ids that begin again lower, as Telegram's may after a week without updates (Bot API, Update).

Pass figure: after a jump down, far or near, 0 updates are refused, passed over or handled twice, and those of one
person are handled in the order in which they came; at most three polls for each update.
"""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.demo import steps
from bot.demo.stage import Stage
from bot.operations.jobs import JobRunner
from sandbox.telegram.clock import Clock
from tests.conftest import AFTERNOON
from tests.faults.webhook.webhook_stage import stage_at
from tests.support.cast import HOSTS, Cast

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


async def test_a_jump_down_while_an_offset_is_held_starts_no_rush_of_polls(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, updates = cast.stage, cast.stage.sandbox.telegram.updates
    poll: Callable[..., Any] = updates.poll
    polls = 0

    async def counted(**parameters: Any) -> Any:
        nonlocal polls
        polls += 1
        return await poll(**parameters)

    monkeypatch.setattr(updates, "poll", counted)
    await cast.olena.says("/help")
    await stage.settle()
    updates.restart_ids(17)
    for command in COMMANDS:
        await cast.olena.says(command)
    await stage.settle()
    await asyncio.sleep(1)
    assert polls <= 3 * (1 + len(COMMANDS))


@pytest.mark.parametrize("receiver", ["polling", "webhook"])
async def test_a_new_update_with_the_number_of_one_from_last_week_is_not_taken_for_it(
    tmp_path: Path, unused_tcp_port: int, receiver: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program was off in between; what it does once it runs again is too late for the first poll."""
    address = f"127.0.0.1:{unused_tcp_port}"
    webhook = stage_at(tmp_path, address, f"http://{address}/halqa")
    async with webhook if receiver == "webhook" else Stage(tmp_path, hosts=HOSTS, clock=Clock(AFTERNOON)) as stage:
        olena = await steps.claim(stage, await stage.person("Olena"), "en", name="Olena", host=None, city="Kyiv")
        await stage.settle()
        async with stage.halqa.store.transaction() as tx:
            last = await tx.fetchval("SELECT max(update_id) FROM inbox")
        monkeypatch.setattr(JobRunner, "start", lambda *_, **__: None)
        await stage.stop()
        stage.clock.move(timedelta(days=8))
        stage.sandbox.telegram.updates.restart_ids(last)
        await olena.says("/topics")
        await stage.start()
        await olena.sees("no-topics")
