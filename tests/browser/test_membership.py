"""A whole membership on the page of the demo, by mouse and by keyboard: invitation, digest, erasure."""

import pytest
from playwright.async_api import expect

from bot.demo import steps
from sandbox.control.transcript import plain
from tests.browser.visitor import Visitor
from tests.support.cast import HOSTS, Cast
from tests.support.member_steps import coordinator

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
TOPIC = "Detention and protection"
WORDS = "Five things that helped us last month."
NAME = "Rania Quteish"


async def test_somebody_comes_in_reads_her_digest_and_leaves_again(cast: Cast, visitor: Visitor) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    nour = visitor.plays("Nour", "ar")
    await steps.invite(nour)
    await visitor.device.press(visitor.at("a[href*='?start=']").last)
    await visitor.write("#newcomer-name", "Rania")
    await visitor.pick("#newcomer-language", "Français")
    await visitor.press("#newcomer-join")
    await visitor.at("[data-person='Rania'][aria-current]").wait_for()
    rania = visitor.plays("Rania", "fr")
    await rania.presses_label("Français")
    await rania.presses("button-agree")
    await steps.answer(rania, name=NAME, host=HOSTS[0], city="Le Caire", reason="Pour écouter.")
    await steps.approve(nour, NAME)
    await rania.presses("button-open")
    await rania.sees("welcome", name=NAME, network=cast.stage.halqa.network.name)
    await steps.follow(rania, TOPIC)

    await nour.says(f"/post {TOPIC}")
    await nour.sees("write-post", title=TOPIC)
    await nour.says(WORDS)
    await nour.sees("preview", title=TOPIC, name=coordinator("Nour"), count=2)
    await expect(visitor.newest("bot")).to_contain_text(WORDS)
    await nour.presses("button-send-post", title=TOPIC)
    await nour.sees("posted", title=TOPIC)

    await cast.stage.halqa.tick()
    await visitor.press("#clock-next")
    await expect(visitor.at("#clock-now")).to_have_text("Tue, 3 March 2026 at 06:00")
    await expect(visitor.at("[data-person='Rania'] .badge")).to_have_text("1")
    await rania.sees("knock")
    knock = plain(await visitor.newest("bot").inner_text())
    assert TOPIC not in knock
    assert "Nour" not in knock
    await rania.presses("button-open")
    await rania.sees_words(TOPIC, WORDS, "Nour")
    await expect(visitor.newest("bot").locator(".mark.shield")).to_be_visible()
    await visitor.press("#clock-hour")
    await rania.sees("knock")
    await expect(visitor.at("#messages")).not_to_contain_text(WORDS)

    await visitor.write("#thief-words", NAME)
    await expect(visitor.at("#thief-with-key")).to_have_text("1 place: members.name_encrypted")
    await rania.says("/forget")
    await rania.presses("button-forget-yes")
    await rania.sees("goodbye")
    await visitor.write("#thief-words", "Quteish")
    for searched in ("#thief-with-key", "#thief-on-disk"):
        await expect(visitor.at(searched)).to_have_attribute("data-count", "0")
