"""A whole network on one machine: the sandbox, the real bot, and people who talk to it over HTTP."""

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
from sandbox.control.people import People
from sandbox.control.person import Person
from sandbox.server import Limits, Sandbox
from sandbox.telegram.clock import Clock
from storage.crypto import private_files
from storage.crypto.key_sources import KeyFileSource
from storage.crypto.master_key import MasterKey
from storage.integrity import field_search

NO_LIMITS = Limits(0, 0)


class Stage:
    """`async with Stage(directory, hosts=[...])` creates a network and starts it; `owner_code` makes its first owner.

    `Stage(directory, kept=...)` continues a network that another stage has kept, with its people, messages and time.
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
        """Raises ValueError where hosts or a clock are given together with `kept`, which has its own."""
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
        self.sandbox.clock_moved = self._run_jobs
        self._directory, self._kept = directory, kept
        self._name, self._hosts, self._languages = name, hosts, languages
        self._source = KeyFileSource(directory / "key")
        self._rate_limits = {"messages_per_second": messages_per_second, "per_chat_seconds": per_chat_seconds}
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
            private_files.create_key_file(self._source.path)
            self.owner_code = await provision.create(self.settings, self._source, self._hosts, self.clock.now())
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
                "telegram": telegram | {"file_url": self.sandbox.file_url} | self._rate_limits,
                "network": {"name": self._name, "languages": self._languages},
                "storage": {"directory": self.data, "key_file": self._source.path},
                "webhook": self._webhook,
                "run": {"tick_seconds": 1},
            }
        )

    def master(self) -> MasterKey:
        return provision.unlock(self.settings.storage, ask=lambda: "")

    async def start(self, *, accept_rollback: bool = False) -> None:
        """Starts the bot on the data directory. Raises what `open_store` raises."""
        master = self.master()
        self._bot = AsyncExitStack()
        self._halqa, self.task = await self._bot.enter_async_context(
            running(self.settings, master, now=self.clock.now, accept_rollback=accept_rollback)
        )

    async def stop(self) -> None:
        """Stops the bot as a signal would. Raises the error with which it had already ended, if it had."""
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
        """Copies the settled network into an empty folder; the bot of this stage is stopped until `start`."""
        await self.settle()
        await self.stop()
        copy_files(self._directory, folder)
        return Kept(folder, self.sandbox.telegram.copied(), self.clock.now(), self.owner_code)

    async def pass_time(self, by: timedelta) -> None:
        """Moves the clock of Telegram and the bot, and runs the jobs that are due by then."""
        self.clock.move(by)
        await self._run_jobs()

    async def settle(self) -> None:
        """Waits until all updates are handled and all messages that are due are sent."""
        while not await self._settled():  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    async def _settled(self) -> bool:
        if self.sandbox.telegram.updates.pending:
            return False
        halqa = self.halqa
        if not await halqa.inbox_worker.idle() or not await halqa.outbox_worker.idle():
            return False
        return await halqa.cleaner.idle(self.clock.now())

    async def person(self, first_name: str, language: str = "en", about: str = "") -> Person:
        return await self.people.join(first_name, language=language, about=about)

    async def forge(self, person: Person, data: str) -> None:
        """Presses a button that no screen shows, as a modified client can send any callback data for a message."""
        await person.looks_up()
        telegram = self.sandbox.telegram
        chat = telegram.chats[person.id]
        message = next(message for message in reversed(chat.messages.values()) if message.by_bot)
        shown, message.keyboard = message.keyboard, [[{"text": "forged", "callback_data": data}]]
        telegram.press(chat, message, data)
        message.keyboard = shown

    async def _search_with_key(self, text: str) -> list[str]:
        async with self.halqa.store.transaction() as tx:
            return await field_search.places_of(tx, text)

    async def _run_jobs(self) -> None:
        """By themselves the jobs run at intervals of real time, some of them seldom."""
        if self._halqa is not None:
            await self._halqa.tick()

    async def _next_due(self) -> Any:
        return await self.halqa.next_digest()
