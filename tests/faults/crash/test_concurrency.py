"""Concurrent work: two processes on one directory, one update handed out twice, an erasure while others are served."""

import asyncio
from typing import Any

import pytest

from bot.demo import steps
from bot.messaging.send_result import SendResult
from bot.messaging.update_handler import Answer
from storage.opening import open_store
from storage.records import inbox
from tests.support.cast import Cast


async def test_a_second_process_on_the_same_files_is_refused(cast: Cast) -> None:
    with pytest.raises(Exception, match="in-use"):
        await open_store(cast.stage.data, cast.stage.master())


async def test_an_update_that_is_handed_out_twice_has_its_effect_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This happens when an erasure changes the keyed hash of the sender while the update is being handled."""
    taken = inbox.next_pending

    async def twice(tx: Any, busy: Any, limit: int, strangers: int) -> list[inbox.Received]:
        found = await taken(tx, busy, limit, strangers)
        return [*found, *found]

    monkeypatch.setattr(inbox, "next_pending", twice)
    async with cast.stage.halqa.store.transaction() as tx:
        before = await tx.fetchval("SELECT count(*) FROM invites")
    await steps.invite(cast.nour)
    await cast.stage.settle()
    async with cast.stage.halqa.store.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM invites") == before + 1


async def test_the_order_of_one_person_holds_while_another_is_erased(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An erasure changes everybody's keyed hash, by which pending updates are assigned to their sender."""
    salma, rania, let_go, asked = await cast.salma(), await cast.member("Rania", "fr", "Dakar"), asyncio.Event(), []
    worker = cast.stage.halqa.inbox_worker
    immediately = worker._answer

    async def slowly(answer: Answer) -> SendResult:
        if answer.incoming.telegram_id == salma.person.id:
            asked.append(answer.incoming.command)
            await let_go.wait()
        return await immediately(answer)

    monkeypatch.setattr(worker, "_answer", slowly)
    await salma.says("/help")
    await rania.says("/forget")
    await rania.presses("button-forget-yes")
    await rania.sees("goodbye")
    await salma.says("/privacy")
    await cast.nour.says("/help")  # comes later, and is answered
    await cast.nour.sees_words("/invite")
    assert asked == ["help"]
    let_go.set()
    await cast.stage.settle()
    assert asked == ["help", "privacy"]
