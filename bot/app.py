"""The whole program: lists the features, connects the parts, starts and ends them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol

import structlog
import telegram
from telegram.helpers import create_deep_linked_url

from bot.conversation.feature import Feature, Features
from bot.conversation.request import NetworkContext
from bot.features.announcements.feature import FEATURE as ANNOUNCEMENTS
from bot.features.coordination.feature import FEATURE as COORDINATION
from bot.features.digests.feature import FEATURE as DIGESTS
from bot.features.members.feature import FEATURE as MEMBERS
from bot.features.moderation.feature import FEATURE as MODERATION
from bot.features.onboarding.feature import FEATURE as ONBOARDING
from bot.features.safety.feature import FEATURE as SAFETY
from bot.features.sealed_notes.feature import FEATURE as SEALED_NOTES
from bot.features.service.feature import FEATURE as SERVICE
from bot.features.topics.feature import FEATURE as TOPICS
from bot.messaging import receiver_conflict_alert
from bot.messaging.chat_cleaner import ChatCleaner
from bot.messaging.inbox_worker import InboxWorker
from bot.messaging.outbox_worker import OutboxWorker
from bot.messaging.rate_limiter import RateLimiter
from bot.messaging.stranger_limits import StrangerLimits
from bot.messaging.update_handler import UpdateHandler
from bot.operations.backups.service import CLEANED_WITHIN, BackupService
from bot.operations.diagnostics.watch import Finding, Watch
from bot.operations.jobs import JobRunner
from bot.operations.settings import Settings
from bot.telegram import update_parser
from bot.telegram.bot_api import BotApi
from bot.telegram.chat import Chat
from bot.telegram.connect import reached
from bot.telegram.fatal import Stopped
from bot.telegram.message_removal import MessageRemoval
from bot.telegram.polling import PollingReceiver
from bot.telegram.sender import Sender
from bot.telegram.side_calls import SideCalls
from bot.telegram.transport import Transport
from storage.crypto.master_key import MasterKey
from storage.engine.store import Store
from storage.opening import open_store
from storage.records import audit, hosts, posts

RECEIVED_ELSEWHERE = ("conflict", "webhook")  # reasons to stop: somebody else receives the updates of the bot
log = structlog.get_logger(__name__)

# This is also the order of the commands in the menu and in /help, and of the sections of /mydata.
FEATURES = Features(
    [ONBOARDING, TOPICS, DIGESTS, MEMBERS, SAFETY, SERVICE, COORDINATION, MODERATION, ANNOUNCEMENTS, SEALED_NOTES]
)


class Receiver(Protocol):
    last_heard: float  # monotonic seconds: when Telegram was last heard of

    async def run(self) -> None:
        """Receives until cancelled. Raises `Stopped` where receiving cannot succeed."""

    def doubt_token(self) -> None:
        """A call was refused as if the token were revoked, which only the receiver decides."""


@dataclass(frozen=True, slots=True)
class Halqa:
    """A running network."""

    store: Store
    network: NetworkContext
    inbox_worker: InboxWorker
    outbox_worker: OutboxWorker
    cleaner: ChatCleaner
    receiver: Receiver
    sender: Sender
    side_calls: SideCalls
    backups: BackupService
    watch: Watch
    jobs: JobRunner
    features: Features
    now: Callable[[], datetime]

    async def tick(self) -> None:
        """Runs all jobs once, one after the other, after a clock was moved. By themselves they run on APScheduler."""
        await self.jobs.tick()

    def findings(self) -> list[Finding]:
        """What is wrong now, for `halqa status`."""
        return self.watch.findings()

    async def next_digest(self) -> datetime | None:
        """When the next digest with a post in it is due; for the clock of the demo."""
        async with self.store.transaction() as tx:
            return await posts.next_digest(tx)

    async def run(self) -> None:
        """Receives, answers and delivers. Ends only with an error, or when it is cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._receive())
            tasks.create_task(self.inbox_worker.run())
            tasks.create_task(self.outbox_worker.run())
            tasks.create_task(self.cleaner.run(self.now))
            tasks.create_task(self.side_calls.introduce(self.network.languages, self.features.commands(None)))

    async def _receive(self) -> None:
        await self.inbox_worker.recovered.wait()
        try:
            await self.receiver.run()
        except Stopped as stopped:
            if stopped.reason in RECEIVED_ELSEWHERE:
                await receiver_conflict_alert.tell_owners(self.store, self.outbox_worker, self.now())
            raise


def utc_now() -> datetime:
    return datetime.now(UTC)


async def _accept_older_copy(store: Store, now: datetime) -> None:
    """Begins a new audit chain where that of an accepted older copy is broken, and records that in it."""
    async with store.transaction() as tx:
        holds = await audit.verify(tx) is None
    if not holds:
        await store.begin_audit()
        async with store.transaction() as tx:
            await audit.record(tx, "audit-begun", None, None, now)


@asynccontextmanager
async def running(
    settings: Settings,
    master: MasterKey,
    *,
    now: Callable[[], datetime] = utc_now,
    accept_rollback: bool = False,
    lock: Callable[[], None] | None = None,
    features: Features | None = None,
) -> AsyncIterator[tuple[Halqa, asyncio.Task[None]]]:
    """Opens the store, connects to Telegram and runs until the block is left.

    `lock` is called when somebody in the chat locks the network; None: it cannot be. `features`: None for `FEATURES`.
    Yields the network and the task that runs it, which ends only with an error. Raises what `open_store` raises, and
    `bot.telegram.fatal.Stopped` (token). While Telegram is out of reach it waits.
    """
    transport, bot = _connection(settings)
    store = await open_store(settings.storage.directory, master, accept_rollback=accept_rollback)
    try:
        if accept_rollback:
            await _accept_older_copy(store, now())
        async with reached(bot):
            async with store.transaction() as tx:
                await hosts.found(tx, settings.network.name, now())
            halqa = _assemble(settings, store, bot, transport, features or FEATURES, now, lock)
            halqa.jobs.start(timedelta(seconds=settings.run.tick_seconds), clock=utc_now)
            task = asyncio.create_task(halqa.run())
            try:
                log.info("started")
                yield halqa, task
            finally:
                task.cancel()
                await halqa.jobs.stop()
                await halqa.backups.close()
                await asyncio.wait([task])
                await halqa.inbox_worker.close()
                log.info("stopped")
    finally:
        await store.close()


def _connection(settings: Settings) -> tuple[Transport, telegram.Bot]:
    """The HTTP client and the bot of the settings, not yet opened."""
    transport = Transport(proxy=settings.telegram.proxy)
    bot = telegram.Bot(
        settings.telegram.token.get_secret_value(),
        base_url=settings.telegram.base_url,
        base_file_url=settings.telegram.file_url,
        request=transport,
        get_updates_request=transport,
    )
    return transport, bot


def _assemble(
    settings: Settings,
    store: Store,
    bot: telegram.Bot,
    transport: Transport,
    features: Features,
    now: Callable[[], datetime],
    lock: Callable[[], None] | None,
) -> Halqa:
    """Connects the parts. Nothing runs yet."""
    network = _context(settings, bot, features, lockable=lock is not None)
    sender, removal, side_calls = _senders(settings, bot, transport)
    chat = Chat(sender, removal, side_calls, lock)
    cleaner = ChatCleaner(store, removal)
    outbox_worker = OutboxWorker(store, features.deliveries, network, deliver=chat.deliver, now=now)
    read = partial(update_parser.read, username=bot.username)
    handler = UpdateHandler(store, features.routes, network, read=read, now=now)
    inbox_worker = InboxWorker(
        store,
        handler,
        sender=update_parser.sender,
        admit=StrangerLimits(features.routes, read).admit,
        answer=chat.answer,
        answered=partial(_kick, outbox_worker, cleaner),
        now=now,
        workers=settings.run.workers,
    )
    receiver = _receiver(settings, bot, transport, inbox_worker)
    transport.token_refused = receiver.doubt_token
    backups = BackupService(store, settings.backup, now)
    watch = Watch(settings.backup.directory, lambda: receiver.last_heard)
    operations = Feature("operations", jobs=(*backups.jobs, *watch.jobs, *cleaner.jobs))
    runner = JobRunner(store, (*features.jobs, *operations.named_jobs), done=outbox_worker.kick, now=now)
    workers = inbox_worker, outbox_worker, cleaner
    return Halqa(store, network, *workers, receiver, sender, side_calls, backups, watch, runner, features, now)


def _senders(settings: Settings, bot: telegram.Bot, transport: Transport) -> tuple[Sender, MessageRemoval, SideCalls]:
    """What shows messages, what removes them, and what does neither, within the same limits."""
    api = BotApi(transport, bot.base_url)
    rate_limiter = RateLimiter(settings.telegram.messages_per_second, settings.telegram.per_chat_seconds)
    sender = Sender(bot, api, rate_limiter)
    return sender, MessageRemoval(bot, api, rate_limiter, sender.shown), SideCalls(bot, api, rate_limiter)


def _kick(outbox_worker: OutboxWorker, cleaner: ChatCleaner) -> None:
    """After an answer for which something was written."""
    outbox_worker.kick()
    cleaner.kick()


def _context(settings: Settings, bot: telegram.Bot, features: Features, *, lockable: bool) -> NetworkContext:
    return NetworkContext(
        settings.network.name,
        partial(create_deep_linked_url, bot.username),
        settings.network.languages,
        timedelta(minutes=settings.digest.closes_after_minutes),
        features,
        lockable=lockable,
        controller=settings.network.controller,
        contact=settings.network.contact,
        backups_cleaned_within=CLEANED_WITHIN if settings.backup.directory else None,
    )


def _receiver(settings: Settings, bot: telegram.Bot, transport: Transport, inbox_worker: InboxWorker) -> Receiver:
    if not settings.webhook.url:
        return PollingReceiver(transport, bot, inbox_worker.take)
    from bot.telegram.webhook.receiver import (
        WebhookReceiver,  # here, since its web server takes 1 MiB and most networks poll
    )

    return WebhookReceiver(settings.webhook, bot, inbox_worker.take)
