"""From what somebody asked to the screen that answers it: look the person up, find the route, run its handler."""

from datetime import datetime, timedelta

from bot.conversation import shared_screens
from bot.conversation.request import Incoming, NetworkContext, Refusal, Request, UnreadableMember
from bot.conversation.routes import Command, Routes, TypedText
from bot.conversation.screen import RunCommand, Screen, UnknownAction
from bot.language.texts import texts_in
from storage.crypto.cipher import Unreadable
from storage.engine.transaction import Transaction
from storage.records import drafts
from storage.records.people import members
from storage.records.people.members import MemberState

AWAITED = timedelta(hours=1)  # words that come later are not taken for the answer to what was asked
APPLICATION = "application"  # an applicant's words are the answer to the next question


async def look_up(tx: Transaction, asked: Incoming, network: NetworkContext, now: datetime) -> Request:
    """The request behind what was asked, with all that is held about the person. Raises `UnreadableMember`."""
    try:
        member = await members.find(tx, asked.telegram_id)
    except Unreadable as error:
        raise UnreadableMember(await members.language_of(tx, asked.telegram_id)) from error
    return Request(
        tx,
        now,
        texts_in(member.language if member else asked.language_code, network.languages),
        network,
        asked.telegram_id,
        member,
        await drafts.get(tx, member) if member else None,
        asked.text,
        asked.photo,
        message_id=asked.message_id,
        typed_id=asked.typed_id,
    )


async def respond(request: Request, asked: Incoming, routes: Routes) -> Screen:
    """Runs the one handler whose turn it is. Raises `Refusal` for an expected no."""
    match asked.kind:
        case "group":
            return shared_screens.only_in_private(request)
        case "edited":
            return shared_screens.edits_are_not_seen(request)
        case "secondhand":
            raise Refusal(shared_screens.only_first_hand(request))
        case "other":
            raise Refusal(shared_screens.cannot_take_that(request))
        case "press":
            return await _press(request, asked, routes)
        case "command":
            return await _run(request, asked.command, routes)
        case "words":
            return await _words(request, routes)


async def _press(request: Request, asked: Incoming, routes: Routes) -> Screen:
    try:
        press = routes.unpack(asked.callback_data)
    except UnknownAction:
        raise Refusal(shared_screens.expired(request)) from None
    if isinstance(press, RunCommand):
        return await _run(request.replace(page=press.page), press.command, routes)
    route = routes.find(type(press), request.member)
    faded = press.valid_for is not None and asked.shown_at is not None and request.now - asked.shown_at > press.valid_for
    if route is None or faded:
        raise Refusal(shared_screens.expired(request))
    if not route.answers_draft:
        request = await _without_empty_draft(request)
    return await route.handle(request.replace(action=action))


async def _run(request: Request, command: str, routes: Routes) -> Screen:
    route = routes.find(Command(command), request.member)
    if route is None:
        raise Refusal(shared_screens.unknown_command(request))
    if command != "cancel":
        request = await _without_empty_draft(request)
    return await route.handle(request)


async def _words(request: Request, routes: Routes) -> Screen:
    if request.draft and request.now - request.draft.started_at > AWAITED:
        request = await _without_empty_draft(request)
    awaiting = request.draft.kind if request.draft else ""
    if request.member and request.member.state is MemberState.APPLICANT and not request.member.applied_at:
        awaiting = APPLICATION
    route = routes.find(TypedText(awaiting), request.member)
    if route is None and request.member is not None and not request.member.is_in:
        return await _run(request, "start", routes)  # somebody on the way in is told where they stand
    if route is None:
        return shared_screens.did_not_understand(request)
    return await route.handle(request)


async def _without_empty_draft(request: Request) -> Request:
    """Whoever goes elsewhere is no longer asked for words; a post that they had written already is kept."""
    draft = request.draft
    if draft is None or (draft.kind == "post" and draft.body is not None):
        return request
    await drafts.drop(request.tx, request.me)
    return request.replace(draft=None)
