"""A clock that runs ahead for a while, and the hour that occurs twice in autumn."""

from datetime import UTC, datetime, timedelta

from bot.demo import steps
from bot.messaging.quiet_hours import quiet_until
from tests.support.cast import Cast

TOPIC = "Detention and protection"


def test_quiet_hours_end_in_the_future_on_the_night_clocks_go_back() -> None:
    """In Amsterdam 02:15 occurs twice on 25 October 2026; quiet hours until 02:30 end after the second."""
    second = datetime(2026, 10, 25, 1, 15, tzinfo=UTC)
    assert quiet_until(second, "Europe/Amsterdam", 22 * 60, 2 * 60 + 30) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


async def test_a_clock_that_ran_ahead_for_a_while_does_not_silence_digests(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.follow(salma, TOPIC)
    await cast.stage.pass_time(timedelta(days=365))
    await cast.stage.settle()
    await cast.stage.pass_time(timedelta(days=-365))
    await steps.post(cast.nour, TOPIC, "Five things that helped.")
    await cast.stage.settle()
    await cast.stage.halqa.tick()
    await salma.person.looks_up()
    await cast.stage.pass_time(timedelta(days=1))
    await salma.sees("knock")
