"""Takes the two screenshots of the demo in the README: `python docs/images/take.py`.

The story of `bot.demo.story` runs on a stage of its own, on a fixed day, and Chromium takes the screenshots at 1280 by
800 pixels. Requires what `make venv` installs, `chromium` or `chromium-browser` on the PATH, a font with Arabic glyphs,
and `pngquant`, without which the files are about three times as large.
"""

import asyncio
import logging
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from playwright.async_api import Page, ViewportSize, async_playwright

from bot.demo import story
from bot.demo.stage import Stage
from bot.language.texts import texts_in
from sandbox.telegram.clock import Clock

HERE = Path(__file__).parent
AFTERNOON = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
SIZE = ViewportSize(width=1280, height=800)


async def one_more_post(page: Page) -> None:
    """Mercy follows the one topic that she does not follow yet, and Fatou posts in it."""
    await say(page, "Mercy", f"/topics {story.REPARATION}")
    await press(page, "en", "button-follow-digest")
    await page.get_by_text(texts_in("en").plain("button-mute")).last.wait_for()
    await say(page, "Fatou", f"/post {story.REPARATION}")
    await page.get_by_text(texts_in("fr").plain("button-cancel")).last.wait_for()
    await say(page, "Fatou", "Réunion en ligne jeudi, avec interprétation en trois langues.")
    await press(page, "fr", "button-send-post", title=story.REPARATION)
    await page.get_by_text(texts_in("fr").plain("button-take-back")).last.wait_for()


async def digest_beside_the_thief(page: Page) -> None:
    """Mercy, in English: a digest of three topics, and a search of the disk that finds nothing."""
    await page.locator("[data-person='Mercy']").click()
    await press(page, "en", "button-open")
    await page.locator("#messages .from-bot").last.get_by_text(story.MEETING).wait_for()
    await page.locator("#telegram-panel > summary").click()
    await page.locator("#thief-words").fill("Salma")
    await page.locator("#thief-on-disk[data-count='0']").wait_for()
    await page.locator("#thief-files pre:visible").first.wait_for()


async def topics_in_arabic(page: Page) -> None:
    """Salma, in Arabic: her last post, and the topics that she follows."""
    await page.locator("[data-person='Salma']").click()
    await press(page, "ar", "button-topics")
    await page.locator("#messages .from-bot").last.get_by_text(story.MEETING).wait_for()


async def say(page: Page, name: str, words: str) -> None:
    await page.locator(f"[data-person='{name}']").click()
    await page.locator("#compose").fill(words)
    await page.locator("#send").click()


async def press(page: Page, language: str, message: str, **values: str) -> None:
    label = texts_in(language).plain(message, **values)
    await page.locator("button.key").filter(has_text=label).last.click()


async def take() -> None:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        sys.exit("neither chromium nor chromium-browser is on the PATH")
    with tempfile.TemporaryDirectory(prefix="halqa-demo-") as directory:
        stage = Stage(Path(directory), name=story.NAME, hosts=story.HOSTS, clock=Clock(AFTERNOON))
        async with stage, async_playwright() as playwright:
            await story.perform(stage)
            browser = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
            await photograph(stage, await browser.new_page(viewport=SIZE, reduced_motion="reduce"))
            await browser.close()


async def photograph(stage: Stage, page: Page) -> None:
    await page.goto(stage.sandbox.url)
    await topics_in_arabic(page)
    await keep(page, "demo-ar.png")
    await one_more_post(page)
    await stage.halqa.tick()
    await stage.pass_time(timedelta(days=1))
    await stage.settle()
    await digest_beside_the_thief(page)
    await keep(page, "demo-en.png")


async def keep(page: Page, name: str) -> None:
    await page.mouse.move(0, 0)  # so that no element is hovered
    await page.screenshot(path=HERE / name)


def shrink(picture: Path) -> None:
    if program := shutil.which("pngquant"):
        subprocess.run([program, "--force", "--strip", "--speed", "1", "--ext", ".png", picture], check=True)
    print(f"{picture.name}: {picture.stat().st_size // 1000} kB")


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    asyncio.run(take())
    for picture in HERE.glob("demo-*.png"):
        shrink(picture)
