"""A web server that ends connections on which nothing comes, and has so many of them at the most.

aiohttp times connections between two requests, but waits for the first one for ever. Whoever reaches the address could
otherwise open connections, send nothing or half a header, and so use up what the process may have open.
"""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

FIRST_REQUEST_WITHIN = 10.0  # seconds from the opening of a connection to the end of the header of its first request
MOST = 160  # connections; Telegram opens at most 100 (Bot API, setWebhook, max_connections)


class BoundedServer(web.Server):
    """Where there are too many connections, the oldest one without a request is ended, or else the new one."""

    def __init__(self, handler: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]) -> None:
        self._answer = handler
        self._silent: dict[web.RequestHandler, asyncio.TimerHandle] = {}  # the oldest first
        super().__init__(self._first_heard)

    def connection_made(self, handler: web.RequestHandler, transport: asyncio.Transport) -> None:
        super().connection_made(handler, transport)
        later = asyncio.get_running_loop().call_later
        self._silent[handler] = later(FIRST_REQUEST_WITHIN, self._end_silent, handler)
        if len(self.connections) > MOST:
            self._end_silent(next(iter(self._silent)))

    def connection_lost(self, handler: web.RequestHandler, exc: BaseException | None = None) -> None:
        self._heard(handler)
        super().connection_lost(handler, exc)

    def _heard(self, handler: web.RequestHandler) -> None:
        if (timer := self._silent.pop(handler, None)) is not None:
            timer.cancel()

    def _end_silent(self, handler: web.RequestHandler) -> None:
        self._heard(handler)
        handler.force_close()

    async def _first_heard(self, request: web.BaseRequest) -> web.StreamResponse:
        self._heard(request.protocol)
        return await self._answer(request)
