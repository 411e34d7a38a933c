"""Puts everything together: the only place that names every feature."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
import telegram

from bot.conversation import shared_screens
from bot.conversation.request import About, Request
from bot.conversation.routes import Routes
from bot.conversation.screen import Screen
from bot.features.announcements import compose as announcements
from bot.features.announcements import send as announcements_job
from bot.features.coordination import audit as admin_audit
from bot.features.coordination import handlers as admin
from bot.features.coordination import outbox as admin_outbox
from bot.features.coordination import unreachable as admin_unreachable
from bot.features.digests import handlers as digests
from bot.features.digests import jobs as digests_job
from bot.features.members import handlers as members
from bot.features.onboarding import handlers as onboarding
from bot.features.onboarding import jobs as members_job
from bot.features.sealed_notes import contact as members_contact
from bot.features.sealed_notes import keys as admin_sealing
from bot.features.sealed_notes import notes as admin_notes
from bot.features.topics import handlers as topics
from bot.messaging import receiver_conflict_alert
from bot.messaging.inbox_worker import Answer, Intake
from bot.messaging.outbox_worker import Delivery, Kind, Still
from bot.messaging.rate_limiter import Lane, Pace
from bot.messaging.send_result import Outcome, Wait
from bot.operations import jobs
from bot.operations.backup_worker import Keeper
from bot.operations.config import Settings
from bot.operations.errors import report
from bot.telegram import update_parser
from bot.telegram.bot_api import Calls
from bot.telegram.connect import reached
from bot.telegram.fatal import Stopped
from bot.telegram.polling import Receiver
from bot.telegram.sender import Courier
from bot.telegram.transport import Transport
from bot.telegram.webhook import Webhook
from storage.crypto.master_key import MasterKey
from storage.engine.store import Store
from storage.records import audit, hosts, inbox, outbox, posts
from storage.records.people.members import Member

INBOX_KEPT = timedelta(hours=48)  # Telegram redelivers for 24
OUTBOX_KEPT = timedelta(days=30)
LOCKS_AFTER = 3.0  # seconds
ROBBED = ("conflict", "webhook")  # reasons to stop which mean that somebody else receives what people write
log = structlog.get_logger(__name__)

# The order of commands here is the order of the menu and of /help.
ROUTES = Routes(
    [
        *onboarding.ROUTES,
        *topics.ROUTES,
        *digests.ROUTES,
        *members.ROUTES,
        *members_contact.ROUTES,
        *admin.ROUTES,
        *announcements.ROUTES,
        *admin_notes.ROUTES,
        *admin_sealing.ROUTES,
        *admin_audit.ROUTES,
        *admin_outbox.ROUTES,
        *admin_unreachable.ROUTES,
    ]
)


async def _resume(request: Request) -> Screen:
    return shared_screens.resume(request)


KINDS: dict[str, Kind] = {
    "resume": Kind(_resume, quiet=False, pauses=False, lane=Lane.ANSWERS),
    **receiver_conflict_alert.KINDS,
    **onboarding.KINDS,
    **topics.KINDS,
    **digests.KINDS,
    **admin.KINDS,
    **announcements.KINDS,
    **admin_unreachable.KINDS,
}


@dataclass(frozen=True, slots=True)
class Halqa:
    """A running network."""

    store: Store
    network: About
    intake: Intake
    delivery: Delivery
    now: Callable[[], datetime]

    async def tick(self) -> None:
        """Does what is due now; nothing that is not. What fails is reported and left for the next tick."""
        now = self.now()
        works = (
            announcements_job.send_out,
            digests_job.plan_and_open,
            members_job.tidy,
            admin_unreachable.ask_about_unreachable,
            _purge,
        )
        for work in works:
            try:
                await work(self.store, now)
            except Exception as error:  # noqa: BLE001  the others must not wait for what cannot be done
                report(error, event="tick-failed")
        self.delivery.kick()

    async def next_digest(self) -> datetime | None:
        """When the next digest that holds something is due; for the demo's clock."""
        async with self.store.transaction() as tx:
            return await posts.next_digest(tx)


async def _purge(store: Store, now: datetime) -> None:
    await store.finish_erasures()
    async with store.transaction() as tx:
        await inbox.purge(tx, now - INBOX_KEPT)
        await outbox.purge(tx, now - OUTBOX_KEPT)


def utc_now() -> datetime:
    return datetime.now(UTC)


async def _go_on_from_here(store: Store, now: datetime) -> None:
    """Whoever goes on with an older copy knowingly begins its audit anew, which is an entry itself."""
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
) -> AsyncIterator[tuple[Halqa, asyncio.Task[None]]]:
    """Opens the store, connects to Telegram and runs until the block is left.

    `lock` is called when somebody in the chat locks the network; None: it cannot be.
    Yields the network and the task that runs it, which ends only with an error. Raises what `Store.open` raises, and
    `bot.telegram.fatal.Stopped` (token). While Telegram is out of reach it waits.
    """
    transport = Transport(proxy=settings.telegram.proxy)
    bot = telegram.Bot(
        settings.telegram.token.get_secret_value(),
        base_url=settings.telegram.base_url,
        base_file_url=settings.telegram.file_url,
        request=transport,
        get_updates_request=transport,
    )
    store = await Store.open(settings.storage.directory, master, accept_rollback=accept_rollback)
    try:
        if accept_rollback:
            await _go_on_from_here(store, now())
        async with reached(bot):
            halqa, work = await _assemble(settings, store, bot, transport, now, lock)
            ticks = jobs.start(halqa.tick, settings.run.tick_seconds)
            task = asyncio.create_task(work())
            try:
                log.info("started")
                yield halqa, task
            finally:
                ticks.shutdown(wait=False)
                task.cancel()
                await asyncio.wait([task])
                log.info("stopped")
    finally:
        await store.close()


async def _assemble(
    settings: Settings,
    store: Store,
    bot: telegram.Bot,
    transport: Transport,
    now: Callable[[], datetime],
    lock: Callable[[], None] | None,
) -> tuple[Halqa, Callable[[], Coroutine[Any, Any, None]]]:
    """Connects the parts; the network and the coroutine function that runs it."""
    async with store.transaction() as tx:
        await hosts.found(tx, settings.network.name, now())
    network = About(
        settings.network.name,
        bot.username,
        settings.network.languages,
        settings.digest.closes_after_minutes,
        lockable=lock is not None,
    )
    calls = Calls(transport, bot.base_url)
    courier = Courier(bot, calls, Pace(settings.telegram.messages_per_second, settings.telegram.per_chat_seconds))

    async def answer(answer: Answer) -> Outcome:
        asked, screen = answer.asked, answer.screen
        if screen.locks and lock is not None:
            # By then the answer is out; where Telegram is too slow for that, locking does not wait for it.
            asyncio.get_running_loop().call_later(LOCKS_AFTER, lock)
        outcome = await courier.show(asked.telegram_id, screen, message_id=asked.message_id, or_anew=True)
        if not isinstance(outcome, Wait):
            if asked.callback_id is not None:
                await courier.hear(asked.callback_id, screen.toast)
            await courier.take_away(asked.telegram_id, screen.takes_away)
            if screen.menu is not None:
                await courier.menu(asked.telegram_id, screen.menu, answer.language, answer.commands)
            delivery.kick()
        return outcome

    async def deliver(
        member: Member, screen: Screen, lane: Lane, message_id: int | None, still: Still | None
    ) -> Outcome:
        return await courier.show(member.telegram_id, screen, lane=lane, message_id=message_id, still=still)

    intake = Intake(
        store,
        ROUTES,
        network,
        read=lambda update: update_parser.read(update, bot.username),
        sender=update_parser.sender,
        answer=answer,
        now=now,
        workers=settings.run.workers,
    )
    delivery = Delivery(store, KINDS, network, ROUTES, deliver=deliver, now=now)
    keeper = Keeper(store, settings.backup, now)
    receiver: Receiver | Webhook = Receiver(transport, bot, intake.take)
    if settings.webhook.url:
        receiver = Webhook(settings.webhook, bot, intake.take)

    async def receive() -> None:
        try:
            await receiver.run()
        except Stopped as stopped:
            if stopped.reason in ROBBED:
                await receiver_conflict_alert.tell_owners(store, delivery, now())
            raise

    async def work() -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(receive())
            tasks.create_task(intake.run())
            tasks.create_task(delivery.run())
            tasks.create_task(keeper.run())
            tasks.create_task(courier.introduce(settings.network.languages, ROUTES.commands(None)))

    return Halqa(store, network, intake, delivery, now), work
