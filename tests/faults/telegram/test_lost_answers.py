"""Telegram is slow, refuses, loses an answer or repeats an update: nothing is lost, doubled or left unsaid."""

import asyncio
import time
from datetime import timedelta
from typing import Any

import pytest

from bot.demo import steps
from bot.demo.stage import Stage
from bot.demo.steps import Actor
from bot.language.texts import texts_in
from bot.messaging import inbox_worker
from storage.records import outbox
from tests.support.cast import Cast
from tests.support.stored_rows import count_rows

TOPIC = "Detention and protection"


def fault(stage: Stage, **wanted: Any) -> None:
    stage.sandbox.telegram.faults.change(wanted)


async def test_an_update_that_comes_twice_has_its_effect_once(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    fault(cast.stage, repeat_updates=20)
    await steps.post(cast.nour, TOPIC, "Five things that helped.")
    await cast.stage.settle()
    assert await count_rows(cast.stage, "posts") == 1
    invites = await count_rows(cast.stage, "invites")
    await steps.invite(cast.nour)
    await asyncio.sleep(0.3)
    assert await count_rows(cast.stage, "invites") == invites + 1


async def test_an_answer_that_may_be_lost_is_not_repeated_but_a_knock_leads_on(cast: Cast) -> None:
    before = await count_rows(cast.stage, "invites")
    fault(cast.stage, lose_answers=1)
    await cast.nour.says("/invite")
    await cast.nour.sees("resume")
    await cast.stage.settle()
    assert await count_rows(cast.stage, "invites") == before + 1
    links = [message for message in await cast.nour.person.chat() if "t.me" in message.text]
    assert len(links) == 1
    await cast.nour.presses("button-start")
    await cast.nour.sees("home", network=cast.stage.halqa.network.name)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
async def test_a_refusal_for_being_too_fast_is_waited_out(cast: Cast, language: str) -> None:
    salma = await cast.salma(language)
    await cast.stage.settle()
    fault(cast.stage, refuse={"status": 429, "retry_after": 1, "times": 1})
    begun = time.monotonic()
    await salma.says("/settings")
    await salma.sees_words("Salma")
    assert time.monotonic() - begun >= 1


async def test_a_stranger_whose_answer_was_lost_is_answered_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but an encrypted update is kept of somebody who has not agreed to anything, for an hour at most."""
    monkeypatch.setattr(inbox_worker, "AGAIN_AFTER", 0.1)
    stranger = Actor(await cast.stage.person("Rania"), texts_in("en"))
    fault(cast.stage, lose_answers=1)
    await stranger.says("/start")
    await cast.stage.settle()
    # The sandbox delivers what it gives no answer to, so the greeting stands twice; a message that was lost would not.
    greetings = [message for message in await stranger.person.chat() if message.by_bot]
    assert len(greetings) == 2
    assert await count_rows(cast.stage, "inbox", "state = 'pending'") == 0
    await cast.stage.pass_time(timedelta(hours=2))
    assert await count_rows(cast.stage, "inbox", "stranger = 1") == 0


async def test_an_answer_to_a_stranger_is_not_repeated_without_end(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox_worker, "AGAIN_AFTER", 0.01)
    stranger = await cast.stage.person("Rania")
    fault(cast.stage, lose_answers=100)
    await stranger.says("/start")
    await cast.stage.settle()
    assert sum(message.by_bot for message in await stranger.chat()) == 1 + inbox_worker.ANSWERED_AGAIN


async def test_a_stranger_whose_answer_a_crash_swallowed_is_answered_after_it(cast: Cast) -> None:
    stranger = Actor(await cast.stage.person("Rania"), texts_in("en"))
    code = await steps.invite(cast.nour)
    fault(cast.stage, latency_ms=3000)
    await stranger.says(f"/start {code}")
    async with asyncio.timeout(10):
        while not await count_rows(cast.stage, "inbox", "state = 'pending'"):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    await asyncio.sleep(0.2)  # it is handled, and its answer is on the way
    await cast.stage.stop()
    fault(cast.stage, latency_ms=0)
    await cast.stage.start()
    await stranger.presses_label("English")
    await stranger.presses("button-agree")
    await stranger.sees("ask-name")


async def test_whoever_blocked_the_bot_holds_up_nobody_else(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma, fatou = await cast.salma(), await cast.member("Fatou", "fr", "Dakar")
    for reader in (salma, fatou):
        await steps.follow(reader, TOPIC, "at_once")
    await salma.person.blocks()
    await steps.post(cast.nour, TOPIC, "Five things that helped.")
    await fatou.sees("knock")
    await cast.stage.settle()
    await salma.person.unblocks()
    await salma.says("/digest")
    await salma.sees("digest-waiting", count=1)  # she is still a member and has missed nothing


async def test_a_knock_that_may_be_lost_is_sent_again(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.follow(salma, TOPIC)
    await steps.post(cast.nour, TOPIC, "Five things that helped.")
    await cast.stage.halqa.tick()
    fault(cast.stage, lose_answers=1)
    await cast.stage.pass_time(timedelta(days=1))
    await salma.sees("knock")
    await cast.stage.settle()
    await cast.stage.pass_time(timedelta(seconds=6))
    await cast.stage.settle()
    knocks = [message for message in await salma.person.chat() if message.text == salma.texts("knock")]
    assert len(knocks) == 2


async def test_an_answer_that_a_crash_swallowed_is_made_up_for_by_a_knock(cast: Cast) -> None:
    """The effects are stored and the answer was not sent: a knock leads on, and nothing is executed again."""
    salma = await cast.salma()
    fault(cast.stage, latency_ms=3000)
    invites = await count_rows(cast.stage, "invites")
    await cast.nour.says("/invite")
    async with asyncio.timeout(10):
        while await count_rows(cast.stage, "invites") == invites:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    await cast.stage.stop()
    fault(cast.stage, latency_ms=0)
    await cast.stage.start()
    await cast.nour.sees("resume")
    assert await count_rows(cast.stage, "invites") == invites + 1
    await salma.says("/help")
    await salma.sees_words("/help")


async def test_a_message_that_was_on_its_way_in_a_crash_is_sent_again_only_as_a_knock(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.follow(salma, TOPIC, "at_once")
    await cast.nour.says(f"/post {TOPIC}")
    await cast.nour.says("Five things that helped.")
    await cast.nour.sees_words("Five things that helped.")
    await cast.stage.settle()
    fault(cast.stage, latency_ms=3000)
    await cast.nour.presses("button-send-post", title=TOPIC)
    async with asyncio.timeout(20):
        while not await sending(cast.stage):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    await cast.stage.stop()
    fault(cast.stage, latency_ms=0)
    await cast.stage.start()
    await salma.sees("knock")
    await salma.presses("button-open")
    await salma.sees_words("Five things that helped.")


async def sending(stage: Stage) -> bool:
    async with stage.halqa.store.transaction() as tx:
        return bool(await outbox.interrupted(tx))
