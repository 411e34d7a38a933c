"""A real Chromium with the page of the demo, and the stage behind it.

The browser is started once per module, so the tests of a module share one event loop.
"""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.demo.snapshot import Kept
from bot.demo.stage import Stage
from sandbox.control.client import ControlClient
from tests.browser.input_devices import InputDevice, Keyboard, Mouse
from tests.browser.visitor import Visitor
from tests.browser.watched_page import LAPTOP, PATIENCE, new_page, watched
from tests.conftest import new_stage

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
ARGUMENTS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    if PROGRAM is None:
        pytest.skip("neither chromium nor chromium-browser is on the PATH")
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=PROGRAM, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def laptop(browser: Browser) -> Page:
    return await new_page(browser, LAPTOP)


@pytest_asyncio.fixture(loop_scope="module")
async def stage(browser: Browser, tmp_path: Path, kept: Kept | None) -> AsyncIterator[Stage]:
    """Requests the browser first, so that without one the test is skipped before a stage is set up."""
    async with new_stage(tmp_path, kept) as stage:
        yield stage


@pytest.fixture(params=[Mouse, Keyboard], ids=["mouse", "keyboard"])
def device(request: pytest.FixtureRequest) -> type[InputDevice]:
    """The input device: each test runs once with the mouse and once with the keyboard alone."""
    kind: type[InputDevice] = request.param
    return kind


@pytest_asyncio.fixture(loop_scope="module")
async def visitor(laptop: Page, stage: Stage, device: type[InputDevice]) -> AsyncIterator[Visitor]:
    client = ControlClient(stage.sandbox.url)
    await client.open()
    try:
        async with watched(laptop, stage) as page:
            yield Visitor(page, device(page), stage, client)
    finally:
        await client.close()
