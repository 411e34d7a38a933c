"""The ways in which a call can come, how fast calls may come, and what goes wrong on demand."""

import asyncio
import io
import json
import time

import aiohttp
import pytest

from sandbox.control.people import People
from sandbox.control.person import Person
from sandbox.control.tiny_picture import PNG
from sandbox.server import Limits, Sandbox
from tests.sandbox.bare_api import Api


async def test_a_call_comes_as_query_form_json_or_multipart(api: Api, noor: Person) -> None:
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    flat = {"chat_id": str(noor.id), "text": "Hi", "reply_markup": json.dumps(markup), "protect_content": "true"}
    multipart = aiohttp.FormData(default_to_multipart=True)
    for name, value in flat.items():
        multipart.add_field(name, value)
    url = api.url("sendMessage")
    calls = [
        api.session.get(url, params=flat),
        api.session.post(url, params=flat),
        api.session.post(url, data=flat),
        api.session.post(url, json={**flat, "chat_id": noor.id, "protect_content": True}),
        api.session.post(url, json={**flat, "reply_markup": markup}),
        api.session.post(url, data=multipart),
        api.session.post(api.url("SENDmessage"), data=flat),
    ]
    for request in calls:
        async with request as answer:
            body = await answer.json()
            assert answer.status == 200, body
            assert body["result"]["reply_markup"] == markup
            assert body["result"]["has_protected_content"] is True


@pytest.mark.parametrize("attached", [False, True])
async def test_a_file_comes_under_its_name_or_attached(api: Api, noor: Person, attached: bool) -> None:
    form = aiohttp.FormData()
    form.add_field("chat_id", str(noor.id))
    form.add_field("elsewhere" if attached else "photo", PNG, filename="p.png", content_type="image/png")
    if attached:
        form.add_field("photo", "attach://elsewhere")
    async with api.session.post(api.url("sendPhoto"), data=form) as answer:
        assert answer.status == 200, await answer.text()
    assert await noor.download((await noor.last()).photo or "") == PNG


async def test_a_body_that_is_no_json_is_refused(api: Api) -> None:
    headers = {"Content-Type": "application/json"}
    async with api.session.post(api.url("getMe"), data=b"{", headers=headers) as answer:
        assert (answer.status, (await answer.json())["ok"]) == (400, False)


async def test_a_body_over_fifty_megabytes_is_refused(api: Api, noor: Person) -> None:
    form = aiohttp.FormData({"chat_id": str(noor.id)})
    form.add_field("document", io.BytesIO(bytes(51 * 1024 * 1024)), filename="large.bin")
    async with api.session.post(api.url("sendDocument"), data=form) as answer:
        assert answer.status == 413
        assert (await answer.json())["description"] == "Request Entity Too Large"


async def test_one_message_a_second_to_one_chat(sandbox: Sandbox, api: Api, noor: Person) -> None:
    sandbox.limits = Limits(per_second=0, per_chat_per_second=1)
    sent = await api.result("sendMessage", chat_id=noor.id, text="one")
    assert await api.call("sendMessage", chat_id=noor.id, text="two") == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    await api.result("editMessageText", chat_id=noor.id, message_id=sent["message_id"], text="an edit")
    await asyncio.sleep(1.01)
    await api.result("sendMessage", chat_id=noor.id, text="two")


async def test_thirty_messages_a_second_in_all(sandbox: Sandbox, api: Api, people: People) -> None:
    sandbox.limits = Limits()
    crowd = [await people.join(f"Member {number}") for number in range(31)]
    for member in crowd:
        await member.says("/start")
    answers = await asyncio.gather(*(api.call("sendMessage", chat_id=member.id, text="to all") for member in crowd))
    assert sorted(answer["ok"] for answer in answers) == [False] + [True] * 30


async def test_a_refused_send_is_not_counted(sandbox: Sandbox, api: Api, noor: Person) -> None:
    sandbox.limits = Limits(per_second=1, per_chat_per_second=1)
    await api.refusal("sendMessage", chat_id=noor.id, text="")
    await api.refusal("sendMessage", chat_id=noor.id, text="<b", parse_mode="HTML")
    await api.result("sendMessage", chat_id=noor.id, text="one")


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
