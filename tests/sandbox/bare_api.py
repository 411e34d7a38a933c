"""The Bot API and the control API as bare HTTP, so that tests see exactly what comes over the wire."""

from dataclasses import dataclass
from typing import Any

import aiohttp

from sandbox.server import Sandbox


@dataclass
class Api:
    """The Bot API over bare HTTP: a call gives the whole answer."""

    sandbox: Sandbox
    session: aiohttp.ClientSession

    def url(self, method: str, token: str | None = None) -> str:
        return f"{self.sandbox.base_url}{token or self.sandbox.token}/{method}"

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        async with self.session.post(self.url(method), json=parameters) as answer:
            body: dict[str, Any] = await answer.json()
            assert body["ok"] is (answer.status == 200)
            assert body["ok"] or body["error_code"] == answer.status
            return body

    async def result(self, method: str, **parameters: Any) -> Any:
        body = await self.call(method, **parameters)
        assert body["ok"], body
        return body["result"]

    async def refusal(self, method: str, **parameters: Any) -> str:
        """The description of the error, which there must be."""
        body = await self.call(method, **parameters)
        assert not body["ok"], body
        return str(body["description"])

    async def confirmed(self) -> int:
        """Confirms all pending updates; the offset that does it."""
        [newest] = await self.result("getUpdates", offset=-1)
        offset = int(newest["update_id"]) + 1
        assert await self.result("getUpdates", offset=offset) == []
        return offset

    async def control(self, http_method: str, path: str, **request: Any) -> tuple[int, Any]:
        async with self.session.request(http_method, f"{self.sandbox.url}/sandbox{path}", **request) as answer:
            return answer.status, await answer.json()
