"""A Telegram that is polled, and answers what it is told."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot

from bot.messaging.update_validation import InvalidUpdate, ReceivedUpdate, ValidUpdate
from bot.telegram.fatal import Stopped
from bot.telegram.polling import PollingReceiver
from bot.telegram.transport import Transport

TOKEN = "1234567890:AAa-fictional-token-for-these-tests-0"
ME = {"id": 1234567890, "is_bot": True, "first_name": "Halqa", "username": "halqa_bot"}
Said = tuple[int, bytes]


def ok(result: object) -> Said:
    return 200, json.dumps({"ok": True, "result": result}).encode()


def refused(status: int, description: str) -> Said:
    return status, json.dumps({"ok": False, "error_code": status, "description": description}).encode()


class Telegram:
    """Answers polls in their order, then with nothing; and getMe as told."""

    def __init__(self, *polls: Said, me: Said | None = None) -> None:
        self.polls = list(polls)
        self.me = me or ok(ME)
        self.asked: list[tuple[int, int]] = []  # offset and limit of each poll
        self.kept: list[ReceivedUpdate] = []
        self.full = 0  # so many times nothing can be kept
        self.over = asyncio.Event()
        self._receiver: PollingReceiver | None = None

    async def answer(self, request: web.Request) -> web.Response:
        asked = json.loads(await request.read() or b"{}")
        status, said = self.me
        if request.path.endswith("/getUpdates"):
            self.asked.append((int(asked["offset"]), int(asked["limit"])))
            if not self.polls:
                self.over.set()
                await asyncio.sleep(0.05)
            status, said = self.polls.pop(0) if self.polls else ok([])
        return web.Response(status=status, body=said, content_type="application/json")

    async def take(self, arrivals: Sequence[ReceivedUpdate]) -> None:
        if self.full:
            self.full -= 1
            raise OSError(28, "No space left on device")
        self.kept += arrivals

    @property
    def receiver(self) -> PollingReceiver:
        assert self._receiver is not None, "nothing polls"
        return self._receiver

    @asynccontextmanager
    async def polled(self) -> AsyncIterator["asyncio.Task[None]"]:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self.answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        transport = Transport()
        bot = Bot(TOKEN, f"http://127.0.0.1:{runner.addresses[0][1]}/bot", request=transport)
        await transport.initialize()
        self._receiver = PollingReceiver(transport, bot, self.take)
        task = asyncio.create_task(self._receiver.run())
        try:
            yield task
        finally:
            task.cancel()
            await asyncio.wait([task])
            await transport.shutdown()
            await runner.cleanup()

    async def drained(self) -> None:
        """Polls until every answer was given and one more was asked for."""
        async with self.polled(), asyncio.timeout(10):
            await self.over.wait()

    async def ends(self) -> str:
        """The reason for which polling stops."""
        async with self.polled() as task, asyncio.timeout(10):
            with pytest.raises(Stopped) as caught:
                await task
        return caught.value.reason

    @property
    def numbers(self) -> list[int]:
        return [arrival.update_id for arrival in self.kept if isinstance(arrival, ValidUpdate)]

    @property
    def strange(self) -> list[str]:
        return [arrival.reason for arrival in self.kept if isinstance(arrival, InvalidUpdate)]


def update(number: object) -> dict[str, Any]:
    return {"update_id": number, "message": {"text": "hello"}}
