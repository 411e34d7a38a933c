"""Calls that show no message wait as long as Telegram says; a press is answered in its time or not at all."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut

from bot.conversation.screen import Menu
from bot.messaging.rate_limiter import RateLimiter
from bot.telegram.side_calls import PATIENCE, PAUSE, SideCalls
from bot.telegram.transport_errors import NotSent
from tests.support.virtual_time import run


class Telegram:
    """Raises the errors it was told, one for each call, and then accepts; notes when it was called."""

    def __init__(self, *errors: TelegramError) -> None:
        self.errors = list(errors)
        self.calls: list[tuple[str, float]] = []

    def __getattr__(self, name: str) -> Any:
        async def call(*_: Any, **__: Any) -> None:
            self.calls.append((name, asyncio.get_running_loop().time()))
            if self.errors:
                raise self.errors.pop(0)

        return call

    def during(self, work: Callable[[SideCalls], Awaitable[None]]) -> list[float]:
        """Seconds at which the calls were made."""

        async def story() -> float:
            telegram: Any = self
            begun = asyncio.get_running_loop().time()
            await work(SideCalls(telegram, telegram, RateLimiter(30, 1.0)))
            return begun

        begun = run(story())
        return [round(at - begun, 1) for _, at in self.calls]


CALLS: dict[str, Callable[[SideCalls], Awaitable[None]]] = {
    "a press": lambda calls: calls.answer_callback(1, "77", "Saved", within=15.0),
    "a menu": lambda calls: calls.menu(1, Menu.OWN, "en", ("help",)),
    "no menu": lambda calls: calls.menu(1, Menu.NONE, "en", ()),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
@pytest.mark.parametrize(
    ("error", "wait"),
    [
        (RetryAfter(7), 7.0),
        (NotSent("no route"), PAUSE),
        (InvalidToken("Unauthorized"), PAUSE),
        (Conflict("terminated"), PAUSE),
    ],
)
def test_a_refusal_that_passes_is_waited_out(
    call: Callable[[SideCalls], Awaitable[None]], error: TelegramError, wait: float
) -> None:
    telegram = Telegram(error, error)
    assert telegram.during(call) == [0.0, wait, 2 * wait]


def test_a_flood_wait_holds_for_the_other_calls_to_that_chat_and_the_lower_priorities() -> None:
    async def story() -> tuple[float, float]:
        telegram: Any = Telegram(RetryAfter(7))
        limiter = RateLimiter(30, 1.0)
        task = asyncio.create_task(SideCalls(telegram, telegram, limiter).menu(1, Menu.OWN, "en", ("help",)))
        await asyncio.sleep(1)
        waits = limiter.chat_wait(1), limiter.chat_wait(2)
        await task
        return waits

    same, another = run(story())
    assert same == pytest.approx(6.0, abs=0.1)
    assert another == 0.0


def test_a_press_that_would_be_answered_too_late_is_not_answered_at_all() -> None:
    assert Telegram(RetryAfter(16)).during(CALLS["a press"]) == [0.0]


def test_a_menu_is_given_up_before_the_person_is_kept_waiting_for_ever() -> None:
    assert Telegram(RetryAfter(int(PATIENCE))).during(CALLS["a menu"]) == [0.0]


@pytest.mark.parametrize("error", [BadRequest("query is too old"), TimedOut("no answer")])
def test_other_errors_are_not_repeated(error: TelegramError) -> None:
    assert Telegram(error).during(CALLS["a press"]) == [0.0]


def test_what_everybody_is_shown_is_set_even_after_hours() -> None:
    async def introduce(calls: SideCalls) -> None:
        await calls.introduce(("en",), ("help",))

    assert Telegram(RetryAfter(36_000)).during(introduce) == [0.0, *[36_000.0] * 6]
