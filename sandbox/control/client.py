"""A client of the control API: calls, and refusals as failed assertions."""

from contextlib import AbstractAsyncContextManager
from typing import Any

import aiohttp


class Refused(AssertionError):
    """The control API refused a call; the message has the call, the status and the reason."""


class ControlClient:
    """Calls the control API of the sandbox at `url`."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Open the session, without a limit of connections: each waiting person needs one."""
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()

    async def call(self, method: str, path: str, **request: Any) -> Any:
        """The JSON that a call answers; raises Refused."""
        async with self._request(method, path, **request) as response:
            await _accepted(response)
            return await response.json()

    async def download(self, file_id: str) -> bytes:
        """The bytes of a file that either side sent; raises Refused."""
        async with self._request("GET", f"/files/{file_id}") as response:
            await _accepted(response)
            return await response.read()

    def _request(self, method: str, path: str, **request: Any) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
        if self._session is None:
            raise RuntimeError("use `async with People(...)`")
        return self._session.request(method, f"{self._url}/sandbox{path}", **request)


async def _accepted(response: aiohttp.ClientResponse) -> None:
    if response.status >= 400:
        raise Refused(f"{response.method} {response.url.path}: {response.status} {await response.text()}")
