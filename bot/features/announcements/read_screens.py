"""What those for whom an announcement is see of it: a knock, and the words behind it, which leave the chat again."""

from dataclasses import dataclass
from typing import ClassVar

from bot.conversation import shared_screens
from bot.conversation.reading_screens import closing
from bot.conversation.request import NetworkContext, Request
from bot.conversation.screen import Button, ButtonAction, Screen, column
from bot.language.texts import Html, Texts, verbatim
from storage.records.announcements.announcements import Announcement, Version

CLOSE = "announcement-close"


@dataclass(frozen=True, slots=True)
class ReadAnnouncement(ButtonAction):
    code: ClassVar[str] = "annread"
    announcement: bytes


@dataclass(frozen=True, slots=True)
class CloseAnnouncement(ButtonAction):
    code: ClassVar[str] = "annclose"
    announcement: bytes


def knock(request: Request, announcement_id: bytes) -> Screen:
    return shared_screens.knock(
        request, open_with=Button(request.texts.plain("button-open"), ReadAnnouncement(announcement_id))
    )


def words(texts: Texts, network: NetworkContext, announcement: Announcement, version: Version) -> Html:
    """What stands on the screen; the preview shows just this."""
    heading = texts("announcement-heading", network=network.name, urgent="yes" if announcement.urgent else "no")
    return texts.stack(heading, verbatim(version.body))


def announcement(request: Request, shown: Announcement, version: Version) -> Screen:
    """The words, in the place of the knock; after a while the knock stands here again."""
    return Screen(
        words(request.texts, request.network, shown, version),
        column(
            Button(request.texts.plain("button-close"), CloseAnnouncement(shown.id)),
            shared_screens.back(request),
        ),
        expiry=closing(request, CLOSE, shown.id),
    )


def not_now(request: Request) -> Screen:
    return Screen(request.texts("announcement-not-now"), column(shared_screens.back(request)))
