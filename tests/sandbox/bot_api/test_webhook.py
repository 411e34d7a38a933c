"""Delivery to a webhook: with its secret, in order, repeated after a failure, and to this machine only."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from sandbox.control.people import People
from sandbox.control.person import Person
from tests.sandbox.bare_api import Api


@dataclass
class Hook:
    """The bot's own web server: keeps what it is sent, and answers as told."""

    url: str = ""
    answers: list[int] = field(default_factory=list)  # statuses of the next answers; 200 after them
    received: list[tuple[str | None, dict[str, Any]]] = field(default_factory=list)
    arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def take(self, request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.received.append((secret, await request.json()))
        async with self.arrived:
            self.arrived.notify_all()
        return web.Response(status=self.answers.pop(0) if self.answers else 200)

    async def texts(self, count: int) -> list[str]:
        """The texts of the first `count` deliveries, as soon as they are there."""
        async with asyncio.timeout(5), self.arrived:
            await self.arrived.wait_for(lambda: len(self.received) >= count)
        return [update["message"]["text"] for _, update in self.received]


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.add_routes([web.post("/hook", hook.take)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def info_once(api: Api, ready: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """WebhookInfo as soon as it is as wanted; Telegram has no call that waits for it."""
    for _ in range(500):
        info: dict[str, Any] = await api.result("getWebhookInfo")
        if ready(info):
            return info
        await asyncio.sleep(0.01)
    raise AssertionError(f"not within five seconds: {info}")


async def emptied(api: Api) -> dict[str, Any]:
    """WebhookInfo, once nothing is pending any more."""
    return await info_once(api, lambda info: info["pending_update_count"] == 0)


async def test_updates_come_with_the_secret(api: Api, hook: Hook, noor: Person) -> None:
    answer = await api.call("setWebhook", url=hook.url, secret_token="only-we-know")
    assert answer == {"ok": True, "result": True, "description": "Webhook was set"}
    await noor.says("hello")
    assert await hook.texts(2) == ["/start", "hello"]
    assert {secret for secret, _ in hook.received} == {"only-we-know"}
    await emptied(api)
    answer = await api.call("deleteWebhook")
    assert answer["description"] == "Webhook was deleted"
    await noor.says("for the next poll")
    [update] = await api.result("getUpdates")
    assert update["message"]["text"] == "for the next poll"
    assert len(hook.received) == 2


async def test_a_failed_delivery_comes_again_before_the_next(api: Api, hook: Hook, noor: Person) -> None:
    hook.answers = [500, 503]
    await noor.says("second")
    await api.result("setWebhook", url=hook.url)
    assert await hook.texts(4) == ["/start", "/start", "/start", "second"]
    info = await emptied(api)
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"
    assert info["last_error_date"] > 0


async def test_one_chat_does_not_hold_up_another(api: Api, hook: Hook, noor: Person, people: People) -> None:
    await api.result("setWebhook", url=hook.url)
    await emptied(api)
    hook.answers = [500]
    await noor.says("fails at first")
    await hook.texts(2)
    lina = await people.join("Lina")
    await lina.says("goes through")
    assert (await hook.texts(4))[1:] == ["fails at first", "goes through", "fails at first"]


async def test_nobody_listens(api: Api, noor: Person) -> None:
    await api.result("setWebhook", url="http://127.0.0.1:9/hook")
    info = await info_once(api, lambda info: "last_error_message" in info)
    assert info["last_error_message"] == "Connection refused"
    assert info["pending_update_count"] == 1
    await api.result("deleteWebhook", drop_pending_updates=True)
    assert await api.result("getUpdates") == []


async def test_a_repeated_update_is_delivered_twice(api: Api, hook: Hook, noor: Person) -> None:
    await api.control("PUT", "/faults", json={"repeat_updates": 1})
    await api.result("setWebhook", url=hook.url)
    await noor.says("twice")
    assert await hook.texts(3) == ["/start", "twice", "twice"]
    assert hook.received[1] == hook.received[2]


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"url": "http://example.org/hook"}, "bad webhook: this sandbox delivers to this machine only"),
        ({"url": "http://10.0.0.7/hook"}, "bad webhook: this sandbox delivers to this machine only"),
        ({"url": "ftp://127.0.0.1/"}, "invalid webhook URL specified"),
        ({"url": "http://127.0.0.1:x/"}, "invalid webhook URL specified"),
        ({"url": "http://127.0.0.1/", "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": "http://127.0.0.1/", "max_connections": 101}, "max_connections must be between 1 and 100"),
    ],
)
async def test_a_wrong_webhook_is_refused(api: Api, parameters: dict[str, Any], words: str) -> None:
    assert await api.refusal("setWebhook", **parameters) == f"Bad Request: {words}"
    assert (await api.result("getWebhookInfo"))["url"] == ""
