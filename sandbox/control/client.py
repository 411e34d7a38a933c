"""The control API from the other side: one connection, calls, and refusals as failed assertions."""

from contextlib import AbstractAsyncContextManager
from typing import Any

import aiohttp


class Refused(AssertionError):
    """The sandbox did not let a person do this; says what and why."""


class ControlClient:
    """Calls the control API of the sandbox at `url`."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Get ready to call; as many people as there are may wait at the same time."""
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))

    async def close(self) -> None:
        """Drop all connections."""
        if self._session is not None:
            await self._session.close()

    async def call(self, method: str, path: str, **request: Any) -> Any:
        """One call and its JSON; raises Refused."""
        async with self._request(method, path, **request) as response:
            await _accepted(response)
            return await response.json()

    async def download(self, file_id: str) -> bytes:
        """The bytes of a file that either side has sent; raises Refused."""
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
