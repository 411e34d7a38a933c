"""A sandbox without send limits, its people, and two ways of being its bot: bare HTTP and python-telegram-bot."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest
import telegram

from sandbox.control.people import People
from sandbox.control.person import Person
from sandbox.server import Limits, Sandbox
from sandbox.telegram.clock import Clock
from tests.sandbox.bare_api import Api

START = datetime(2031, 3, 14, 9, 26, 53, tzinfo=UTC)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(clock=Clock(START), limits=Limits(per_second=0, per_chat_per_second=0)) as sandbox:
        yield sandbox


@pytest.fixture
async def people(sandbox: Sandbox) -> AsyncIterator[People]:
    async with People(sandbox.url) as people:
        yield people


@pytest.fixture
async def noor(people: People) -> Person:
    """Somebody who has written to the bot."""
    noor = await people.join("Noor", language="ar", username="noor_of_the_harbour")
    await noor.says("/start")
    return noor


@pytest.fixture
async def api(sandbox: Sandbox) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:
        yield Api(sandbox, session)


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[telegram.Bot]:
    async with telegram.Bot(sandbox.token, sandbox.base_url, sandbox.file_url) as bot:
        yield bot
