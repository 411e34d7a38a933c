"""The server: where it listens, whom it answers, what its page may load, how it stops."""

import asyncio
import time
from datetime import UTC, datetime

import pytest

from sandbox.server import Sandbox
from sandbox.telegram.clock import Clock
from tests.sandbox.bare_api import Api


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
