"""Two minutes in which Telegram refuses three of ten calls with 429, and a fan-out through the real sender.

In virtual time. Pass figures: 0 calls before a refusal has ended, one message to each chat, and at most 1.5 times the
time that the refusals and the rate limit cost.
"""

import asyncio
import math
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest
from telegram.error import NetworkError, RetryAfter

from bot.conversation.delivery import Priority
from bot.conversation.screen import Screen
from bot.language.texts import Html
from bot.messaging.rate_limiter import RateLimiter
from bot.messaging.send_result import Sent, Uncertain, Wait
from bot.telegram.sender import Sender
from bot.telegram.transport_errors import NotSent
from tests.faults.long_run import short_or_long
from tests.support.virtual_time import run

PER_SECOND, SECONDS = 30, 120
THERE, BACK, JITTER = 0.02, 0.04, 0.02  # seconds
FIRST = 1_000_000
KNOCK = Screen(Html("Something is waiting for you."))


@dataclass
class Strict:
    """Refuses calls at random, and calls that are too early. A refusal is for all chats (`everybody`) or for one."""

    chance: random.Random
    share: float
    everybody: bool
    arrived: list[float] = field(default_factory=list)  # calls that were accepted
    told: Counter[int] = field(default_factory=Counter)
    calls: int = 0
    refusals: int = 0
    stopped: float = 0.0  # seconds in which a refusal was in force
    early: int = 0  # calls that were sent before a known refusal had ended
    until: dict[int, float] = field(default_factory=dict)  # chat, or 0 for everybody -> end of the refusal
    known: dict[int, float] = field(default_factory=dict)  # the same, as the caller was told

    async def send(self, chat: int, *_: Any) -> int:
        now = asyncio.get_running_loop().time
        place = 0 if self.everybody else chat
        self.calls += 1
        self.early += now() < self.known.get(place, 0.0) - 1e-6
        await asyncio.sleep(THERE)
        refused = self.until.get(place, 0.0) - now()
        if refused <= 0 and self.chance.random() < self.share:
            refused = self.chance.choice([1, 1, 2, 3])
            self.until[place] = now() + refused
            self.stopped += refused
        await asyncio.sleep(BACK + self.chance.random() * JITTER)
        if refused > 0:
            self.refusals += 1
            seconds = math.ceil(refused)
            self.known[place] = max(self.known.get(place, 0.0), now() + seconds)
            raise RetryAfter(seconds)
        self.arrived.append(now())
        self.told[chat] += 1
        return 1


async def fan_out(sender: Sender, chats: range, priority: Priority = Priority.NOTICES) -> float:
    """Sends to all chats like the outbox worker, with 32 tasks; `Wait` postpones a message. Returns the seconds."""
    loop = asyncio.get_running_loop()
    begun, left = loop.time(), [(0.0, chat) for chat in reversed(chats)]

    async def task() -> None:
        while left:
            due, chat = left.pop()
            await asyncio.sleep(due - loop.time())
            match await sender.show(chat, KNOCK, priority=priority):
                case Wait(seconds=seconds):
                    left.append((loop.time() + seconds, chat))
                    left.sort(reverse=True)
                case other:
                    assert isinstance(other, Sent)

    await asyncio.gather(*(task() for _ in range(32)))
    return loop.time() - begun


def sender_to(telegram: Any) -> Sender:
    return Sender(telegram, telegram, RateLimiter(PER_SECOND, 1.0))


@pytest.mark.parametrize("seed", range(short_or_long(2, 20)))
def test_after_a_refusal_for_all_chats_no_call_is_early_and_little_time_is_lost(seed: int) -> None:
    telegram = Strict(random.Random(seed), 0.3, everybody=True)
    chats = range(FIRST, FIRST + 170)
    took = run(fan_out(sender_to(telegram), chats))
    assert telegram.told == Counter(chats)
    assert telegram.early == 0
    assert telegram.refusals / telegram.calls >= 0.3
    # The optimum is full speed whenever no refusal is in force.
    assert took <= 1.5 * (telegram.stopped + len(chats) / PER_SECOND)
    assert took >= SECONDS * 0.7


@pytest.mark.parametrize("seed", range(short_or_long(2, 20)))
def test_after_a_refusal_for_one_chat_the_others_go_on(seed: int) -> None:
    telegram = Strict(random.Random(seed), 0.3, everybody=False)
    chats = range(FIRST, FIRST + 2400)
    took = run(fan_out(sender_to(telegram), chats))
    assert telegram.told == Counter(chats)
    assert telegram.early == 0
    assert telegram.refusals / telegram.calls > 0.27
    assert SECONDS <= took <= 1.5 * telegram.calls / PER_SECOND


@dataclass
class Broken:
    """Answers each call after a while, with the exception in `fails` for its number or with success."""

    fails: dict[int, Exception]
    acted: Counter[int] = field(default_factory=Counter)
    calls: int = 0

    async def send(self, chat: int, *_: Any) -> int:
        self.calls += 1
        failure = self.fails.get(self.calls)
        if not isinstance(failure, NotSent):
            await asyncio.sleep(THERE + BACK)
            self.acted[chat] += 1
        if failure is not None:
            raise failure
        return 1


def test_calls_without_a_connection_cost_no_time_and_lost_answers_cost_a_second() -> None:
    """Thirty calls without a connection, thirty whose answers are lost, thirty that succeed."""

    async def story() -> tuple[list[Any], float]:
        fails: dict[int, Exception] = {number: NotSent("no route") for number in range(1, 31)}
        fails |= {number: NetworkError("the answer was lost") for number in range(31, 61)}
        sender, loop = sender_to(Broken(fails)), asyncio.get_running_loop()
        begun = loop.time()
        outcomes = await asyncio.gather(*(sender.show(chat, KNOCK) for chat in range(FIRST, FIRST + 90)))
        return outcomes, loop.time() - begun

    outcomes, took = run(story())
    assert Counter(type(outcome) for outcome in outcomes) == {Wait: 30, Uncertain: 30, Sent: 30}
    assert took == pytest.approx(1 + 2 * (THERE + BACK), abs=0.02)
