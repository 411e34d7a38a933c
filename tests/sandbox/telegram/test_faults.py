"""Faults on demand: latency, refusals, lost answers."""

import time

import aiohttp
import pytest

from sandbox.control.person import Person
from tests.sandbox.bare_api import Api


async def test_telegram_is_slow(api: Api) -> None:
    await api.control("PUT", "/faults", json={"latency_ms": 300})
    begun = time.monotonic()
    await api.result("getMe")
    assert time.monotonic() - begun >= 0.3


async def test_telegram_refuses_for_a_while(api: Api, noor: Person) -> None:
    wanted = {"status": 429, "retry_after": 7, "times": 2}
    _, faults = await api.control("PUT", "/faults", json={"refuse": wanted})
    assert faults["refuse"] == wanted
    assert len(await api.result("getUpdates")) == 1  # fetching is not what is refused
    for _ in range(2):
        refused = await api.call("sendMessage", chat_id=noor.id, text="x")
        assert (refused["error_code"], refused["parameters"]) == (429, {"retry_after": 7})
    await api.result("sendMessage", chat_id=noor.id, text="x")
    await api.control("PUT", "/faults", json={"refuse": {"status": 500, "times": 1}})
    assert await api.call("sendMessage", chat_id=noor.id, text="y") == {
        "ok": False,
        "error_code": 500,
        "description": "Internal Server Error",
    }
    assert [message.text for message in await noor.chat()] == ["/start", "x"]


async def test_an_answer_is_lost_after_the_message_went_out(api: Api, noor: Person) -> None:
    await api.control("PUT", "/faults", json={"lose_answers": 1})
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await api.call("sendMessage", chat_id=noor.id, text="did it arrive?")
    await noor.sees("did it arrive?")
    await api.result("sendMessage", chat_id=noor.id, text="this one did")


async def test_a_fault_that_is_none_is_refused(api: Api) -> None:
    for wrong in ({"latency_ms": -1}, {"refuse": {"status": 404, "times": 1}}, {"earthquake": 1}):
        status, answer = await api.control("PUT", "/faults", json=wrong)
        assert status == 400
        assert answer["error"]
    _, state = await api.control("GET", "/state")
    assert state["faults"] == {"latency_ms": 0, "refuse": None, "lose_answers": 0, "repeat_updates": 0}
