"""The bots that are measured, each a process of its own: `python -m bench.bots NAME BASE_URL [DIRECTORY [PORT]]`.

The echo bots answer a text with the same text and do nothing else. `halqa` is the whole program on a network that
bench.network populates.
"""

import asyncio
import sys
from pathlib import Path
from typing import Any

TOKEN = "123456789:" + "a" * 35


def ptb(base_url: str, *, concurrent: bool = False, ours: bool = False) -> None:
    """python-telegram-bot: as it comes, with concurrent updates, or on our transport."""
    from telegram import Update
    from telegram.ext import Application, MessageHandler, filters

    from bot.telegram.transport import Transport

    async def echo(update: Update, _: Any) -> None:
        assert update.message is not None
        await update.message.reply_text(update.message.text or "")

    builder = Application.builder().token(TOKEN).base_url(base_url)
    if concurrent:
        builder = builder.concurrent_updates(True)
    if ours:
        builder = builder.request(Transport()).get_updates_request(Transport())
    app = builder.build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.run_polling(stop_signals=None)


def aiogram(base_url: str) -> None:
    """aiogram 3 as it comes; runs in a virtual environment of the benchmark's own."""
    from aiogram import Bot, Dispatcher  # type: ignore[import-not-found]
    from aiogram.client.session.aiohttp import AiohttpSession  # type: ignore[import-not-found]
    from aiogram.client.telegram import TelegramAPIServer  # type: ignore[import-not-found]

    api = TelegramAPIServer(base=base_url + "{token}/{method}", file=base_url)
    dispatcher = Dispatcher()

    @dispatcher.message()  # type: ignore[untyped-decorator]
    async def echo(message: Any) -> None:
        await message.answer(message.text)

    asyncio.run(dispatcher.start_polling(Bot(TOKEN, session=AiohttpSession(api=api)), handle_signals=False))


def transport(base_url: str) -> None:
    """An echo on our transport and receiver alone."""
    from telegram import Bot

    from bot.conversation.screen import Screen
    from bot.language.texts import Html
    from bot.telegram.bot_api import BotApi
    from bot.telegram.polling import PollingReceiver
    from bot.telegram.transport import Transport

    http = Transport()
    bot = Bot(TOKEN, base_url=base_url, request=http, get_updates_request=http)

    calls = BotApi(http, bot.base_url)

    async def take(arrivals: Any) -> None:
        for arrival in arrivals:
            message = arrival.update["message"]
            await calls.send(message["chat"]["id"], Screen(Html(message["text"])))

    async def run() -> None:
        async with bot:
            await PollingReceiver(http, bot, take).run()

    asyncio.run(run())


def halqa(base_url: str, directory: Path, port: int = 0) -> None:
    """The whole program; by webhook on `port`, or by polling for 0."""
    from bench.network import MASTER
    from bot.app import running
    from bot.operations import logs
    from bot.operations.serve import spare_the_collector
    from bot.operations.settings import Settings

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
    settings = settings.model_copy(update={"telegram": unpaced})
    logs.configure("json")

    async def run() -> None:
        async with running(settings, MASTER) as (_, work):
            spare_the_collector()
            await work

    asyncio.run(run())


if __name__ == "__main__":
    name, url, *rest = sys.argv[1:]
    match name:
        case "ptb":
            ptb(url)
        case "ptb-concurrent":
            ptb(url, concurrent=True)
        case "ptb-ours":
            ptb(url, ours=True)
        case "aiogram":
            aiogram(url)
        case "transport":
            transport(url)
        case "halqa":
            halqa(url, Path(rest[0]), *(int(port) for port in rest[1:]))
        case _:
            sys.exit(f"There is no bot called {name}.")
