"""What each failure of a call says: whether anything was sent, never the token, and never what an answer held."""

import asyncio
import logging
from datetime import timedelta

import pytest
from aiohttp import web
from pydantic import SecretStr
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

from bot.telegram.api_response import Garbled
from bot.telegram.transport import Transport
from bot.telegram.transport_errors import NotSent, Withheld, wait_seconds
from tests.telegram.servers import OK, SECRET, TOKEN, answering, connecting, everything_said, failure, saying


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
        first = asyncio.create_task(transport.call(url, {"chat_id": 1}))
        await arrived.wait()
        with pytest.raises(NotSent):
            await transport.call(url, {"chat_id": 2})
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
        hasty = Transport(pool_timeout=0.1, connect_timeout=1.0, write_timeout=0.1, read_timeout=0.1)
        async with asyncio.timeout(5):
            error = await failure(url, hasty)
    assert type(error) is TimedOut


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
