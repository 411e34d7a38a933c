"""A page that fails the test if it writes to the console or sends a request to another server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, ConsoleMessage, Error, Page, Request

from bot.demo.stage import Stage

PATIENCE = 10_000  # milliseconds
LAPTOP, OLD_PHONE = (1280, 800), (360, 740)


async def new_page(browser: Browser, size: tuple[int, int]) -> Page:
    """A page of this size in pixels without animations; with touch if it is the size of the old phone."""
    width, height = size
    touch = size == OLD_PHONE
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        is_mobile=touch,
        has_touch=touch,
        locale="en-GB",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    return await context.new_page()


@asynccontextmanager
async def watched(page: Page, stage: Stage) -> AsyncIterator[Page]:
    """Loads the page of the demo. Raises AssertionError at the end for console messages, errors, foreign requests."""
    complaints: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(f"console: {message.text}")

    def thrown(error: Error) -> None:
        complaints.append(f"not caught: {error}")

    def asked(request: Request) -> None:
        if not request.url.startswith((f"{stage.sandbox.url}/", f"blob:{stage.sandbox.url}/", "data:")):
            complaints.append(f"another host was asked: {request.url}")

    page.on("console", said)
    page.on("pageerror", thrown)
    page.on("request", asked)
    try:
        await page.goto(stage.sandbox.url)
        await page.wait_for_selector("body.ready")
        yield page
    finally:
        page.remove_listener("request", asked)
        await page.goto("about:blank")
        page.remove_listener("console", said)
        page.remove_listener("pageerror", thrown)
    assert not complaints, "\n".join(complaints)
