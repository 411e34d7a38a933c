"""A page that is watched: whatever a test is about, it must be quiet in the console, and speak to its own server only."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, ConsoleMessage, Page, Request

from bot.demo.stage import Stage

WIDE, NARROW = (1280, 800), (360, 740)
PATIENCE = 10_000  # milliseconds


@asynccontextmanager
async def page_of(browser: Browser, stage: Stage, size: tuple[int, int] = WIDE) -> AsyncIterator[Page]:
    """The demo's page, loaded, in a browser that has never seen it. Raises AssertionError at the end if it misbehaved."""
    narrow = size == NARROW
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        is_mobile=narrow,
        has_touch=narrow,
        locale="en-GB",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    page = await context.new_page()
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(f"console: {message.text}")

    def asked(request: Request) -> None:
        if not request.url.startswith((stage.sandbox.url + "/", "data:", f"blob:{stage.sandbox.url}/")):
            complaints.append(f"another host was asked: {request.url}")

    page.on("console", heard)
    page.on("pageerror", lambda error: complaints.append(f"not caught: {error}"))
    context.on("request", asked)
    await page.goto(stage.sandbox.url)
    await page.wait_for_selector("body.ready")
    yield page
    await context.close()
    assert not complaints, "\n".join(complaints)
