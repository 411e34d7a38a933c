"""SIGKILL again and again while an announcement is put into the outbox and sent.

Pass figures: every recipient gets it, and has one outbox message. A notice that was in flight at a kill may arrive
twice: at most kills x messages in flight do.
"""

import asyncio
import os
import signal
from datetime import timedelta
from multiprocessing.process import BaseProcess
from typing import Any

import pytest

from bot.demo.stage import Stage
from bot.features.announcements import send
from tests.faults.crash import bot_process
from tests.faults.long_run import short_or_long
from tests.support.announcement_steps import DELAY, add_members, fanout_tally, message_counts, write_and_approve
from tests.support.cast import Cast

PEOPLE = 60
PATIENCE = 10.0  # seconds; a process that is not killed by then has nothing left to do
IN_FLIGHT = 32  # messages at most
pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL and fork are POSIX")


def in_small_batches(*arguments: Any) -> None:
    send.BATCH = 4
    bot_process.run_until_killed(*arguments)


def start(stage: Stage, statements: int, *, after: bool) -> BaseProcess:
    given = (stage.settings, stage.master(), stage.clock.now(), statements, after, False)
    process = bot_process.FORKSERVER.Process(target=in_small_batches, args=given, daemon=True)
    process.start()
    return process


async def test_kills_while_it_goes_out_leave_nobody_out(cast: Cast) -> None:
    stage = cast.stage
    people = await add_members(stage, PEOPLE)
    await write_and_approve(cast)
    await stage.settle()
    await stage.stop()
    stage.clock.move(DELAY + timedelta(seconds=1))
    kills = 0
    for number in range(short_or_long(8, 50)):
        # A start takes about 75 statements, a batch 7, a message 8: first the kills are between batches, then in sends.
        process = start(stage, 82 + number * 9, after=number % 2 == 0)
        await asyncio.to_thread(process.join, PATIENCE)
        if process.is_alive():
            process.kill()
            await asyncio.to_thread(process.join)
            break
        assert process.exitcode == -signal.SIGKILL
        kills += 1
    assert kills >= 8
    await stage.start()
    await stage.pass_time(timedelta(minutes=1))
    await stage.settle()
    tally = await fanout_tally(stage)
    assert tally.sent == PEOPLE + 2
    assert (tally.open, tally.failed, tally.cancelled) == (0, 0, 0)
    came = message_counts(stage, people)
    assert min(came) >= 1
    assert sum(came) - PEOPLE <= kills * IN_FLIGHT
