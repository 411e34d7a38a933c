"""Three ways to keep to a number of messages a second, each over our own transport: ours, AIORateLimiter, a fixed pace.

A way sends one message to each chat and returns once all are accepted.
"""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import telegram
from telegram.error import RetryAfter

from bot.conversation.delivery import Priority
from bot.conversation.screen import Screen
from bot.language.texts import Html
from bot.messaging.outbox_worker import WORKERS
from bot.messaging.rate_limiter import RateLimiter
from bot.messaging.send_result import Sent, Wait
from bot.telegram.bot_api import BotApi
from bot.telegram.sender import Sender
from bot.telegram.transport import Transport
from bot.telegram.transport_errors import wait_seconds

TOKEN = "1234567890:AAa-fictional-token-for-measuring-only"
PEERS = Path("build/aiolimiter")
PER_SECOND = 30
WORDS = "Something is waiting for you."
FIRST_CHAT = 7_000_000_000
Pacing = Callable[[str, Sequence[int]], Awaitable[None]]  # address of the Bot API, chats


@asynccontextmanager
async def our_bot(address: str) -> AsyncIterator[tuple[telegram.Bot, BotApi]]:
    transport = Transport()
    await transport.initialize()
    try:
        bot = telegram.Bot(TOKEN, f"{address}/bot", request=transport, get_updates_request=transport)
        yield bot, BotApi(transport, bot.base_url)
    finally:
        await transport.shutdown()


async def ours(address: str, chats: Sequence[int]) -> None:
    async with our_bot(address) as ways:
        sender, left, screen = Sender(*ways, RateLimiter(PER_SECOND, 1.0)), list(chats), Screen(Html(WORDS))

        async def send_all() -> None:
            while left:
                chat = left.pop()
                outcome = await sender.show(chat, screen, priority=Priority.NOTICES)
                while isinstance(outcome, Wait):
                    await asyncio.sleep(outcome.seconds)
                    outcome = await sender.show(chat, screen, priority=Priority.NOTICES)
                assert isinstance(outcome, Sent)

        await asyncio.gather(*(send_all() for _ in range(WORKERS)))


async def rate_limiter(address: str, chats: Sequence[int], per_second: int = PER_SECOND) -> None:
    from telegram.ext import AIORateLimiter, ExtBot

    # All its tasks may ask for a connection at once, so they wait for one as long as it takes.
    transport, limiter = Transport(pool_timeout=None), AIORateLimiter(overall_max_rate=per_second, max_retries=10_000)
    bot: telegram.Bot = ExtBot(
        TOKEN, f"{address}/bot", request=transport, get_updates_request=transport, rate_limiter=limiter
    )
    await transport.initialize()
    try:
        async with asyncio.TaskGroup() as tasks:
            for chat in chats:
                tasks.create_task(bot.send_message(chat, WORDS))
    finally:
        await transport.shutdown()


async def fixed(address: str, chats: Sequence[int]) -> None:
    loop = asyncio.get_running_loop()
    left, under_way, stopped = list(chats), set[asyncio.Task[None]](), 0.0

    async def one(chat: int) -> None:
        nonlocal stopped
        try:
            await bot.send_message(chat, WORDS)
        except RetryAfter as error:
            stopped = max(stopped, loop.time() + wait_seconds(error))
            left.append(chat)

    async with our_bot(address) as (bot, _):
        following = loop.time()
        try:
            while left or under_way:
                following = max(following + 1 / PER_SECOND, stopped)
                await asyncio.sleep(following - loop.time())
                if left and loop.time() >= stopped:
                    task = asyncio.create_task(one(left.pop()))
                    under_way.add(task)
                    task.add_done_callback(under_way.discard)
        finally:
            for task in under_way:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)


def import_peer() -> str | None:
    """Makes aiolimiter, which AIORateLimiter needs, importable from below build/; returns the reason where it fails."""
    if not (PEERS / "aiolimiter").is_dir():
        install = [sys.executable, "-m", "pip", "install", "-q", "--target", str(PEERS), "aiolimiter>=1.1,<1.3"]
        tried = subprocess.run(install, capture_output=True, text=True, check=False)
        if tried.returncode:
            return "aiolimiter could not be installed"
    sys.path.append(str(PEERS))
    return None
