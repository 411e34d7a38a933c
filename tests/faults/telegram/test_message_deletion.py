"""What the bot showed leaves the chat again, whatever happens meanwhile."""

from datetime import timedelta

from bot.demo import steps
from tests.support.cast import Cast
from tests.support.stored_rows import stored_member

TOPIC = "Detention and protection"


async def test_what_was_open_leaves_the_chat_of_somebody_who_leaves(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.post(cast.nour, TOPIC, "Five things that helped.")
    await salma.says(f"/topics {TOPIC}")
    await salma.presses("button-read-latest")
    await salma.sees_words("Five things that helped.")
    await cast.stage.settle()
    await salma.says("/forget")
    await salma.presses("button-forget-yes")
    await salma.sees("goodbye")
    await salma.loses("Five things that helped.")


async def test_what_was_opened_closes_even_if_the_answer_was_lost(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.post(cast.nour, TOPIC, "Five things that helped.")
    await salma.says(f"/topics {TOPIC}")
    await salma.sees("topic", title=TOPIC)
    await cast.stage.settle()
    her = await stored_member(cast.stage, salma)
    assert her is not None
    await salma.presses("button-read-latest")
    await salma.sees_words("Five things that helped.")
    await cast.stage.stop()  # like a crash: nothing after the commit is waited for
    await cast.stage.start()
    await cast.stage.pass_time(timedelta(minutes=61))
    await salma.loses("Five things that helped.")


async def test_what_could_not_be_deleted_in_time_loses_its_words(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.post(cast.nour, TOPIC, "Five things that helped.")
    await salma.says(f"/topics {TOPIC}")
    await salma.presses("button-read-latest")
    await salma.sees_words("Five things that helped.")
    await cast.stage.settle()
    await cast.stage.stop()
    cast.stage.clock.move(timedelta(hours=50))
    await cast.stage.start()
    await cast.stage.halqa.tick()
    await salma.loses("Five things that helped.")
