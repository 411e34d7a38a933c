"""Composing an announcement: its audience, a text in each language, whether it is urgent; or discarding it."""

from datetime import timedelta

from bot.conversation import shared_screens
from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Command, Route, TypedText
from bot.conversation.screen import Screen
from bot.features.announcements import audience as audience_choice
from bot.features.announcements import buttons, preview, view
from bot.features.announcements import compose_screens as screens
from bot.features.announcements.rules import LONGEST_TEXT
from bot.features.announcements.view import AnnouncementView
from bot.language.normalize import tidy, units
from bot.language.texts import Html
from storage.records import audit, drafts
from storage.records.announcements import announcement_draft, announcements
from storage.records.announcements.announcements import AnnouncementState
from storage.records.announcements.audiences import Audience

RECENT = timedelta(days=14)
SAME_PASTE = timedelta(seconds=5)  # Telegram's apps split a long text into several messages
# What a coordinator's draft waits for.
AUDIENCE, TEXT, TOO_LONG = "announce-whom", "announce-words", "announce-too-long"


async def announce(request: Request) -> Screen:
    """`/announce`: the recent announcements, or a new one where there are none. `/announce <audience>`: a new one."""
    if request.text:
        return await _set_audience(request, None, await _typed_audience(request))
    found = []
    for each in await announcements.recent(request.tx, request.now - RECENT):
        seen = await view.of(request, each)
        if seen is not None:
            found.append(seen)
    if not found:
        return await new(request)
    running = (AnnouncementState.APPROVED, AnnouncementState.SENDING)
    can_halt = any(seen.rights.may_halt and seen.announcement.state in running for seen in found)
    return screens.overview(request, found, can_halt=can_halt)


async def new(request: Request) -> Screen:
    await drafts.put(request.tx, request.me, AUDIENCE, now=request.now)
    return screens.ask_audience(request)


async def change_audience(request: Request) -> Screen:
    seen = await view.get_own(request, request.button(buttons.ChangeAudience).announcement)
    await drafts.put(request.tx, request.me, AUDIENCE, about=seen.announcement.id, now=request.now)
    return screens.ask_audience(request)


async def list_audiences(request: Request) -> Screen:
    button = request.button(buttons.ListAudiences)
    if button.kind not in screens.SEVERAL:
        raise Refusal(shared_screens.expired(request))
    choices = await audience_choice.choices(request, button.kind)
    return screens.list_audiences(request, button.kind, choices, button.page)


async def set_audience(request: Request) -> Screen:
    button, draft = request.button(buttons.SetAudience), request.draft
    audience = Audience(button.kind, button.id or None, button.name or None)
    if (
        draft is None
        or draft.kind != AUDIENCE
        or audience not in [choice for choice, _ in await audience_choice.choices(request, button.kind)]
    ):
        raise Refusal(shared_screens.expired(request))
    return await _set_audience(request, draft.about, audience)


async def set_typed_audience(request: Request) -> Screen:
    assert request.draft is not None
    return await _set_audience(request, request.draft.about, await _typed_audience(request))


async def _typed_audience(request: Request) -> Audience:
    """The audience whose name somebody typed. Raises `Refusal` with the question where there is none."""
    audience = await audience_choice.typed(request)
    if audience is not None:
        return audience
    if request.draft is None or request.draft.kind != AUDIENCE:
        await drafts.put(request.tx, request.me, AUDIENCE, now=request.now)
    raise Refusal(screens.ask_audience(request, request.texts("whom-not-understood")))


async def _set_audience(request: Request, announcement_id: bytes | None, audience: Audience) -> Screen:
    """Changes the audience of an announcement; None creates one and asks for its text."""
    if announcement_id is not None:
        seen = await view.get_own(request, announcement_id)
        await drafts.drop(request.tx, request.me)
        await announcement_draft.set_audience(request.tx, request.me, announcement_id, audience, request.now)
        return await _show_changed(request, seen)
    announcement_id = await announcement_draft.create(request.tx, request.me.id, audience, request.now)
    name = await audience_choice.name(request, audience)
    return await _ask_text(request, announcement_id, name, request.texts.language)


async def edit_version(request: Request) -> Screen:
    button = request.button(buttons.EditVersion)
    seen = await view.get_own(request, button.announcement)
    if button.language not in request.network.languages:
        raise Refusal(shared_screens.expired(request))
    return await _ask_text(request, button.announcement, seen.audience, button.language)


async def _ask_text(request: Request, announcement_id: bytes, audience_name: str, language: str) -> Screen:
    await drafts.put(request.tx, request.me, TEXT, about=announcement_id, body=language, now=request.now)
    return screens.ask_text(request, audience_name, language)


async def write(request: Request) -> Screen:
    """Stores the text of one language and shows it as its readers will see it."""
    draft, body = request.draft, tidy(request.text)
    assert draft is not None
    seen = await view.get_own(request, draft.about or b"")
    language = draft.body or request.texts.language

    def again(complaint: Html) -> Screen:
        return screens.ask_text(request, seen.audience, language, complaint)

    rest_of_paste = draft.kind == TOO_LONG and request.now - draft.started_at < SAME_PASTE
    if units(body) > LONGEST_TEXT or rest_of_paste:
        about = seen.announcement.id
        await drafts.put(request.tx, request.me, TOO_LONG, about=about, body=language, now=request.now)
        length = units(body) if units(body) > LONGEST_TEXT else 0
        return again(request.texts("announcement-too-long", length=length, most=LONGEST_TEXT))
    if request.photo is not None or not body:
        raise Refusal(again(request.texts("words-please" if request.photo else "answer-empty")))
    await announcement_draft.write(request.tx, request.me, seen.announcement.id, language, body, request.now)
    await drafts.drop(request.tx, request.me)
    return await _show_changed(request, seen, language)


async def remove_version(request: Request) -> Screen:
    button = request.button(buttons.RemoveVersion)
    seen = await view.get_own(request, button.announcement)
    await announcement_draft.remove(request.tx, request.me, button.announcement, button.language, request.now)
    return await _show_changed(request, seen)


async def set_urgent(request: Request) -> Screen:
    button = request.button(buttons.SetUrgent)
    seen = await view.get_own(request, button.announcement)
    await announcement_draft.set_urgent(request.tx, request.me, button.announcement, bool(button.urgent), request.now)
    return await _show_changed(request, seen)


async def _show_changed(request: Request, before: AnnouncementView, language: str | None = None) -> Screen:
    """The preview after a change. A request for approval or an approval from before the change is void; it says so."""
    announcement_id, complaint = before.announcement.id, None
    if before.announcement.state in (AnnouncementState.ASKED, AnnouncementState.APPROVED):
        complaint = request.texts("announcement-voided")
        await audit.record(request.tx, "announcement-changed", request.me.id, announcement_id, request.now)
    seen = await view.get_own(request, announcement_id)
    return await preview.show_text(request, seen, language or request.texts.language, complaint)


async def ask_discard(request: Request) -> Screen:
    return screens.ask_discard(request, await view.get_own(request, request.button(buttons.AskDiscard).announcement))


async def discard(request: Request) -> Screen:
    seen = await view.get_own(request, request.button(buttons.Discard).announcement)
    await announcement_draft.throw_away(request.tx, request.me, seen.announcement.id)
    return view.message(request, request.texts("thrown-away"))


ROUTES = [
    Route(Command("announce"), Access.COORDINATOR, announce),
    Route(TypedText(AUDIENCE), Access.COORDINATOR, set_typed_audience),
    Route(TypedText(TEXT), Access.COORDINATOR, write),
    Route(TypedText(TOO_LONG), Access.COORDINATOR, write),
    Route(buttons.NewAnnouncement, Access.COORDINATOR, new),
    Route(buttons.ChangeAudience, Access.COORDINATOR, change_audience),
    Route(buttons.ListAudiences, Access.COORDINATOR, list_audiences, answers_draft=True),
    Route(buttons.SetAudience, Access.COORDINATOR, set_audience, answers_draft=True),
    Route(buttons.EditVersion, Access.COORDINATOR, edit_version),
    Route(buttons.RemoveVersion, Access.COORDINATOR, remove_version),
    Route(buttons.SetUrgent, Access.COORDINATOR, set_urgent),
    Route(buttons.AskDiscard, Access.COORDINATOR, ask_discard),
    Route(buttons.Discard, Access.COORDINATOR, discard),
]
