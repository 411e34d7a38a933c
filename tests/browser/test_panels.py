"""The panels beside the chat: the search of a thief, and the faults of Telegram."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from playwright.async_api import expect

from bot.demo import steps
from tests.browser.input_devices import InputDevice, Keyboard, Mouse
from tests.browser.visitor import Visitor
from tests.support.cast import HOSTS, Cast
from tests.support.member_steps import coordinator

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
TOPIC = "Detention and protection"
WORDS = "Five things that helped us last month."


@pytest.mark.parametrize("device", [Keyboard], indirect=True)
async def test_a_thief_finds_nobody_on_the_disk_and_the_key_finds_them_all(cast: Cast, visitor: Visitor) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.member("سلمى حداد", "ar", "Cairo")
    await steps.post(salma, TOPIC, WORDS)
    for words in (str(salma.person.id), "سلمى حداد", HOSTS[0], TOPIC, "things that helped"):
        await visitor.write("#thief-words", words)
        await expect(visitor.at("#thief-with-key.something")).to_contain_text(".")
        await expect(visitor.at("#thief-on-disk")).to_have_text("0 hits")
    await visitor.write("#thief-words", "network.db")  # the search on the disk does find what is there
    await expect(visitor.at("#thief-on-disk")).to_contain_text("in network.db")
    await visitor.write("#thief-words", "Sal")
    await expect(visitor.at("#thief-on-disk")).to_contain_text("Four letters or more")


async def refuse_429(visitor: Visitor) -> None:
    await visitor.pick("#fault-status", "429, too many")
    await visitor.write("#fault-wait", "1")
    await visitor.write("#fault-times", "1")
    await visitor.press("#fault-refuse")


async def refuse_500(visitor: Visitor) -> None:
    await visitor.pick("#fault-status", "500, its own fault")
    await visitor.write("#fault-times", "1")
    await visitor.press("#fault-refuse")


async def lose(visitor: Visitor) -> None:
    await visitor.press("#fault-lose")


async def repeat(visitor: Visitor) -> None:
    await visitor.press("#fault-repeat")


@pytest.mark.parametrize(
    ("device", "spoil", "said", "knocks"),
    [
        pytest.param(Mouse, refuse_429, "posted", 1, id="refused-as-too-fast"),
        pytest.param(Keyboard, refuse_500, "resume", 1, id="refused-by-its-own-fault"),
        pytest.param(Mouse, lose, "posted", 2, id="an-answer-is-lost"),
        pytest.param(Keyboard, repeat, "posted", 1, id="an-update-comes-twice"),
    ],
    indirect=["device"],
)
async def test_a_post_goes_out_once_though_telegram_is_in_trouble(
    cast: Cast,
    visitor: Visitor,
    device: type[InputDevice],
    spoil: Callable[[Visitor], Awaitable[None]],
    said: str,
    knocks: int,
) -> None:
    """Only a knock may arrive twice, when it is unknown whether the first arrived, because it says nothing."""
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.follow(salma, TOPIC, "at_once")
    await cast.nour.says(f"/post {TOPIC}")
    await cast.nour.says(WORDS)
    await cast.nour.sees("preview", title=TOPIC, name=coordinator("Nour"), count=2)
    await cast.stage.settle()

    await visitor.press("#faults > summary")
    await spoil(visitor)
    await expect(visitor.at("#trouble-mark")).to_be_visible()
    nour = visitor.plays("Nour", "ar")
    await nour.presses("button-send-post", title=TOPIC)
    await nour.sees(said, title=TOPIC)
    await expect(visitor.at("#trouble-mark")).to_be_hidden()

    await cast.stage.settle()
    await cast.stage.pass_time(timedelta(minutes=1))  # what was postponed is due
    await cast.stage.settle()
    texts = [message.text for message in await salma.person.chat()]
    assert texts.count(salma.texts("knock")) == knocks
    async with cast.stage.halqa.store.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM posts") == 1


@pytest.mark.parametrize("device", [Mouse], indirect=True)
async def test_whoever_blocks_the_bot_gets_nothing_until_they_open_it_again(cast: Cast, visitor: Visitor) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.follow(salma, TOPIC, "at_once")
    await cast.stage.settle()
    await visitor.become("Salma")
    await visitor.press("#person-acts > summary")
    await visitor.press("#fault-block")
    await expect(visitor.at("#unblock")).to_be_visible()
    messages = len(await salma.person.chat())
    await steps.post(cast.nour, TOPIC, WORDS)
    await cast.stage.settle()
    assert len(await salma.person.chat()) == messages
    await visitor.press("#unblock")
    salma = visitor.plays("Salma", "en")
    await salma.says("/digest")
    await salma.sees("digest-waiting", count=1)
