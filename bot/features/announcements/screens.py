"""What coordinators see of an announcement: for whom, its words as readers see them, and how it is going out."""

from collections.abc import Sequence

from bot.conversation import shared_screens
from bot.conversation.reading_screens import closing
from bot.conversation.request import Request
from bot.conversation.screen import Button, Screen, column
from bot.features.announcements import read_screens, status
from bot.features.announcements.buttons import (
    AskThrowAway,
    AskWhom,
    AskWords,
    ChangeWhom,
    NewAnnouncement,
    OpenAnnouncement,
    RemoveVersion,
    SetUrgent,
    SetWhom,
    ShowVersion,
    ThrowAway,
)
from bot.features.announcements.rules import rounded, version_for
from bot.features.announcements.status import Shown
from bot.language.texts import Html, texts_in
from storage.records.announcements.announcements import Version
from storage.records.announcements.audiences import EVERYBODY, Audience, AudienceKind

A_PAGE = 12
# Of the kinds of which there are several: the button to them, and the question behind it.
SEVERAL = {
    AudienceKind.HOST: ("button-whom-host", "ask-whom-host"),
    AudienceKind.TOPIC: ("button-whom-topic", "ask-whom-topic"),
    AudienceKind.LANGUAGE: ("button-whom-language", "ask-whom-language"),
    AudienceKind.REGION: ("button-whom-region", "ask-whom-region"),
}


def overview(request: Request, found: Sequence[Shown], *, stoppable: bool) -> Screen:
    texts = request.texts
    found, turn = shared_screens.paged(request, "announce", found)
    return Screen(
        texts("announcements"),
        column(
            Button(texts.plain("button-new-announcement"), NewAnnouncement()),
            *(status.line(texts, each, request.me.zone) for each in found),
            *turn,
            shared_screens.run(texts, "halt") if stoppable else None,
            shared_screens.back(request),
        ),
        expiry=closing(request),
    )


def _only(request: Request, words: Html) -> Screen:
    """A sentence, and the ways on."""
    ways = column(shared_screens.run(request.texts, "announce"), shared_screens.back(request))
    return Screen(words, ways, expiry=closing(request))


def gone(request: Request) -> Screen:
    return _only(request, request.texts("announcement-gone"))


def ask_whom(request: Request, complaint: Html | None = None) -> Screen:
    texts = request.texts
    return Screen(
        texts.stack(complaint or "", texts("ask-whom")),
        column(
            Button(_beginning(status.whom(texts, EVERYBODY)), SetWhom(AudienceKind.EVERYBODY, b"", "")),
            *(Button(texts.plain(button), AskWhom(kind, 0)) for kind, (button, _) in SEVERAL.items()),
            shared_screens.run(texts, "cancel"),
        ),
    )


def ask_which(request: Request, kind: AudienceKind, choices: Sequence[tuple[Audience, str]], page: int) -> Screen:
    """One page of the hosts, topics, languages or regions that there are."""
    texts = request.texts
    page = min(max(page, 0), max(0, (len(choices) - 1) // A_PAGE))
    shown = choices[page * A_PAGE : (page + 1) * A_PAGE]
    more = len(choices) > (page + 1) * A_PAGE
    return Screen(
        texts(SEVERAL[kind][1]),
        column(
            *(
                Button(_beginning(label), SetWhom(kind, audience.id or b"", audience.name or ""))
                for audience, label in shown
            ),
            Button(texts.plain("button-next-page"), AskWhom(kind, page + 1)) if more else None,
            Button(texts.plain("button-previous-page"), AskWhom(kind, page - 1)) if page else None,
            shared_screens.run(texts, "cancel"),
        ),
        expiry=closing(request),
    )


def _beginning(words: str) -> str:
    """As a label, where it does not stand inside a sentence."""
    return words[:1].upper() + words[1:]


def ask_words(request: Request, whom: str, language: str, complaint: Html | None = None) -> Screen:
    texts = request.texts
    words = texts("ask-announcement-words", whom=whom, language=status.language_name(language))
    return Screen(
        texts.stack(complaint or "", words), column(shared_screens.run(texts, "cancel")), expiry=closing(request)
    )


def preview(
    request: Request,
    shown: Shown,
    versions: Sequence[Version],
    language: str,
    people: int,
    resting: int,
    complaint: Html | None = None,
) -> Screen:
    """The words exactly as readers of one language see them, for whom, and how many that are; then what can be done."""
    texts, announcement = request.texts, shown.announcement
    version = version_for(versions, language)
    if version is None:
        return _without_words(request, shown, complaint)
    heading = "announcement-preview-first" if version == versions[0] else "announcement-preview"
    seen = read_screens.words(
        texts_in(version.language, request.network.languages), request.network, announcement, version
    )
    return Screen(
        texts.stack(
            complaint or "",
            status.sentence(texts, shown, request.me.zone),
            texts(heading, language=status.language_name(version.language)),
            Html(f"<blockquote>{seen}</blockquote>"),
            texts("announcement-for", whom=shown.audience),
            texts("announcement-urgent") if announcement.urgent else texts("announcement-not-urgent"),
            Html(" ").join(
                [
                    texts("announcement-reaches", count=rounded(people)),
                    texts("announcement-resting", count=rounded(resting)),
                ]
            ),
        ),
        column(
            *(
                Button(
                    texts.plain("button-show-version", language=status.language_name(other.language)),
                    ShowVersion(announcement.id, other.language),
                )
                for other in versions
                if other is not version
            ),
            *status.decisions(texts, shown),
            *(_changes(request, shown, versions, version) if _can_change(shown) else ()),
            shared_screens.back(request),
        ),
        expiry=closing(request),
    )


def _without_words(request: Request, shown: Shown, complaint: Html | None) -> Screen:
    texts, announcement = request.texts, shown.announcement
    language = texts.language
    return Screen(
        texts.stack(
            complaint or "", status.sentence(texts, shown, None), texts("announcement-for", whom=shown.audience)
        ),
        column(
            Button(
                texts.plain("button-add-version", language=status.language_name(language)),
                AskWords(announcement.id, language),
            ),
            Button(texts.plain("button-change-whom"), ChangeWhom(announcement.id)),
            Button(texts.plain("button-throw-away"), AskThrowAway(announcement.id)),
            shared_screens.back(request),
        ),
        expiry=closing(request),
    )


def _can_change(shown: Shown) -> bool:
    return shown.mine and shown.announcement.began_at is None


def _changes(
    request: Request, shown: Shown, versions: Sequence[Version], version: Version
) -> tuple[Button | None, ...]:
    """What its author can change; the words in other languages where the network has some."""
    texts, announcement = request.texts, shown.announcement
    id, written = announcement.id, {each.language for each in versions}
    name = status.language_name(version.language)
    urgent = announcement.urgent
    return (
        Button(texts.plain("button-change-words"), AskWords(id, version.language)),
        *(
            Button(texts.plain("button-add-version", language=status.language_name(language)), AskWords(id, language))
            for language in request.network.languages
            if language not in written
        ),
        Button(texts.plain("button-remove-version", language=name), RemoveVersion(id, version.language))
        if version != versions[0]
        else None,
        Button(texts.plain("button-change-whom"), ChangeWhom(id)),
        Button(texts.plain("button-not-urgent" if urgent else "button-make-urgent"), SetUrgent(id, int(not urgent))),
        Button(texts.plain("button-throw-away"), AskThrowAway(id)),
    )


def nothing_to_halt(request: Request) -> Screen:
    return _only(request, request.texts("nothing-to-halt"))


def ask_throw_away(request: Request, shown: Shown) -> Screen:
    texts = request.texts
    return Screen(
        texts("ask-throw-away", whom=shown.audience),
        column(
            Button(texts.plain("button-throw-away-yes"), ThrowAway(shown.announcement.id)),
            Button(texts.plain("button-back"), OpenAnnouncement(shown.announcement.id)),
        ),
        expiry=closing(request),
    )


def thrown_away(request: Request) -> Screen:
    return _only(request, request.texts("thrown-away"))


def sent_back(request: Request, author: str) -> Screen:
    return _only(request, request.texts("announcement-sent-back", name=author))


def not_resumed(request: Request) -> Screen:
    return _only(request, request.texts("not-resumed"))


def knock(request: Request, announcement_id: bytes) -> Screen:
    """For coordinators: something is asked of them, or has become of what they asked."""
    return shared_screens.knock(
        request, open_with=Button(request.texts.plain("button-open"), OpenAnnouncement(announcement_id))
    )
