"""python-telegram-bot: as it comes, with concurrent updates, on our transport, and durable in two ways.

`Updater` confirms updates before they are handled, so the durable bots have a loop of their own. The first one handles
updates one by one, which is the fastest where calls take no time: with many calls at once httpx needs half as much
processor again. The concurrent one serves the people of a batch at once, which is the fastest where calls take time.
"""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import Application, MessageHandler, filters

from bench.bots import TOKEN
from bench.bots.journal import POLL_SECONDS, Kept, receive

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


async def echo(update: Update, _: Any) -> None:
    assert update.message is not None
    await update.message.reply_text(update.message.text or "")


class Peer:
    def __init__(self, app: AnyApplication) -> None:
        self._app = app

    async def poll(self, offset: int) -> Sequence[Kept]:
        updates = await self._app.bot.get_updates(offset, timeout=POLL_SECONDS)
        return [self._kept(update, update.to_json()) for update in updates]

    async def handle(self, update: Update) -> None:
        await self._app.process_update(update)

    def load(self, content: str) -> Kept:
        return self._kept(Update.de_json(json.loads(content), self._app.bot), content)

    @staticmethod
    def _kept(update: Update, content: str) -> Kept:
        assert update.effective_user is not None
        return Kept(update.update_id, update.effective_user.id, content, update)


async def durable(app: AnyApplication, path: Path, *, side_by_side: bool) -> None:
    async with app:
        await receive(path, Peer(app), side_by_side=side_by_side)


def run(name: str, base_url: str, directory: Path) -> None:
    builder = Application.builder().token(TOKEN).base_url(base_url)
    if name.endswith("-concurrent"):
        builder = builder.concurrent_updates(True)
    if name == "ptb-ours":
        from bot.telegram.transport import Transport  # only here, since it takes memory

        builder = builder.request(Transport()).get_updates_request(Transport())
    app = builder.build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    if name.startswith("ptb-durable"):
        asyncio.run(durable(app, directory / "journal.db", side_by_side=name.endswith("-concurrent")))
    else:
        app.run_polling(stop_signals=None)
