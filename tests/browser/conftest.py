"""A real Chromium before the demo's page, and the stage behind it.

The page and the stage share one event loop, the test's module's, because the browser is started once for a module.
"""

import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from bot.demo.stage import Stage
from sandbox.clock import Clock
from sandbox.control_client import ControlClient
from tests.browser.hands import Hand, Keyboard, Mouse
from tests.browser.visitor import Visitor
from tests.browser.watched import PATIENCE, page_of
from tests.cast import HOSTS, Cast

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
AFTERNOON = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    if PROGRAM is None:
        pytest.skip("neither chromium nor chromium-browser is on the PATH")
    async with async_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = await playwright.chromium.launch(executable_path=PROGRAM, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def stage(browser: Browser, tmp_path: Path) -> AsyncIterator[Stage]:
    """Asks for the browser first: where there is none, nothing is set up for nothing."""
    async with Stage(tmp_path, hosts=HOSTS, clock=Clock(AFTERNOON)) as stage:
        yield stage


@pytest_asyncio.fixture(loop_scope="module")
async def cast(stage: Stage) -> Cast:
    return await Cast.on(stage)


@pytest.fixture(params=[Mouse, Keyboard], ids=["mouse", "keyboard"])
def hand(request: pytest.FixtureRequest) -> type[Hand]:
    """By which means a story is played: each of them is, once with the mouse and once with the keyboard alone."""
    kind: type[Hand] = request.param
    return kind


@pytest_asyncio.fixture(loop_scope="module")
async def visitor(browser: Browser, stage: Stage, hand: type[Hand]) -> AsyncIterator[Visitor]:
    client = ControlClient(stage.sandbox.url)
    await client.open()
    async with page_of(browser, stage) as page:
        yield Visitor(page, hand(page), stage, client)
    await client.close()
