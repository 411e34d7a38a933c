"""The whole way out: outbox, delivery, courier and transport, against a server that does what a test wants of it."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import telegram
from aiohttp import web

from bot.conversation.delivery import DeliveryKind, Priority
from bot.conversation.feature import Features
from bot.conversation.request import NetworkContext, Request
from bot.conversation.screen import Screen
from bot.language.texts import Html
from bot.messaging.outbox_worker import OutboxWorker, Precondition
from bot.messaging.rate_limiter import RateLimiter
from bot.messaging.send_result import SendResult
from bot.telegram.bot_api import BotApi
from bot.telegram.sender import Sender
from bot.telegram.transport import Transport
from storage.engine.store import Store
from storage.records import outbox
from storage.records.people import members
from storage.records.people.members import Member
from tests.storage import people

TOKEN = "1234567890:AAa-fictional-token-for-these-tests-0"
Answer = Callable[[web.Request, int], Awaitable[web.StreamResponse]]


def accepted() -> web.Response:
    message = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}
    return web.json_response({"ok": True, "result": message})


@dataclass
class FakeBotApi:
    """A Bot API that answers every call for a chat as `answers` says, and with success otherwise."""

    answers: dict[int, Answer] = field(default_factory=dict)
    calls: Counter[int] = field(default_factory=Counter)
    shown: list[tuple[int, str]] = field(default_factory=list)  # what was accepted: chat and words, in order

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


async def _letter(request: Request) -> Screen:
    return Screen(Html((request.about or b"").hex()))


LETTER = DeliveryKind(_letter, knock=False, quiet=False, pauses=False)
KINDS = {
    "letter": LETTER,
    "knock": DeliveryKind(_letter, quiet=False, pauses=False),
    "answer": DeliveryKind(_letter, quiet=False, pauses=False, priority=Priority.ANSWERS),
}


@dataclass
class OutboxAtWork:
    store: Store
    delivery: OutboxWorker
    now: datetime = people.NOW
    task: asyncio.Task[None] | None = None

    def kick(self) -> None:
        """What is owed goes out; before the first kick nothing does."""
        self.task = self.task or asyncio.create_task(self.delivery.run())
        self.delivery.kick()

    async def owe(self, name: str, kind: str = "letter", *, number: int = 0) -> Member:
        """Owes a message to the person of this name, who enters the network if need be; the number is what it says."""
        async with self.store.transaction() as tx:
            member = await members.find(tx, people.telegram_id(name)) or await people.enter(tx, name)
            due = self.now + timedelta(seconds=number)
            await outbox.put(tx, member.id, kind, about=bytes([number]), due=due, now=self.now)
        return member

    async def states(self, member: Member) -> list[str]:
        async with self.store.transaction() as tx:
            return [state for _, state, _ in await outbox.of(tx, member.id)]

    async def becomes(self, member: Member, *states: str, within: float = 5.0) -> None:
        async with asyncio.timeout(within):
            while await self.states(member) != [*states]:  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    async def is_put_off(self, member: Member, within: float = 5.0) -> None:
        """Waits until the only message to somebody was tried, or found to be too early, and waits for later."""
        async with asyncio.timeout(within):
            while True:
                async with self.store.transaction() as tx:
                    [(_, state, due)] = await outbox.of(tx, member.id)
                if state == "pending" and due > self.now:
                    return
                await asyncio.sleep(0.01)

    def later(self, by: timedelta) -> None:
        self.now += by
        self.kick()


@asynccontextmanager
async def sending(
    directory: Path,
    port: int,
    *,
    kinds: Mapping[str, DeliveryKind] = KINDS,
    pace: RateLimiter | None = None,
    read_timeout: float = 0.3,
) -> AsyncIterator[OutboxAtWork]:
    """An outbox at work in a data directory, speaking to a Bot API on this port."""
    transport = Transport(read_timeout=read_timeout)
    bot = telegram.Bot(TOKEN, f"http://127.0.0.1:{port}/bot", request=transport, get_updates_request=transport)
    courier = Sender(bot, BotApi(transport, bot.base_url), pace or RateLimiter(1000, 0.0))

    async def deliver(
        member: Member, screen: Screen, priority: Priority, message_id: int | None, precondition: Precondition | None
    ) -> SendResult:
        return await courier.show(
            member.telegram_id, screen, priority=priority, message_id=message_id, precondition=precondition
        )

    network = NetworkContext("Between Convenings", "halqa_bot", ("en",), 60, Features([]))
    await transport.initialize()
    async with people.opened(directory) as store:
        delivery = OutboxWorker(store, kinds, network, deliver=deliver, now=lambda: sender.now)
        sender = OutboxAtWork(store, delivery)
        try:
            yield sender
        finally:
            if sender.task is not None:
                sender.task.cancel()
                with suppress(asyncio.CancelledError):
                    await sender.task
            await transport.shutdown()
