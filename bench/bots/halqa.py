"""Our own: the whole program on a network that bench.network made, or an echo on its transport and receiver alone."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from telegram import Bot

from bench.bots import TOKEN
from bench.network import MASTER
from bot.app import running
from bot.conversation.screen import Screen
from bot.language.texts import Html
from bot.messaging.update_validation import ReceivedUpdate, ValidUpdate
from bot.operations import logs
from bot.operations.serve import spare_the_collector
from bot.operations.settings import Settings
from bot.telegram.bot_api import BotApi
from bot.telegram.polling import PollingReceiver
from bot.telegram.transport import Transport


async def transport(base_url: str) -> None:
    """Echoes by the receiver and the calls that the program has."""
    http = Transport()
    bot = Bot(TOKEN, base_url=base_url, request=http, get_updates_request=http)
    calls = BotApi(http, bot.base_url)

    async def take(arrivals: Sequence[ReceivedUpdate]) -> None:
        for arrival in arrivals:
            assert isinstance(arrival, ValidUpdate)
            message = arrival.update["message"]
            await calls.send(message["chat"]["id"], Screen(Html(message["text"])))

    async with bot:
        await PollingReceiver(http, bot, take).run()


async def whole(base_url: str, directory: Path, port: int) -> None:
    settings = Settings.model_validate(
        {
            "telegram": {"token": TOKEN, "base_url": base_url, "messages_per_second": 1000, "per_chat_seconds": 0},
            "network": {"name": "Between Convenings", "languages": ("en", "fr", "ar")},
            "webhook": {"url": f"http://127.0.0.1:{port}/halqa", "listen": f"127.0.0.1:{port}"} if port else {},
            "storage": {"directory": directory, "key_file": directory.parent / "unused"},
        }
    )
    # The setting allows 1,000 messages a second at most, as Telegram does; the benchmark measures without that limit.
    unpaced = settings.telegram.model_copy(update={"messages_per_second": 100_000})
    async with running(settings.model_copy(update={"telegram": unpaced}), MASTER) as (_, work):
        spare_the_collector()
        await work


def run(name: str, base_url: str, directory: Path, port: int = 0) -> None:
    logs.configure("json")
    asyncio.run(transport(base_url) if name == "transport" else whole(base_url, directory, port))
