"""A member blocks the bot or leaves Telegram: nothing is sent for thirty days, then coordinators are asked."""

from datetime import timedelta

import pytest

from bot.demo import steps
from bot.demo.steps import Actor
from storage.integrity import field_search
from storage.records import outbox
from storage.records.people import members
from tests.support.cast import Cast

TOPIC = "Detention and protection"
MONTH = timedelta(days=30)


@pytest.fixture
async def salma(cast: Cast) -> Actor:
    """She follows a topic and blocks the bot; a notice to her is pending."""
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.follow(salma, TOPIC, "at_once")
    await salma.person.blocks()
    await steps.post(cast.nour, TOPIC, "Five things that helped.")
    await cast.stage.settle()
    return salma


async def knocks(actor: Actor) -> int:
    return sum(message.text == actor.texts("knock") for message in await actor.person.chat())


async def asked(cast: Cast, actor: Actor) -> int:
    """The number of questions about an unreachable member that an actor got in the last hour."""
    async with cast.stage.halqa.store.transaction() as tx:
        member = await members.find(tx, actor.person.id)
        assert member is not None
        lately = cast.stage.clock.now() - timedelta(hours=1)
        return sum(kind == "unreachable" and due > lately for kind, _, due in await outbox.of(tx, member.id))


async def test_after_thirty_days_her_coordinators_are_asked_and_one_of_them_removes_her(
    cast: Cast, salma: Actor
) -> None:
    coordinators = (cast.nour, cast.olena, cast.awa)
    await cast.stage.pass_time(MONTH - timedelta(hours=1))
    await cast.stage.settle()
    assert [await asked(cast, actor) for actor in coordinators] == [0, 0, 0]
    await cast.stage.pass_time(timedelta(hours=1, minutes=1))
    await cast.stage.settle()
    assert [await asked(cast, actor) for actor in coordinators] == [1, 1, 0]
    await cast.nour.presses("button-open")
    await cast.nour.sees("unreachable", name="Salma")
    await cast.nour.presses("button-remove-unreachable", name="Salma")
    await cast.nour.sees("ask-remove", name="Salma")
    await cast.nour.presses("button-remove-yes", name="Salma")
    await cast.nour.sees("removed", name="Salma")
    await cast.olena.presses("button-open")
    await cast.olena.sees("not-unreachable")
    async with cast.stage.halqa.store.transaction() as tx:
        assert not await field_search.places_of(tx, "Salma")
    await cast.nour.says("/audit")
    await cast.nour.sees_words(cast.nour.texts.plain("action-removed"))


async def test_nobody_is_removed_by_the_program_and_the_question_comes_again(cast: Cast, salma: Actor) -> None:
    for _ in range(2):
        await cast.stage.pass_time(MONTH + timedelta(minutes=1))
        await cast.stage.settle()
        assert await asked(cast, cast.nour) == 1
    async with cast.stage.halqa.store.transaction() as tx:
        assert await members.find(tx, salma.person.id) is not None


async def test_whoever_writes_again_is_there_as_before_and_gets_what_waited(cast: Cast, salma: Actor) -> None:
    await cast.stage.pass_time(timedelta(days=10))
    await cast.stage.settle()
    assert await knocks(salma) == 0
    await salma.person.unblocks()
    await salma.says("/settings")
    await salma.sees("knock")
    await salma.presses("button-open")
    await salma.sees_words("Five things that helped.")
    await cast.stage.pass_time(MONTH + timedelta(minutes=1))
    await cast.stage.settle()
    assert await asked(cast, cast.nour) == 0


async def test_a_screen_that_was_to_close_meanwhile_closes_when_she_is_back(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.follow(salma, TOPIC, "at_once")
    await steps.post(cast.nour, TOPIC, "Five things that helped.")
    await salma.presses("button-open")
    await salma.sees_words("Five things that helped.")
    await salma.person.blocks()
    await cast.stage.pass_time(timedelta(days=3))
    await cast.stage.settle()
    await salma.person.unblocks()
    await salma.says("/help")
    await salma.loses("Five things that helped.")
