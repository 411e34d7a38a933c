"""Digests: three readers, three languages, three time zones."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.demo import steps
from bot.demo.stage import Stage
from storage.records.people import members
from tests.support.cast import Cast

DETENTION = "Detention and protection"


async def due(stage: Stage, name: str) -> datetime | None:
    async with stage.halqa.store.transaction() as tx:
        return next(member.digest.due_at for member in await members.everyone(tx) if member.name == name)


@pytest.mark.typed_markup
async def test_a_post_reaches_three_readers_at_their_own_hour_in_their_own_language(cast: Cast) -> None:
    await steps.open_topic(cast.nour, DETENTION, "What helps, and what does not.")
    readers = [
        await cast.member("Salma", "ar", "Cairo"),
        await cast.member("Fatou", "fr", "Dakar"),
        await cast.member("Andrea", "en", "Bogota"),
    ]
    for reader in readers:
        await steps.follow(reader, DETENTION)
    await steps.post(cast.nour, DETENTION, "We gathered <b>five</b> things that helped.")
    await cast.stage.halqa.tick()
    # Eight in the morning in Cairo (UTC+2), Dakar (UTC) and Bogota (UTC-5).
    for name, hour in (("Salma", 6), ("Fatou", 8), ("Andrea", 13)):
        assert await due(cast.stage, name) == datetime(2026, 3, 3, hour, tzinfo=UTC)
    await cast.stage.pass_time(timedelta(hours=24))
    for reader in readers:
        await reader.sees("knock")
        knock = await reader.person.last()
        assert "five" not in knock.text
        assert DETENTION not in knock.text
        await reader.presses("button-open")
        seen = await reader.sees_words(DETENTION, "We gathered <b>five</b> things that helped.", "Nour")
        assert seen
        assert (await reader.person.last()).protected


async def test_nothing_new_means_nothing_is_sent(cast: Cast) -> None:
    await steps.open_topic(cast.nour, DETENTION, "What helps, and what does not.")
    salma = await cast.salma()
    await steps.follow(salma, DETENTION)
    await salma.says("/help")
    await cast.stage.pass_time(timedelta(days=2))
    await cast.stage.settle()
    await salma.person.never_sees("something for you")


async def test_a_digest_closes_by_itself_and_can_be_opened_again(cast: Cast) -> None:
    await steps.open_topic(cast.nour, DETENTION, "What helps, and what does not.")
    salma = await cast.salma()
    await steps.follow(salma, DETENTION)
    await steps.post(cast.nour, DETENTION, "Five things that helped.")
    await cast.stage.halqa.tick()
    await cast.stage.pass_time(timedelta(days=1))
    await salma.presses("button-open")
    await salma.sees_words("Five things that helped.")
    await cast.stage.settle()
    await cast.stage.pass_time(timedelta(minutes=61))
    await salma.loses("Five things that helped.")
    await salma.presses("button-open-again")
    await salma.sees_words("Five things that helped.")


async def test_going_elsewhere_from_a_digest_is_not_undone_by_its_closing(cast: Cast) -> None:
    await steps.open_topic(cast.nour, DETENTION, "What helps, and what does not.")
    salma = await cast.salma()
    await steps.follow(salma, DETENTION)
    await steps.post(cast.nour, DETENTION, "Five things that helped.")
    await salma.says("/digest")
    await salma.presses("button-read-now")
    await salma.sees_words("Five things that helped.")
    await salma.presses("button-start")
    await salma.sees("home", network=cast.stage.halqa.network.name)
    await cast.stage.settle()
    await salma.person.says("/help")
    await cast.stage.pass_time(timedelta(hours=2))
    await cast.stage.settle()
    await salma.person.never_sees("something for you")


async def test_reading_now_ends_the_window(cast: Cast) -> None:
    await steps.open_topic(cast.nour, DETENTION, "What helps, and what does not.")
    salma = await cast.salma()
    await steps.follow(salma, DETENTION)
    await steps.post(cast.nour, DETENTION, "Five things that helped.")
    await salma.says("/digest")
    await salma.sees("digest-waiting", count=1)
    await salma.presses("button-read-now")
    await salma.sees_words("Five things that helped.")
    await salma.says("/digest")
    await salma.sees("digest-waiting", count=0)


async def test_the_schedule_is_changed_by_buttons_and_by_words(cast: Cast) -> None:
    salma = await cast.salma()
    await salma.says("/digest weekly thursday 18:30")
    await salma.sees_words("every ⁨Thursday⁩ at")
    await cast.stage.halqa.tick()
    assert await due(cast.stage, "Salma") == datetime(2026, 3, 5, 16, 30, tzinfo=UTC)
    await salma.presses("button-change-hour")
    await salma.says("7.15")
    await salma.sees_words("7:15")
    await salma.presses("button-cadence-daily")
    await salma.sees_words("every day")
    await cast.stage.halqa.tick()
    assert await due(cast.stage, "Salma") == datetime(2026, 3, 3, 5, 15, tzinfo=UTC)
    await salma.says("/digest whenever")
    await salma.sees("schedule-not-understood")
    await salma.says("/digest off")
    await salma.sees_words("switched off")
    await cast.stage.halqa.tick()
    assert await due(cast.stage, "Salma") is None


async def test_a_muted_topic_and_an_own_post_are_in_no_digest(cast: Cast) -> None:
    await steps.open_topic(cast.nour, DETENTION, "What helps, and what does not.")
    salma = await cast.salma()
    await steps.follow(salma, DETENTION)
    await steps.follow(salma, DETENTION, "muted")
    await steps.post(cast.nour, DETENTION, "Five things that helped.")
    for reader in (salma, cast.nour):
        await reader.says("/digest")
        await reader.sees("digest-waiting", count=0)


async def test_a_member_on_a_pause_gets_nothing_and_misses_nothing(cast: Cast) -> None:
    await steps.open_topic(cast.nour, DETENTION, "What helps, and what does not.")
    salma = await cast.salma()
    await steps.follow(salma, DETENTION)
    await salma.says("/pause")
    await salma.presses("button-pause-yes")
    await salma.sees("home-paused")
    await steps.post(cast.nour, DETENTION, "Five things that helped.")
    await cast.stage.pass_time(timedelta(days=2))
    await cast.stage.settle()
    await salma.person.never_sees("something for you")
    await salma.says("/pause")
    await salma.presses("button-unpause")
    await cast.stage.settle()
    await cast.stage.halqa.tick()
    await cast.stage.pass_time(timedelta(days=1))
    await salma.presses("button-open")
    await salma.sees_words("Five things that helped.")


async def test_a_digest_that_was_not_opened_is_not_lost(cast: Cast) -> None:
    """It was due while she had blocked the bot; its posts are in the next digest, too."""
    await steps.open_topic(cast.nour, DETENTION, "What helps, and what does not.")
    salma = await cast.salma()
    await steps.follow(salma, DETENTION)
    await steps.post(cast.nour, DETENTION, "The first thing that helped.")
    await cast.stage.halqa.tick()
    await salma.person.blocks()
    await cast.stage.pass_time(timedelta(days=1))
    await cast.stage.settle()
    await salma.person.unblocks()
    await salma.says("/digest")
    await salma.sees("digest-waiting", count=1)
    await steps.post(cast.nour, DETENTION, "The second thing that helped.")
    await salma.person.looks_up()
    await cast.stage.pass_time(timedelta(days=1))
    await salma.presses("button-open")
    await salma.sees_words("The first thing that helped.", "The second thing that helped.")


async def test_a_digest_that_was_closed_can_be_read_again(cast: Cast) -> None:
    await steps.open_topic(cast.nour, DETENTION, "What helps, and what does not.")
    salma = await cast.salma()
    await steps.follow(salma, DETENTION)
    await steps.post(cast.nour, DETENTION, "Five things that helped.")
    await salma.says("/digest")
    await salma.presses("button-read-now")
    await salma.sees_words("Five things that helped.")
    await salma.presses("button-close")
    await salma.sees("opened-before")
    await salma.says("/digest")
    await salma.sees("digest-waiting", count=0)
    await salma.presses("button-read-again")
    await salma.sees_words("Five things that helped.")
