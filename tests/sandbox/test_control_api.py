"""The control API: what the page needs, and who may ask for it."""

import asyncio
import base64
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sandbox.control.person import Person
from sandbox.server import Sandbox
from sandbox.telegram.clock import Clock
from tests.sandbox.bare_api import Api


async def test_the_state_at_a_glance(api: Api, noor: Person) -> None:
    await api.result("sendMessage", chat_id=noor.id, text="Welcome,\nNoor " + "x" * 100)
    status, state = await api.control("GET", "/state")
    assert status == 200
    assert datetime.fromisoformat(state["now"]).utcoffset() == timedelta()
    assert state["bot"] == {
        "id": 7_000_000_001,
        "name": "Halqa",
        "username": "halqa_demo_bot",
        "description": "",
        "short_description": "",
    }
    assert state["can"] == {"disk": False, "search_with_key": False, "next_due": False}
    [person] = state["people"]
    assert person["last"] == ("Welcome, Noor " + "x" * 100)[:80]
    assert (person["id"], person["unread"], person["blocked"]) == (noor.id, 1, False)
    assert (person["language_code"], person["last_name"]) == ("ar", None)


async def test_the_state_waits_for_a_change(api: Api, noor: Person) -> None:
    _, state = await api.control("GET", "/state")
    begun = time.monotonic()
    waiting = asyncio.create_task(api.control("GET", f"/state?after={state['revision']}&wait=20"))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    await api.control("POST", "/clock", json={"seconds": 60})
    _, later = await waiting
    assert later["revision"] > state["revision"]
    assert time.monotonic() - begun < 5


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
    await api.result("getUpdates", offset=2**40)
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


async def test_the_clock_moves(sandbox: Sandbox, api: Api) -> None:
    before = sandbox.clock.now()
    _, answer = await api.control("POST", "/clock", json={"seconds": 3600})
    after = datetime.fromisoformat(answer["now"])
    assert timedelta(hours=1) <= after - before < timedelta(hours=1, seconds=5)
    _, answer = await api.control("POST", "/clock", json={"to": "2031-04-01T08:00:00+02:00"})
    assert answer["now"].startswith("2031-04-01T06:00:00")
    for wrong in ({"to": "2031-04-01T08:00:00"}, {"to": "soon"}, {"seconds": "1"}, {"seconds": 1e18}, {}):
        status, _ = await api.control("POST", "/clock", json=wrong)
        assert status == 400, wrong


async def test_the_clock_moves_to_what_is_due_next(sandbox: Sandbox, api: Api) -> None:
    status, _ = await api.control("POST", "/clock", json={"to": "next"})
    assert status == 409
    due: datetime | None = sandbox.clock.now() + timedelta(days=2)

    async def next_due() -> datetime | None:
        return due

    sandbox.next_due = next_due
    status, _ = await api.control("POST", "/clock", json={"to": "next"})
    assert status == 200
    assert due is not None
    assert timedelta() <= sandbox.clock.now() - due < timedelta(seconds=5)
    due = None
    status, answer = await api.control("POST", "/clock", json={"to": "next"})
    assert (status, answer) == (409, {"error": "nothing is due"})


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    (tmp_path / "network.db").write_bytes(bytes(range(256)) * 4 + b"Zeynep at the HARBOUR")
    (tmp_path / "wide.db").write_bytes("Zeynep".encode("utf-16-le"))
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "coded").write_bytes(base64.b64encode(b"x Zeynep went home"))
    return tmp_path


async def test_what_a_thief_sees(sandbox: Sandbox, api: Api, directory: Path) -> None:
    status, _ = await api.control("GET", "/disk")
    assert status == 404
    sandbox.directory = directory
    _, disk = await api.control("GET", "/disk")
    assert disk["directory"] == str(directory)
    assert {file["name"]: file["size"] for file in disk["files"]} == {
        "network.db": 1045,
        "wide.db": 12,
        "inner/coded": 24,
    }
    assert all(len(file["sample"]) == 2 * min(96, file["size"]) for file in disk["files"])


async def test_words_are_found_in_every_coding(sandbox: Sandbox, api: Api, directory: Path) -> None:
    sandbox.directory = directory
    _, found = await api.control("GET", "/disk/search", params={"words": "Zeynep"})
    assert found == {
        "words": "Zeynep",
        "on_disk": {"hits": 3, "files": ["inner/coded", "network.db", "wide.db"]},
        "with_key": None,
    }
    _, found = await api.control("GET", "/disk/search", params={"words": "harbour"})
    assert found["on_disk"] == {"hits": 1, "files": ["network.db"]}
    _, found = await api.control("GET", "/disk/search", params={"words": "Yasmine"})
    assert found["on_disk"] == {"hits": 0, "files": []}
    status, _ = await api.control("GET", "/disk/search", params={"words": "abc"})
    assert status == 400


@pytest.mark.parametrize("before", range(6))
@pytest.mark.parametrize("after", range(3))
async def test_words_are_found_at_any_place_in_base64(
    sandbox: Sandbox, api: Api, tmp_path: Path, before: int, after: int
) -> None:
    coded = base64.b64encode(b"\xff" * before + "حلقة".encode() + b"\xff" * after)
    (tmp_path / "file").write_bytes(coded)
    sandbox.directory = tmp_path
    _, found = await api.control("GET", "/disk/search", params={"words": "حلقة"})
    assert found["on_disk"]["files"] == ["file"]


async def test_with_the_key_the_database_is_asked(sandbox: Sandbox, api: Api, directory: Path) -> None:
    async def look(words: str) -> list[str]:
        return [f"members.name has {words}"]

    sandbox.directory, sandbox.search_with_key = directory, look
    _, found = await api.control("GET", "/disk/search", params={"words": "Yasmine"})
    assert found["with_key"] == {"places": ["members.name has Yasmine"]}


async def test_pages_of_other_sites_are_refused(sandbox: Sandbox, api: Api) -> None:
    port = sandbox.url.rsplit(":", 1)[1]
    for headers in (
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Host": "example.org"},
        {"Host": f"rebound.example:{port}"},
    ):
        status, answer = await api.control("GET", "/state", headers=headers)
        assert status == 403, headers
        assert answer["error"]
        async with api.session.get(api.url("getMe"), headers=headers) as response:
            assert response.status == 403
    for headers in ({"Origin": sandbox.url}, {"Host": f"localhost:{port}"}):
        status, _ = await api.control("GET", "/state", headers=headers)
        assert status == 200, headers


async def test_the_page_may_load_nothing_from_elsewhere(sandbox: Sandbox, api: Api) -> None:
    async with api.session.get(sandbox.url) as page:
        assert page.status == 200
        assert page.content_type == "text/html"
        assert page.headers["Content-Security-Policy"].startswith("default-src 'self';")
    async with api.session.get(f"{sandbox.url}/page/no-such-file") as page:
        assert page.status == 404


async def test_a_file_somebody_sent_cannot_run_in_the_page(sandbox: Sandbox, api: Api, noor: Person) -> None:
    page = b"<script>alert(1)</script>"
    await noor.sends("document", data=page, file_name="x.html", mime_type="text/html")
    document = (await noor.chat())[-1].document
    assert document is not None
    async with api.session.get(f"{sandbox.url}/sandbox/files/{document['file_id']}") as answer:
        assert await answer.read() == page
        assert answer.headers["Content-Disposition"] == "attachment"
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.2", "example.org", "::", ""])
def test_it_listens_on_loopback_only(host: str) -> None:
    with pytest.raises(ValueError, match="loopback only"):
        Sandbox(clock=Clock(), host=host)


async def test_a_port_that_is_taken(sandbox: Sandbox) -> None:
    with pytest.raises(OSError, match="address already in use"):
        async with Sandbox(clock=Clock(), port=int(sandbox.url.rsplit(":", 1)[1])):
            raise AssertionError("it listens where somebody else does")


async def test_it_stops_at_once_with_polls_under_way(api: Api) -> None:
    async with Sandbox(clock=Clock(datetime(2031, 1, 1, tzinfo=UTC))) as other:
        polls = [
            asyncio.create_task(api.session.get(url))
            for url in (
                f"{other.base_url}{other.token}/getUpdates?timeout=30",
                f"{other.url}/sandbox/state?after=1000&wait=25",
            )
        ]
        await asyncio.sleep(0.1)
        begun = time.monotonic()
    assert time.monotonic() - begun < 2
    for answer in await asyncio.gather(*polls):
        answer.release()
