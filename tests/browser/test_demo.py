"""The demo's page, worked by hand: from an invitation to a digest, and out again."""

import re

import pytest
from playwright.async_api import expect

from bot.demo import steps
from sandbox.transcript import plain
from tests.browser.visitor import Visitor
from tests.cast import HOSTS, Cast

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
TOPIC = "Detention and protection"
WORDS = "Five things that helped us last month."


async def test_somebody_new_follows_an_invitation_and_is_let_in(cast: Cast, visitor: Visitor) -> None:
    nour = visitor.plays("Nour", "ar")
    await steps.invite(nour)
    await visitor.hand.press(visitor.at("a[href*='?start=']").last)
    await visitor.write("#newcomer-name", "Rania")
    await visitor.pick("#newcomer-language", "Français")
    await visitor.press("#newcomer-join")
    await visitor.at("[data-person='Rania'][aria-current]").wait_for()
    rania = visitor.plays("Rania", "fr")
    await rania.presses_label("Français")
    await rania.presses("button-agree")
    await steps.answer(rania, name="Rania Q", host=HOSTS[0], city="Tunis", reason="Pour écouter.")
    await steps.approve(nour, "Rania Q")
    await rania.presses("button-open")
    await rania.sees("welcome", name="Rania Q", network=cast.stage.halqa.network.name)


async def test_a_post_is_read_at_the_next_digest_in_the_language_of_its_reader(cast: Cast, visitor: Visitor) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    await steps.follow(await cast.member("Fatou", "fr", "Le Caire"), TOPIC)
    await cast.stage.settle()
    nour, fatou = visitor.plays("Nour", "ar"), visitor.plays("Fatou", "fr")

    await nour.says(f"/post {TOPIC}")
    await nour.sees("write-post", title=TOPIC)
    await nour.says(WORDS)
    await nour.sees("preview", title=TOPIC, name="Nour", count=2)
    assert WORDS in await visitor.at("#messages li").last.inner_text()
    await nour.presses("button-send-post", title=TOPIC)
    await nour.sees("posted", title=TOPIC)

    before = await unread(visitor, "Fatou")
    await cast.stage.halqa.tick()
    await visitor.press("#clock-next")
    await expect(visitor.at("#clock-now")).to_have_text(re.compile("Tue, 3 March 2026 at 06:00"))
    await expect(visitor.at("[data-person='Fatou'] .badge")).to_have_text(str(before + 1))
    await fatou.sees("knock")
    knock = plain(await visitor.at("#messages .from-bot").last.inner_text())
    assert TOPIC not in knock
    assert "Nour" not in knock

    await fatou.presses("button-open")
    await fatou.sees_words(TOPIC, WORDS, "Nour")
    await expect(visitor.at("#messages .from-bot").last.locator(".mark.shield")).to_be_visible()

    await visitor.press("#clock-hour")
    await expect(visitor.at("#messages")).not_to_contain_text(WORDS)
    await fatou.sees("knock")


async def test_whoever_leaves_is_found_by_nobody_any_more(cast: Cast, visitor: Visitor) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    await steps.post(await cast.member("Salma Haddad", "en", "Cairo"), TOPIC, WORDS)
    salma = visitor.plays("Salma Haddad", "en")
    await salma.says("/forget")
    await salma.sees("ask-forget", name="Salma Haddad", posts=1)
    await visitor.write("#thief-words", "Salma Haddad")
    await expect(visitor.at("#thief-with-key")).to_have_text("1 place: members.name_sealed")
    await salma.presses("button-forget-yes")
    await salma.sees("goodbye")
    for words in ("Salma Haddad", WORDS):
        await visitor.write("#thief-words", words)
        await expect(visitor.at("#thief-with-key")).to_have_attribute("data-count", "0")
        await expect(visitor.at("#thief-on-disk")).to_have_attribute("data-count", "0")


async def unread(visitor: Visitor, name: str) -> int:
    badge = visitor.at(f"[data-person='{name}'] .badge")
    return int(await badge.inner_text()) if await badge.is_visible() else 0
