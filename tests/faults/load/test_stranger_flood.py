"""Strangers who write as fast as they can cost members nothing: neither their answers nor their knocks.

The attacker's means: 1,000 accounts of Telegram without an invitation, which together write 100 messages a second; or
300 accounts that each write one every six seconds. Pass figure: while they do, members have at least 80 % of the
answers and of the knocks in the same seconds as without them, at Telegram's limits of 30 messages a second and one a
second per chat. And a hall of newcomers, each with an invitation of their own, is answered as members are.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.demo.stage import Stage
from bot.language.texts import texts_in
from bot.messaging.stranger_limits import WAITING
from sandbox.server import Limits
from sandbox.telegram.records import Chat
from storage.records import outbox
from storage.records.people import invites, members
from storage.records.people.invites import Grants
from tests.faults.long_run import LONG, short_or_long
from tests.support.announcement_steps import add_members
from tests.support.cast import Joined

SECONDS = short_or_long(2, 40)  # of each of the two measurements
STRANGERS, A_SECOND = 1000, 100
ASKING, QUESTIONS = 30, 10  # members who ask, and their questions a second
SHARE = 0.8
NEWCOMERS = short_or_long(40, 300)


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
async def network(joined: Joined, tmp_path: Path) -> AsyncIterator[Network]:
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


@asynccontextmanager
async def flooded(network: Network, accounts: int, a_second: int, said: str) -> AsyncIterator[Sequence[Chat]]:
    """So many strangers write so many messages a second in all, from a second before the block until its end."""
    strangers = network.strangers[:accounts]
    flood = asyncio.create_task(write(network.stage, strangers, said.format, a_second))
    await asyncio.sleep(1.0)
    try:
        yield strangers
    finally:
        flood.cancel()
        with suppress(asyncio.CancelledError):
            await flood


FLOODS = [(STRANGERS, A_SECOND, "/start"), (300, 50, "hello"), (STRANGERS, A_SECOND, "/start guess{}")]


@pytest.mark.parametrize(("accounts", "a_second", "said"), FLOODS if LONG else FLOODS[:1])
async def test_members_keep_their_answers_and_knocks_while_strangers_write(
    network: Network, accounts: int, a_second: int, said: str, record_property: Callable[[str, object], None]
) -> None:
    middle = len(network.told) // 2
    alone = await measure(network, network.told[:middle])
    await asyncio.sleep(1.1)  # every permit is returned
    async with flooded(network, accounts, a_second, said) as strangers:
        under = await measure(network, network.told[middle:])
    for name, value in (("alone", alone), ("flooded", under), ("strangers answered", by_bot(strangers))):
        record_property(name, value)
    assert alone.answers >= SHARE * SECONDS * QUESTIONS
    assert under.answers >= SHARE * alone.answers
    assert under.knocks >= SHARE * alone.knocks
    assert by_bot(strangers) <= 4 * (SECONDS + 2)
    async with network.stage.halqa.store.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM inbox WHERE stranger = 1") <= WAITING


async def test_a_hall_of_newcomers_with_invitations_is_served_in_a_flood(network: Network) -> None:
    stage = network.stage
    people = [stage.sandbox.telegram.add_person(f"Newcomer {number}") for number in range(NEWCOMERS)]
    newcomers = [stage.sandbox.telegram.chats[person.id] for person in people]
    async with stage.halqa.store.transaction() as tx:
        codes = [(await invites.create(tx, Grants.APPLICATION, None, stage.clock.now()))[1] for _ in newcomers]
    async with flooded(network, STRANGERS, A_SECOND, "/start"):
        for chat, code in zip(newcomers, codes, strict=True):
            stage.sandbox.telegram.write(chat, f"/start {code}")
        async with asyncio.timeout(3 + NEWCOMERS / 30 / SHARE):
            while by_bot(newcomers) < NEWCOMERS:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
    [first, *_] = [message for message in newcomers[0].messages.values() if message.by_bot]
    assert first.text.startswith(texts_in("en").plain("choose-language"))
