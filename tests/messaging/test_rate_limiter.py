"""The rate limiter: never more calls than Telegram accepts, hardly fewer than it could be, and answers go first."""

import asyncio
import itertools
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.delivery import Priority
from bot.messaging.ack_window import ENOUGH
from bot.messaging.rate_limiter import Permit, RateLimiter
from tests.messaging.permits import one, speak
from tests.support.virtual_time import GRAIN, run


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(1, 4), st.floats(0, 5), st.sampled_from(Priority)), min_size=1, max_size=40),
    st.integers(1, 6),
    st.sampled_from([0.0, 0.3, 1.0, 2.5]),
)
def test_no_second_holds_too_many_and_no_chat_hears_too_often(
    messages: list[tuple[int, float, Priority]], per_second: int, per_chat: float
) -> None:
    async def story() -> list[tuple[float, int]]:
        limiter, sent = RateLimiter(per_second, per_chat), list[tuple[float, int]]()
        await asyncio.gather(
            *(one(limiter, sent, chat, wait=wait, priority=priority) for chat, wait, priority in messages)
        )
        return sent

    sent = run(story())
    assert len(sent) == len(messages)
    holds(sent, per_second, per_chat)


def holds(sent: list[tuple[float, int]], per_second: int, per_chat: float) -> None:
    times = sorted(when for when, _ in sent)
    assert all(later - earlier > 1 - GRAIN for earlier, later in zip(times, times[per_second:], strict=False))
    for chat in {chat for _, chat in sent}:
        own = sorted(when for when, who in sent if who == chat)
        assert all(later - earlier > per_chat - GRAIN for earlier, later in itertools.pairwise(own))


@settings(max_examples=40)
@given(
    st.integers(2, 6),
    st.floats(0, 0.2),
    st.floats(0, 0.2),
    st.lists(
        st.tuples(st.integers(1, 5), st.floats(0, 4), st.sampled_from(Priority), st.floats(0, 2), st.floats(0, 2)),
        min_size=10,
        max_size=50,
    ),
)
def test_as_telegram_counts_it_too_however_late_single_calls_come(
    per_second: int, there: float, back: float, calls: list[tuple[int, float, Priority, float, float]]
) -> None:
    async def story() -> list[tuple[float, int]]:
        limiter, sent = RateLimiter(per_second, 1.0), list[tuple[float, int]]()
        usual = [one(limiter, sent, 100 + number, there=there, back=back) for number in range(ENOUGH)]
        await asyncio.gather(*usual)
        late = [
            one(limiter, sent, chat, wait=wait, priority=priority, there=there + more, back=back + still)
            for chat, wait, priority, more, still in calls
        ]
        await asyncio.gather(*late)
        return sent

    holds(run(story()), per_second, 1.0)


def test_thirty_a_second_means_thirty_every_second() -> None:
    times = [when for when, _ in run(speak(RateLimiter(30, 1.0), range(300)))]
    assert [sum(1 for when in times if int(when + 0.01) == second) for second in range(11)] == [30] * 10 + [0]


def test_thirty_a_second_for_those_who_do_not_wait_too_but_evenly() -> None:
    times = [when for when, _ in run(speak(RateLimiter(30, 1.0), range(300), priority=Priority.NOTICES))]
    assert times[-1] == pytest.approx(9.9, abs=0.05)
    assert max(later - earlier for earlier, later in itertools.pairwise(times)) < 0.15


def test_whoever_hears_little_does_not_wait_for_whoever_hears_much() -> None:
    sent = run(speak(RateLimiter(30, 1.0), [1] * 5 + [2]))
    assert next(when for when, chat in sent if chat == 2) < 0.01
    assert [round(when) for when, chat in sent if chat == 1] == [0, 1, 2, 3, 4]


def test_without_a_limit_for_a_chat_only_the_second_counts() -> None:
    assert max(when for when, _ in run(speak(RateLimiter(30, 0.0), [1] * 30))) < 0.01


def test_a_group_hears_twenty_a_minute() -> None:
    times = [when for when, _ in run(speak(RateLimiter(30, 1.0), [-1] * 41))]
    assert [round(when) for when in times] == [*range(20), *range(60, 80), 120]


def test_who_waits_goes_first_then_announcements_then_notices_and_strangers_last() -> None:
    async def story() -> list[int]:
        limiter, sent = RateLimiter(1, 0.0), list[tuple[float, int]]()
        async with asyncio.TaskGroup() as tasks:
            for priority in (Priority.NOTICES, *reversed(Priority)):
                tasks.create_task(one(limiter, sent, int(priority), priority=priority))
                await asyncio.sleep(0.01)
        return [chat for _, chat in sent]

    assert run(story()) == [Priority.NOTICES, *Priority]


@pytest.mark.parametrize("priority", [Priority.ANNOUNCEMENTS, Priority.NOTICES])
def test_whoever_speaks_in_a_fan_out_to_thousands_is_answered_at_once(priority: Priority) -> None:
    """The first one waits for the next permit; from then on some are kept."""

    async def story() -> tuple[list[float], list[tuple[float, int]]]:
        limiter, waits, sent = RateLimiter(30, 1.0), list[float](), list[tuple[float, int]]()
        loop = asyncio.get_running_loop()
        async with asyncio.TaskGroup() as tasks:
            for chat in range(1000):
                tasks.create_task(one(limiter, sent, chat, priority=priority, back=0.07))
            await asyncio.sleep(5.5)
            for chat in range(2000, 2100):
                begun = loop.time()
                await one(limiter, [], chat)
                waits.append(loop.time() - begun)
                await asyncio.sleep(0.2)
        return waits, sent

    waits, sent = run(story())
    assert len(sent) == 1000
    assert max(waits[:1]) < 0.2
    assert max(waits[5:]) < 0.001
    assert len(waits) == 100


def test_while_people_talk_five_of_thirty_are_left_alone_and_in_silence_none() -> None:
    async def story(*, talk: bool) -> int:
        limiter, sent = RateLimiter(30, 1.0), list[tuple[float, int]]()
        async with asyncio.TaskGroup() as tasks:
            if talk:
                await one(limiter, [], 5000)
            waiting = [
                tasks.create_task(one(limiter, sent, chat, priority=Priority.NOTICES, back=60.0)) for chat in range(100)
            ]
            await asyncio.sleep(3)
            under_way = len(sent)
            for task in waiting:
                task.cancel()
        return under_way

    assert run(story(talk=True)) == 25
    assert run(story(talk=False)) == 30


@pytest.mark.parametrize(("priority", "at_least"), [(Priority.ANNOUNCEMENTS, 3), (Priority.NOTICES, 2)])
def test_however_many_wait_for_answers_the_lower_priorities_have_a_reserve(priority: Priority, at_least: int) -> None:
    async def story() -> tuple[int, int]:
        limiter, answers, lower = RateLimiter(30, 1.0), list[tuple[float, int]](), list[tuple[float, int]]()
        async with asyncio.TaskGroup() as tasks:
            waiting = [tasks.create_task(one(limiter, answers, chat)) for chat in range(1000)]
            waiting += [tasks.create_task(one(limiter, lower, chat, priority=priority)) for chat in range(3000, 3100)]
            await asyncio.sleep(10)
            for task in waiting:
                task.cancel()
        return len(answers), len(lower)

    answers, lower = run(story())
    assert lower >= 9 * at_least  # in the first second answers were alone
    assert answers >= 0.8 * 300


def test_strangers_share_three_calls_a_second_and_do_not_count_as_people_who_talk() -> None:
    async def story() -> tuple[int, int]:
        limiter, strangers, notices = RateLimiter(30, 1.0), list[tuple[float, int]](), list[tuple[float, int]]()
        async with asyncio.TaskGroup() as tasks:
            waiting = [
                tasks.create_task(one(limiter, sent, first + chat, priority=priority))
                for first, priority, sent in ((0, Priority.STRANGERS, strangers), (5000, Priority.NOTICES, notices))
                for chat in range(1000)
            ]
            await asyncio.sleep(10)
            for task in waiting:
                task.cancel()
        return len(strangers), len(notices)

    strangers, notices = run(story())
    assert strangers <= 31
    assert notices >= 0.9 * 300 - strangers


def test_a_change_counts_for_the_second_but_not_for_its_chat() -> None:
    async def story() -> list[float]:
        limiter, loop, sent = RateLimiter(3, 1.0), asyncio.get_running_loop(), list[tuple[float, int]]()
        begun = loop.time()
        for change in (False, True, True, True, False):
            await one(limiter, sent, 1, change=change)
        return [when - begun for when, _ in sent]

    assert run(story()) == pytest.approx([0, 0, 0, 1, 1], abs=0.01)


async def _times(limiter: RateLimiter, turns: int, end: Callable[[Permit], None]) -> list[float]:
    loop = asyncio.get_running_loop()
    begun, times = loop.time(), []
    for _ in range(turns):
        async with limiter.permit(1) as permit:
            times.append(loop.time() - begun)
            end(permit)
    return times


def test_what_never_left_this_machine_costs_no_turn() -> None:
    assert run(_times(RateLimiter(1, 1.0), 3, Permit.unsent)) == pytest.approx([0, 0, 0], abs=0.01)


def test_an_answer_that_is_lost_costs_one() -> None:
    assert run(_times(RateLimiter(1, 1.0), 3, lambda _: None)) == pytest.approx([0, 1, 2], abs=0.01)


def test_whoever_stops_waiting_takes_no_turn_away() -> None:
    async def story() -> list[float]:
        limiter = RateLimiter(1, 0.0)
        await one(limiter, [], 1)
        waiting = asyncio.create_task(one(limiter, [], 2))
        await asyncio.sleep(0.5)
        waiting.cancel()
        return [when for when, _ in await speak(limiter, [3])]

    assert run(story()) == pytest.approx([0.5], abs=0.01)


def test_a_turn_that_comes_with_the_end_of_the_waiting_is_given_back() -> None:
    async def story() -> list[float]:
        limiter = RateLimiter(1, 0.0)
        waiting = asyncio.create_task(one(limiter, [], 2))
        await asyncio.sleep(0)  # it has its permit, and does not know yet
        waiting.cancel()
        return [when for when, _ in await speak(limiter, [3])]

    assert run(story()) == pytest.approx([0], abs=0.01)


def test_nobody_is_named() -> None:
    async def story() -> str:
        async with RateLimiter(1, 0.0).permit(7000000001) as permit:
            return repr(permit)

    assert "7000000001" not in run(story())
