"""The transport against a small server of our own that answers, refuses, stalls, and hangs up."""

import asyncio
import json
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import pytest
from aiohttp import web
from pydantic import SecretStr
from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.telegram.api_response import Garbled
from bot.telegram.transport import Transport
from bot.telegram.transport_errors import NotSent, Withheld, wait_seconds

SECRET = "AAa-fictional-token-for-these-tests-0"
TOKEN = f"1234567890:{SECRET}"
OK = {"ok": True, "result": True}

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
Connection = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def answering(answer: Answer) -> AsyncIterator[str]:
    """A server on 127.0.0.1; yields the address of sendMessage there, token and all."""
    app = web.Application(client_max_size=4 * 2**20)
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/bot{TOKEN}/sendMessage"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def connecting(handle: Connection) -> AsyncIterator[str]:
    """A server that gets the bare connection, to break it."""
    ended = []

    async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        over = asyncio.Event()
        ended.append(over)
        try:
            await handle(reader, writer)
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()
            over.set()

    server = await asyncio.start_server(hold, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot{TOKEN}/sendMessage"
    finally:
        server.close()
        for over in ended:
            await over.wait()


def saying(status: int, said: object) -> Answer:
    async def answer(request: web.Request) -> web.Response:
        await request.read()
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        return web.Response(status=status, body=body, content_type="application/json")

    return answer


def data(**parameters: object) -> RequestData:
    return RequestData([RequestParameter.from_input(name, value) for name, value in parameters.items()])


def everything_said(error: BaseException | None) -> Iterator[str]:
    if error is not None:
        yield from (str(error), repr(error), repr(error.args), "".join(traceback.format_exception(error)))
        yield from everything_said(error.__cause__)
        yield from everything_said(error.__context__)


async def failure(url: str, transport: Transport | None = None) -> TelegramError:
    """The error of one call, after making sure that it tells nobody the token."""
    async with transport or Transport() as opened:
        with pytest.raises(TelegramError) as caught:
            await opened.post(url, data(chat_id=1, text="hello"))
    for said in everything_said(caught.value):
        assert SECRET not in said
    return caught.value


async def test_parameters_arrive_as_json() -> None:
    seen: dict[str, object] = {}

    async def answer(request: web.Request) -> web.Response:
        seen.update(await request.json(), type=request.content_type, agent=request.headers["User-Agent"])
        return web.json_response({"ok": True, "result": {"message_id": 7}})

    async with answering(answer) as url, Transport() as transport:
        result = await transport.post(url, data(chat_id=1, text="مرحبا", reply_markup={"inline_keyboard": []}))
    assert result == {"message_id": 7}
    assert seen["text"] == "مرحبا"
    assert seen["chat_id"] == "1"
    assert json.loads(str(seen["reply_markup"])) == {"inline_keyboard": []}
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
        return web.json_response(OK)

    content = b"\x00\xff" * 700_000
    async with answering(answer) as url, Transport() as transport:
        file = InputFile(content, filename="بياناتي.json")
        await transport.post(url, data(chat_id=1, caption="à garder", document=file))
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

    async with answering(answer) as url:
        base = url.removesuffix(f"{TOKEN}/sendMessage")
        transport = Transport()
        bot = Bot(TOKEN, base, f"{base}file/bot", request=transport, get_updates_request=transport)
        async with bot:
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
            await transport.post(url, data(chat_id=1))
    assert len(ports) == 1


@pytest.mark.parametrize(
    ("status", "said", "kind", "words"),
    [
        (400, {"ok": False, "description": "Bad Request: chat not found"}, BadRequest, "Chat not found"),
        (401, {"ok": False, "description": "Unauthorized"}, InvalidToken, "Unauthorized"),
        (403, {"ok": False, "description": "Forbidden: bot was blocked by the user"}, Forbidden, "blocked"),
        (404, {"ok": False, "description": "Not Found"}, InvalidToken, "Not Found"),
        (409, {"ok": False, "description": "Conflict: terminated by other getUpdates"}, Conflict, "getUpdates"),
        (500, {"ok": False, "description": "Internal Server Error"}, NetworkError, "Internal Server Error"),
        (502, b"<html>somebody's words</html>", NetworkError, "Bad Gateway"),
        (500, b"\xff\x00 somebody's words", NetworkError, "Internal Server Error"),
        (500, ["somebody's words"], NetworkError, "Internal Server Error"),
        (400, {"description": 5, "parameters": ["somebody's words"]}, BadRequest, "Bad Request"),
        (302, b"somebody's words", NetworkError, "Found"),
        (200, b"somebody's words", Garbled, "cannot be read"),
        (200, {"ok": True, "words": "somebody's words"}, Garbled, "cannot be read"),
        (400, {"description": "x", "parameters": {"migrate_to_chat_id": -100}}, ChatMigrated, "migrated"),
    ],
)
async def test_what_telegram_refuses_has_its_own_error(
    status: int, said: object, kind: type[TelegramError], words: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with answering(saying(status, said)) as url:
        error = await failure(url)
    assert type(error) is kind
    assert words in error.message
    for text in everything_said(error):
        assert "somebody's words" not in text
    assert "somebody's words" not in caplog.text


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ({"ok": False, "description": "Too Many Requests", "parameters": {"retry_after": 17}}, 17),
        ({"ok": False, "description": "Too Many Requests", "parameters": {"retry_after": 0}}, 5),
        (b"<html>slow down</html>", 5),
    ],
)
async def test_a_flood_wait_says_how_long(said: object, seconds: int) -> None:
    async with answering(saying(429, said)) as url:
        error = await failure(url)
    assert isinstance(error, RetryAfter)
    assert wait_seconds(error) == seconds
    assert error.retry_after == timedelta(seconds=seconds)


async def test_a_refused_connection_means_not_sent(unused_tcp_port: int) -> None:
    error = await failure(f"http://127.0.0.1:{unused_tcp_port}/bot{TOKEN}/sendMessage")
    assert type(error) is NotSent
    assert error.message == "Nothing was sent: ClientConnectorError (ECONNREFUSED)"
    assert error.__cause__ is not None


async def test_an_unknown_name_means_not_sent() -> None:
    assert type(await failure(f"http://nowhere.invalid/bot{TOKEN}/sendMessage")) is NotSent


async def test_a_broken_address_means_not_sent() -> None:
    error = await failure(f"nonsense://{TOKEN}/sendMessage")
    assert type(error) is NotSent
    assert isinstance(error.__cause__, Withheld)


async def test_a_server_that_speaks_no_tls_means_not_sent() -> None:
    async with answering(saying(200, OK)) as url:
        assert type(await failure(url.replace("http:", "https:"))) is NotSent


async def test_a_stalled_handshake_means_not_sent() -> None:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with connecting(handle) as url:
        error = await failure(url.replace("http:", "https:"), Transport(connect_timeout=0.1, pool_timeout=0.1))
    assert type(error) is NotSent
    # aiohttp's own error has the whole address in it here.
    assert isinstance(error.__cause__, Withheld)
    assert str(error.__cause__) == "ConnectionTimeoutError"


async def test_a_full_pool_means_not_sent() -> None:
    arrived, over = asyncio.Event(), asyncio.Event()

    async def answer(_: web.Request) -> web.Response:
        arrived.set()
        await over.wait()
        return web.json_response(OK)

    async with answering(answer) as url, Transport(1, pool_timeout=0.1, connect_timeout=0.1) as transport:
        first = asyncio.create_task(transport.post(url, data(chat_id=1)))
        await arrived.wait()
        with pytest.raises(NotSent):
            await transport.post(url, data(chat_id=2))
        over.set()
        assert await first is True


async def test_a_reset_while_it_reads_is_uncertain() -> None:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n")
        writer.transport.abort()

    async with connecting(handle) as url:
        error = await failure(url)
    assert type(error) is NetworkError


async def test_a_hang_up_after_it_read_is_uncertain() -> None:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")

    async with connecting(handle) as url:
        error = await failure(url)
    assert type(error) is NetworkError
    assert error.message == "Sent, but no answer came: ServerDisconnectedError"


async def test_an_answer_that_breaks_off_is_uncertain() -> None:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"ok": true')

    async with connecting(handle) as url:
        assert type(await failure(url)) is NetworkError


async def test_an_answer_that_is_no_http_is_uncertain() -> None:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"what do you want?\r\n\r\n")

    async with connecting(handle) as url:
        error = await failure(url)
    assert type(error) is NetworkError
    # aiohttp's own error has the whole address in it here.
    assert isinstance(error.__cause__, Withheld)


async def test_no_answer_in_time_is_uncertain_and_says_so() -> None:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with connecting(handle) as url:
        error = await failure(url, Transport(read_timeout=0.1))
    assert type(error) is TimedOut


async def test_an_answer_that_trickles_for_ever_is_cut_off() -> None:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        while not writer.is_closing():
            writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            await asyncio.sleep(0.02)

    async with connecting(handle) as url:
        hasty = Transport(pool_timeout=0.1, connect_timeout=0.1, write_timeout=0.1, read_timeout=0.1)
        async with asyncio.timeout(5):
            error = await failure(url, hasty)
    assert type(error) is TimedOut


async def test_a_closed_transport_sends_nothing_and_can_be_opened_again() -> None:
    async with answering(saying(200, OK)) as url:
        transport = Transport()
        await transport.shutdown()
        with pytest.raises(NotSent):
            await transport.post(url, data(chat_id=1))
        for _ in range(2):
            await transport.initialize()
            await transport.initialize()
            assert await transport.post(url, data(chat_id=1)) is True
            await transport.shutdown()


async def test_the_environment_names_no_proxy(monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{unused_tcp_port}")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    async with answering(saying(200, OK)) as url, Transport() as transport:
        assert await transport.post(url, data(chat_id=1)) is True


async def test_a_proxy_carries_the_call() -> None:
    async with answering(saying(200, OK)) as url, Transport(proxy=SecretStr(url.partition("/bot")[0])) as transport:
        assert await transport.post(f"http://api.invalid/bot{TOKEN}/getMe", data()) is True


async def test_a_proxy_whose_tunnel_breaks_keeps_its_password() -> None:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await reader.read(1)
        writer.write(b"no TLS here\r\n")

    async with connecting(handle) as url:
        proxy = url.partition("/bot")[0].replace("//", f"//someone:{SECRET}@")
        error = await failure("https://api.invalid/bot/sendMessage", Transport(proxy=SecretStr(proxy)))
    assert type(error) is NotSent


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
