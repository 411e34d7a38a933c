"""A minimal Bot API for benchmarks: it gives out updates as fast as they are fetched, and counts the answers.

    python -m bench.server

prints its port and serves on 127.0.0.1 until it is killed. `POST /plan` sets the updates, `GET /figures` returns the
progress. It parses almost nothing of what it receives, and has no HTTP library under it, so that it is several times
faster than what is measured.
"""

import asyncio
import contextlib
import json
import re
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

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
LENGTH = re.compile(rb"content-length: *([0-9]+)")
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
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


class BotApi:
    """Answers by method. `None` from `at_once` means that the answer takes a while: `later`."""

    def __init__(self) -> None:
        self.plan = Plan()
        self.secret: str | None = None  # of a webhook
        self.next_id = self.last_id = 1  # of the next update, and one more than of the last

    def planned(self, given: dict[str, Any]) -> bytes:
        """Starts a new plan. Update ids continue, since a bot may remember the earlier ones."""
        plan = Plan(**given)
        waiting, self.plan = self.plan, plan
        self.last_id = self.next_id + plan.updates
        waiting.more.set()
        return b"{}"

    def figures(self) -> bytes:
        plan = self.plan
        begun, ended = plan.begun, plan.ended
        seconds = ended - begun if begun is not None and ended is not None else None
        figures = {"answered": plan.answered, "seconds": seconds, "polled": plan.polled, "secret": self.secret}
        return json.dumps(figures | {"confirmed": plan.begun is not None and self.next_id == self.last_id}).encode()

    def at_once(self, method: str, request: "Request") -> bytes | None:
        if method == "getupdates" or self.plan.latency:
            return None
        return self._answer(method, request)

    async def later(self, method: str, request: "Request") -> bytes:
        if method == "getupdates":
            return await self._updates(request.values())
        await asyncio.sleep(self.plan.latency)
        return self._answer(method, request)

    def _answer(self, method: str, request: "Request") -> bytes:
        if method in ANSWERS:
            self.plan.answered += 1
            if self.plan.answered == self.plan.updates:
                self.plan.ended = time.monotonic()
            return SENT
        if method == "setwebhook":
            self.secret = request.values()["secret_token"]
        return {"getme": ME, "getwebhookinfo": NO_WEBHOOK}.get(method, TRUE)

    async def _updates(self, asked: dict[str, Any]) -> bytes:
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


@dataclass(frozen=True, slots=True)
class Request:
    """One request, of which only what is needed was parsed."""

    path: str
    head: bytes  # in lower case
    body: bytes

    def values(self) -> dict[str, Any]:
        if b"application/json" in self.head:
            return dict(json.loads(self.body))
        return dict(parse_qsl(self.body.decode()))  # a form, which pyTelegramBotAPI sends with GET


class Connection(asyncio.Protocol):
    """HTTP/1.1 with Content-Length and one request at a time, which is what these clients send."""

    def __init__(self, api: BotApi) -> None:
        self._api = api
        self._received = b""
        self._task: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, end, body = self._received.partition(b"\r\n\r\n")
        found = LENGTH.search(head := head.lower())
        if not end or len(body) < (length := int(found[1]) if found else 0):
            return
        self._received = body[length:]
        self._handle(Request(head.split(b" ", 2)[1].decode(), head, body[:length]))

    def _handle(self, request: Request) -> None:
        method = request.path.rpartition("/")[2]
        match request.path:
            case "/plan":
                answer: bytes | None = self._api.planned(request.values())
            case "/figures":
                answer = self._api.figures()
            case _:
                answer = self._api.at_once(method, request)
        if answer is None:
            self._task = asyncio.create_task(self._later(method, request))
        else:
            self._write(answer, request)

    async def _later(self, method: str, request: Request) -> None:
        self._write(await self._api.later(method, request), request)

    def _write(self, answer: bytes, request: Request) -> None:
        self._transport.write(HEAD % len(answer) + answer)
        if b"connection: close" in request.head:
            self._transport.close()


async def main() -> None:
    api = BotApi()
    server = await asyncio.get_running_loop().create_server(lambda: Connection(api), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
