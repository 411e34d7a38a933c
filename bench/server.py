"""A minimal Bot API for benchmarks: it gives out updates as fast as they are fetched, and counts the answers.

    python -m bench.server

prints its port and serves on 127.0.0.1 until it is killed. `POST /plan` sets the updates, `GET /figures` returns the
progress. It parses almost nothing of what it receives, so that it is faster than what is measured.
"""

import asyncio
import contextlib
import json
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

AT_ONCE = 100  # updates in one answer: Bot API, getUpdates
SENT = json.dumps(
    {
        "ok": True,
        "result": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private", "first_name": "A"}, "text": "a"},
    }
).encode()
NO_WEBHOOK = b'{"ok":true,"result":{"url":"","has_custom_certificate":false,"pending_update_count":0}}'
TRUE = b'{"ok":true,"result":true}'
ME = json.dumps(
    {
        "ok": True,
        "result": {
            "id": 123456789,
            "is_bot": True,
            "first_name": "Bench",
            "username": "bench_bot",
            "can_join_groups": False,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        },
    }
).encode()
ANSWERS = ("sendmessage", "editmessagetext")


@dataclass
class Plan:
    """The updates to give out: so many, from so many people in turn, each with the same text."""

    updates: int = 0
    people: int = 1
    first_id: int = 7_000_000_000
    text: str = "hello"
    latency: float = 0.0  # seconds for each call but getUpdates
    polled: float | None = None  # when the first poll arrived
    begun: float | None = None  # when the first updates were sent
    ended: float | None = None  # when the last answer arrived
    answered: int = 0
    more: asyncio.Event = field(default_factory=asyncio.Event)

    def update(self, number: int) -> dict[str, Any]:
        person = self.first_id + number % self.people
        message: dict[str, Any] = {"message_id": number, "date": 1_772_000_000, "text": self.text}
        message["chat"] = {"id": person, "type": "private", "first_name": "Person"}
        message["from"] = {"id": person, "is_bot": False, "first_name": "Person", "language_code": "en"}
        if self.text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(self.text)}]
        return {"update_id": number, "message": message}


class Server:
    def __init__(self) -> None:
        self.plan = Plan()
        self.secret: str | None = None  # of a webhook
        self.next_id = self.last_id = 1  # of the next update, and one more than of the last

    async def planned(self, request: web.Request) -> web.Response:
        """Starts a new plan. Update ids continue, since a bot may remember the earlier ones."""
        plan = Plan(**await request.json())
        waiting, self.plan = self.plan, plan
        self.last_id = self.next_id + plan.updates
        waiting.more.set()
        return web.json_response({})

    async def figures(self, _: web.Request) -> web.Response:
        plan = self.plan
        begun, ended = plan.begun, plan.ended
        seconds = ended - begun if begun is not None and ended is not None else None
        figures = {"answered": plan.answered, "seconds": seconds, "polled": plan.polled, "secret": self.secret}
        return web.json_response(figures | {"confirmed": plan.begun is not None and self.next_id == self.last_id})

    async def call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"].lower()
        if method == "getupdates":
            return self._json(await self._updates(request))
        if method == "getwebhookinfo":
            return self._json(NO_WEBHOOK)
        if method == "setwebhook":
            self.secret = (await request.json())["secret_token"]
        if self.plan.latency:
            await asyncio.sleep(self.plan.latency)
        if method in ANSWERS:
            self.plan.answered += 1
            if self.plan.answered == self.plan.updates:
                self.plan.ended = time.monotonic()
            return self._json(SENT)
        return self._json(ME if method == "getme" else TRUE)

    async def _updates(self, request: web.Request) -> bytes:
        asked = await request.json() if request.content_type == "application/json" else await request.post()
        offset = max(int(str(asked.get("offset") or 0)), 0)
        plan = self.plan
        plan.polled = plan.polled or time.monotonic()
        self.next_id = max(self.next_id, offset)
        if self.next_id >= self.last_id:
            with contextlib.suppress(TimeoutError):  # a poll without updates ends empty
                async with asyncio.timeout(float(str(asked.get("timeout") or 0))):
                    await plan.more.wait()
            return b'{"ok":true,"result":[]}'
        plan.begun = plan.begun or time.monotonic()
        ids = range(self.next_id, min(self.next_id + AT_ONCE, self.last_id))
        return json.dumps({"ok": True, "result": [plan.update(number) for number in ids]}).encode()

    @staticmethod
    def _json(body: bytes) -> web.Response:
        return web.Response(body=body, content_type="application/json")


async def main() -> None:
    server, app = Server(), web.Application()
    app.router.add_post("/plan", server.planned)
    app.router.add_get("/figures", server.figures)
    app.router.add_route("*", "/bot{token}/{method}", server.call)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
