"""Thirty messages a second: how much of it three ways of pacing reach, and what they cost Telegram and us.

    python -m bench.fan_out            about two minutes: share of what is permitted, refusals
    python -m bench.fan_out --memory   about a minute: memory for 1,400 and 10,000 recipients

Side by side, in turns, against a Bot API of our own in another process (`strict_api.py`):

- ours: `bot/messaging/rate_limiter.py` under the courier, with as many senders as the outbox has
- AIORateLimiter of python-telegram-bot as it comes, every recipient a task, as its users write it
- fixed: a call every thirtieth of a second, and a stop for as long as Telegram says

All three over our own transport, so that only the pacing differs. The share leaves out the first thirty messages, and
is taken over whole thirties: a way that sends them in bursts is then not counted as faster than its steady pace. Where
it may, everything runs with priority, since a machine that is busy with other things delays each call by more than the
pacing costs.
"""

import argparse
import asyncio
import contextlib
import os
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import telegram
from telegram.error import RetryAfter

from bench.rounds import ROUNDS, machine
from bench.strict_api import listening, report
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
RECIPIENTS = 151  # of one round: the first thirty, four thirties that are measured, and the one that ends them
MOST = 7.0  # seconds of one round
WORDS = "Something is waiting for you."
FIRST_CHAT = 7_000_000_000
FollowMode = Callable[[str, Sequence[int]], Awaitable[None]]


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
        courier, left, screen = Sender(*ways, RateLimiter(PER_SECOND, 1.0)), list(chats), Screen(Html(WORDS))

        async def sender() -> None:
            while left:
                chat = left.pop()
                outcome = await courier.show(chat, screen, priority=Priority.NOTICES)
                while isinstance(outcome, Wait):
                    await asyncio.sleep(outcome.seconds)
                    outcome = await courier.show(chat, screen, priority=Priority.NOTICES)
                assert isinstance(outcome, Sent)

        await asyncio.gather(*(sender() for _ in range(WORKERS)))


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


def share(accepted: Sequence[float]) -> float:
    """Of thirty a second, once the first thirty are out; a round that was cut off counts to its very end."""
    if len(accepted) == RECIPIENTS:
        whole = (RECIPIENTS - 1) // PER_SECOND - 1
        return whole / (accepted[PER_SECOND * (whole + 1)] - accepted[PER_SECOND])
    later = accepted[PER_SECOND:]
    return len(later) / PER_SECOND / (accepted[0] + MOST - later[0]) if later else 0.0


async def rounds(ways: dict[str, FollowMode], count: int) -> None:
    shares: dict[str, list[float]] = {name: [] for name in ways}
    refusals: dict[str, list[int]] = {name: [] for name in ways}
    async with listening(PER_SECOND) as address:
        for number in range(count):
            for name, way in ways.items():
                chats = range(FIRST_CHAT, FIRST_CHAT + RECIPIENTS)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(MOST):
                        await way(address, chats)
                await asyncio.sleep(0.1)
                accepted, refused = await report(address)
                shares[name].append(share(accepted))
                refusals[name].append(refused)
            done = ", ".join(f"{name} {shares[name][-1]:.1%} ({refusals[name][-1]} refused)" for name in ways)
            print(f"round {number + 1}: {done}", flush=True)
    print(f"\nmedians of {count}:")
    for name in ways:
        print(f"  {name:<16} {statistics.median(shares[name]):6.1%} of {PER_SECOND}/s, {sum(refusals[name]):4} refused")
    passed = statistics.median(shares["ours"]) >= 0.97 and not sum(refusals["ours"])
    print(f"at least 97 % and no refusal: {'reached' if passed else 'missed'}")


def peer() -> str | None:
    """Makes the peer's library importable, from a folder of the benchmark's own; else says why not."""
    if not (PEERS / "aiolimiter").is_dir():
        install = [sys.executable, "-m", "pip", "install", "-q", "--target", str(PEERS), "aiolimiter>=1.1,<1.3"]
        tried = subprocess.run(install, capture_output=True, text=True, check=False)
        if tried.returncode:
            return "aiolimiter could not be installed"
    sys.path.append(str(PEERS))
    return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    with contextlib.suppress(PermissionError):
        os.nice(-15)
    print(machine())
    ways: dict[str, FollowMode] = {"ours": ours, "AIORateLimiter": rate_limiter, "fixed": fixed}
    if (why := peer()) is not None:
        print(f"AIORateLimiter is left out: {why}")
        del ways["AIORateLimiter"]
    if given.memory:
        from bench import fan_out_memory

        asyncio.run(fan_out_memory.compare(with_peer=why is None))
        return
    begun = time.monotonic()
    asyncio.run(rounds(ways, given.rounds))
    print(f"took {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
