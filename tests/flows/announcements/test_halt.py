"""Stopping an announcement: before it goes out, while it goes out, and after it was read."""

import asyncio
import time
from datetime import timedelta

import pytest

from bot.conversation.rounding import said
from bot.demo.steps import Actor
from bot.features.announcements import progress
from tests.support.announcement_steps import (
    DELAY,
    WORDS,
    add_members,
    approve,
    ask_approval,
    encoded_id,
    fanout_tally,
    knocks,
    label_with_prefix,
    message_counts,
    only_announcement,
    pass_delay,
    words,
    write,
    write_and_approve,
)
from tests.support.cast import Cast


@pytest.mark.parametrize("who", ["nour", "awa", "olena"])
async def test_in_the_ten_minutes_author_approver_and_whoever_it_concerns_stop_it(cast: Cast, who: str) -> None:
    salma = await cast.salma()
    await write_and_approve(cast)
    await cast.stage.pass_time(timedelta(minutes=9))
    await cast.stage.settle()
    assert await knocks(salma) == 0
    stopper: Actor = getattr(cast, who)
    await stopper.says("/halt")
    await stopper.sees("announcement-halted-early")
    await pass_delay(cast, timedelta(minutes=30))
    assert await knocks(salma) == 0
    await stopper.presses("button-go-on")
    await pass_delay(cast, timedelta())
    assert await knocks(salma) == 1


async def test_an_author_does_not_overrule_somebody_else_who_stopped_it(cast: Cast) -> None:
    await write_and_approve(cast)
    await cast.awa.says("/halt")
    await cast.awa.sees("announcement-halted-early")
    found = await only_announcement(cast.stage)
    await cast.stage.forge(cast.nour.person, f"anngoon:{encoded_id(found.id)}")
    await cast.nour.sees("not-resumed")
    await cast.olena.says("/announce")
    await cast.olena.sees("announcements")
    await cast.olena.presses_label(await label_with_prefix(cast.olena, "Stopped: "))
    await cast.olena.presses("button-go-on")
    await cast.olena.sees_words("Approved by", "Awa")


async def test_a_halt_in_the_middle_stops_within_two_seconds_and_every_person_is_counted(cast: Cast) -> None:
    stage = cast.stage
    people = await add_members(stage, 150)
    await write_and_approve(cast)
    await stage.settle()
    stage.sandbox.telegram.faults.change({"latency_ms": 300})
    await stage.pass_time(DELAY + timedelta(seconds=1))
    async with asyncio.timeout(10):
        while sum(message_counts(stage, people)) < 20:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    begun = time.monotonic()
    await cast.awa.says("/halt")
    await cast.awa.sees_words(words(cast.awa, "announcement-halted"))
    assert time.monotonic() - begun < 2
    await asyncio.sleep(max(0.0, begun + 2 - time.monotonic()))
    then = sum(message_counts(stage, people))
    assert then < 150
    stage.sandbox.telegram.faults.change({"latency_ms": 0})
    await stage.settle()
    await stage.pass_time(progress.RENEWED + timedelta(seconds=1))
    await stage.settle()
    assert sum(message_counts(stage, people)) == then
    counts = await fanout_tally(stage)
    assert counts.sent + counts.failed + counts.uncertain + counts.cancelled == 150 + 2  # Olena and Awa as well
    assert counts.open == 0
    expected = cast.awa.texts.plain(
        "announcement-tally-end",
        sent=said(cast.awa.texts, counts.sent),
        missed=said(cast.awa.texts, counts.failed + counts.cancelled),
        uncertain=said(cast.awa.texts, counts.uncertain),
    )
    await cast.awa.sees_words(*expected.splitlines())
    await cast.awa.presses("button-go-on")
    await stage.settle()
    assert message_counts(stage, people) == [1] * 150


async def test_what_waits_out_a_flood_stop_does_not_leave_after_a_halt(cast: Cast) -> None:
    stage, faults = cast.stage, cast.stage.sandbox.telegram.faults
    people = await add_members(stage, 60)
    await write_and_approve(cast)
    await stage.settle()
    faults.change({"refuse": {"status": 429, "retry_after": 3, "times": 1000}})
    await stage.pass_time(DELAY + timedelta(seconds=1))
    begun = time.monotonic()
    await asyncio.sleep(0.5)  # the messages in flight are refused; the next are rendered and wait
    assert faults.refuse is not None
    assert faults.refuse.times < 1000
    faults.change({"refuse": None})
    await cast.awa.says("/halt")
    while (await only_announcement(stage)).state != "halted":  # noqa: ASYNC110  the answer waits for the end of the refusal, too
        await asyncio.sleep(0.01)
    assert time.monotonic() - begun < 3
    await cast.awa.sees_words(words(cast.awa, "announcement-halted"))
    await stage.settle()
    assert sum(message_counts(stage, people)) == 0
    counts = await fanout_tally(stage)
    assert (counts.cancelled, counts.open) == (60 + 2, 0)  # Olena and Awa as well


async def test_what_was_open_leaves_the_chat_with_a_halt_and_can_be_read_again_after_it(cast: Cast) -> None:
    salma, rania = await cast.salma(), await cast.member("Rania", "en", "Cairo")
    await rania.says("/pause")
    await rania.presses("button-pause-yes")
    await write_and_approve(cast)
    await pass_delay(cast)
    await salma.presses("button-open")
    await salma.sees_words(WORDS)
    await cast.stage.settle()
    await cast.awa.says("/halt")
    few = said(cast.awa.texts, 3)
    end = words(cast.awa, "announcement-tally-end", sent=few, missed=few, uncertain="0")
    await cast.awa.sees_words(*end.splitlines())
    await salma.loses(WORDS)
    await salma.presses("button-open")
    await salma.sees("announcement-not-now")
    await cast.awa.presses("button-go-on")
    await cast.awa.sees_words(words(cast.awa, "announcement-as-of"))
    await cast.stage.settle()
    assert await knocks(rania) == 0
    await rania.says("/pause")
    await rania.presses("button-unpause")
    await rania.presses("button-open")
    await rania.sees_words(WORDS)


async def test_one_command_stops_several_and_each_is_accounted_for(cast: Cast) -> None:
    await add_members(cast.stage, 3)
    for whom in ("English", "everybody"):
        await write(cast.olena, whom=whom)
        await ask_approval(cast.olena)
        await approve(cast.nour)
        await pass_delay(cast, DELAY if whom == "English" else timedelta())
        await cast.nour.person.looks_up()
    async with cast.stage.halqa.store.transaction() as tx:
        await tx.execute("UPDATE announcements SET state = 'sending'")  # as if a recipient were still paused
    await cast.awa.says("/halt")
    seen = await cast.awa.sees("announcements-halted")
    english = cast.awa.texts.plain("announcement-tally-end", sent=said(cast.awa.texts, 3), missed="0", uncertain="0")
    assert english in seen
    await cast.awa.says("/halt")
    await cast.awa.sees("nothing-to-halt")
