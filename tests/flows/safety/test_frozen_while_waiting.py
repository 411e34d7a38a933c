"""Telegram is slow: an answer and a notice are on their way to Salma when her account is frozen.

The pass figure: what has waited for more than a second is looked at again when it may be sent, so that nothing of the
network leaves later than five seconds after a freeze.
"""

import asyncio
from typing import Any

import pytest

from bot.demo import steps
from bot.demo.steps import Actor
from bot.messaging.send_result import SendResult
from storage.records import outbox
from storage.records.safety import freezes, outbox_clearing
from tests.flows.safety.safety_steps import row
from tests.support.cast import Cast

TOPIC = "Detention and protection"


@pytest.fixture
def slow(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """What is to be shown waits until the event is set, and for more than a second."""
    free, show = asyncio.Event(), cast.stage.halqa.sender.show

    async def shows(*arguments: Any, **named: Any) -> SendResult:
        if not free.is_set():
            await asyncio.sleep(1.1)
            await free.wait()
        return await show(*arguments, **named)

    free.set()
    monkeypatch.setattr(type(cast.stage.halqa.sender), "show", lambda self, *a, **n: shows(*a, **n))
    return free


async def freeze(cast: Cast, salma: Actor) -> None:
    me, now = await row(cast, salma), cast.stage.clock.now()
    async with cast.stage.halqa.store.transaction() as tx:
        assert await freezes.freeze(tx, me.id, now)
        await outbox_clearing.cancel_waiting(tx, me.id, now)
        await outbox_clearing.close_screens(tx, me.id, now)


async def until_handled(cast: Cast) -> None:
    """Her update is handled, and its answer waits."""
    async with asyncio.timeout(10):
        while cast.stage.sandbox.telegram.updates.pending:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        while await cast.stage.halqa.inbox_worker.idle():  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.2)


async def test_an_answer_with_words_of_the_network_becomes_one_of_an_empty_one(
    cast: Cast, salma: Actor, slow: asyncio.Event
) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    await cast.stage.settle()
    slow.clear()
    await salma.says("/topics")
    await until_handled(cast)
    await freeze(cast, salma)
    slow.set()
    await cast.stage.settle()
    assert not [message for message in await salma.person.chat() if TOPIC in str((message.text, message.buttons))]
    await salma.sees("home", network="Between Convenings")


async def test_a_notice_that_waits_for_its_turn_is_cancelled(cast: Cast, salma: Actor, slow: asyncio.Event) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    await steps.follow(salma, TOPIC, "at_once")
    await cast.stage.settle()
    before = len(await salma.person.chat())
    me = await row(cast, salma)
    async with cast.stage.halqa.store.transaction() as tx:
        await outbox.put(tx, me.id, "role", due=cast.stage.clock.now(), now=cast.stage.clock.now())
    slow.clear()
    cast.stage.halqa.outbox_worker.kick()
    await asyncio.sleep(0.5)
    await freeze(cast, salma)
    slow.set()
    await cast.stage.settle()
    assert len(await salma.person.chat()) == before
