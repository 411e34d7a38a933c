"""`/panic`: two presses, and nothing of it shows."""

from bot.demo import steps
from bot.demo.steps import Actor
from storage.records.people.member import MemberState
from tests.flows.safety.safety_steps import row
from tests.support.cast import Cast

TOPIC = "Detention and protection"


async def test_two_presses_pause_her_remove_what_is_open_and_tell_her_buddies(
    cast: Cast, salma: Actor, yara: Actor
) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    await steps.follow(salma, TOPIC, "at_once")
    await steps.post(cast.nour, TOPIC, "Five things that helped.")
    await cast.stage.settle()
    await salma.presses("button-open")
    await salma.sees_words("Five things that helped.")
    await salma.says("/panic")
    await salma.sees("ask-panic")
    await salma.presses("button-panic-yes")
    await salma.sees("home-paused")
    await cast.stage.settle()
    chat = [message.text for message in await salma.person.chat()]
    assert not [text for text in chat if "Five things" in text or "panic" in text.lower() or "Stop everything" in text]
    assert (await row(cast, salma)).state is MemberState.PAUSED
    await yara.presses("button-open")
    assert "/panic" in await yara.sees("account", name="Salma")


async def test_one_press_alone_does_nothing(cast: Cast, salma: Actor) -> None:
    await salma.says("/panic")
    await salma.presses("button-start")
    await salma.sees("home", network="Between Convenings")
    assert (await row(cast, salma)).state is MemberState.ACTIVE
