"""Somebody takes an unlocked phone, three days after its last use, and reads the chat.

The attacker holds the phones of a member, a coordinator, the owner, an applicant and somebody who left, and reads every
message. Measure: messages that name a person, a host, a topic or the network, or that a person typed: 0.
"""

from datetime import timedelta

import pytest

from bot.demo import steps
from bot.demo.steps import Actor
from storage.crypto.envelope import PrivateKey
from storage.records.people import chat_messages, members
from storage.records.people.chat_messages import ChatMessage
from tests.support import announcement_steps
from tests.support.cast import Cast
from tests.support.seized_phone import found, shown_to

TOPIC = "Detention and protection"
WORDS = "Five things that helped."
AN_HOUR = timedelta(hours=1, seconds=1)  # after which screens close
THREE_DAYS = timedelta(hours=72)


async def known(cast: Cast, actor: Actor) -> list[ChatMessage]:
    async with cast.stage.halqa.store.transaction() as tx:
        member = await members.find(tx, actor.person.id)
        assert member is not None
        return await chat_messages.of(tx, member.id)


async def later(cast: Cast, *spans: timedelta) -> None:
    """Lets time pass while the machine is on: first the hour after which screens close, then the rest."""
    for span in (AN_HOUR, *spans):
        await cast.stage.settle()
        await cast.stage.pass_time(span)
    await cast.stage.settle()


async def a_day_later(cast: Cast) -> None:
    await later(cast, timedelta(hours=23))


async def writes(cast: Cast, salma: Actor) -> None:
    """Posts are written, thrown away and read, and announcements go out."""
    await steps.open_topic(cast.nour, TOPIC, "What helps in the first hours.")
    await steps.follow(salma, TOPIC, "at_once")
    await steps.post(salma, TOPIC, WORDS)
    await salma.says(f"/post {TOPIC}")
    await salma.says("half written and thrown away")
    await salma.sees_words("half written")
    await salma.says("/cancel")
    await steps.post(cast.nour, TOPIC, "The hall is booked.")
    await salma.presses("button-open")
    await salma.sees_words("The hall is booked.")
    await salma.person.sends_photo(caption="the hall")
    await announcement_steps.write_and_approve(cast)
    await announcement_steps.pass_delay(cast)
    await salma.presses("button-open")
    await salma.sees_words(announcement_steps.WORDS)


async def looks(cast: Cast, salma: Actor) -> None:
    """Everybody looks at everything that the menu has; Salma has her data sent, and changes her settings."""
    for actor in (salma, cast.nour, cast.olena):
        for command in await actor.person.commands():
            await actor.says(f"/{command}")
        await cast.stage.settle()
    await salma.says("/mydata")
    await salma.presses("button-send-data")
    await salma.sees("my-data")
    await salma.says("/settings")
    await salma.presses("button-change-zone")
    await salma.says("Beirut")
    await salma.sees("saved")
    await salma.says("a sentence that nothing waits for")
    await salma.person.sends("location", latitude=33.8, longitude=35.5)
    await salma.says("/digest")
    await salma.presses("button-read-now")
    await salma.sees_words("The hall is booked.")


async def seals(cast: Cast, salma: Actor) -> None:
    await cast.nour.says(f"/sealing {PrivateKey.generate().public}")
    await cast.nour.sees("sealing")
    await salma.says("/settings")
    await salma.presses("button-contact")
    await salma.presses("button-write-contact")
    await salma.says("Her sister, at the number that you know.")
    await salma.sees("contact-sealed")


async def on_the_way_in(cast: Cast) -> None:
    """One applicant is half way, and one is declined and has read it."""
    rania = await steps.enter(cast.stage, await cast.stage.person("Rania"), await steps.invite(cast.nour), "en")
    await rania.says("Rania Quteish")
    await rania.sees("ask-host")
    hala = await steps.enter(cast.stage, await cast.stage.person("Hala"), await steps.invite(cast.nour), "en")
    await steps.answer(hala, name="Hala", host="Cedar Law Collective", city="Cairo", reason="I heard of you.")
    await cast.nour.says("/applications")
    await cast.nour.presses_label("Hala")
    await cast.nour.presses("button-decline", name="Hala")
    await cast.nour.presses("button-decline-yes", name="Hala")
    await hala.presses("button-open")
    await hala.sees("declined")


async def test_three_days_after_a_week_of_everything_no_phone_names_anybody_or_anything(cast: Cast) -> None:
    salma = await cast.salma()
    for happens in (writes, looks, seals):
        await happens(cast, salma)
        await a_day_later(cast)
    await on_the_way_in(cast)
    for _ in range(3):  # digests come
        await a_day_later(cast)
    assert salma.texts("knock") in shown_to(cast.stage, salma.person.id)
    await salma.says("/start")
    await salma.sees("home", network=cast.stage.halqa.network.name)
    await later(cast, THREE_DAYS)
    assert found(cast.stage, but=("declined",)) == []


async def test_after_an_hour_the_newest_message_is_a_way_back_that_names_nothing(cast: Cast) -> None:
    salma = await cast.salma()
    await salma.says("/settings")
    await salma.sees_words("Salma")
    await later(cast)
    assert shown_to(cast.stage, salma.person.id) == [salma.texts("blank")]
    await salma.presses("button-open")
    await salma.sees("home", network=cast.stage.halqa.network.name)


@pytest.mark.parametrize("ending", ["sends", "cancels"])
async def test_what_she_typed_of_a_post_leaves_as_soon_as_it_is_sent_or_thrown_away(cast: Cast, ending: str) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await salma.says(f"/post {TOPIC}")
    await salma.says("a first attempt that she writes again")
    await salma.says(WORDS)
    await salma.sees_words(WORDS)
    if ending == "sends":
        await salma.presses("button-send-post", title=TOPIC)
        await salma.sees("posted", title=TOPIC)
    else:
        await salma.says("/cancel")
        await salma.sees("cancelled")
    await cast.stage.settle()
    typed = [each.text for each in await salma.person.chat() if not each.by_bot]
    assert not any(word in text for text in typed for word in (WORDS, "attempt", TOPIC)), typed


async def test_a_code_leaves_the_chat_at_once_although_nothing_is_stored_of_a_stranger(cast: Cast) -> None:
    code, rania = await steps.invite(cast.nour), await cast.stage.person("Rania")
    await rania.says(f"/start {code}")
    await rania.sees("Choose your language")
    await cast.stage.settle()
    assert not any(code in text for text in shown_to(cast.stage, rania.id))


async def test_clear_empties_the_chat_at_once_and_says_what_it_cannot_remove(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.post(cast.nour, TOPIC, WORDS)
    await salma.says(f"/topics {TOPIC}")
    await salma.presses("button-read-latest")
    await salma.sees_words(WORDS)
    await salma.says("/settings")
    await salma.presses("button-clear")
    told = await salma.sees("clear-yourself")
    await cast.stage.settle()
    assert shown_to(cast.stage, salma.person.id) == [told]
    assert "older than 48 hours:" not in told


async def test_what_was_too_old_when_the_machine_was_on_again_she_is_asked_to_delete(cast: Cast) -> None:
    stage, salma = cast.stage, await cast.salma()
    await salma.says("/settings")
    await salma.sees_words("Salma")
    await salma.says("/mydata")
    await salma.presses("button-send-data")
    await salma.sees("my-data")
    await steps.invite(cast.nour)
    await stage.settle()
    await stage.stop()
    stage.clock.move(timedelta(hours=49))
    await stage.start()
    await stage.halqa.tick()
    await stage.settle()
    await salma.sees("delete-yourself")
    shown = shown_to(stage, salma.person.id)
    chats = [await actor.person.chat() for actor in (salma, cast.nour, cast.olena, cast.awa)]
    typed = [message.text for chat in chats for message in chat if not message.by_bot]
    # Of the bot's own messages nothing is left, not even in files, although it could delete none of them any more.
    assert not [text for text in found(stage) if not text.endswith(tuple(typed))]
    assert "/settings" in shown
    await salma.says("/clear")
    told = await salma.sees_words("older than 48 hours")
    assert "Telegram" in told


async def test_after_forget_nothing_is_left_but_the_receipt(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.post(salma, TOPIC, WORDS)
    await salma.says("/forget")
    await salma.presses("button-forget-yes")
    told = await salma.sees("goodbye")
    await cast.stage.settle()
    assert shown_to(cast.stage, salma.person.id) == [told]


async def test_a_deletion_that_telegram_refuses_or_that_a_crash_cuts_short_is_done_later(cast: Cast) -> None:
    stage, salma = cast.stage, await cast.salma()
    await salma.says("/settings")
    await salma.sees_words("Salma")
    await stage.settle()
    stage.clock.move(AN_HOUR)
    stage.sandbox.telegram.faults.change({"refuse": {"status": 500, "times": 50}})
    await stage.halqa.tick()
    await stage.restart()
    stage.sandbox.telegram.faults.change({"refuse": {"status": 500, "times": 0}})
    await stage.pass_time(timedelta(minutes=5))
    await stage.settle()
    assert shown_to(stage, salma.person.id) == [salma.texts("blank")]


async def test_an_answer_whose_id_was_lost_she_is_asked_to_delete(cast: Cast) -> None:
    salma = await cast.salma()
    cast.stage.sandbox.telegram.faults.change({"lose_answers": 1})
    await salma.says("/settings")
    told = await salma.sees("resume")
    assert "delete" in told


async def test_a_message_that_was_opened_again_stays_for_as_long_as_any(cast: Cast) -> None:
    """A knock of three days ago cannot be deleted; the screen in its place becomes one that names nothing."""
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.follow(salma, TOPIC, "at_once")
    await steps.post(cast.nour, TOPIC, WORDS)
    await salma.sees("knock")
    await later(cast, timedelta(days=1), THREE_DAYS)
    await salma.presses("button-open")
    await salma.sees_words(WORDS)
    await cast.stage.pass_time(timedelta(minutes=30))
    await cast.stage.settle()
    assert any(WORDS in text for text in shown_to(cast.stage, salma.person.id))
    await later(cast)
    assert found(cast.stage) == []


async def test_nothing_is_known_of_a_chat_longer_than_it_is_of_use(cast: Cast) -> None:
    salma = await cast.salma()
    await salma.says("/help")
    await cast.stage.settle()
    assert len(await known(cast, salma)) > 2
    await later(cast, timedelta(hours=49))
    assert await known(cast, salma) == []
