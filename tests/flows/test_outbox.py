"""Uncertain messages, which may have arrived or not: who sees them, and who sends them again or drops them."""

import pytest

from bot.demo import steps
from bot.demo.steps import Actor
from storage.records import audit, uncertain_messages
from storage.records.people import members
from tests.support.cast import Cast

TOPIC = "Detention and protection"
WORDS = "Five things that helped."


@pytest.fixture
async def salma(cast: Cast) -> Actor:
    """She follows a topic at once; the notice of a post to her is uncertain."""
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.follow(salma, TOPIC, "at_once")
    await salma.person.blocks()  # so that the notice is not sent before it is made uncertain
    await steps.post(cast.nour, TOPIC, WORDS)
    await cast.stage.settle()
    await salma.person.unblocks()
    async with cast.stage.halqa.store.transaction() as tx:
        member = await members.find(tx, salma.person.id)
        assert member is not None
        await members.set_unreachable(tx, member.id, None)
        await tx.execute(
            "UPDATE outbox SET state = 'uncertain', settled_at = created_at WHERE member_id = ? AND kind = 'post'",
            member.id,
        )
    return salma


async def item(cast: Cast, actor: Actor, name: str) -> dict[str, str]:
    async with cast.stage.halqa.store.transaction() as tx:
        [found] = await uncertain_messages.oldest(tx, 10)
        reader = await members.find(tx, actor.person.id)
    assert reader is not None
    kind = actor.texts.plain("delivery-post")
    return {"kind": kind, "name": name, "when": actor.texts.when_short(found.settled_at, reader.zone)}


async def opens(cast: Cast, actor: Actor, name: str) -> str:
    said = await item(cast, actor, name)
    await actor.says("/outbox")
    await actor.sees("outbox")
    await actor.presses("outbox-item", **said)
    return await actor.sees("outbox-message", refused="no", **said)


async def actions(cast: Cast, actor: Actor) -> list[str]:
    async with cast.stage.halqa.store.transaction() as tx:
        member = await members.find(tx, actor.person.id)
        assert member is not None
        return [entry.action for entry in reversed(await audit.by(tx, member.id))]


async def test_her_coordinator_sends_it_again_and_she_has_it(cast: Cast, salma: Actor) -> None:
    before = len(await salma.person.chat())
    told = await opens(cast, cast.nour, "Salma")
    assert WORDS not in told
    assert TOPIC not in told
    await cast.nour.presses("button-send-again")
    await cast.nour.sees("outbox-sent-again")
    await cast.stage.settle()
    assert [message.text for message in (await salma.person.chat())[before:]] == [salma.texts("knock")]
    assert {"outbox-read", "sent-again"} <= set(await actions(cast, cast.nour))


async def test_another_leaves_it_at_that_and_only_one_of_them_decides(cast: Cast, salma: Actor) -> None:
    before = len(await salma.person.chat())
    await opens(cast, cast.nour, "Salma")
    await opens(cast, cast.olena, "Salma")
    await cast.olena.presses("button-drop-message")
    await cast.olena.sees("outbox-dropped")
    await cast.nour.presses("button-send-again")
    await cast.nour.sees("outbox-decided")
    await cast.stage.settle()
    assert len(await salma.person.chat()) == before
    assert "message-dropped" in await actions(cast, cast.olena)
    assert "sent-again" not in await actions(cast, cast.nour)


async def test_a_coordinator_of_another_host_does_not_learn_whose_it_is(cast: Cast, salma: Actor) -> None:
    await cast.awa.says("/outbox")
    await cast.awa.sees("outbox")
    listed = (await cast.awa.person.last()).buttons
    assert len(listed) == 2
    assert not any("Salma" in label for row in listed for label in row)
    assert "Salma" not in await opens(cast, cast.awa, cast.awa.texts.plain("audit-left-or-outside"))


async def test_what_telegram_refused_is_listed_as_such_and_sent_again(cast: Cast, salma: Actor) -> None:
    async with cast.stage.halqa.store.transaction() as tx:
        await tx.execute("UPDATE outbox SET state = 'failed' WHERE state = 'uncertain'")
    said = await item(cast, cast.nour, "Salma")
    await cast.nour.says("/outbox")
    await cast.nour.presses("outbox-item", **said)
    await cast.nour.sees("outbox-message", refused="yes", **said)
    await cast.nour.presses("button-send-again")
    await cast.nour.sees("outbox-sent-again")
    await salma.sees("knock")


async def test_where_nothing_is_uncertain_the_numbers_stand_there_and_nothing_is_noted(cast: Cast) -> None:
    await cast.nour.says("/outbox")
    shown = await cast.nour.sees("outbox")
    async with cast.stage.halqa.store.transaction() as tx:
        counts = await uncertain_messages.counts(tx)
    assert cast.nour.texts.plain("outbox-line", state="sent", number=counts["sent"]) in shown
    assert "outbox-read" not in await actions(cast, cast.nour)
