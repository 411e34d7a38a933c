"""A member who floods: ten posts an hour and forty a day, also where each is taken back; coordinators can lift that."""

from datetime import timedelta

from bot.demo import steps
from bot.demo.steps import Actor
from storage.records import post_quota
from tests.support.cast import HOSTS, Cast
from tests.support.stored_rows import count_rows

TOPIC = "Detention and protection"
HOUR = timedelta(hours=1)


async def flood(cast: Cast, writer: Actor, times: int) -> int:
    """How many of so many posts go out: the member writes and sends them without a pause."""
    before = await count_rows(cast.stage, "posting")
    for number in range(times):
        await writer.says(f"/post {TOPIC}")
        await cast.stage.settle()
        await writer.says(f"Buy my book, part {number}.")
        await cast.stage.settle()
        if any(data.startswith("send:") for data in (await writer.person.last()).data.values()):
            await writer.presses("button-send-post", title=TOPIC)
            await cast.stage.settle()
    return await count_rows(cast.stage, "posting") - before


async def test_ten_posts_go_out_in_an_hour_and_the_member_is_told_when_the_next_can(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    assert await flood(cast, salma, 13) == 10
    assert await count_rows(cast.stage, "posts") == 10
    await salma.says(f"/post {TOPIC}")
    again = cast.stage.clock.now() + HOUR
    await salma.sees("posts-full", when=salma.texts.when_short(again, "Africa/Cairo"))
    await cast.stage.pass_time(HOUR)
    await steps.post(salma, TOPIC, "One more.")


async def test_taking_posts_back_does_not_make_room_for_more(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    for number in range(10):
        await steps.post(salma, TOPIC, f"Part {number}.")
        await salma.presses("button-take-back")
        await salma.sees("taken-back")
    assert await count_rows(cast.stage, "posts") == 0
    assert await flood(cast, salma, 1) == 0


async def test_what_was_written_before_the_limit_was_reached_stays_and_can_be_sent_later(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.post(salma, TOPIC, "The first.")
    await salma.says(f"/post {TOPIC}")
    await salma.says("What I wanted to say.")
    await salma.sees_words("What I wanted to say.")
    async with cast.stage.halqa.store.transaction() as tx:
        [[author]] = await tx.fetch("SELECT author_id FROM posts")
        for _ in range(9):
            await post_quota.add(tx, author, cast.stage.clock.now())
    await salma.presses("button-send-post", title=TOPIC)
    await salma.sees_words("at most ten posts")
    await cast.stage.pass_time(HOUR)
    await salma.presses("button-send-post", title=TOPIC)
    await salma.sees("posted", title=TOPIC)


async def test_a_coordinator_of_her_host_lifts_the_limit_for_a_day_and_no_other_one_can(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    assert await flood(cast, salma, 11) == 10
    await cast.awa.says("/members Salma")  # of another host
    await cast.awa.sees("members-found", count=0)
    await cast.nour.says("/members sal")
    await cast.nour.sees_words("Salma", HOSTS[0])
    lift = next(data for data in (await cast.nour.person.last()).data.values() if data.startswith("liftquota:"))
    await cast.stage.forge(cast.awa.person, lift)
    await cast.awa.sees("expired")
    await cast.nour.presses("button-lift-quota")
    until = cast.stage.clock.now() + timedelta(days=1)
    await cast.nour.sees("quota-lifted", name="Salma", when=cast.nour.texts.when_short(until, "Asia/Beirut"))
    assert await count_rows(cast.stage, "audit", "action = 'post-limit-lifted'") == 1
    assert await flood(cast, salma, 3) == 3
    await cast.stage.pass_time(timedelta(days=1, minutes=1))
    assert await flood(cast, salma, 11) == 10
    assert await count_rows(cast.stage, "posting_lifts") == 0
