"""Handlers of announcements that others decide about: asked for, approved, sent back, stopped, gone on with."""

from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Route
from bot.conversation.screen import Screen
from bot.features.announcements import buttons, lookup, progress_screen, rules, screens
from storage.records import audit, outbox
from storage.records.announcements import announcement_fanout, announcements, approvals
from storage.records.announcements.announcements import Announcement, AnnouncementState
from storage.records.people import members

ASKED, NEWS = "announcement-asked", "announcement-news"


async def open_announcement(request: Request) -> Screen:
    return await lookup.show(request, request.button(buttons.OpenAnnouncement).announcement)


async def show_version(request: Request) -> Screen:
    press = request.button(buttons.ShowVersion)
    return await lookup.version(request, await lookup.pressed(request, press.announcement), press.language)


async def ask(request: Request) -> Screen:
    """Asks everybody who may approve it; each gets a knock."""
    press, me = request.button(buttons.AskApproval), request.me
    shown = await lookup.own(request, press.announcement)
    if not shown.approvers:
        return await lookup.show(request, press.announcement)
    if not await approvals.ask(request.tx, me, press.announcement, press.fingerprint, request.now):
        return await _look_again(request, shown.announcement, press.fingerprint)
    await audit.record(request.tx, "announcement-asked", me.id, press.announcement, request.now)
    for person in rules.approvers(me, await members.all_coordinators(request.tx)):
        await outbox.put(request.tx, person.id, ASKED, about=press.announcement, due=request.now, now=request.now)
    return await lookup.show(request, press.announcement)


async def approve(request: Request) -> Screen:
    """Approves what was shown. It goes out after a time in which anybody concerned can stop it."""
    press = request.button(buttons.ApproveAnnouncement)
    shown = await lookup.pressed(request, press.announcement)
    due = request.now + rules.TO_THINK
    if not shown.may_approve or not await approvals.approve(
        request.tx, press.announcement, request.me.id, press.fingerprint, due
    ):
        return await _look_again(request, shown.announcement, press.fingerprint)
    await audit.record(request.tx, "announcement-approved", request.me.id, press.announcement, request.now)
    await _tell_author(request, shown.announcement)
    return await lookup.show(request, press.announcement)


async def send_back(request: Request) -> Screen:
    press = request.button(buttons.SendBack)
    shown = await lookup.pressed(request, press.announcement)
    if not shown.may_approve or not await approvals.send_back(
        request.tx, press.announcement, request.me.id, press.fingerprint
    ):
        return await _look_again(request, shown.announcement, press.fingerprint)
    await audit.record(request.tx, "announcement-returned", request.me.id, press.announcement, request.now)
    await _tell_author(request, shown.announcement)
    return screens.sent_back(request, shown.author)


async def _look_again(request: Request, announcement: Announcement, seen: bytes) -> Screen:
    """How it stands now, for somebody who was too late, pressed twice, or saw it before it changed."""
    changed = announcement.fingerprint != seen
    return await lookup.show(request, announcement.id, request.texts("announcement-changed") if changed else None)


async def halt(request: Request) -> Screen:
    """`/halt`: stops at once all that this coordinator may stop, and says what had gone out by then."""
    stopped = []
    for each in await announcements.in_state(request.tx, AnnouncementState.APPROVED, AnnouncementState.SENDING):
        shown = await lookup.of(request, each)
        if shown is not None and shown.may_stop:
            await _stop(request, each)
            stopped.append(each.id)
    if not stopped:
        raise Refusal(screens.nothing_to_halt(request))
    if len(stopped) == 1:
        return await lookup.show(request, stopped[0])
    lines = []
    for announcement_id in stopped:
        shown = await lookup.pressed(request, announcement_id)
        lines.append((shown, *await lookup.counted(request, shown.announcement)))
    return progress_screen.halted(request, lines)


async def stop(request: Request) -> Screen:
    shown = await lookup.pressed(request, request.button(buttons.Stop).announcement)
    if shown.may_stop and shown.announcement.state in (AnnouncementState.APPROVED, AnnouncementState.SENDING):
        await _stop(request, shown.announcement)
    return await lookup.show(request, shown.announcement.id)


async def _stop(request: Request, announcement: Announcement) -> None:
    """From this transaction on nobody is sent it; what is on its way already arrives."""
    if await announcement_fanout.halt(request.tx, announcement.id, request.me.id, request.now):
        await audit.record(request.tx, "announcement-halted", request.me.id, announcement.id, request.now)
        await _tell_author(request, announcement)


async def go_on(request: Request) -> Screen:
    shown = await lookup.pressed(request, request.button(buttons.GoOn).announcement)
    if not shown.may_resume:
        raise Refusal(screens.not_resumed(request))
    if await announcement_fanout.resume(request.tx, shown.announcement.id, request.now):
        await audit.record(request.tx, "announcement-resumed", request.me.id, shown.announcement.id, request.now)
        await _tell_author(request, shown.announcement)
    return await lookup.show(request, shown.announcement.id)


async def _tell_author(request: Request, announcement: Announcement) -> None:
    if announcement.author_id != request.me.id:
        author_id, now = announcement.author_id, request.now
        await outbox.put(request.tx, author_id, NEWS, about=announcement.id, due=now, now=now)


ROUTES = [
    Route(buttons.OpenAnnouncement, Access.COORDINATOR, open_announcement),
    Route(buttons.ShowVersion, Access.COORDINATOR, show_version),
    Route(buttons.AskApproval, Access.COORDINATOR, ask),
    Route(buttons.ApproveAnnouncement, Access.COORDINATOR, approve),
    Route(buttons.SendBack, Access.COORDINATOR, send_back),
    Route(buttons.Stop, Access.COORDINATOR, stop),
    Route(buttons.GoOn, Access.COORDINATOR, go_on),
]
