"""Errors of a send: each has one meaning (not sent, uncertain, failed, wait), and delays nobody else."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web

from bot.conversation.delivery import UNREACHABLE
from bot.messaging.outbox_worker import WORKERS
from bot.messaging.rate_limiter import RateLimiter
from storage.records import outbox
from storage.records.people import members
from tests.faults.telegram.fake_bot_api import Answer, FakeBotApi, accepted
from tests.faults.telegram.running_outbox import RunningOutbox, running_outbox
from tests.storage import people

SALMA = people.telegram_id("Salma")
BACK_OFF = timedelta(seconds=5)


@pytest.fixture
def api() -> FakeBotApi:
    return FakeBotApi()


@pytest.fixture
async def sender(directory: Path, api: FakeBotApi) -> AsyncIterator[RunningOutbox]:
    async with api.listening() as port, running_outbox(directory, port) as sender:
        yield sender


def saying(status: int, body: bytes) -> Answer:
    async def answer(request: web.Request, _: int) -> web.Response:
        return web.Response(status=status, body=body, content_type="application/json")

    return answer


async def hang_up(request: web.Request, _: int) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def stall(request: web.Request, _: int) -> web.Response:
    await asyncio.sleep(1)
    return accepted()


UNCERTAIN = {
    "the connection is reset": hang_up,
    "no answer in time": stall,
    "500": saying(500, b'{"ok": false, "description": "Internal Server Error"}'),
    "502": saying(502, b"<html>Bad Gateway</html>"),
    "garbage": saying(200, b"\xff\x00{"),
    "nothing": saying(200, b""),
    "not what was asked": saying(200, b'{"ok": true}'),
    "not a message": saying(200, b'{"ok": true, "result": true}'),
    "a message without an id": saying(200, b'{"ok": true, "result": {}}'),
}


@pytest.mark.parametrize("answer", UNCERTAIN.values(), ids=UNCERTAIN.keys())
async def test_what_may_have_arrived_is_not_sent_again_unless_it_is_a_knock(
    sender: RunningOutbox, api: FakeBotApi, answer: Answer
) -> None:
    """Telegram may have executed each of these calls, so each counts as executed."""
    salma, nour = await sender.owe("Salma"), await sender.owe("Nour", "knock")
    api.answers = {SALMA: answer, nour.telegram_id: answer}
    sender.kick()
    await sender.becomes(salma, "uncertain")
    await sender.is_put_off(nour)
    api.answers = {}
    for _ in range(3):
        sender.later(BACK_OFF)
        await sender.becomes(nour, "sent")
    assert api.calls == {SALMA: 1, nour.telegram_id: 2}
    assert await sender.states(salma) == ["uncertain"]


async def test_where_nobody_listens_nothing_was_sent_and_it_goes_out_once_somebody_does(
    directory: Path, api: FakeBotApi, unused_tcp_port: int
) -> None:
    async with running_outbox(directory, unused_tcp_port) as sender:
        salma = await sender.owe("Salma")
        sender.kick()
        await sender.is_put_off(salma)
        async with api.listening(unused_tcp_port):
            sender.later(timedelta(seconds=2))
            await sender.becomes(salma, "sent")
    assert api.shown == [(SALMA, "00")]


@pytest.mark.parametrize(
    ("status", "description"),
    [(401, b"Unauthorized"), (404, b"Not Found"), (409, b"Conflict: terminated by other getUpdates request")],
)
async def test_a_refusal_that_may_be_the_tokens_costs_no_message(
    sender: RunningOutbox, api: FakeBotApi, status: int, description: bytes
) -> None:
    api.answers[SALMA] = saying(status, b'{"ok": false, "description": "%s"}' % description)
    salma = await sender.owe("Salma")
    sender.kick()
    await sender.is_put_off(salma)
    api.answers = {}
    sender.later(timedelta(seconds=2))
    await sender.becomes(salma, "sent")
    assert api.calls[SALMA] == 2


async def test_what_is_refused_for_good_has_failed(sender: RunningOutbox, api: FakeBotApi) -> None:
    api.answers[SALMA] = saying(400, b'{"ok": false, "description": "Bad Request: chat not found"}')
    salma = await sender.owe("Salma")
    sender.kick()
    await sender.becomes(salma, "failed")
    sender.later(timedelta(days=1))
    assert api.calls[SALMA] == 1


async def test_a_refusal_for_speed_is_waited_out_for_exactly_as_long_and_then_it_goes_out_by_itself(
    sender: RunningOutbox, api: FakeBotApi
) -> None:
    at: list[float] = []

    async def too_fast(request: web.Request, call: int) -> web.Response:
        at.append(time.monotonic())
        wait = {"ok": False, "description": "Too Many Requests", "parameters": {"retry_after": 1}}
        return web.json_response(wait, status=429) if call == 1 else accepted()

    api.answers[SALMA] = too_fast
    salma = await sender.owe("Salma")
    sender.kick()
    await sender.is_put_off(salma)
    sender.now += timedelta(seconds=1)  # and nobody wakes it up
    await sender.becomes(salma, "sent")
    assert 1.0 <= at[1] - at[0] < 1.5


async def test_chats_that_are_slow_or_blocked_hold_up_nobody(directory: Path, api: FakeBotApi) -> None:
    """Slow chats occupy all workers but two; forty others receive their messages meanwhile, each in order."""
    over = asyncio.Event()

    async def slowly(request: web.Request, _: int) -> web.Response:
        await over.wait()
        return accepted()

    blocked = saying(403, b'{"ok": false, "description": "Forbidden: bot was blocked by the user"}')
    async with api.listening() as port, running_outbox(directory, port, read_timeout=30) as sender:
        slow = [await sender.owe(f"Slow {number}") for number in range(WORKERS - 2)]
        gone = [await sender.owe(f"Gone {number}") for number in range(10)]
        for member in slow:
            api.answers[member.telegram_id] = slowly
        for member in gone:
            api.answers[member.telegram_id] = blocked
        others = [await sender.owe(f"Reader {number}") for number in range(40)]
        for number in range(1, 4):
            for index in range(40):
                await sender.owe(f"Reader {index}", number=number)
        sender.later(timedelta(seconds=5))
        for member in others:
            await sender.becomes(member, *["sent"] * 4, within=20)
        assert [await sender.states(member) for member in slow] == [["sending"]] * len(slow)
        for member in others:
            assert [words for chat, words in api.shown if chat == member.telegram_id] == ["00", "01", "02", "03"]
        over.set()
        for member in slow:
            await sender.becomes(member, "sent")


async def test_whoever_waits_for_an_answer_has_it_in_the_middle_of_a_fan_out(directory: Path, api: FakeBotApi) -> None:
    async with api.listening() as port, running_outbox(directory, port, pace=RateLimiter(30, 1.0)) as sender:
        for number in range(120):
            await sender.owe(f"Reader {number}")
        sender.kick()
        async with asyncio.timeout(5):
            while len(api.shown) < 40:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        salma = await sender.owe("Salma", "answer")
        begun = time.monotonic()
        sender.kick()
        await sender.becomes(salma, "sent")
        assert time.monotonic() - begun < 0.5
        assert len(api.shown) < 80


async def test_whoever_blocked_the_bot_is_left_alone_until_they_are_back(
    sender: RunningOutbox, api: FakeBotApi
) -> None:
    api.answers[SALMA] = saying(403, b'{"ok": false, "description": "Forbidden: bot was blocked by the user"}')
    salma = await sender.owe("Salma")
    sender.kick()
    await sender.is_put_off(salma)
    for number in range(1, 4):
        await sender.owe("Salma", number=number)
        sender.later(UNREACHABLE / 4)
    await asyncio.sleep(0.1)
    async with sender.store.transaction() as tx:
        found = await members.find(tx, SALMA)
        assert found is not None
        assert found.unreachable_until == people.NOW + UNREACHABLE
        await members.set_unreachable(tx, salma.id, None)
        await outbox.bring_forward(tx, salma.id, sender.now)
    assert api.calls[SALMA] == 1  # and none for the messages added since
    api.answers.clear()
    sender.kick()
    await sender.becomes(salma, *["sent"] * 4)
