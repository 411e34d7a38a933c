"""Deliveries that are postponed or retried many times."""

from datetime import timedelta

from bot.demo import steps
from storage.records import outbox
from tests.support.cast import Cast
from tests.support.stored_rows import stored_member

TOPIC = "Detention and protection"


async def test_a_message_that_waited_60_nights_is_delivered_and_counts_no_attempt(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.follow(salma, TOPIC, "at_once")
    await salma.says("/pause")
    await salma.presses("button-pause-yes")
    await salma.sees("home-paused")
    await steps.post(cast.nour, TOPIC, "Five things that helped.")
    for _ in range(60):
        await cast.stage.pass_time(timedelta(days=1))
        await cast.stage.settle()
    await salma.presses("button-unpause")
    await salma.presses("button-unpause")
    await salma.presses("button-open")
    await salma.sees_words("Five things that helped.")


async def test_a_knock_whose_arrival_is_never_confirmed_is_given_up_and_listed(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.follow(salma, TOPIC, "at_once")
    await cast.stage.settle()
    await cast.nour.says(f"/post {TOPIC}")
    await cast.nour.says("Five things that helped.")
    await cast.nour.sees_words("Five things that helped.")
    await cast.stage.settle()
    cast.stage.sandbox.telegram.faults.change({"lose_answers": 1000})
    await cast.nour.presses("button-send-post", title=TOPIC)
    for _ in range(30):
        await cast.stage.settle()
        await cast.stage.pass_time(timedelta(minutes=61))
    cast.stage.sandbox.telegram.faults.change({"lose_answers": 0})
    await cast.stage.settle()
    her = await stored_member(cast.stage, salma)
    assert her is not None
    async with cast.stage.halqa.store.transaction() as tx:
        states = [state for kind, state, _ in await outbox.of(tx, her.id) if kind == "post"]
    assert states == ["uncertain"]
