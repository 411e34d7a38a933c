"""Small servers that answer, refuse, stall and hang up, and the error of a call to one."""

import asyncio
import json
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress

import pytest
from aiohttp import web
from telegram.error import TelegramError

from bot.telegram.transport import Transport

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


def everything_said(error: BaseException | None) -> Iterator[str]:
    if error is not None:
        yield from (str(error), repr(error), repr(error.args), "".join(traceback.format_exception(error)))
        yield from everything_said(error.__cause__)
        yield from everything_said(error.__context__)


async def failure(url: str, transport: Transport | None = None) -> TelegramError:
    """The error of one call, after making sure that it tells nobody the token."""
    async with transport or Transport() as opened:
        with pytest.raises(TelegramError) as caught:
            await opened.call(url, {"chat_id": 1, "text": "hello"})
    for said in everything_said(caught.value):
        assert SECRET not in said
    return caught.value
