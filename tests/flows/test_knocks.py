"""At most one unread knock stands in a chat; what comes meanwhile waits behind it, and nothing of it is lost."""

from datetime import timedelta

import pytest

from bot.demo import steps
from bot.demo.steps import Actor
from tests.support import announcement_steps
from tests.support.announcement_steps import knocks
from tests.support.cast import Cast
from tests.support.stored_rows import count_rows

TOPIC = "Detention and protection"
WORDS = [
    f"Thing number {number} that helped." for number in ("one", "two", "three", "four", "five", "six", "seven", "eight")
]


async def following(cast: Cast) -> Actor:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.follow(salma, TOPIC, "at_once")
    await cast.stage.settle()
    return salma


async def post_all(cast: Cast, words: list[str]) -> None:
    for each in words:
        await steps.post(cast.nour, TOPIC, each)
        await cast.stage.settle()
        cast.stage.clock.move(timedelta(seconds=1))


def entry(actor: Actor) -> str:
    return actor.texts.plain("waiting-post", title=TOPIC, name="Nour")


async def test_eight_posts_are_one_knock_and_a_list_from_which_each_goes_as_it_is_opened(cast: Cast) -> None:
    salma = await following(cast)
    await post_all(cast, WORDS)
    assert await knocks(salma) == 1
    for left in range(8, 1, -1):
        await salma.presses("button-open")
        await salma.sees("waiting", count=left)
        shown = [label for row in (await salma.person.last()).buttons for label in row]
        assert sum(TOPIC in label and "Nour" in label for label in shown) == left
        await salma.presses_label(entry(salma))
        await salma.sees_words(WORDS[8 - left])
        await salma.presses("button-close")
        await salma.sees("knock")
        assert await knocks(salma) == 1
    await salma.presses("button-open")
    await salma.sees_words(WORDS[7])
    await salma.presses("button-close")
    await salma.loses(WORDS[7])
    await cast.stage.settle()
    assert await knocks(salma) == 0
    assert await count_rows(cast.stage, "waiting") == await count_rows(cast.stage, "knocks") == 0


async def test_a_knock_that_was_pressed_is_followed_by_another_when_something_comes(cast: Cast) -> None:
    salma = await following(cast)
    await post_all(cast, WORDS[:1])
    await salma.presses("button-open")
    await salma.sees_words(WORDS[0])
    await post_all(cast, WORDS[1:4])
    assert await knocks(salma) == 1
    await salma.presses("button-open")
    await salma.sees("waiting", count=3)


async def test_the_knock_goes_when_what_waits_was_opened_by_another_way(cast: Cast) -> None:
    salma = await following(cast)
    await post_all(cast, WORDS[:2])
    await salma.says("/waiting")
    await salma.presses_label(entry(salma))
    await salma.sees_words(WORDS[0])
    assert await knocks(salma) == 1
    await salma.says("/waiting")
    await salma.sees("waiting", count=1)
    await salma.presses_label(entry(salma))
    await salma.sees_words(WORDS[1])
    await cast.stage.settle()
    assert await knocks(salma) == 0


async def test_everything_can_be_taken_off_the_list_unopened(cast: Cast) -> None:
    salma = await following(cast)
    await post_all(cast, WORDS)
    await salma.presses("button-open")
    await salma.presses("button-drop-waiting")
    await salma.sees("nothing-waits")
    assert await count_rows(cast.stage, "waiting") == 0


async def test_what_is_taken_back_is_not_on_the_list(cast: Cast) -> None:
    salma = await following(cast)
    await post_all(cast, WORDS[:2])
    await cast.nour.presses("button-take-back")
    await cast.nour.sees("taken-back")
    await salma.presses("button-open")
    await salma.sees_words(WORDS[0])


async def test_a_list_that_closes_by_itself_leaves_the_knock_where_something_waits(cast: Cast) -> None:
    salma = await following(cast)
    await post_all(cast, WORDS[:3])
    await salma.presses("button-open")
    await salma.sees("waiting", count=3)
    await cast.stage.settle()
    await cast.stage.pass_time(timedelta(minutes=61))
    await salma.loses("things wait for you")
    await salma.sees("knock")
    await salma.presses("button-open")
    await salma.sees("waiting", count=3)


@pytest.mark.parametrize("urgent", [False, True])
async def test_what_is_urgent_takes_the_place_of_the_knock_and_all_else_joins_it(cast: Cast, urgent: bool) -> None:
    salma = await following(cast)
    await post_all(cast, WORDS[:1])
    [before] = [message.id for message in await salma.person.chat() if message.text == salma.texts.plain("knock")]
    await announcement_steps.write(cast.nour)
    if urgent:
        await cast.nour.presses("button-make-urgent")
    await announcement_steps.ask_approval(cast.nour)
    await announcement_steps.approve(cast.awa)
    await announcement_steps.pass_delay(cast)
    [after] = [message.id for message in await salma.person.chat() if message.text == salma.texts.plain("knock")]
    assert (after > before) is urgent  # a new message, which makes a sound; the old one is deleted
    await salma.presses("button-open")
    await salma.sees("waiting", count=2)
    await salma.presses("waiting-announcement")
    await salma.sees_words(announcement_steps.WORDS)


async def test_the_knock_is_renewed_once_at_the_hour_of_the_digest_and_only_for_something_new(cast: Cast) -> None:
    salma = await following(cast)
    await salma.says("/digest off")
    await salma.sees_words("switched off")
    await post_all(cast, WORDS[:1])
    ids = []
    for more in (WORDS[1:3], [], WORDS[3:4]):
        await post_all(cast, more)
        assert await knocks(salma) == 1
        await cast.stage.pass_time(timedelta(days=1))
        await cast.stage.settle()
        ids += [message.id for message in await salma.person.chat() if message.text == salma.texts.plain("knock")]
    assert ids[0] == ids[1] < ids[2]
    await salma.presses("button-open")
    await salma.sees("waiting", count=4)


async def test_a_digest_renews_the_knock_and_stands_on_the_list_once(cast: Cast) -> None:
    salma = await following(cast)
    await cast.stage.halqa.tick()
    ids = []
    for words in WORDS[:3]:
        await post_all(cast, [words])
        await cast.stage.pass_time(timedelta(days=1))
        await cast.stage.settle()
        ids += [message.id for message in await salma.person.chat() if message.text == salma.texts.plain("knock")]
    assert len(ids) == len(set(ids)) == 3
    await salma.presses("button-open")
    await salma.sees("waiting", count=4)  # three posts and the last digest, which has all three
    await salma.presses("waiting-digest")
    await salma.sees_words(*WORDS[:3])


async def test_after_going_home_from_the_list_what_is_left_knocks_again_at_the_hour_of_the_digest(cast: Cast) -> None:
    salma = await following(cast)
    await salma.says("/digest off")
    await post_all(cast, WORDS[:3])
    await salma.presses("button-open")
    await salma.presses_label(entry(salma))
    await salma.sees_words(WORDS[0])
    await salma.presses("button-open-topic")
    await salma.presses("button-start")
    await cast.stage.settle()
    assert await knocks(salma) == 0
    await salma.person.looks_up()
    await cast.stage.pass_time(timedelta(days=1))
    await salma.sees("knock")
    await salma.presses("button-open")
    await salma.sees("waiting", count=2)


async def test_whoever_is_erased_is_on_no_list(cast: Cast) -> None:
    salma = await following(cast)
    await post_all(cast, WORDS[:2])
    await cast.nour.says("/forget")
    await cast.nour.presses("button-forget-yes")
    await cast.nour.sees("goodbye")
    await salma.presses("button-open")
    await salma.sees("nothing-waits")


async def test_a_stop_between_two_posts_changes_nothing(cast: Cast) -> None:
    salma = await following(cast)
    await post_all(cast, WORDS[:1])
    await cast.stage.restart()
    await post_all(cast, WORDS[1:2])
    assert await knocks(salma) == 1
    await salma.presses("button-open")
    await salma.sees("waiting", count=2)
