"""The pace: never more than Telegram lets through, never slower than it has to be. The clock skips the waiting."""

import asyncio
import itertools
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pace import Pace

T = TypeVar("T")
GRAIN = 1e-6


class _Skipping(selectors.SelectSelector):
    """Where the loop would wait, its clock goes forward instead."""

    now = 1000.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.now += max(timeout or 0.0, GRAIN)
        return super().select(0)


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self.clock = _Skipping()
        super().__init__(self.clock)

    def time(self) -> float:
        return self.clock.now


def run(work: Coroutine[Any, Any, T]) -> T:
    with asyncio.Runner(loop_factory=_Loop) as runner:
        return runner.run(work)


async def speak(pace: Pace, chats: list[int], waits: list[float] | None = None) -> list[tuple[float, int]]:
    """When each message went out, after the first: (seconds, chat). All ask at once, or each after its own wait."""
    loop = asyncio.get_running_loop()
    begun, sent = loop.time(), list[tuple[float, int]]()

    async def one(chat: int, wait: float) -> None:
        await asyncio.sleep(wait)
        await pace.turn(chat)
        sent.append((loop.time() - begun, chat))

    await asyncio.gather(*(one(chat, wait) for chat, wait in zip(chats, waits or [0.0] * len(chats), strict=True)))
    return sent


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(1, 4), st.floats(0, 5)), min_size=1, max_size=40),
    st.integers(1, 6),
    st.sampled_from([0.0, 0.3, 1.0, 2.5]),
)
def test_no_second_holds_too_many_and_no_chat_hears_too_often(
    messages: list[tuple[int, float]], per_second: int, per_chat: float
) -> None:
    sent = run(speak(Pace(per_second, per_chat), [chat for chat, _ in messages], [wait for _, wait in messages]))
    times = [when for when, _ in sent]
    assert len(times) == len(messages)
    assert times == sorted(times)
    assert all(later - earlier > 1 - GRAIN for earlier, later in zip(times, times[per_second:], strict=False))
    for chat in {chat for _, chat in sent}:
        own = [when for when, who in sent if who == chat]
        assert all(later - earlier > per_chat - GRAIN for earlier, later in itertools.pairwise(own))


def test_thirty_a_second_means_thirty_every_second() -> None:
    times = [when for when, _ in run(speak(Pace(30, 1.0), list(range(300))))]
    assert [sum(1 for when in times if int(when + 0.01) == second) for second in range(11)] == [30] * 10 + [0]


def test_whoever_hears_little_does_not_wait_for_whoever_hears_much() -> None:
    sent = run(speak(Pace(30, 1.0), [1] * 5 + [2]))
    assert next(when for when, chat in sent if chat == 2) < 0.01
    assert [round(when) for when, chat in sent if chat == 1] == [0, 1, 2, 3, 4]


def test_without_a_limit_for_a_chat_only_the_second_counts() -> None:
    assert max(when for when, _ in run(speak(Pace(30, 0.0), [1] * 30))) < 0.01


HOLDS = [([(1, 7.5)], 7.5), ([(1, 7.5), (1, 2.0)], 2.0), ([(1, 2.0), (1, 7.5)], 7.5), ([(1, 0.0)], 0.0)]


@pytest.mark.parametrize(("holds", "end"), HOLDS)
def test_after_a_refusal_a_chat_is_left_alone_for_exactly_that_long_and_no_other_is(
    holds: list[tuple[int, float]], end: float
) -> None:
    async def story() -> dict[int, float]:
        pace = Pace(30, 1.0)
        for chat, seconds in holds:
            pace.hold(chat, seconds)
        return {chat: when for when, chat in await speak(pace, [1, 2, 3])}

    assert run(story()) == pytest.approx({1: end, 2: 0, 3: 0}, abs=0.01)


def test_where_two_chats_are_refused_at_once_it_is_about_everybody() -> None:
    async def story() -> dict[int, float]:
        pace = Pace(30, 1.0)
        pace.hold(1, 7.5)
        pace.hold(2, 5.0)
        return {chat: when for when, chat in await speak(pace, [1, 2, 3])}

    assert run(story()) == pytest.approx({1: 7.5, 2: 5, 3: 5}, abs=0.01)


def test_a_refusal_that_is_over_does_not_count_with_the_next_one() -> None:
    async def story() -> dict[int, float]:
        pace = Pace(30, 1.0)
        pace.hold(1, 2.0)
        await asyncio.sleep(2.5)
        pace.hold(2, 5.0)
        return {chat: when for when, chat in await speak(pace, [1, 2, 3])}

    assert run(story()) == pytest.approx({1: 0, 2: 5, 3: 0}, abs=0.01)


def test_a_refusal_stops_those_who_wait_already() -> None:
    async def story() -> list[float]:
        pace = Pace(1, 0.0)
        asyncio.get_running_loop().call_later(0.5, pace.hold, 2, 10.0)
        return [when for when, _ in await speak(pace, [1, 2])]

    assert run(story()) == pytest.approx([0, 10.5], abs=0.01)


def test_a_change_to_a_message_counts_for_the_second_but_not_for_its_chat() -> None:
    async def story() -> list[float]:
        pace, loop = Pace(3, 1.0), asyncio.get_running_loop()
        begun, turns = loop.time(), []
        for chat in (1, None, None, None, 1):
            await pace.turn(chat)
            turns.append(loop.time() - begun)
        return turns

    assert run(story()) == pytest.approx([0, 0, 0, 1, 1], abs=0.01)


def test_whoever_stops_waiting_takes_no_turn_away() -> None:
    async def story() -> list[float]:
        pace = Pace(1, 0.0)
        await pace.turn(1)
        waiting = asyncio.create_task(pace.turn(2))
        await asyncio.sleep(0.5)
        waiting.cancel()
        return [when for when, _ in await speak(pace, [3])]

    assert run(story()) == pytest.approx([0.5], abs=0.01)
