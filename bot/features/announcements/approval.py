"""The approval of an announcement: its author asks, somebody else approves it or sends it back, each gets a knock."""

from bot.conversation import shared_screens
from bot.conversation.delivery import DeliveryKind
from bot.conversation.request import Request
from bot.conversation.routes import Access, Route
from bot.conversation.screen import Button, Screen
from bot.features.announcements import preview, rules, view
from bot.features.announcements.buttons import ApproveAnnouncement, AskApproval, OpenAnnouncement, SendBack
from storage.records import audit, outbox
from storage.records.announcements import approvals
from storage.records.announcements.announcements import Announcement, AnnouncementState

ASKED, NEWS = "announcement-asked", "announcement-news"


async def ask(request: Request) -> Screen:
    """Asks everybody who may approve it; each gets a knock."""
    button, me = request.button(AskApproval), request.me
    seen = await view.get_own(request, button.announcement)
    if not seen.rights.approvers:
        return await preview.show(request, button.announcement)
    if not await approvals.ask(request.tx, me, button.announcement, button.fingerprint, request.now):
        return await _show_current(request, seen.announcement, button.fingerprint)
    await audit.record(request.tx, "announcement-asked", me.id, button.announcement, request.now)
    for approver in seen.rights.approvers:
        await outbox.put(request.tx, approver, ASKED, about=button.announcement, due=request.now, now=request.now)
    return await preview.show(request, button.announcement)


async def render_asked(request: Request) -> Screen | None:
    """The knock for those who may approve it; None where it was decided, or they no longer may."""
    seen = await view.find(request, request.about or b"")
    if seen is None or seen.announcement.state is not AnnouncementState.ASKED or not seen.rights.may_approve:
        return None
    return _knock(request, "waiting-asked", seen.announcement.id)


async def approve(request: Request) -> Screen:
    """Approves what the screen showed. It is sent after a delay in which everybody concerned can halt it."""
    button = request.button(ApproveAnnouncement)
    seen = await view.get(request, button.announcement)
    due = request.now + rules.APPROVAL_DELAY
    if not seen.rights.may_approve or not await approvals.approve(
        request.tx, button.announcement, request.me.id, button.fingerprint, due
    ):
        return await _show_current(request, seen.announcement, button.fingerprint)
    await audit.record(request.tx, "announcement-approved", request.me.id, button.announcement, request.now)
    await tell_author(request, seen.announcement)
    return await preview.show(request, button.announcement)


async def send_back(request: Request) -> Screen:
    button = request.button(SendBack)
    seen = await view.get(request, button.announcement)
    if not seen.rights.may_approve or not await approvals.send_back(
        request.tx, button.announcement, request.me.id, button.fingerprint
    ):
        return await _show_current(request, seen.announcement, button.fingerprint)
    await audit.record(request.tx, "announcement-returned", request.me.id, button.announcement, request.now)
    await tell_author(request, seen.announcement)
    return view.message(request, request.texts("announcement-sent-back", name=seen.author))


async def _show_current(request: Request, announcement: Announcement, fingerprint: bytes) -> Screen:
    """Its present state, for somebody who was too late, pressed twice, or was shown an earlier text."""
    changed = announcement.fingerprint != fingerprint
    return await preview.show(request, announcement.id, request.texts("announcement-changed") if changed else None)


async def tell_author(request: Request, announcement: Announcement) -> None:
    """Puts a knock for its author into the outbox, where somebody else has decided something."""
    if announcement.author_id != request.me.id:
        author_id, now = announcement.author_id, request.now
        await outbox.put(request.tx, author_id, NEWS, about=announcement.id, due=now, now=now)


async def render_news(request: Request) -> Screen | None:
    """The knock for its author, when somebody else has decided something."""
    seen = await view.find(request, request.about or b"")
    return _knock(request, "waiting-news", seen.announcement.id) if seen and seen.mine else None


def _knock(request: Request, label: str, announcement_id: bytes) -> Screen:
    return shared_screens.knock(
        request, open_with=Button(request.texts.plain(label), OpenAnnouncement(announcement_id))
    )


ROUTES = [
    Route(AskApproval, Access.COORDINATOR, ask),
    Route(ApproveAnnouncement, Access.COORDINATOR, approve),
    Route(SendBack, Access.COORDINATOR, send_back),
]
DELIVERIES = {ASKED: DeliveryKind(render_asked), NEWS: DeliveryKind(render_news)}
