"""Connections to the webhook on which little or nothing comes.

Means of the attacker: reaches the address, knows no secret. Budget: 400 connections at once, each held as long as the
server allows. Measure: connections that the server has at the most (160), and updates of Telegram that are refused (0).
"""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.demo.stage import Stage
from bot.telegram.webhook import bounded_server, receiver
from tests.faults.webhook.webhook_stage import WebhookClient, inbox_rows

HALVES = {
    "nothing": b"",
    "half a line": b"POST /hal",
    "half a header": b"POST /halqa HTTP/1.1\r\nHost: bot.example\r\nX-",
}


@pytest.fixture(autouse=True)
def shorter_times(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (bounded_server.FIRST_REQUEST_WITHIN, receiver.PATIENCE) == (10.0, 10.0)
    monkeypatch.setattr(bounded_server, "FIRST_REQUEST_WITHIN", 0.5)
    monkeypatch.setattr(receiver, "PATIENCE", 0.5)


@pytest.fixture
async def opened(stage: Stage) -> AsyncIterator[list[asyncio.StreamWriter]]:
    """Connections to be closed at the end."""
    writers: list[asyncio.StreamWriter] = []
    yield writers
    for writer in writers:
        writer.close()


async def connect(stage: Stage, opened: list[asyncio.StreamWriter], sent: bytes) -> asyncio.StreamReader:
    host, _, port = stage.settings.webhook.listen.partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    opened.append(writer)
    writer.write(sent)
    return reader


async def until_closed(reader: asyncio.StreamReader) -> bytes:
    """What came until the server closed the connection."""
    try:
        async with asyncio.timeout(5):
            return await reader.read()
    except ConnectionResetError:
        return b""


@pytest.mark.parametrize("sent", HALVES.values(), ids=HALVES.keys())
async def test_half_a_request_is_not_waited_for(
    stage: Stage, client: WebhookClient, opened: list[asyncio.StreamWriter], sent: bytes
) -> None:
    assert await until_closed(await connect(stage, opened, sent)) == b""
    assert await client.post(b'{"update_id": 7}') == 200


async def test_nor_is_half_a_body(stage: Stage, client: WebhookClient, opened: list[asyncio.StreamWriter]) -> None:
    header = f"POST /halqa HTTP/1.1\r\nHost: x\r\n{receiver.SECRET}: {client.secret}\r\nContent-Length: 100\r\n\r\n"
    answer = await connect(stage, opened, header.encode() + b'{"update_id"')
    async with asyncio.timeout(5):
        assert (await answer.readline()).startswith(b"HTTP/1.1 408")


async def test_a_stranger_keeps_no_connection(
    stage: Stage, client: WebhookClient, opened: list[asyncio.StreamWriter]
) -> None:
    request = b"POST /halqa HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}"
    assert (await until_closed(await connect(stage, opened, request))).startswith(b"HTTP/1.1 403")


async def test_four_hundred_open_connections_keep_out_no_update(
    stage: Stage, client: WebhookClient, opened: list[asyncio.StreamWriter], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded_server, "FIRST_REQUEST_WITHIN", 60.0)
    most = 0
    made = bounded_server.BoundedServer.connection_made

    def counted(server: bounded_server.BoundedServer, *values: object) -> None:
        nonlocal most
        made(server, *values)  # type: ignore[arg-type]
        most = max(most, len(server._silent))

    monkeypatch.setattr(bounded_server.BoundedServer, "connection_made", counted)
    for number in range(400):
        await connect(stage, opened, HALVES["half a header"])
        if number % 100 == 0:
            assert await client.post(b'{"update_id": %d}' % (number + 1)) == 200
    assert await client.post(b'{"update_id": 500}') == 200
    assert len(await inbox_rows(stage)) == 5
    assert most <= bounded_server.MOST
