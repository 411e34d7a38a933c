"""What a coordinator is asked while composing an announcement, and the list of announcements."""

from collections.abc import Sequence

from bot.conversation import shared_screens
from bot.conversation.request import Request
from bot.conversation.screen import Button, Screen, column
from bot.features.announcements import audience, view
from bot.features.announcements.buttons import (
    Discard,
    ListAudiences,
    NewAnnouncement,
    OpenAnnouncement,
    SetAudience,
)
from bot.features.announcements.view import AnnouncementView
from bot.language.texts import Html, language_name
from storage.records.announcements.audiences import EVERYBODY, Audience, AudienceKind

PAGE_SIZE = 12  # audiences
# Of the kinds of audience of which there are several: the button to them, and the question behind it.
SEVERAL = {
    AudienceKind.HOST: ("button-whom-host", "ask-whom-host"),
    AudienceKind.TOPIC: ("button-whom-topic", "ask-whom-topic"),
    AudienceKind.LANGUAGE: ("button-whom-language", "ask-whom-language"),
    AudienceKind.REGION: ("button-whom-region", "ask-whom-region"),
}


def overview(request: Request, found: Sequence[AnnouncementView], *, can_halt: bool) -> Screen:
    """The recent announcements that this coordinator may see."""
    texts = request.texts
    found, page_buttons = shared_screens.paged(request, "announce", found)
    return Screen(
        texts("announcements"),
        column(
            Button(texts.plain("button-new-announcement"), NewAnnouncement()),
            *(view.list_button(texts, each, request.me.zone) for each in found),
            *page_buttons,
            shared_screens.run(texts, "halt") if can_halt else None,
            shared_screens.back(request),
        ),
    )


def ask_audience(request: Request, complaint: Html | None = None) -> Screen:
    texts = request.texts
    return Screen(
        texts.stack(complaint or "", texts("ask-whom")),
        column(
            Button(_capitalised(audience.phrase(texts, EVERYBODY)), SetAudience(AudienceKind.EVERYBODY, b"", "")),
            *(Button(texts.plain(button), ListAudiences(kind, 0)) for kind, (button, _) in SEVERAL.items()),
            shared_screens.run(texts, "cancel"),
        ),
    )


def list_audiences(request: Request, kind: AudienceKind, choices: Sequence[tuple[Audience, str]], page: int) -> Screen:
    """One page of the hosts, topics, languages or regions that can be chosen."""
    texts = request.texts
    page = min(max(page, 0), max(0, (len(choices) - 1) // PAGE_SIZE))
    on_page = choices[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    more = len(choices) > (page + 1) * PAGE_SIZE
    return Screen(
        texts(SEVERAL[kind][1]),
        column(
            *(
                Button(_capitalised(label), SetAudience(kind, choice.id or b"", choice.name or ""))
                for choice, label in on_page
            ),
            Button(texts.plain("button-next-page"), ListAudiences(kind, page + 1)) if more else None,
            Button(texts.plain("button-previous-page"), ListAudiences(kind, page - 1)) if page else None,
            shared_screens.run(texts, "cancel"),
        ),
    )


def _capitalised(phrase: str) -> str:
    """A part of a sentence as a label of its own."""
    return phrase[:1].upper() + phrase[1:]


def ask_text(request: Request, audience_name: str, language: str, complaint: Html | None = None) -> Screen:
    texts = request.texts
    question = texts("ask-announcement-words", whom=audience_name, language=language_name(language))
    return Screen(texts.stack(complaint or "", question), column(shared_screens.run(texts, "cancel")))


def ask_discard(request: Request, seen: AnnouncementView) -> Screen:
    texts = request.texts
    return Screen(
        texts("ask-throw-away", whom=seen.audience),
        column(
            Button(texts.plain("button-throw-away-yes"), Discard(seen.announcement.id)),
            Button(texts.plain("button-back"), OpenAnnouncement(seen.announcement.id)),
        ),
    )
