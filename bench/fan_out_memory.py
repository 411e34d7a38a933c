"""Memory of a fan-out: the highest value with the whole outbox, and with a task for each recipient.

Each is measured in a process of its own. The Bot API has no limit and no delay here, so that ten thousand messages do
not take six minutes; the memory depends on how many recipients wait, not on how long. Setting up is a process before.
"""

import asyncio
import json
import sys
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

import structlog
from telegram.helpers import create_deep_linked_url

from bench.network import NOW, opened, populate
from bench.pacing import FIRST_CHAT, import_peer, our_bot, rate_limiter
from bench.strict_api import listening, report
from bot.conversation.delivery import DeliveryKind, Priority
from bot.conversation.feature import Features
from bot.conversation.request import NetworkContext, Request
from bot.conversation.screen import Screen
from bot.language.texts import Html
from bot.messaging.outbox_worker import OutboxWorker, Precondition
from bot.messaging.rate_limiter import RateLimiter
from bot.messaging.send_result import SendResult
from bot.telegram.sender import Sender
from storage.records import outbox
from storage.records.people import members
from storage.records.people.member import Member

FEW, MANY = 1_400, 10_000
LIMIT = 2_000  # a second, where there is none by Telegram


async def knock(request: Request) -> Screen:
    return Screen(Html("Something is waiting for you."))


KINDS = {"knock": DeliveryKind(knock, quiet=False, pauses=False)}


async def set_up(directory: Path, recipients: int) -> None:
    await populate(directory, recipients)
    async with opened(directory) as store, store.transaction() as tx:
        for member in await members.everyone(tx):
            await outbox.put(tx, member.id, "knock", due=NOW, now=NOW)


async def ours(address: str, directory: Path) -> None:
    network = NetworkContext(
        "Between Convenings", partial(create_deep_linked_url, "halqa_bot"), ("en",), timedelta(hours=1), Features([])
    )
    async with opened(directory) as store, our_bot(address) as ways:
        sender = Sender(*ways, RateLimiter(LIMIT, 1.0))

        async def deliver(
            member: Member,
            screen: Screen,
            priority: Priority,
            message_id: int | None,
            precondition: Precondition | None,
        ) -> SendResult:
            return await sender.show(
                member.telegram_id, screen, priority=priority, message_id=message_id, precondition=precondition
            )

        delivery = OutboxWorker(store, KINDS, network, deliver=deliver, now=lambda: NOW)
        task = asyncio.create_task(delivery.run())
        while not await delivery.idle():  # noqa: ASYNC110
            await asyncio.sleep(0.2)
        task.cancel()
        await asyncio.wait([task])


def highest() -> float:
    """The highest MiB of memory of this process since its program started; Linux only."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return float("nan")


async def child(who: str, address: str, directory: Path, recipients: int) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    before = highest()
    if who == "ours":
        await ours(address, directory)
    elif who == "set-up":
        await set_up(directory, recipients)
    else:
        import_peer()
        await rate_limiter(address, range(FIRST_CHAT, FIRST_CHAT + recipients), LIMIT)
    print(json.dumps([before, highest()]))


async def spawned(who: str, address: str, directory: Path, recipients: int) -> Sequence[float]:
    """Runs a child process; MiB before its work and at most."""
    arguments = ["-m", "bench.fan_out_memory", who, address, str(directory), str(recipients)]
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdout=asyncio.subprocess.PIPE)
    said, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"{who} failed")
    found: list[float] = json.loads(said.splitlines()[-1])
    return found


async def compare(*, with_peer: bool) -> None:
    most: dict[str, list[float]] = {}
    async with listening(0) as address:
        for recipients in (FEW, MANY):
            with tempfile.TemporaryDirectory() as folder:
                directory = Path(folder)
                await spawned("set-up", address, directory, recipients)
                await report(address)
                for who in ("ours", "AIORateLimiter") if with_peer else ("ours",):
                    before, highest = await spawned(who, address, directory, recipients)
                    accepted, _ = await report(address)
                    assert len(accepted) == recipients, (who, len(accepted))
                    most.setdefault(who, []).append(highest)
                    print(f"{who:<16} {recipients:6} recipients: {before:5.0f} MiB before, {highest:5.0f} MiB at most")
    for who, (few, many) in most.items():
        print(f"{who:<16} {MANY} need {many / few:.2f} times what {FEW} need")
    print(f"ours at most 1.2 times: {'reached' if most['ours'][1] <= 1.2 * most['ours'][0] else 'missed'}")


if __name__ == "__main__":
    asyncio.run(child(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])))
