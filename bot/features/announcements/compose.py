"""Handlers of announcements in the making: for whom, the words in each language, urgent or not, thrown away."""

from datetime import timedelta

from bot.conversation import shared_screens
from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Command, Route, TypedText
from bot.conversation.screen import Screen
from bot.features.announcements import approval, buttons, deliveries, lookup, screens
from bot.features.announcements.rules import LONGEST_WORDS
from bot.features.announcements.status import Shown
from bot.language.normalize import one_line, tidy, units
from bot.language.texts import Html
from bot.language.timezones.place_names import fold
from storage.records import audit, drafts
from storage.records.announcements import announcement_draft, announcements
from storage.records.announcements.announcements import AnnouncementState
from storage.records.announcements.audiences import Audience, AudienceKind

LATELY = timedelta(days=14)
SAME_PASTE = timedelta(seconds=5)  # Telegram's apps send a long text in pieces
WHOM, WORDS, TOO_LONG = "announce-whom", "announce-words", "announce-too-long"


async def announce(request: Request) -> Screen:
    """`/announce`, or `/announce <for whom>`: what is under way, or a new one."""
    if request.text:
        return await _for(request, None, await _meant(request))
    found = []
    for each in await announcements.recent(request.tx, request.now - LATELY):
        shown = await lookup.of(request, each)
        if shown is not None:
            found.append(shown)
    if not found:
        return await new(request)
    running = (AnnouncementState.APPROVED, AnnouncementState.SENDING)
    stoppable = any(shown.may_stop and shown.announcement.state in running for shown in found)
    return screens.overview(request, found, stoppable=stoppable)


async def new(request: Request) -> Screen:
    await drafts.put(request.tx, request.me, WHOM, now=request.now)
    return screens.ask_whom(request)


async def change_whom(request: Request) -> Screen:
    shown = await lookup.own(request, request.button(buttons.ChangeWhom).announcement)
    await drafts.put(request.tx, request.me, WHOM, about=shown.announcement.id, now=request.now)
    return screens.ask_whom(request)


async def ask_which(request: Request) -> Screen:
    press = request.button(buttons.AskWhom)
    if press.kind not in screens.SEVERAL:
        raise Refusal(shared_screens.expired(request))
    return screens.ask_which(request, press.kind, await lookup.choices(request, press.kind), press.page)


async def set_whom(request: Request) -> Screen:
    press, draft = request.button(buttons.SetWhom), request.draft
    audience = Audience(press.kind, press.id or None, press.name or None)
    if (
        draft is None
        or draft.kind != WHOM
        or audience not in [one for one, _ in await lookup.choices(request, press.kind)]
    ):
        raise Refusal(shared_screens.expired(request))
    return await _for(request, draft.about, audience)


async def whom_in_words(request: Request) -> Screen:
    assert request.draft is not None
    return await _for(request, request.draft.about, await _meant(request))


async def _meant(request: Request) -> Audience:
    """Whom somebody means who types it: a name as it stands on a button. Raises `Refusal`."""
    wanted = fold(one_line(request.text))
    for kind in AudienceKind:
        for audience, name in await lookup.choices(request, kind):
            if wanted in (fold(name), fold(await lookup.whom(request, audience))):
                return audience
    if request.draft is None or request.draft.kind != WHOM:
        await drafts.put(request.tx, request.me, WHOM, now=request.now)
    raise Refusal(screens.ask_whom(request, request.texts("whom-not-understood")))


async def _for(request: Request, announcement_id: bytes | None, audience: Audience) -> Screen:
    """Says for whom an announcement is, or begins a new one for them."""
    if announcement_id is not None:
        shown = await lookup.own(request, announcement_id)
        await drafts.drop(request.tx, request.me)
        await announcement_draft.set_audience(request.tx, request.me, announcement_id, audience, request.now)
        return await _changed(request, shown)
    announcement_id = await announcement_draft.create(request.tx, request.me.id, audience, request.now)
    return await _ask_words(request, announcement_id, await lookup.whom(request, audience), request.texts.language)


async def ask_words(request: Request) -> Screen:
    press = request.button(buttons.AskWords)
    shown = await lookup.own(request, press.announcement)
    if press.language not in request.network.languages:
        raise Refusal(shared_screens.expired(request))
    return await _ask_words(request, press.announcement, shown.audience, press.language)


async def _ask_words(request: Request, announcement_id: bytes, whom: str, language: str) -> Screen:
    await drafts.put(request.tx, request.me, WORDS, about=announcement_id, body=language, now=request.now)
    return screens.ask_words(request, whom, language)


async def write(request: Request) -> Screen:
    """Takes the words of one language and shows them as their readers will see them."""
    draft, body = request.draft, tidy(request.text)
    assert draft is not None
    shown = await lookup.own(request, draft.about or b"")
    language = draft.body or request.texts.language

    def again(complaint: Html) -> Screen:
        return screens.ask_words(request, shown.audience, language, complaint)

    rest = draft.kind == TOO_LONG and request.now - draft.started_at < SAME_PASTE
    if units(body) > LONGEST_WORDS or rest:
        about = shown.announcement.id
        await drafts.put(request.tx, request.me, TOO_LONG, about=about, body=language, now=request.now)
        length = units(body) if units(body) > LONGEST_WORDS else 0
        return again(request.texts("announcement-too-long", length=length, most=LONGEST_WORDS))
    if request.photo is not None or not body:
        raise Refusal(again(request.texts("words-please" if request.photo else "answer-empty")))
    await announcement_draft.write(request.tx, request.me, shown.announcement.id, language, body, request.now)
    await drafts.drop(request.tx, request.me)
    return await _changed(request, shown, language)


async def remove_version(request: Request) -> Screen:
    press = request.button(buttons.RemoveVersion)
    shown = await lookup.own(request, press.announcement)
    await announcement_draft.remove(request.tx, request.me, press.announcement, press.language, request.now)
    return await _changed(request, shown)


async def set_urgent(request: Request) -> Screen:
    press = request.button(buttons.SetUrgent)
    shown = await lookup.own(request, press.announcement)
    await announcement_draft.set_urgent(request.tx, request.me, press.announcement, bool(press.urgent), request.now)
    return await _changed(request, shown)


async def _changed(request: Request, before: Shown, language: str | None = None) -> Screen:
    """Shows it as it stands now. What was asked or agreed to before the change counts no more, and that is said."""
    announcement_id, complaint = before.announcement.id, None
    if before.announcement.state in (AnnouncementState.ASKED, AnnouncementState.APPROVED):
        complaint = request.texts("announcement-voided")
        await audit.record(request.tx, "announcement-changed", request.me.id, announcement_id, request.now)
    shown = await lookup.own(request, announcement_id)
    return await lookup.version(request, shown, language or request.texts.language, complaint)


async def ask_throw_away(request: Request) -> Screen:
    return screens.ask_throw_away(request, await lookup.own(request, request.button(buttons.AskThrowAway).announcement))


async def throw_away(request: Request) -> Screen:
    shown = await lookup.own(request, request.button(buttons.ThrowAway).announcement)
    await announcement_draft.throw_away(request.tx, request.me, shown.announcement.id)
    return screens.thrown_away(request)


ROUTES = [
    Route(Command("announce"), Access.COORDINATOR, announce),
    Route(Command("halt"), Access.COORDINATOR, approval.halt),
    Route(TypedText(WHOM), Access.COORDINATOR, whom_in_words),
    Route(TypedText(WORDS), Access.COORDINATOR, write),
    Route(TypedText(TOO_LONG), Access.COORDINATOR, write),
    Route(buttons.NewAnnouncement, Access.COORDINATOR, new),
    Route(buttons.ChangeWhom, Access.COORDINATOR, change_whom),
    Route(buttons.AskWhom, Access.COORDINATOR, ask_which, answers_draft=True),
    Route(buttons.SetWhom, Access.COORDINATOR, set_whom, answers_draft=True),
    Route(buttons.AskWords, Access.COORDINATOR, ask_words),
    Route(buttons.RemoveVersion, Access.COORDINATOR, remove_version),
    Route(buttons.SetUrgent, Access.COORDINATOR, set_urgent),
    Route(buttons.AskThrowAway, Access.COORDINATOR, ask_throw_away),
    Route(buttons.ThrowAway, Access.COORDINATOR, throw_away),
    *approval.ROUTES,
    *deliveries.ROUTES,
]
KINDS = deliveries.KINDS
