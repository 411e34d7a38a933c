"""Strangers who write as fast as they can cost members nothing: neither their answers nor their knocks.

The attacker's means: 1,000 accounts of Telegram without an invitation, which together write 100 messages a second; or
300 accounts that each write one every six seconds. Pass figure: while they do, members have at least 80 % of the
answers and of the knocks in the same seconds as without them, at Telegram's limits of 30 messages a second and one a
second per chat. And a hall of newcomers, each with an invitation of their own, is answered as members are.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.demo.stage import Stage
from sandbox.server import Limits
from sandbox.telegram.records import Chat
from storage.records import outbox
from storage.records.people import members
from tests.faults.long_run import short_or_long
from tests.support.announcement_steps import add_members
from tests.support.cast import Joined

SECONDS = short_or_long(3, 40)  # of each of the two measurements
STRANGERS, A_SECOND = 1000, 100
ASKING, QUESTIONS = 30, 10  # members who ask, and their questions a second
SHARE = 0.8
NOBODY_AFTER = 0.05  # of the strangers' messages are answered at most


@dataclass(frozen=True, slots=True)
class Network:
    stage: Stage
    asking: Sequence[Chat]
    told: Sequence[Chat]  # members with a knock in the outbox, as many as can be sent in twice the time
    strangers: Sequence[Chat]


@dataclass(frozen=True, slots=True)
class Measured:
    answers: int
    knocks: int


@pytest.fixture
async def network(joined: Joined, tmp_path: Path) -> Network:
    stage = Stage(tmp_path, kept=joined.kept, limits=Limits(30, 1), messages_per_second=30, per_chat_seconds=1.0)
    async with stage:
        chats = stage.sandbox.telegram.chats
        everybody = [chats[person] for person in await add_members(stage, ASKING + SECONDS * 60)]
        people = [stage.sandbox.telegram.add_person(f"Stranger {number}") for number in range(STRANGERS)]
        strangers = [chats[person.id] for person in people]
        yield Network(stage, everybody[:ASKING], everybody[ASKING:], strangers)


async def owe_knocks(stage: Stage, chats: Sequence[Chat]) -> None:
    async with stage.halqa.store.transaction() as tx:
        for chat in chats:
            member = await members.find(tx, chat.person.id)
            assert member is not None
            await outbox.put(tx, member.id, "role", due=stage.clock.now(), now=stage.clock.now())
    stage.halqa.outbox_worker.kick()


async def write(stage: Stage, chats: Sequence[Chat], text: Callable[[int], str], a_second: float) -> None:
    """Each writes in turn, so many messages a second in all, until cancelled."""
    loop = asyncio.get_running_loop()
    begun, number = loop.time(), 0
    while True:
        stage.sandbox.telegram.write(chats[number % len(chats)], text(number))
        number += 1
        await asyncio.sleep(begun + number / a_second - loop.time())


def by_bot(chats: Sequence[Chat]) -> int:
    return sum(message.by_bot for chat in chats for message in chat.messages.values())


async def measure(network: Network, half: Sequence[Chat]) -> Measured:
    """The answers and knocks that members receive in `SECONDS`, while they ask and knocks are owed to `half`."""
    answers, knocks = by_bot(network.asking), by_bot(half)
    await owe_knocks(network.stage, half)
    asking = asyncio.create_task(write(network.stage, network.asking, lambda _: "/help", QUESTIONS))
    await asyncio.sleep(SECONDS)
    asking.cancel()
    return Measured(by_bot(network.asking) - answers, by_bot(half) - knocks)


async def settled_permits() -> None:
    await asyncio.sleep(1.1)  # every permit is returned


@pytest.mark.parametrize(
    ("accounts", "a_second", "said"),
    [(STRANGERS, A_SECOND, "/start"), (300, 50, "hello"), (STRANGERS, A_SECOND, "/start guess{}")],
    ids=["1000 at 100 a second", "300, one in six seconds each", "1000 that guess codes"],
)
async def test_members_keep_their_answers_and_knocks_while_strangers_write(
    network: Network,
    accounts: int,
    a_second: int,
    said: str,
    record_property: Callable[[str, object], None],
) -> None:
    stage, middle = network.stage, len(network.told) // 2
    alone = await measure(network, network.told[:middle])
    await settled_permits()
    strangers = network.strangers[:accounts]
    flood = asyncio.create_task(write(stage, strangers, said.format, a_second))
    await asyncio.sleep(1.0)
    flooded = await measure(network, network.told[middle:])
    flood.cancel()
    with suppress(asyncio.CancelledError):
        await flood
    answered = by_bot(strangers)
    for name, value in (("alone", alone), ("flooded", flooded), ("strangers answered", answered)):
        record_property(name, value)
    print(alone, flooded, answered)
    assert alone.answers >= SECONDS * QUESTIONS * SHARE
    assert flooded.answers >= SHARE * alone.answers
    assert flooded.knocks >= SHARE * alone.knocks
    assert 0 < answered <= (SECONDS + 2) * 4
