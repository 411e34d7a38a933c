"""The transport against a small server: parameters and files arrive, connections are kept, a proxy is used."""

import asyncio
import json

import pytest
from aiohttp import web
from pydantic import SecretStr
from telegram import Bot, ForceReply, InputFile
from telegram.error import Conflict, NetworkError, TimedOut

from bot.telegram.transport import Transport
from bot.telegram.transport_errors import NotSent
from tests.telegram.servers import OK, TOKEN, answering, saying

SENT = {"ok": True, "result": {"message_id": 7, "date": 1, "chat": {"id": 1, "type": "private"}}}


def bot_on(transport: Transport, url: str) -> Bot:
    """A bot that calls the server with this address of a method."""
    base = url.removesuffix(f"{TOKEN}/sendMessage")
    return Bot(TOKEN, base, f"{base}file/bot", request=transport, get_updates_request=transport)


async def test_parameters_arrive_as_json() -> None:
    seen: dict[str, object] = {}

    async def answer(request: web.Request) -> web.Response:
        seen.update(await request.json(), type=request.content_type, agent=request.headers["User-Agent"])
        return web.json_response(SENT)

    async with answering(answer) as url, Transport() as transport:
        message = await bot_on(transport, url).send_message(1, "مرحبا", reply_markup=ForceReply())
    assert message.message_id == 7
    assert seen["text"] == "مرحبا"
    assert seen["chat_id"] == "1"
    assert json.loads(str(seen["reply_markup"])) == {"force_reply": True}
    assert seen["type"] == "application/json"
    assert "python-telegram-bot" in str(seen["agent"])


async def test_files_arrive_as_multipart_with_their_names_unharmed() -> None:
    seen: dict[str, object] = {}

    async def answer(request: web.Request) -> web.Response:
        form = await request.post()
        document = form["document"]
        assert isinstance(document, web.FileField)
        seen.update(caption=form["caption"], name=document.filename, type=document.content_type)
        seen["bytes"] = document.file.read()
        return web.json_response(SENT)

    content = b"\x00\xff" * 700_000
    async with answering(answer) as url, Transport() as transport:
        file = InputFile(content, filename="بياناتي.json")
        await bot_on(transport, url).send_document(1, file, caption="à garder")
    assert seen == {"caption": "à garder", "name": "بياناتي.json", "type": "application/json", "bytes": content}


async def test_it_carries_a_whole_bot() -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.path.endswith("/getMe"):
            me = {"id": 1234567890, "is_bot": True, "first_name": "Halqa", "username": "halqa_bot"}
            return web.json_response({"ok": True, "result": me})
        if request.path.endswith("/getFile"):
            file = {"file_id": "f", "file_unique_id": "u", "file_path": "photos/1.jpg"}
            return web.json_response({"ok": True, "result": file})
        return web.Response(body=b"a picture, not JSON")

    async with answering(answer) as url, bot_on(Transport(), url) as bot:
        assert bot.username == "halqa_bot"
        file = await bot.get_file("f")
        assert await file.download_as_bytearray() == b"a picture, not JSON"


async def test_a_connection_is_kept_for_the_next_call() -> None:
    ports = set()

    async def answer(request: web.Request) -> web.Response:
        assert request.transport is not None
        ports.add(request.transport.get_extra_info("peername")[1])
        return web.json_response(OK)

    async with answering(answer) as url, Transport() as transport:
        for _ in range(3):
            await transport.call(url, {"chat_id": 1})
    assert len(ports) == 1


async def test_a_closed_transport_sends_nothing_and_can_be_opened_again() -> None:
    async with answering(saying(200, OK)) as url:
        transport = Transport()
        await transport.shutdown()
        with pytest.raises(NotSent):
            await transport.call(url, {"chat_id": 1})
        for _ in range(2):
            await transport.initialize()
            await transport.initialize()
            assert await transport.call(url, {"chat_id": 1}) is True
            await transport.shutdown()


async def test_the_environment_names_no_proxy(monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{unused_tcp_port}")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    async with answering(saying(200, OK)) as url, Transport() as transport:
        assert await transport.call(url, {"chat_id": 1}) is True


async def test_a_proxy_carries_the_call() -> None:
    async with answering(saying(200, OK)) as url, Transport(proxy=SecretStr(url.partition("/bot")[0])) as transport:
        assert await transport.call(f"http://api.invalid/bot{TOKEN}/getMe", {}) is True


async def test_updates_come_as_telegram_wrote_them() -> None:
    updates = [{"update_id": 1, "message": {"text": 5, "strange": [None]}}, {"update_id": 2}]
    seen: dict[str, object] = {}

    async def answer(request: web.Request) -> web.Response:
        seen.update(await request.json())
        return web.json_response({"ok": True, "result": updates})

    async with answering(answer) as url, Transport() as transport:
        payload = {"offset": 0, "timeout": 25, "allowed_updates": ["message"]}
        assert await transport.fetch_updates(url, payload, timeout=35) == updates
    assert seen == {"offset": 0, "timeout": 25, "allowed_updates": ["message"]}


@pytest.mark.parametrize("result", [True, {"update_id": 1}, "text"])
async def test_updates_that_are_none_are_an_error(result: object) -> None:
    async with answering(saying(200, {"ok": True, "result": result})) as url, Transport() as transport:
        with pytest.raises(NetworkError, match="not a list"):
            await transport.fetch_updates(url, {"offset": 0}, timeout=1)


async def test_a_poll_waits_as_long_as_it_is_told(unused_tcp_port: int) -> None:
    async def answer(_: web.Request) -> web.Response:
        await asyncio.sleep(0.3)
        return web.json_response({"ok": True, "result": []})

    async with answering(answer) as url, Transport(read_timeout=0.05) as transport:
        assert await transport.fetch_updates(url, {"timeout": 1}, timeout=2) == []
        with pytest.raises(TimedOut):
            await transport.fetch_updates(url, {"timeout": 1}, timeout=0.05)


async def test_a_second_poller_is_told_so() -> None:
    async with (
        answering(saying(409, {"ok": False, "description": "Conflict: other getUpdates"})) as url,
        Transport() as transport,
    ):
        with pytest.raises(Conflict):
            await transport.fetch_updates(url, {"offset": 0}, timeout=1)
