"""The rate limiter after Telegram refused a call for its rate: who waits, and for how long."""

import asyncio

import pytest

from bot.conversation.delivery import Priority
from bot.messaging.rate_limiter import ROW, RateLimiter
from tests.messaging.permits import one, speak
from tests.support.virtual_time import run


async def refuse(limiter: RateLimiter, chat: int, seconds: float, priority: Priority = Priority.ANSWERS) -> None:
    async with limiter.permit(chat, priority) as permit:
        permit.refused(seconds)


@pytest.mark.parametrize("seconds", [7.5, 1.0, 0.0])
def test_after_a_refusal_a_chat_is_left_alone_for_exactly_that_long(seconds: float) -> None:
    async def story() -> dict[int, float]:
        limiter = RateLimiter(30, 0.0)
        await refuse(limiter, 1, seconds)
        assert limiter.chat_wait(1) == pytest.approx(seconds, abs=0.001)
        assert limiter.chat_wait(1, change=True) == pytest.approx(seconds, abs=0.001)
        return {chat: when for when, chat in await speak(limiter, [1, 2, 3])}

    assert run(story()) == pytest.approx({1: seconds, 2: 0, 3: 0}, abs=0.01)


def test_what_nobody_waits_for_stops_as_long_for_everybody() -> None:
    async def story() -> list[float]:
        limiter = RateLimiter(30, 1.0)
        await refuse(limiter, 1, 7.5, Priority.NOTICES)
        return [when for when, _ in await speak(limiter, [2, 3], priority=Priority.ANNOUNCEMENTS)]

    assert run(story()) == pytest.approx([7.5, 7.53], abs=0.01)


def test_the_stop_ends_when_a_later_message_to_another_goes_through() -> None:
    async def story() -> dict[int, float]:
        limiter, sent = RateLimiter(30, 1.0), list[tuple[float, int]]()
        begun = asyncio.get_running_loop().time()
        async with asyncio.TaskGroup() as tasks:
            for chat in (2, 3):
                tasks.create_task(one(limiter, sent, chat, priority=Priority.NOTICES, wait=chat * 0.05, back=0.2))
            await refuse(limiter, 1, 7.5, Priority.NOTICES)
            await asyncio.sleep(0.05)
            tasks.create_task(one(limiter, sent, 4, wait=0.1))  # somebody is answered meanwhile
        return {chat: when - begun for when, chat in sent}

    assert run(story()) == pytest.approx({2: 0.15, 3: 0.183, 4: 0.15}, abs=0.04)


def test_once_that_was_seen_refusals_are_about_single_chats_until_several_come_in_a_row() -> None:
    async def story() -> list[float]:
        limiter, loop = RateLimiter(30, 0.0), asyncio.get_running_loop()
        async with limiter.permit(1, Priority.NOTICES) as refused, asyncio.TaskGroup() as tasks:
            tasks.create_task(one(limiter, [], 2, priority=Priority.NOTICES, wait=0.05, back=0.1))
            await asyncio.sleep(0.1)
            refused.refused(5.0)
        waits = []
        for chat in range(3, 3 + ROW + 1):
            begun = loop.time()
            await refuse(limiter, chat, 5.0, Priority.NOTICES)
            waits.append(loop.time() - begun)
        return waits

    assert run(story()) == pytest.approx([0.0] + [0.03] * (ROW - 1) + [5.0], abs=0.05)


def test_a_message_that_had_left_before_proves_nothing_nor_does_a_change() -> None:
    async def story() -> list[float]:
        limiter, loop = RateLimiter(30, 1.0), asyncio.get_running_loop()
        begun = loop.time()
        async with limiter.permit(2, Priority.NOTICES) as before:
            await asyncio.sleep(0.1)
            async with limiter.permit(1, Priority.NOTICES) as refused:
                await asyncio.sleep(0.1)
                refused.refused(5.0)
            before.answered()
        await one(limiter, [], 9, change=True)
        return [when + 0.2 for when, _ in await speak(limiter, [3], priority=Priority.NOTICES)] + [loop.time() - begun]

    assert run(story()) == pytest.approx([5.2, 5.2], abs=0.01)


def test_where_two_chats_are_refused_at_once_nobody_is_spoken_to() -> None:
    async def story() -> dict[int, float]:
        limiter = RateLimiter(30, 0.0)
        await refuse(limiter, 1, 7.5)
        await refuse(limiter, 2, 5.0)
        return {chat: when for when, chat in await speak(limiter, [1, 2, 3])}

    assert run(story()) == pytest.approx({1: 7.5, 2: 5, 3: 5}, abs=0.01)


def test_a_refusal_that_is_over_does_not_count_with_the_next_one() -> None:
    async def story() -> dict[int, float]:
        limiter = RateLimiter(30, 0.0)
        await refuse(limiter, 1, 2.0)
        await asyncio.sleep(2.5)
        await refuse(limiter, 2, 5.0)
        return {chat: when for when, chat in await speak(limiter, [1, 2, 3])}

    assert run(story()) == pytest.approx({1: 0, 2: 5, 3: 0}, abs=0.01)


def test_a_refusal_stops_those_who_wait_already() -> None:
    async def story() -> float:
        limiter, sent = RateLimiter(2, 0.0), list[tuple[float, int]]()
        begun = asyncio.get_running_loop().time()
        async with asyncio.TaskGroup() as tasks, limiter.permit(1, Priority.NOTICES) as permit, limiter.permit(1):
            tasks.create_task(one(limiter, sent, 2, priority=Priority.NOTICES))
            await asyncio.sleep(0.5)
            permit.refused(10.0)
        return sent[0][0] - begun

    assert run(story()) == pytest.approx(10.5, abs=0.01)
