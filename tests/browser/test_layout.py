"""The layout of the page on a laptop and on an old phone, in three languages and both writing directions.

Screenshots are stored in the folder HALQA_SCREENSHOTS, or among pytest's temporary files. Look at them: no assertion
can tell whether a page is pleasant to read.
"""

import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.demo import story
from bot.demo.stage import Stage
from bot.language.texts import texts_in
from sandbox.telegram.clock import Clock
from tests.browser.watched_page import OLD_PHONE, new_page, watched
from tests.conftest import AFTERNOON

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
READERS = [("Andrea", "en"), ("Fatou", "fr"), ("Salma", "ar")]
# Visible nodes that end left or right of the screen. The content of a code block may be scrolled inside it.
OUTSIDE = """[...document.querySelectorAll("body *:not(pre *, .unseen)")].filter((node) => {
  const { left, right, width } = node.getBoundingClientRect();
  return width && node.checkVisibility() && (left < 0 || Math.floor(right) > innerWidth);
}).map((node) => node.outerHTML.slice(0, 80))"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def demo(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """The network of the demo's story a day later: everybody has an unopened knock."""
    directory = tmp_path_factory.mktemp("demo")
    async with Stage(directory, name=story.NAME, hosts=story.HOSTS, clock=Clock(AFTERNOON)) as stage:
        await story.perform(stage)
        await stage.halqa.tick()
        await stage.pass_time(timedelta(days=1))
        await stage.settle()
        yield stage


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def phone(browser: Browser) -> Page:
    return await new_page(browser, OLD_PHONE)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    named = os.environ.get("HALQA_SCREENSHOTS")
    folder = Path(named) if named else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


async def open_digest(page: Page, name: str, language: str) -> None:
    await page.locator(f"[data-person='{name}']").click()
    newest = page.locator("#messages .from-bot").last
    await newest.wait_for()
    knock = newest.get_by_text(texts_in(language).plain("button-open"), exact=True)
    if await knock.is_visible():  # otherwise another test has opened it
        await knock.click()
    await expect(newest).to_contain_text(story.DETENTION)


async def nothing_lies_outside(page: Page) -> None:
    """Asserts that the page does not scroll sideways and that nothing is cut off at either side."""
    assert page.viewport_size is not None
    assert await page.evaluate("innerWidth") == page.viewport_size["width"]  # a phone zooms out of what is too wide
    assert await page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    assert await page.evaluate(OUTSIDE) == []


async def test_three_readers_have_their_digest_beside_an_empty_handed_thief(
    laptop: Page, demo: Stage, pictures: Path
) -> None:
    async with watched(laptop, demo) as page:
        await page.locator("#telegram-panel > summary").click()
        for name, language in READERS:
            await open_digest(page, name, language)
            await page.locator("#thief-words").fill(name)
            await expect(page.locator("#thief-with-key.something")).to_be_visible()
            await expect(page.locator("#thief-on-disk")).to_have_attribute("data-count", "0")
            await nothing_lies_outside(page)
            await page.screenshot(path=pictures / f"{language}-wide.png")


async def test_nothing_runs_off_the_side_of_an_old_phone(phone: Page, demo: Stage, pictures: Path) -> None:
    async with watched(phone, demo) as page:
        folded = page.locator("#panels details:not([open]) > summary").first
        for name, language in READERS:
            await nothing_lies_outside(page)
            await page.screenshot(path=pictures / f"{language}-narrow-people.png")
            await open_digest(page, name, language)
            await nothing_lies_outside(page)
            await page.screenshot(path=pictures / f"{language}-narrow-chat.png")
            await page.locator("#chat [data-show='panels']").click()
            await page.locator("#thief-words").fill(name)
            await expect(page.locator("#thief-with-key.something")).to_be_visible()
            await nothing_lies_outside(page)
            await page.screenshot(path=pictures / f"{language}-narrow-panels.png")
            while await folded.is_visible():
                await folded.click()
            await nothing_lies_outside(page)
            await page.locator("#panels [data-back]").click()
            await page.locator("#chat [data-back]").click()
        await page.locator("#somebody-new").click()
        await nothing_lies_outside(page)
