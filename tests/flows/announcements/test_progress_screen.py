"""The message in which a coordinator follows the sending of an announcement."""

import asyncio
import re
from datetime import timedelta

import pytest

from bot.conversation.rounding import said
from bot.demo.steps import Actor
from bot.features.announcements import progress
from storage.records.announcements import announcement_fanout
from storage.records.people import chat_messages, members
from tests.support.announcement_steps import (
    DELAY,
    add_members,
    approve,
    ask_approval,
    pass_delay,
    words,
    write,
    write_and_approve,
)
from tests.support.cast import Cast

AN_HOUR = timedelta(hours=1)  # after which screens close


async def test_her_progress_message_follows_the_sending(cast: Cast) -> None:
    stage = cast.stage
    await add_members(stage, 40)
    salma = await cast.salma()
    await salma.says("/pause")
    await salma.presses("button-pause-yes")
    await write_and_approve(cast)
    await cast.nour.presses("button-open")
    await cast.nour.sees_words(words(cast.nour, "announcement-as-of"))
    followed = (await cast.nour.person.last()).id
    await pass_delay(cast)
    await stage.pass_time(progress.RENEWED + timedelta(seconds=1))
    await stage.settle()
    few = said(cast.nour.texts, 1)
    tally = cast.nour.texts.plain("announcement-tally", sent="40", due="0", later=few, missed="0", uncertain="0")
    await cast.nour.sees_words(words(cast.nour, "announcement-waiting"), *tally.splitlines())
    assert (await cast.nour.person.last()).id == followed
    await salma.says("/pause")
    await salma.presses("button-unpause")
    await salma.sees("knock")
    await stage.settle()
    await pass_delay(cast, timedelta(days=1))
    end = cast.nour.texts.plain("announcement-tally-end", sent="45", missed="0", uncertain="0")
    await cast.nour.sees_words(words(cast.nour, "announcement-sent"), *end.splitlines())


async def is_closed(actor: Actor, message: int) -> bool:
    """Whether a message is gone, or names nothing any more."""
    left = [each.text for each in await actor.person.chat() if each.id == message]
    return not left or left == [actor.texts.plain("blank")]


async def test_what_coordinators_see_of_announcements_leaves_the_chat_again(cast: Cast) -> None:
    """The list, the prompt for the text, and the progress message: the latter only a while after the end."""
    stage, shown = cast.stage, []
    followed = await write_and_approve(cast)
    await cast.awa.says("/announce")
    await cast.awa.sees("announcements")
    shown.append((await cast.awa.person.last()).id)
    await cast.awa.says("/announce English")
    await cast.awa.sees_words(words(cast.awa, "ask-announcement-words"))
    shown.append((await cast.awa.person.last()).id)
    await pass_delay(cast)
    await stage.pass_time(progress.RENEWED + timedelta(seconds=1))
    await stage.settle()
    await stage.pass_time(AN_HOUR - DELAY)
    await stage.settle()
    assert [await is_closed(cast.awa, message) for message in shown] == [True, True]
    assert not await is_closed(cast.awa, followed)
    await stage.pass_time(DELAY)
    await stage.settle()
    assert await is_closed(cast.awa, followed)


async def test_who_blocked_the_bot_and_came_back_holds_up_no_message_in_which_it_is_followed(cast: Cast) -> None:
    """Her message stays pending for thirty days or until she writes; the progress message must not wait for it."""
    salma = await cast.salma()
    followed = await write_and_approve(cast)
    await cast.stage.settle()
    await salma.person.blocks()
    await pass_delay(cast)
    await pass_delay(cast, timedelta(minutes=1))
    await salma.person.unblocks()
    await salma.says("/help")
    await salma.sees("knock")
    await pass_delay(cast, timedelta(minutes=1))
    await cast.awa.sees_words(words(cast.awa, "announcement-sent"))
    await pass_delay(cast, AN_HOUR)
    assert await is_closed(cast.awa, followed)


async def test_whoever_follows_it_sees_at_once_that_somebody_stopped_it(cast: Cast) -> None:
    salma = await cast.salma()
    await salma.says("/pause")
    await salma.presses("button-pause-yes")
    await write_and_approve(cast)
    await pass_delay(cast)
    await pass_delay(cast, timedelta(minutes=1))
    await cast.awa.person.looks_up()
    await cast.olena.says("/halt")
    await cast.olena.sees_words(words(cast.olena, "announcement-halted"))
    await cast.awa.sees_words(words(cast.awa, "announcement-halted"))


async def test_for_somebody_who_never_comes_back_it_is_followed_for_two_weeks_and_no_longer(cast: Cast) -> None:
    salma = await cast.salma()
    followed = await write_and_approve(cast)
    await cast.stage.settle()
    await salma.person.blocks()
    await pass_delay(cast)
    for after in (timedelta(minutes=1), progress.FOLLOWED, AN_HOUR):
        await pass_delay(cast, after)
    # After two days Telegram deletes no message, so its text is replaced instead.
    [left] = [message.text for message in await cast.awa.person.chat() if message.id == followed]
    assert left == cast.awa.texts.plain("blank")


async def test_a_refused_change_of_the_progress_message_is_not_doubled(cast: Cast) -> None:
    stage, salma = cast.stage, await cast.salma()
    await salma.says("/pause")
    await salma.presses("button-pause-yes")
    followed = await write_and_approve(cast)
    await stage.settle()
    refused = {"status": 500, "times": 1}
    for after in (DELAY, *[timedelta(days=1)] * 4):  # a paused recipient is tried once a day
        await stage.pass_time(after)
        await stage.settle()
        stage.sandbox.telegram.faults.change({"refuse": refused})
        for _ in range(3):
            await stage.pass_time(timedelta(seconds=30))
            await stage.settle()
    async with stage.halqa.store.transaction() as tx:
        awa = await members.find(tx, cast.awa.person.id)
        assert awa is not None
        looks = await tx.fetchval(
            "SELECT count(*) FROM outbox WHERE kind = ? AND chat_message_id = ? AND state = 'pending'",
            announcement_fanout.PROGRESS,
            await chat_messages.find_id(tx, awa.id, followed),
        )
    assert looks == 1


async def test_while_somebody_still_waits_for_it_the_message_in_which_it_is_followed_stays(cast: Cast) -> None:
    salma = await cast.salma()
    await salma.says("/pause")
    await salma.presses("button-pause-yes")
    followed = await write_and_approve(cast)
    await pass_delay(cast)
    await pass_delay(cast, 3 * AN_HOUR)
    assert not await is_closed(cast.awa, followed)
    await salma.says("/pause")
    await salma.presses("button-unpause")
    await salma.sees("knock")
    await pass_delay(cast, timedelta(days=1))
    assert not await is_closed(cast.awa, followed)  # it has just shown the end
    await pass_delay(cast, AN_HOUR)
    assert await is_closed(cast.awa, followed)


async def test_who_follows_it_in_a_new_message_is_not_left_with_the_old_one(cast: Cast) -> None:
    await write_and_approve(cast)
    before = (await cast.awa.person.last()).id
    await cast.awa.says("/halt")
    await cast.awa.sees("announcement-halted-early")
    await cast.stage.settle()
    halted = (await cast.awa.person.last()).id
    assert halted != before
    await pass_delay(cast, AN_HOUR)
    assert [await is_closed(cast.awa, message) for message in (before, halted)] == [True, True]


async def test_the_numbers_change_while_it_goes_out(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = cast.stage
    monkeypatch.setattr(progress, "RENEWED", timedelta(seconds=1))
    await add_members(stage, 200)
    await write(cast.olena)
    await ask_approval(cast.olena)
    await approve(cast.awa)
    await cast.olena.presses("button-open")
    await cast.olena.sees_words("It goes out at")
    await stage.settle()
    stage.sandbox.telegram.faults.change({"latency_ms": 400})
    followed, seen = (await cast.olena.person.last()).id, set[int]()
    await stage.pass_time(DELAY + timedelta(seconds=1))
    async with asyncio.timeout(30):
        while max(seen, default=0) < 200:  # of 202, rounded
            [message] = [each for each in await cast.olena.person.chat() if each.id == followed]
            seen.update(int(number) for number in re.findall(r"Delivered: \D?(\d+)", message.text))
            await asyncio.sleep(0.05)
    assert len(seen - {0, 200}) >= 2
