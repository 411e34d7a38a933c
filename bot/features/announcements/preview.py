"""An announcement in the making, as its author and its approvers see it: the text, the audience, what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation import rounding, shared_screens
from bot.conversation.request import Request
from bot.conversation.routes import Access, Route
from bot.conversation.screen import Button, Screen, column
from bot.features.announcements import progress, read, rules, view
from bot.features.announcements.buttons import (
    AskDiscard,
    ChangeAudience,
    EditVersion,
    OpenAnnouncement,
    RemoveVersion,
    SetUrgent,
    ShowVersion,
)
from bot.features.announcements.view import AnnouncementView
from bot.language.texts import Html, language_name, texts_in
from storage.records.announcements import announcement_fanout, announcements, audiences
from storage.records.announcements.announcements import Announcement, AnnouncementState, Version

IN_THE_MAKING = (AnnouncementState.DRAFT, AnnouncementState.ASKED, AnnouncementState.RETURNED)


@dataclass(frozen=True, slots=True)
class _Reach:
    """The result of a dry run, rounded: how many people it would reach now, and how many are in quiet hours."""

    people: int
    in_quiet_hours: int


async def open_announcement(request: Request) -> Screen:
    return await show(request, request.button(OpenAnnouncement).announcement)


async def show(request: Request, announcement_id: bytes, complaint: Html | None = None) -> Screen:
    """Its preview until it is approved, then how it goes out. Raises `Refusal`."""
    seen = await view.get(request, announcement_id)
    if seen.announcement.state in IN_THE_MAKING:
        return await show_text(request, seen, request.me.language, complaint)
    # Only the message that was opened last is renewed; an older one closes.
    close = request.now + request.network.closes_after
    await announcement_fanout.no_more_progress(request.tx, announcement_id, request.me.id, close)
    return await progress.show(request, seen)


async def show_version(request: Request) -> Screen:
    button = request.button(ShowVersion)
    return await show_text(request, await view.get(request, button.announcement), button.language)


async def show_text(request: Request, seen: AnnouncementView, language: str, complaint: Html | None = None) -> Screen:
    """The version that readers of a language get."""
    announcement = seen.announcement
    groups = await audiences.clocks(request.tx, announcement.audience, announcement.author_id)
    versions = await announcements.versions(request.tx, announcement.id)
    version = rules.version_for(versions, language)
    reach = await _reach(request, announcement, groups)
    if version is None:
        return _without_text(request, seen, complaint)
    return _with_text(request, seen, versions, version, reach, complaint)


async def _reach(request: Request, announcement: Announcement, groups: Sequence[audiences.QuietHoursGroup]) -> _Reach:
    """Both numbers of the day (rounding.py). Who is in quiet hours is counted anew each hour, for it changes then."""

    async def people() -> int:
        return sum(group.members for group in groups)

    async def resting() -> int:
        return rules.in_quiet_hours(groups, request.now, announcement.urgent)

    whom = announcement.audience
    return _Reach(
        await rounding.count(request, whom, people),
        await rounding.count(request, (whom, announcement.urgent, request.now.hour), resting),
    )


def _with_text(
    request: Request,
    seen: AnnouncementView,
    versions: Sequence[Version],
    version: Version,
    reach: _Reach,
    complaint: Html | None,
) -> Screen:
    """The text exactly as readers of one language see it, the audience, how many they are, and what can be done."""
    texts, announcement = request.texts, seen.announcement
    heading = "announcement-preview-first" if version == versions[0] else "announcement-preview"
    readers_texts = texts_in(version.language, request.network.languages)
    text = read.text(readers_texts, request.network, announcement, version)
    state, decisions = view.state_sentence(texts, seen, request.me.zone), view.decision_buttons(texts, seen)
    return Screen(
        texts.stack(
            complaint or "",
            state,
            texts(heading, language=language_name(version.language)),
            Html(f"<blockquote>{text}</blockquote>"),
            texts("announcement-for", whom=seen.audience),
            texts("announcement-urgent") if announcement.urgent else texts("announcement-not-urgent"),
            Html(" ").join(
                [
                    texts("announcement-reaches", count=reach.people),
                    texts("announcement-resting", count=reach.in_quiet_hours),
                ]
            ),
        ),
        column(
            *_version_buttons(request, seen, versions, version),
            *decisions,
            *(_change_buttons(request, seen, versions, version) if _can_change(seen) else ()),
            shared_screens.back(request),
        ),
    )


def _without_text(request: Request, seen: AnnouncementView, complaint: Html | None) -> Screen:
    texts, announcement = request.texts, seen.announcement
    language = texts.language
    return Screen(
        texts.stack(
            complaint or "", view.state_sentence(texts, seen, None), texts("announcement-for", whom=seen.audience)
        ),
        column(
            Button(
                texts.plain("button-add-version", language=language_name(language)),
                EditVersion(announcement.id, language),
            ),
            Button(texts.plain("button-change-whom"), ChangeAudience(announcement.id)),
            Button(texts.plain("button-throw-away"), AskDiscard(announcement.id)),
            shared_screens.back(request),
        ),
    )


def _can_change(seen: AnnouncementView) -> bool:
    return seen.mine and seen.announcement.began_at is None


def _version_buttons(
    request: Request, seen: AnnouncementView, versions: Sequence[Version], version: Version
) -> list[Button]:
    """Leads to the versions in other languages."""
    texts = request.texts
    return [
        Button(
            texts.plain("button-show-version", language=language_name(other.language)),
            ShowVersion(seen.announcement.id, other.language),
        )
        for other in versions
        if other is not version
    ]


def _change_buttons(
    request: Request, seen: AnnouncementView, versions: Sequence[Version], version: Version
) -> tuple[Button | None, ...]:
    """What its author can change; versions in other languages where the network has several."""
    texts, announcement = request.texts, seen.announcement
    id, written = announcement.id, {each.language for each in versions}
    name = language_name(version.language)
    urgent = announcement.urgent
    return (
        Button(texts.plain("button-change-words"), EditVersion(id, version.language)),
        *(
            Button(texts.plain("button-add-version", language=language_name(language)), EditVersion(id, language))
            for language in request.network.languages
            if language not in written
        ),
        Button(texts.plain("button-remove-version", language=name), RemoveVersion(id, version.language))
        if version != versions[0]
        else None,
        Button(texts.plain("button-change-whom"), ChangeAudience(id)),
        Button(texts.plain("button-not-urgent" if urgent else "button-make-urgent"), SetUrgent(id, int(not urgent))),
        Button(texts.plain("button-throw-away"), AskDiscard(id)),
    )


ROUTES = [
    Route(OpenAnnouncement, Access.COORDINATOR, open_announcement),
    Route(ShowVersion, Access.COORDINATOR, show_version),
]
