"""A network to which Telegram delivers updates by webhook, and a client that calls the webhook directly."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.demo.stage import Stage
from bot.telegram.fatal import Stopped
from bot.telegram.webhook.receiver import SECRET
from sandbox.telegram.clock import Clock
from tests.conftest import AFTERNOON
from tests.support.cast import HOSTS


def stage_at(folder: Path, listen: str, url: str) -> Stage:
    return Stage(folder, hosts=HOSTS, clock=Clock(AFTERNOON), webhook={"url": url, "listen": listen})


async def webhook_secret(stage: Stage, before: str = "") -> str:
    """The secret of `setWebhook`, as soon as it differs from `before`."""
    async with asyncio.timeout(5):
        while (secret := stage.sandbox._api.webhook.secret) == before:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    return secret


class WebhookClient:
    """Posts to the webhook as anybody can who reaches its address."""

    def __init__(self, session: aiohttp.ClientSession, url: str, secret: str) -> None:
        self.session, self.url, self.secret = session, url, secret

    async def post(self, body: Any, secret: str | None = "", **request: Any) -> int:
        """Returns the status code. Sends the right secret by default, another one if given, and none for None."""
        headers = {} if secret is None else {SECRET: secret or self.secret}
        async with self.session.post(self.url, data=body, headers=headers, **request) as answer:
            return answer.status


async def inbox_rows(stage: Stage) -> Sequence[Sequence[Any]]:
    async with stage.halqa.store.transaction() as tx:
        return await tx.fetch("SELECT update_id, state, reference, payload_encrypted FROM inbox ORDER BY update_id")


async def end_reason(stage: Stage) -> str:
    """Waits until the bot ends by itself. Returns the reason of its `Stopped`."""
    with pytest.raises(BaseExceptionGroup) as caught:
        await asyncio.wait_for(stage.task, 10)
    await stage._bot.aclose()  # type: ignore[union-attr]
    stage._bot = None
    stopped = caught.value.subgroup(Stopped)
    assert stopped is not None
    return str(stopped.exceptions[0])


async def call_bot_api(stage: Stage, method: str, **parameters: object) -> None:
    async with aiohttp.ClientSession() as session:
        await session.post(f"{stage.sandbox.base_url}{stage.sandbox.token}/{method}", json=parameters)
