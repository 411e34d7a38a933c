"""Telegram through a proxy: a little SOCKS server of the test's own, which notes what it is asked for."""

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web
from pydantic import SecretStr, ValidationError
from telegram.error import NetworkError

from bot.operations import config
from bot.operations.settings import TelegramSettings
from bot.telegram import probe
from bot.telegram.transport import Transport
from bot.telegram.transport_errors import NotSent
from tests.telegram.servers import OK, SECRET, TOKEN, answering, everything_said, failure, saying

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Socks:
    """Speaks SOCKS5 (RFC 1928, RFC 1929) and SOCKS4a, and leads every name to one place."""

    def __init__(self, to: int, *, password: bytes = b"", refuses: int = 0, garbled: bool = False) -> None:
        self.to = to
        self.password = password
        self.refuses = refuses
        self.garbled = garbled
        self.asked: list[tuple[bytes, int]] = []
        self.port = 0

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Socks"]:
        served: set[asyncio.Task[None]] = set()

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            served.add(task)
            try:
                await self._serve(reader, writer)
            except (asyncio.IncompleteReadError, OSError, asyncio.CancelledError):
                pass
            finally:
                writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            for task in served:
                task.cancel()
            await asyncio.gather(*served, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.garbled:
            writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            await writer.drain()
            return
        agreed = await (self._five if await reader.readexactly(1) == b"\x05" else self._four)(reader, writer)
        if not agreed:
            return
        inner = await asyncio.open_connection("127.0.0.1", self.to)
        try:
            await asyncio.gather(_pipe(reader, inner[1]), _pipe(inner[0], writer))
        finally:
            inner[1].close()

    async def _five(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        methods = await reader.readexactly((await reader.readexactly(1))[0])
        wanted = 2 if self.password else 0
        writer.write(bytes([5, wanted if wanted in methods else 255]))
        if self.password:
            await reader.readexactly(1)
            await reader.readexactly((await reader.readexactly(1))[0])
            given = await reader.readexactly((await reader.readexactly(1))[0])
            writer.write(bytes([1, given != self.password]))
            if given != self.password:
                return False
        _, _, _, kind = await reader.readexactly(4)
        assert kind == 3, "a name, not an address that was looked up here"
        name = await reader.readexactly((await reader.readexactly(1))[0])
        [port] = struct.unpack(">H", await reader.readexactly(2))
        self.asked.append((name, port))
        writer.write(bytes([5, self.refuses, 0, 1, 127, 0, 0, 1, 0, 0]))
        return not self.refuses

    async def _four(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        _, port, _ = struct.unpack(">BH4s", await reader.readexactly(7))
        await reader.readuntil(b"\0")
        self.asked.append(((await reader.readuntil(b"\0"))[:-1], port))
        writer.write(bytes([0, 91 if self.refuses else 90]) + bytes(6))
        return not self.refuses


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while read := await reader.read(65536):
        writer.write(read)
        await writer.drain()
    if writer.can_write_eof():
        writer.write_eof()


def port_of(url: str) -> int:
    return int(url.partition("/bot")[0].rpartition(":")[2])


def elsewhere() -> str:
    return f"http://api.invalid:81/bot{TOKEN}/sendMessage"


@pytest.mark.parametrize("scheme", ["socks5", "socks4"])
async def test_a_socks_proxy_carries_calls_and_looks_names_up_itself(scheme: str) -> None:
    async with (
        answering(saying(200, OK)) as url,
        Socks(port_of(url)).open() as socks,
        Transport(proxy=SecretStr(f"{scheme}://127.0.0.1:{socks.port}")) as transport,
    ):
        for _ in range(3):
            assert await transport.call(elsewhere(), {"chat_id": 1}) is True
    assert socks.asked == [(b"api.invalid", 81)]  # the connection is kept


async def test_a_socks_proxy_may_want_a_password() -> None:
    async with answering(saying(200, OK)) as url, Socks(port_of(url), password=b"p@ss").open() as socks:
        async with Transport(proxy=SecretStr(f"socks5://someone:p%40ss@127.0.0.1:{socks.port}")) as transport:
            assert await transport.call(elsewhere(), {"chat_id": 1}) is True
        wrong = Transport(proxy=SecretStr(f"socks5://someone:{SECRET}@127.0.0.1:{socks.port}"))
        assert type(await failure(elsewhere(), wrong)) is NotSent


@pytest.mark.parametrize("fault", [{"refuses": 5}, {"garbled": True}])
async def test_what_a_socks_proxy_refuses_was_not_sent(fault: dict[str, int]) -> None:
    async with Socks(9, **fault).open() as socks:  # type: ignore[arg-type]
        assert (
            type(await failure(elsewhere(), Transport(proxy=SecretStr(f"socks5://127.0.0.1:{socks.port}")))) is NotSent
        )


async def test_a_proxy_that_is_not_there_means_not_sent(unused_tcp_port: int) -> None:
    for scheme in ("socks5", "socks4", "http"):
        proxy = SecretStr(f"{scheme}://someone:{SECRET}@127.0.0.1:{unused_tcp_port}")
        assert type(await failure(elsewhere(), Transport(proxy=proxy))) is NotSent


async def test_a_call_that_breaks_off_behind_the_proxy_is_uncertain() -> None:
    async def hang_up(request: web.Request) -> web.Response:
        await request.read()
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async with answering(hang_up) as url, Socks(port_of(url)).open() as socks:
        error = await failure(elsewhere(), Transport(proxy=SecretStr(f"socks5://127.0.0.1:{socks.port}")))
    assert type(error) is NetworkError


async def test_the_doctor_goes_the_same_way() -> None:
    me = {"username": "halqa_bot", "url": ""}
    async with answering(saying(200, {"ok": True, "result": me})) as url, Socks(port_of(url)).open() as socks:
        settings = TelegramSettings.model_validate(
            {
                "token": TOKEN,
                "base_url": "http://localhost:81/bot",
                "proxy": f"socks5://someone:{SECRET}@127.0.0.1:{socks.port}",
            }
        )
        socks.password = SECRET.encode()
        assert (await probe.look(settings, lambda: datetime.now(UTC))).link == "https://t.me/halqa_bot"
        socks.password = b"another"
        with pytest.raises(probe.NotReached) as caught:
            await probe.look(settings, lambda: datetime.now(UTC))
        for said in everything_said(caught.value):
            assert SECRET not in said
    assert SECRET not in repr(settings)


@pytest.mark.parametrize(
    "proxy",
    [
        "",
        "127.0.0.1:9050",
        "socks5://127.0.0.1",
        "socks5h://h:1",
        "ftp://h:1",
        "http://h:99999",
        "socks5://h:1/path",
        "http://h:1?q",
        "SOCKS5://h:1",
        "socks5://[::1:1",
    ],
)
def test_what_is_no_proxy_is_refused_without_being_shown(proxy: str, tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="socks5://, socks4://, http://") as caught:
        TelegramSettings.model_validate({"token": TOKEN, "proxy": proxy})
    assert not proxy or f"'{proxy}'" not in str(caught.value)
    path = tmp_path / "halqa.toml"
    path.write_text('[telegram]\nproxy = "socks5://name:zanzibar@h"\n[network]\nname = "N"\n[storage]\ndirectory = "d"')
    path.chmod(0o644)
    with pytest.raises(config.ConfigError) as told:
        config.load(path)
    sentences = dict(told.value.mistakes)
    assert "telegram.proxy" in sentences
    assert "holds telegram.proxy" in sentences[str(path)]
    assert "zanzibar" not in str(told.value)
