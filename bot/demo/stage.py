"""A whole network on one machine: the sandbox's Telegram, the real bot, and people who talk to it over HTTP."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bot.app import Halqa, running
from bot.demo.snapshot import Kept, copy_files
from bot.language.texts import LANGUAGES
from bot.operations import provision
from bot.operations.settings import Settings
from sandbox.control.people import People, Person
from sandbox.server import Limits, Sandbox
from sandbox.telegram.clock import Clock
from storage.crypto import master_key
from storage.crypto.master_key import KeyFileSource, MasterKey
from storage.integrity import field_search

NO_LIMITS = Limits(0, 0)


class Stage:
    """`async with Stage(directory, hosts=[...])` founds a network and starts it; `owner_code` claims it.

    `Stage(directory, kept=...)` goes on with a network that another stage has kept: its people, words and time.
    """

    owner_code: str
    people: People

    def __init__(
        self,
        directory: Path,
        *,
        name: str = "Between Convenings",
        hosts: tuple[str, ...] = (),
        languages: tuple[str, ...] = tuple(LANGUAGES),
        clock: Clock | None = None,
        limits: Limits = NO_LIMITS,
        port: int = 0,
        messages_per_second: int = 1000,
        per_chat_seconds: float = 0.0,
        webhook: dict[str, Any] | None = None,
        kept: Kept | None = None,
    ) -> None:
        """Raises ValueError where hosts or a clock are given for a network that has its own."""
        if kept is not None and (hosts or clock):
            raise ValueError("a network that was kept has its hosts and its time")
        telegram = kept.telegram.copied() if kept else None
        self.data = directory / "data"
        self.clock = telegram.clock if telegram else clock or Clock()
        self.sandbox = Sandbox(
            clock=self.clock,
            limits=limits,
            port=port,
            directory=self.data,
            search_with_key=self._search_with_key,
            next_due=self._next_due,
            telegram=telegram,
        )
        self._directory = directory
        self._kept = kept
        self._hosts = hosts
        self._name = name
        self._languages = languages
        self._source = KeyFileSource(directory / "key")
        self._pace = {"messages_per_second": messages_per_second, "per_chat_seconds": per_chat_seconds}
        self._webhook = webhook or {}  # as in the settings
        self._stack = AsyncExitStack()
        self._bot: AsyncExitStack | None = None
        self._halqa: Halqa | None = None

    @property
    def halqa(self) -> Halqa:
        assert self._halqa is not None, "the bot is not running"
        return self._halqa

    async def __aenter__(self) -> Self:
        await self._stack.enter_async_context(self.sandbox)
        self.people = await self._stack.enter_async_context(People(self.sandbox.url))
        if self._kept is not None:
            self._kept.copy_to(self._directory)
            self.owner_code = self._kept.owner_code
            self.clock.move_to(self._kept.at)
        else:
            master_key.create_key_file(self._source.path)
            self.owner_code = await provision.found(self.settings, self._source, self._hosts, self.clock.now())
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
        await self._stack.aclose()

    @property
    def settings(self) -> Settings:
        telegram: dict[str, Any] = {"token": self.sandbox.token, "base_url": self.sandbox.base_url}
        return Settings.model_validate(
            {
                "telegram": telegram | {"file_url": self.sandbox.file_url} | self._pace,
                "network": {"name": self._name, "languages": self._languages},
                "storage": {"directory": self.data, "key_file": self._source.path},
                "webhook": self._webhook,
                "run": {"tick_seconds": 1},
            }
        )

    def master(self) -> MasterKey:
        return provision.unlock(self.settings.storage, ask=lambda: "")

    async def start(self, *, accept_rollback: bool = False) -> None:
        """Starts the bot with what is on disk. Raises what `Store.open` raises."""
        master = self.master()
        self._bot = AsyncExitStack()
        self._halqa, self.task = await self._bot.enter_async_context(
            running(self.settings, master, now=self.clock.now, accept_rollback=accept_rollback)
        )

    async def stop(self) -> None:
        """Stops the bot as a signal would. Raises what had ended it before, if anything did."""
        if self._bot is not None:
            ended = self.task.exception() if self.task.done() else None
            await self._bot.aclose()
            if ended is not None:
                raise ended
        self._bot = self._halqa = None

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def keep(self, folder: Path) -> Kept:
        """Puts the network, settled and stopped, away in an empty folder; this stage has no bot then until `start`."""
        await self.settle()
        await self.stop()
        copy_files(self._directory, folder)
        return Kept(folder, self.sandbox.telegram.copied(), self.clock.now(), self.owner_code)

    async def pass_time(self, by: timedelta) -> None:
        """Moves the clock of Telegram and the bot, and lets what is due by then happen."""
        self.clock.move(by)
        await self.halqa.tick()

    async def settle(self) -> None:
        """Waits until everything that was said is handled and what is due is sent."""
        while not await self._settled():  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    async def _settled(self) -> bool:
        if self.sandbox.telegram.updates.pending:
            return False
        return await self.halqa.inbox_worker.idle() and await self.halqa.outbox_worker.idle()

    async def person(self, first_name: str, language: str = "en", about: str = "") -> Person:
        return await self.people.join(first_name, language=language, about=about)

    async def forge(self, person: Person, data: str) -> None:
        """Presses a button that no screen shows: a modified client can send any callback data for a message."""
        await person.looks_up()
        telegram = self.sandbox.telegram
        chat = telegram.chats[person.id]
        message = next(message for message in reversed(chat.messages.values()) if message.by_bot)
        shown, message.keyboard = message.keyboard, [[{"text": "forged", "callback_data": data}]]
        telegram.press(chat, message, data)
        message.keyboard = shown

    async def _search_with_key(self, words: str) -> list[str]:
        async with self.halqa.store.transaction() as tx:
            return await field_search.places_of(tx, words)

    async def _next_due(self) -> Any:
        return await self.halqa.next_digest()
