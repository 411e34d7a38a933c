"""A backlog of updates stays on disk and does not delay members.

Pass figure: whatever the length of the backlog, a few updates per worker in memory, which grows by at most 2.5 MiB.
"""

import asyncio
import json
import tracemalloc
from datetime import timedelta
from typing import Any

import pytest

from bot.demo.stage import Stage
from bot.messaging.inbox_worker import AHEAD
from bot.messaging.update_validation import ValidUpdate
from storage.records import inbox
from tests.faults.long_run import short_or_long
from tests.support.cast import Cast

WORKERS = 64  # the default setting


def update(number: int, person: int) -> ValidUpdate:
    who = {"id": person, "is_bot": False, "first_name": "x"}
    message = {
        "message_id": number,
        "date": 1_700_000_000,
        "chat": {"id": person, "type": "private", "first_name": "x"},
        "from": who,
        "text": "words " * 200,
    }
    return ValidUpdate(number, json.loads(json.dumps({"update_id": number, "message": message})))


@pytest.mark.parametrize("people", [1, 50, 100_000])
async def test_a_backlog_is_not_taken_into_memory(stage: Stage, monkeypatch: pytest.MonkeyPatch, people: int) -> None:
    many, in_hand = short_or_long(1000, 10_000), 0
    taken, worker = inbox.next_pending, stage.halqa.inbox_worker

    async def watched(tx: Any, busy: Any, limit: int, strangers: int) -> list[inbox.Received]:
        nonlocal in_hand
        found = await taken(tx, busy, limit, strangers)
        in_hand = max(in_hand, len(found) + len(busy))
        return found

    async def invited(*_: object) -> inbox.Guest:
        return inbox.Guest.INVITED

    async def never(*_: object) -> Any:
        await asyncio.Event().wait()

    monkeypatch.setattr(inbox, "next_pending", watched)
    monkeypatch.setattr(worker, "_admit", invited)  # of strangers little is stored
    monkeypatch.setattr(worker, "_answer", never)  # as if Telegram accepted no answers: the backlog stays
    await worker.take([update(1, 8_000_000_000)])
    await asyncio.sleep(0.2)  # one-time allocations are over
    tracemalloc.start()
    tasks = len(asyncio.all_tasks())
    for first in range(0, many, 100):
        await worker.take([update(2 + n, 8_000_000_000 + n % people) for n in range(first, min(many, first + 100))])
        await asyncio.sleep(0)
    await asyncio.sleep(0.2)
    grown, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    async with stage.halqa.store.transaction() as tx:
        waiting = await tx.fetchval("SELECT count(*) FROM inbox WHERE state = 'pending'")
    assert waiting >= many - 2 * WORKERS
    assert 0 < in_hand <= (AHEAD + 2) * WORKERS
    assert len(asyncio.all_tasks()) <= tasks + 2 * WORKERS + 5
    assert grown < 2.5 * 2**20  # the texts of the backlog alone are several times as large


async def test_strangers_do_not_hold_up_members(cast: Cast) -> None:
    strangers = [await cast.stage.person(f"Stranger {number}") for number in range(40)]
    cast.stage.sandbox.telegram.faults.change({"latency_ms": 200})
    for _ in range(3):
        await asyncio.gather(*(stranger.says("/start") for stranger in strangers))
    begun = cast.stage.clock.now()
    await cast.nour.says("/settings")
    await cast.nour.sees_words("Nour")
    waited = cast.stage.clock.now() - begun
    cast.stage.sandbox.telegram.faults.change({"latency_ms": 0})
    await cast.stage.settle()
    # 120 answers of 200 ms by 16 workers take 1.5 s at least; a member waits for none of those in the queue.
    assert waited < timedelta(seconds=1.5)
