"""A member receives and reads an announcement: a knock, and behind it the text, which leaves the chat again.

Whether the message is still wanted is checked when it is rendered, and again when it is about to be sent.
"""

from dataclasses import dataclass
from typing import ClassVar

from bot.conversation import shared_screens
from bot.conversation.delivery import DeliveryKind, Priority
from bot.conversation.request import NetworkContext, Refusal, Request
from bot.conversation.routes import Access, Route
from bot.conversation.screen import Button, ButtonAction, Expiry, Screen, column
from bot.features.announcements.rules import version_for
from bot.language.texts import Html, Texts, verbatim
from storage.engine.transaction import Transaction
from storage.records.announcements import announcement_fanout, announcements, audiences
from storage.records.announcements.announcements import Announcement, AnnouncementState, Version

CLOSE = "announcement-close"
READABLE = (AnnouncementState.SENDING, AnnouncementState.SENT)


@dataclass(frozen=True, slots=True)
class ReadAnnouncement(ButtonAction):
    code: ClassVar[str] = "annread"
    announcement: bytes


@dataclass(frozen=True, slots=True)
class CloseAnnouncement(ButtonAction):
    code: ClassVar[str] = "annclose"
    announcement: bytes


async def render(request: Request) -> Screen | None:
    """The knock; None where the announcement was halted, or the reader no longer belongs to its audience."""
    found = await announcements.get(request.tx, request.about or b"")
    if found is None or found.state not in READABLE or not await _is_for(request, found):
        return None
    return _knock(request, found.id)


async def is_still_sent(tx: Transaction, about: bytes | None) -> bool:
    """Asked just before a message is sent: False where the announcement was halted after it was rendered."""
    found = await announcements.get(tx, about or b"")
    return found is not None and found.state in READABLE


async def breaks_quiet(request: Request) -> bool:
    """Whether it is sent in quiet hours: it is urgent, and the reader allows that."""
    if not request.me.preferences.urgent_in_quiet:
        return False
    found = await announcements.get(request.tx, request.about or b"")
    return found is not None and found.urgent


async def read(request: Request) -> Screen:
    """Opens the text, for those who belong to the audience or were sent the knock."""
    found = await announcements.get(request.tx, request.button(ReadAnnouncement).announcement)
    if found is None or found.state not in READABLE:
        raise Refusal(_not_now(request))
    if not await announcement_fanout.was_owed(request.tx, found.id, request.me.id) and not await _is_for(
        request, found
    ):
        raise Refusal(_not_now(request))
    version = version_for(await announcements.versions(request.tx, found.id), request.me.language)
    if version is None:
        raise Refusal(_not_now(request))
    return _text_screen(request, found, version)


async def close(request: Request) -> Screen:
    """Puts the knock back in place of the text, from which it can be opened again."""
    return _knock(request, request.button(CloseAnnouncement).announcement)


async def render_closed(request: Request) -> Screen:
    """The knock in place of the text; the message is removed where the announcement was erased with its author."""
    found = await announcements.get(request.tx, request.about or b"")
    return _knock(request, found.id) if found else Screen(request.texts("announcement-not-now"), removes=True)


def text(texts: Texts, network: NetworkContext, announcement: Announcement, version: Version) -> Html:
    """The text exactly as its readers see it; the preview shows the same."""
    heading = texts("announcement-heading", network=network.name, urgent="yes" if announcement.urgent else "no")
    return texts.stack(heading, verbatim(version.body))


async def _is_for(request: Request, found: Announcement) -> bool:
    return await audiences.holds(request.tx, found.audience, found.author_id, request.me.id)


def _knock(request: Request, announcement_id: bytes) -> Screen:
    return shared_screens.knock(
        request, open_with=Button(request.texts.plain("button-open"), ReadAnnouncement(announcement_id))
    )


def _text_screen(request: Request, announcement: Announcement, version: Version) -> Screen:
    """The text in the place of the knock; when it expires, the knock is put back."""
    return Screen(
        text(request.texts, request.network, announcement, version),
        column(
            Button(request.texts.plain("button-close"), CloseAnnouncement(announcement.id)),
            shared_screens.back(request),
        ),
        expiry=Expiry(CLOSE, announcement.id, request.network.closes_after),
    )


def _not_now(request: Request) -> Screen:
    return Screen(request.texts("announcement-not-now"), column(shared_screens.back(request)))


ROUTES = [
    Route(ReadAnnouncement, Access.MEMBER, read),
    Route(CloseAnnouncement, Access.MEMBER, close),
]
DELIVERIES = {
    announcement_fanout.KIND: DeliveryKind(
        render, breaks_quiet=breaks_quiet, priority=Priority.ANNOUNCEMENTS, precondition=is_still_sent
    ),
    CLOSE: DeliveryKind(render_closed, quiet=False, pauses=False, changes=True),
}
