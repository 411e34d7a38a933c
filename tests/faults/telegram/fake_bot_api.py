"""A Bot API on a local port that answers each call as a test prescribes."""

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

TOKEN = "1234567890:AAa-fictional-token-for-these-tests-0"
Answer = Callable[[web.Request, int], Awaitable[web.StreamResponse]]


def accepted() -> web.Response:
    message = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}
    return web.json_response({"ok": True, "result": message})


@dataclass
class FakeBotApi:
    """Answers calls for a chat by the function in `answers`, and all others with success."""

    answers: dict[int, Answer] = field(default_factory=dict)
    calls: Counter[int] = field(default_factory=Counter)
    shown: list[tuple[int, str]] = field(default_factory=list)  # accepted messages in order: chat and text

    async def answer(self, request: web.Request) -> web.StreamResponse:
        said = await request.json()
        chat = int(said["chat_id"])
        self.calls[chat] += 1
        if chat in self.answers:
            return await self.answers[chat](request, self.calls[chat])
        self.shown.append((chat, said["text"]))
        return accepted()

    @asynccontextmanager
    async def listening(self, port: int = 0) -> AsyncIterator[int]:
        app = web.Application()
        app.router.add_post("/{path:.*}", self.answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        try:
            yield runner.addresses[0][1]
        finally:
            await runner.cleanup()
