"""What arrives of announcements, looked at once more at the last moment; and how a member reads one."""

from bot.conversation.delivery import DeliveryKind, Priority
from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Route
from bot.conversation.screen import Screen
from bot.features.announcements import lookup, read_screens, screens
from bot.features.announcements.approval import ASKED, NEWS
from bot.features.announcements.rules import version_for
from storage.engine.transaction import Transaction
from storage.records import outbox
from storage.records.announcements import announcement_fanout, announcements, audiences
from storage.records.announcements.announcements import Announcement, AnnouncementState

READABLE = (AnnouncementState.SENDING, AnnouncementState.SENT)


async def render(request: Request) -> Screen | None:
    """The knock; none where it was stopped, or the reader is not among those it is for any more."""
    found = await announcements.get(request.tx, request.about or b"")
    if found is None or found.state not in READABLE or not await _is_for(request, found):
        return None
    return read_screens.knock(request, found.id)


async def goes_out(tx: Transaction, about: bytes | None) -> bool:
    """Not where it was halted while a message waited for its turn."""
    found = await announcements.get(tx, about or b"")
    return found is not None and found.state in READABLE


async def _is_for(request: Request, found: Announcement) -> bool:
    return await audiences.holds(request.tx, found.audience, found.author_id, request.me.id)


async def breaks_quiet(request: Request) -> bool:
    """Whether it may come in quiet hours: an urgent one, and the reader allows it."""
    if not request.me.preferences.urgent_in_quiet:
        return False
    found = await announcements.get(request.tx, request.about or b"")
    return found is not None and found.urgent


async def read(request: Request) -> Screen:
    """Opens the words, for those who were sent the notice."""
    found = await announcements.get(request.tx, request.button(read_screens.ReadAnnouncement).announcement)
    if found is None or found.state not in READABLE:
        raise Refusal(read_screens.not_now(request))
    if not await announcement_fanout.was_owed(request.tx, found.id, request.me.id) and not await _is_for(
        request, found
    ):
        raise Refusal(read_screens.not_now(request))
    version = version_for(await announcements.versions(request.tx, found.id), request.me.language)
    if version is None:
        raise Refusal(read_screens.not_now(request))
    return read_screens.announcement(request, found, version)


async def close(request: Request) -> Screen:
    """Puts the knock back, so that it can be opened again."""
    return read_screens.knock(request, request.button(read_screens.CloseAnnouncement).announcement)


async def render_closed(request: Request) -> Screen:
    """What stands where the words stood; nothing where they are gone with their author."""
    found = await announcements.get(request.tx, request.about or b"")
    return (
        read_screens.knock(request, found.id) if found else Screen(request.texts("announcement-not-now"), removes=True)
    )


async def render_asked(request: Request) -> Screen | None:
    """The knock for those who may approve it, as long as they may and it waits."""
    shown = await lookup.find(request, request.about or b"")
    if shown is None or shown.announcement.state is not AnnouncementState.ASKED or not shown.may_approve:
        return None
    return screens.knock(request, shown.announcement.id)


async def render_news(request: Request) -> Screen | None:
    """The knock for its author, when somebody else has decided something."""
    shown = await lookup.find(request, request.about or b"")
    return screens.knock(request, shown.announcement.id) if shown and shown.mine else None


async def render_progress(request: Request) -> Screen | None:
    """How it is going out, in the message in which somebody follows it; and the next look at it, or its end."""
    shown = await lookup.find(request, request.about or b"")
    if shown is None:
        return Screen(request.texts("announcement-gone"), removes=True)
    screen = await lookup.show_status(request, shown)
    if screen.expiry is not None and request.message_id is not None:
        # One that could not be shown is tried again, and each try would leave one more behind it.
        await outbox.cancel_changes(request.tx, request.me.id, request.message_id)
        await outbox.put(
            request.tx,
            request.me.id,
            screen.expiry.kind,
            about=screen.expiry.about,
            message_id=request.message_id,
            due=request.now + screen.expiry.after,
            now=request.now,
        )
    return screen


ROUTES = [
    Route(read_screens.ReadAnnouncement, Access.MEMBER, read),
    Route(read_screens.CloseAnnouncement, Access.MEMBER, close),
]
KINDS = {
    announcement_fanout.KIND: DeliveryKind(
        render, breaks_quiet=breaks_quiet, priority=Priority.ANNOUNCEMENTS, precondition=goes_out
    ),
    read_screens.CLOSE: DeliveryKind(render_closed, quiet=False, pauses=False, changes=True),
    ASKED: DeliveryKind(render_asked),
    NEWS: DeliveryKind(render_news),
    # Before what it counts, or it would come when everything else has.
    announcement_fanout.PROGRESS: DeliveryKind(
        render_progress, quiet=False, pauses=False, changes=True, priority=Priority.ANSWERS
    ),
}
