"""An outbox whose messages really go out: worker, sender and transport, to a fake Bot API."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import telegram
from telegram.helpers import create_deep_linked_url

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
from storage.records.people.member import Member
from tests.faults.telegram.fake_bot_api import TOKEN
from tests.storage import people


async def _letter(request: Request) -> Screen:
    return Screen(Html((request.about or b"").hex()))


LETTER = DeliveryKind(_letter, knock=False, quiet=False, pauses=False)
KINDS = {
    "letter": LETTER,
    "knock": DeliveryKind(_letter, quiet=False, pauses=False),
    "answer": DeliveryKind(_letter, quiet=False, pauses=False, priority=Priority.ANSWERS),
}


@dataclass
class RunningOutbox:
    store: Store
    delivery: OutboxWorker
    now: datetime = people.NOW
    task: asyncio.Task[None] | None = None

    def kick(self) -> None:
        """Starts the worker at the first call; wakes it up at later ones."""
        self.task = self.task or asyncio.create_task(self.delivery.run())
        self.delivery.kick()

    async def owe(self, name: str, kind: str = "letter", *, number: int = 0) -> Member:
        """Puts a message with this number into the outbox, for a member of this name who is added if there is none."""
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
        """Waits until the only message to a member is pending again and due later."""
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
async def running_outbox(
    directory: Path,
    port: int,
    *,
    kinds: Mapping[str, DeliveryKind] = KINDS,
    pace: RateLimiter | None = None,
    read_timeout: float = 0.3,
) -> AsyncIterator[RunningOutbox]:
    """An outbox on the databases of a directory, with a Bot API on this port."""
    transport = Transport(read_timeout=read_timeout)
    bot = telegram.Bot(TOKEN, f"http://127.0.0.1:{port}/bot", request=transport, get_updates_request=transport)
    sender = Sender(bot, BotApi(transport, bot.base_url), pace or RateLimiter(1000, 0.0))

    async def deliver(
        member: Member, screen: Screen, priority: Priority, message_id: int | None, precondition: Precondition | None
    ) -> SendResult:
        return await sender.show(
            member.telegram_id, screen, priority=priority, message_id=message_id, precondition=precondition
        )

    network = NetworkContext(
        "Between Convenings", partial(create_deep_linked_url, "halqa_bot"), ("en",), timedelta(hours=1), Features([])
    )
    await transport.initialize()
    async with people.opened(directory) as store:
        delivery = OutboxWorker(store, kinds, network, deliver=deliver, now=lambda: running.now)
        running = RunningOutbox(store, delivery)
        try:
            yield running
        finally:
            if running.task is not None:
                running.task.cancel()
                with suppress(asyncio.CancelledError):
                    await running.task
            await transport.shutdown()
