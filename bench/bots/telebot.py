"""pyTelegramBotAPI's AsyncTeleBot: as it comes, and durable.

Its polling confirms updates before they are handled, so the durable bot has a loop of its own. It serves the people of
a batch at once, as AsyncTeleBot does, which takes two thirds of the processor that one by one takes.
"""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from telebot import asyncio_helper  # type: ignore[import-not-found]
from telebot.async_telebot import AsyncTeleBot  # type: ignore[import-not-found]
from telebot.types import Message, Update  # type: ignore[import-not-found]

from bench.bots import TOKEN
from bench.bots.journal import POLL_SECONDS, Kept, receive


class Peer:
    def __init__(self, bot: AsyncTeleBot) -> None:
        self._bot = bot

    async def poll(self, offset: int) -> Sequence[Kept]:
        # As AsyncTeleBot.get_updates has it, with the JSON that its types do not give back.
        updates = await asyncio_helper.get_updates(self._bot.token, offset, timeout=POLL_SECONDS)
        return [self._kept(update, json.dumps(update)) for update in updates]

    async def handle(self, update: Any) -> None:
        await self._bot.process_new_updates([update])

    def load(self, content: str) -> Kept:
        return self._kept(json.loads(content), content)

    @staticmethod
    def _kept(raw: dict[str, Any], content: str) -> Kept:
        return Kept(raw["update_id"], raw["message"]["from"]["id"], content, Update.de_json(raw))


async def durable(bot: AsyncTeleBot, path: Path) -> None:
    try:
        await receive(path, Peer(bot), side_by_side=True)
    finally:
        await bot.close_session()


def run(name: str, base_url: str, directory: Path) -> None:
    asyncio_helper.API_URL = base_url + "{0}/{1}"
    bot = AsyncTeleBot(TOKEN)

    async def echo(message: Message) -> None:
        await bot.send_message(message.chat.id, message.text)

    bot.register_message_handler(echo)
    if name == "telebot-durable":
        asyncio.run(durable(bot, directory / "journal.db"))
    else:
        asyncio.run(bot.infinity_polling())
