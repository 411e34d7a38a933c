"""A network with a webhook, and a client of it that knows the secret."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.demo.stage import Stage
from tests.faults.webhook.webhook_stage import WebhookClient, stage_at, webhook_secret


@pytest.fixture
async def stage(tmp_path: Path, unused_tcp_port: int) -> AsyncIterator[Stage]:
    """A network to which Telegram delivers updates by webhook."""
    address = f"127.0.0.1:{unused_tcp_port}"
    async with stage_at(tmp_path, address, f"http://{address}/halqa") as stage:
        yield stage


@pytest.fixture
async def client(stage: Stage) -> AsyncIterator[WebhookClient]:
    async with aiohttp.ClientSession() as session:
        secret = await webhook_secret(stage)
        yield WebhookClient(session, stage.sandbox._api.webhook.url, secret)
