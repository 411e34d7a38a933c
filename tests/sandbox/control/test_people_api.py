"""The control API's requests about people: chats, messages, pressed buttons."""

from typing import Any

import pytest

from sandbox.control.person import Person
from tests.sandbox.bare_api import Api


async def test_what_was_read_is_not_unread(api: Api, noor: Person) -> None:
    await api.result("sendMessage", chat_id=noor.id, text="Welcome")
    _, chat = await api.control("GET", f"/people/{noor.id}/chat")
    assert [message["unread"] for message in chat["messages"]] == [False, True]
    await api.control("POST", f"/people/{noor.id}/reads")
    _, chat = await api.control("GET", f"/people/{noor.id}/chat")
    assert [message["unread"] for message in chat["messages"]] == [False, False]


async def test_a_cleared_chat_is_empty_and_goes_on(api: Api, noor: Person) -> None:
    sent = await api.result("sendMessage", chat_id=noor.id, text="Welcome")
    await api.control("DELETE", f"/people/{noor.id}/chat")
    assert await noor.chat() == []
    await api.result("editMessageText", chat_id=noor.id, message_id=sent["message_id"], text="x")
    assert await noor.chat() == []
    await api.result("sendMessage", chat_id=noor.id, text="Are you there?")
    assert [message.text for message in await noor.chat()] == ["Are you there?"]


async def test_only_a_button_that_is_there_can_be_pressed(api: Api, noor: Person) -> None:
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    sent = await api.result("sendMessage", chat_id=noor.id, text="x", reply_markup=markup)
    path = f"/people/{noor.id}/presses"
    status, _ = await api.control("POST", path, json={"message_id": sent["message_id"], "data": "stop"})
    assert status == 400
    status, press = await api.control("POST", path, json={"message_id": sent["message_id"], "data": "go"})
    assert status == 200
    [update] = await api.result("getUpdates", offset=-1)
    assert update["callback_query"]["id"] == press["id"]
    await api.result("editMessageReplyMarkup", chat_id=noor.id, message_id=sent["message_id"])
    status, _ = await api.control("POST", path, json={"message_id": sent["message_id"], "data": "go"})
    assert status == 400


async def test_a_long_text_goes_out_in_pieces_as_clients_do(api: Api, noor: Person) -> None:
    await api.confirmed()
    text = "word " * 900 + "\U0001f33f" * 3000
    await api.control("POST", f"/people/{noor.id}/messages", json={"text": text})
    pieces = [update["message"]["text"] for update in await api.result("getUpdates")]
    assert [len(piece.encode("utf-16-le")) // 2 for piece in pieces] == [4094, 404 + 0, 4096, 1904]
    assert "".join("".join(pieces).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": "  "},
        {"text": 7},
        {"kind": "telepathy"},
        {"kind": "location", "altitude": 3},
    ],
)
async def test_a_message_that_is_none_is_refused(api: Api, noor: Person, body: dict[str, Any]) -> None:
    status, answer = await api.control("POST", f"/people/{noor.id}/messages", json=body)
    assert status == 400
    assert answer["error"]


async def test_somebody_unknown_is_not_found(api: Api) -> None:
    status, answer = await api.control("GET", "/people/4711/chat")
    assert (status, answer) == (404, {"error": "no such person"})


async def test_a_person_needs_a_name(api: Api) -> None:
    status, _ = await api.control("POST", "/people", json={"first_name": " "})
    assert status == 400
