"""aiogram 3: as it comes, and durable.

Its polling confirms updates before they are handled, so the durable bot has a loop of its own. It serves the people of
a batch at once, as aiogram does; one by one takes the same processor, and the longer the longer a call takes.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from aiogram import Bot, Dispatcher  # type: ignore[import-not-found]
from aiogram.client.session.aiohttp import AiohttpSession  # type: ignore[import-not-found]
from aiogram.client.telegram import TelegramAPIServer  # type: ignore[import-not-found]
from aiogram.types import Message, Update  # type: ignore[import-not-found]

from bench.bots import TOKEN
from bench.bots.journal import POLL_SECONDS, Kept, receive


async def echo(message: Message) -> None:
    await message.answer(message.text)


class Peer:
    def __init__(self, dispatcher: Dispatcher, bot: Bot) -> None:
        self._dispatcher = dispatcher
        self._bot = bot

    async def poll(self, offset: int) -> Sequence[Kept]:
        updates = await self._bot.get_updates(offset=offset, timeout=POLL_SECONDS)
        return [self._kept(update, update.model_dump_json(exclude_unset=True, by_alias=True)) for update in updates]

    async def handle(self, update: Any) -> None:
        await self._dispatcher.feed_update(self._bot, update)

    def load(self, content: str) -> Kept:
        return self._kept(Update.model_validate_json(content, context={"bot": self._bot}), content)

    @staticmethod
    def _kept(update: Any, content: str) -> Kept:
        return Kept(update.update_id, update.message.from_user.id, content, update)


async def durable(dispatcher: Dispatcher, bot: Bot, path: Path) -> None:
    async with bot.session:
        await receive(path, Peer(dispatcher, bot), side_by_side=True)


def run(name: str, base_url: str, directory: Path) -> None:
    api = TelegramAPIServer(base=base_url + "{token}/{method}", file=base_url)
    bot, dispatcher = Bot(TOKEN, session=AiohttpSession(api=api)), Dispatcher()
    dispatcher.message.register(echo)
    if name == "aiogram-durable":
        asyncio.run(durable(dispatcher, bot, directory / "journal.db"))
    else:
        asyncio.run(dispatcher.start_polling(bot, handle_signals=False))
