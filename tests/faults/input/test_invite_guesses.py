"""Invitations that admit nobody, and somebody who guesses codes."""

import statistics
import time
from datetime import timedelta
from typing import Any

import pytest

from bot.demo import steps
from bot.demo.stage import Stage
from bot.demo.steps import Actor
from bot.features.onboarding import invite_throttle
from bot.language.texts import texts_in
from bot.messaging.update_validation import ValidUpdate
from storage.records.people import invites, members
from storage.records.people.invites import Grants
from tests.faults.input.injected_updates import answers_to, inject, message_update
from tests.faults.long_run import short_or_long
from tests.support.cast import Cast
from tests.support.stored_rows import stored_member


async def stranger_in(stage: Stage) -> Actor:
    """A stranger who has pressed Start, without which no bot may write to them."""
    stranger = Actor(await stage.person("Rania"), texts_in("en"))
    await stranger.says("/start")
    await stranger.sees("greeting")
    return stranger


async def codes(cast: Cast) -> dict[str, str]:
    """One invalid code of each kind."""
    stage, now = cast.stage, cast.stage.clock.now()
    async with stage.halqa.store.transaction() as tx:
        nour = await members.find(tx, cast.nour.person.id)
        assert nour is not None
        made = {}
        for kind in ("used", "expired", "revoked"):
            then = now - timedelta(hours=73) if kind == "expired" else now
            invite, made[kind] = await invites.create(tx, Grants.APPLICATION, nour.id, then)
            if kind == "used":
                assert await invites.redeem(tx, made[kind], now)
            if kind == "revoked":
                assert await invites.revoke(tx, invite.id, nour.id, now)
    return made | {
        "random": "AAAAAAAAAAAAAAAAAAAAAA",
        "long": "a" * 65,
        "empty": "-",
        "sql": "' OR 1=1 --",
        "half": "x\ud83d",
    }


async def test_all_invalid_codes_get_the_same_answer(cast: Cast) -> None:
    answers, stage = set(), cast.stage
    for code in (await codes(cast)).values():
        stranger = await stranger_in(stage)
        await stranger.person.looks_up()
        await inject(stage, "message", message_update(stranger, f"/start {code}"))
        [said] = await answers_to(stranger)
        answers.add(said)
    assert answers == {texts_in("en").plain("bad-invite")}
    assert await stored_member(stage, stranger) is None


async def test_invalid_codes_take_equal_time(cast: Cast) -> None:
    """Medians of the look-ups of codes, measured in turns. The jitter of a network is far greater than that."""
    found = await codes(cast)
    took: dict[str, list[float]] = {kind: [] for kind in ("random", "used", "expired", "revoked", "long")}
    async with cast.stage.halqa.store.transaction() as tx:
        for _ in range(150):
            for kind, measured in took.items():
                begun = time.perf_counter()
                assert not await invites.is_open(tx, found[kind], cast.stage.clock.now())
                measured.append(time.perf_counter() - begun)
    medians = [statistics.median(measured) for measured in took.values()]
    assert max(medians) - min(medians) < 0.001


async def test_a_thousand_guesses_are_slowed_and_nobody_else_is(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    stage, looked, is_open = cast.stage, 0, invites.is_open

    async def counted(*args: Any) -> bool:
        nonlocal looked
        looked += 1
        return await is_open(*args)

    stranger, salma = await stranger_in(stage), await stage.person("Salma")
    right, for_another = await steps.invite(cast.nour), await steps.invite(cast.nour)
    await stage.settle()
    monkeypatch.setattr(invites, "is_open", counted)
    monkeypatch.setattr(invite_throttle, "FIRST", timedelta(minutes=1))  # longer than the test takes
    first = max(update_id for [update_id] in await ids(stage)) + 1_000_000
    guessed = [message_update(stranger, f"/start guess{number}") for number in range(short_or_long(150, 1000))]
    await stage.halqa.inbox_worker.take(
        [
            ValidUpdate(first + number, {"update_id": first + number, "message": guess})
            for number, guess in enumerate(guessed)
        ]
    )
    entered = await steps.enter(stage, salma, for_another, "en")
    await entered.sees("ask-name")
    await stage.settle()
    assert looked < 10 + 2 + 8  # the stranger's as they arrive and as they are answered, and the few of Salma's
    said = {message.text for message in await stranger.person.chat() if message.by_bot}
    assert said - {texts_in("en").plain("greeting")} == {texts_in("en").plain("bad-invite")}
    await stranger.says(f"/start {right}")
    await stage.settle()
    assert (await stranger.person.chat())[-1].text == f"/start {right}"
    await stage.pass_time(timedelta(hours=1))
    await stranger.says(f"/start {right}")
    await stranger.sees("choose-language")


async def ids(stage: Stage) -> Any:
    async with stage.halqa.store.transaction() as tx:
        return await tx.fetch("SELECT update_id FROM inbox")
