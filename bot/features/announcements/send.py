"""Sending an announcement: the job that puts its messages into the outbox, and halting and resuming it in between.

The job works in batches. Each batch is one transaction that also records how far it came, so that people who talk to
the bot do not wait for all of them, a crash loses and doubles nothing, and a halt takes effect between any two.
"""

from datetime import datetime, timedelta

from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Command, Route
from bot.conversation.screen import Screen
from bot.features.announcements import approval, buttons, preview, progress, view
from storage.engine.store import Store
from storage.engine.transaction import Transaction
from storage.records import audit
from storage.records.announcements import announcement_draft, announcement_fanout, announcements, audiences
from storage.records.announcements.announcements import Announcement, AnnouncementState
from storage.records.people import members

BATCH = 500  # messages a transaction
DRAFTS_KEPT = timedelta(days=30)
HALTABLE = (AnnouncementState.APPROVED, AnnouncementState.SENDING)


async def send_out(store: Store, now: datetime) -> None:
    """The job: begins announcements that are due, puts their messages into the outbox, and drops old drafts."""
    more = True
    while more:
        async with store.transaction() as tx:
            more = await _begin_one(tx, now) or await _put_batch(tx, now)
    async with store.transaction() as tx:
        await announcement_fanout.finish(tx, now)
        await announcement_draft.drop_drafts(tx, now - DRAFTS_KEPT)


async def _begin_one(tx: Transaction, now: datetime) -> bool:
    """Begins one that is due; True where there may be more.

    It is halted instead where its author is no longer a coordinator, or its content is not what was approved.
    """
    due = await announcement_fanout.next_due(tx, now)
    if due is None:
        return False
    author = await members.find_readable(tx, due.author_id)
    if Access.COORDINATOR.allows(author) and await announcement_fanout.begin(tx, due.id, now):
        await audit.record(tx, "announced", due.author_id, due.id, now)
    else:
        await announcement_fanout.halt(tx, due.id, None, now)
        await audit.record(tx, "announcement-halted", None, due.id, now)
    return True


async def _put_batch(tx: Transaction, now: datetime) -> bool:
    """One batch of the messages of one announcement; True where there may be more."""
    unfinished = await announcement_fanout.unfinished(tx)
    if unfinished is None:
        return False
    readers = await audiences.batch(tx, unfinished.audience, unfinished.author_id, unfinished.fanned_out_to, BATCH)
    await announcement_fanout.put(tx, unfinished.id, readers, now)
    await announcement_fanout.advance(tx, unfinished.id, readers, last=len(readers) < BATCH)
    return True


async def halt_all(request: Request) -> Screen:
    """`/halt`: halts every announcement that this coordinator may halt, and says how many messages had left by then."""
    halted = []
    for each in await announcements.in_state(request.tx, *HALTABLE):
        seen = await view.of(request, each)
        if seen is not None and seen.rights.may_halt:
            await _halt(request, each)
            halted.append(each.id)
    if not halted:
        raise Refusal(view.message(request, request.texts("nothing-to-halt")))
    if len(halted) == 1:
        return await preview.show(request, halted[0])
    lines = []
    for announcement_id in halted:
        seen = await view.get(request, announcement_id)
        lines.append((seen, *await progress.count(request, seen.announcement)))
    return progress.halted_screen(request, lines)


async def halt(request: Request) -> Screen:
    seen = await view.get(request, request.button(buttons.Halt).announcement)
    if seen.rights.may_halt and seen.announcement.state in HALTABLE:
        await _halt(request, seen.announcement)
    return await preview.show(request, seen.announcement.id)


async def _halt(request: Request, announcement: Announcement) -> None:
    """After this transaction no message of it is sent; one that is being sent already arrives."""
    if await announcement_fanout.halt(request.tx, announcement.id, request.me.id, request.now):
        await audit.record(request.tx, "announcement-halted", request.me.id, announcement.id, request.now)
        await approval.tell_author(request, announcement)


async def resume(request: Request) -> Screen:
    seen = await view.get(request, request.button(buttons.Resume).announcement)
    if not seen.rights.may_resume:
        raise Refusal(view.message(request, request.texts("not-resumed")))
    if await announcement_fanout.resume(request.tx, seen.announcement.id, request.now):
        await audit.record(request.tx, "announcement-resumed", request.me.id, seen.announcement.id, request.now)
        await approval.tell_author(request, seen.announcement)
    return await preview.show(request, seen.announcement.id)


ROUTES = [
    Route(Command("halt"), Access.COORDINATOR, halt_all),
    Route(buttons.Halt, Access.COORDINATOR, halt),
    Route(buttons.Resume, Access.COORDINATOR, resume),
]
