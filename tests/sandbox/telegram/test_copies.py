"""A copy of the model is independent: it has the same people and messages, and nobody waits on it."""

import asyncio

import pytest

from sandbox.control.people import People
from sandbox.control.person import Person
from sandbox.server import Sandbox
from sandbox.telegram.clock import Clock
from tests.sandbox.bare_api import Api


async def test_a_copy_holds_what_was_said_and_goes_on_by_itself(sandbox: Sandbox, people: People, noor: Person) -> None:
    await noor.sends_photo(caption="the harbour")
    copied = sandbox.telegram.copied()
    await noor.says("only here")
    async with Sandbox(clock=copied.clock, telegram=copied) as second, People(second.url) as others:
        again = others.again(noor)
        assert [message.text for message in await again.chat()] == ["/start", "the harbour"]
        assert [update.kind for update in copied.updates.pending] == ["message", "message"]
        await again.says("only there")
        salma = await others.join("Salma")
        assert [message.text for message in await noor.chat()] == ["/start", "the harbour", "only here"]
        theirs = [(message.id, message.text) for message in await again.chat()]
        assert [identity for identity, _ in theirs] == [1, 2, 3]
        assert theirs[-1] == (3, "only there")
        assert salma.id not in sandbox.telegram.chats
        assert len({update.id for update in copied.updates.pending}) == 3


async def test_a_copy_looks_on_from_the_same_mark(sandbox: Sandbox, noor: Person, api: Api) -> None:
    await api.result("sendMessage", chat_id=noor.id, text="an answer")
    copied = sandbox.telegram.copied()
    async with Sandbox(clock=copied.clock, telegram=copied) as second, People(second.url) as others:
        assert (await others.again(noor).sees("an answer", within=1)).text == "an answer"
        await noor.looks_up()
        with pytest.raises(AssertionError, match="no new message"):
            await others.again(noor).sees("an answer", within=0.1)


async def test_whoever_waits_for_the_first_is_woken_by_the_first_alone(sandbox: Sandbox, noor: Person) -> None:
    telegram = sandbox.telegram
    waiting = asyncio.create_task(telegram.changes.wait_past(telegram.changes.revision, 5))
    await asyncio.sleep(0)
    copied = telegram.copied()
    copied.touch()
    copied.close()
    await asyncio.sleep(0.05)
    assert not waiting.done()
    telegram.touch()
    await asyncio.wait_for(waiting, 1)
    assert not telegram.changes.closed


async def test_a_copy_of_what_was_closed_is_open(noor: Person, sandbox: Sandbox) -> None:
    sandbox.telegram.close()
    copied = sandbox.telegram.copied()
    assert not copied.changes.closed
    assert not copied.updates.changes.closed
    assert not any(chat.changes.closed for chat in copied.chats.values())


async def test_a_model_comes_with_its_own_clock_and_bot(sandbox: Sandbox) -> None:
    copied = sandbox.telegram.copied()
    with pytest.raises(ValueError, match="another clock or another bot"):
        Sandbox(clock=Clock(), telegram=copied)
    with pytest.raises(ValueError, match="another clock or another bot"):
        Sandbox(clock=copied.clock, token="7000000002:another-token-that-opens-nothing", telegram=copied)
