"""Buttons that are forged, used again, or pressed too late."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.demo import steps
from bot.language.texts import texts_in
from sandbox.telegram import api_objects
from storage.records.people.member import MemberState
from tests.faults.input.injected_updates import GROUP, answers_to, inject
from tests.faults.input.network import Network, on_one_network, profile_of
from tests.support.cast import HOSTS, Cast
from tests.support.stored_rows import stored_member


def forgeries() -> Iterator[str]:
    yield from (
        "",
        ":",
        "x",
        "run",
        "run:",
        "run:start",
        "run:start:0:0",
        "run:start:x",
        "run:start:1.0",
        "run:start:-",
    )
    yield from ("run:start:1_0", "run:start:+1", "run:start: 1", "run:start:٣", "run:start:" + "9" * 60)
    yield from ("run:start:" + "9" * 5000, "digest:" + "A" * 22 + ":99999999999999999999", "askrole:x:owner")
    yield from ("approve:AAAA=", "approve:a b", "approve:" + "A" * 400, "setrole:AAAA:emperor", "lang:en", "lang:tlh:")
    yield from ("lang:en:\ud800", "setzone:\x00", "minute:1e3", "minute:-1", "minute:1440", "minute:9007199254740993")
    yield from (
        "setquiet:-1:99999",
        "weekday:7",
        "weekday:-1",
        "follow:AAAA:loudly",
        "sendpost:AAAA:0",
        "'; DROP TABLE x;",
    )


@pytest.mark.parametrize("data", [*forgeries()])
@on_one_network
async def test_a_forged_button_has_expired(network: Network, data: str) -> None:
    stage, nour = network.stage, network.nour
    await nour.says("/settings")
    await nour.sees_words("Nour")
    before = await profile_of(stage, nour)
    await stage.forge(nour.person, data)
    await stage.settle()
    assert await answers_to(nour) == [nour.texts.plain("expired")]
    assert await profile_of(stage, nour) == before


async def test_a_button_that_was_used_has_expired(cast: Cast) -> None:
    """A client can send the data of a button any number of times."""
    rania = await steps.enter(cast.stage, await cast.stage.person("Rania"), await steps.invite(cast.nour), "en")
    await steps.answer(rania, name="Rania", host=HOSTS[0], city="Cairo", reason="I work with survivors.")
    data = (await rania.person.last()).data[texts_in("en").plain("button-withdraw")]
    await steps.approve(cast.nour, "Rania")
    await rania.presses("button-open")
    await rania.sees("welcome", name="Rania", network=cast.stage.halqa.network.name)
    for replayed in ("apply", "withdraw", "agree:en:x", "host:", "redo:name", data):
        await cast.stage.forge(rania.person, replayed)
        await cast.stage.settle()
        [said] = await answers_to(rania)
        assert said in (rania.texts.plain("expired"), rania.texts.plain("unknown-command")) or "Between" in said
    her = await stored_member(cast.stage, rania)
    assert her is not None
    assert (her.state, her.name) == (MemberState.ACTIVE, "Rania")


async def test_a_confirmation_that_was_left_for_a_day_has_expired(cast: Cast) -> None:
    salma = await cast.salma()
    await salma.says("/forget")
    await salma.sees("ask-forget", name="Salma", posts=0)
    await cast.stage.pass_time(timedelta(hours=24, seconds=2))
    await salma.presses("button-forget-yes")
    await salma.sees("expired")
    assert await stored_member(cast.stage, salma) is not None
    await salma.says("/forget")
    await cast.stage.pass_time(timedelta(hours=23))
    await salma.presses("button-forget-yes")
    await salma.sees("goodbye")


async def test_a_button_of_a_message_that_telegram_lost_confirms_nothing(cast: Cast) -> None:
    salma = await cast.salma()
    await cast.stage.settle()
    await salma.person.looks_up()
    query = {
        "id": "77",
        "from": api_objects.user(cast.stage.sandbox.telegram.chats[salma.person.id].person),
        "message": {"message_id": 5, "date": 0, "chat": {"id": salma.person.id, "type": "private"}},
        "chat_instance": "1",
        "data": "forget",
    }
    await inject(cast.stage, "callback_query", query)
    assert await answers_to(salma) == [salma.texts.plain("expired")]
    query["message"] = {"message_id": 5, "date": 0, "chat": GROUP}
    await salma.person.looks_up()
    await inject(cast.stage, "callback_query", query)
    assert await answers_to(salma) == []
    assert await stored_member(cast.stage, salma) is not None
