"""From an incoming request to the screen that answers it: load the person, find the route, run its handler."""

from datetime import datetime, timedelta

from bot.conversation import shared_screens
from bot.conversation.request import Incoming, NetworkContext, Refusal, Request, UnreadableMember
from bot.conversation.routes import Command, DeepLink, Routes, TypedText
from bot.conversation.screen import RunCommand, Screen, UnknownAction
from bot.language.texts import texts_in
from storage.crypto.cipher import Unreadable
from storage.engine.transaction import Transaction
from storage.records import drafts
from storage.records.people import members
from storage.records.people.member import MemberState

ANSWER_WITHIN = timedelta(hours=1)  # a text that is sent later does not answer the question of a draft
APPLICATION = "application"  # what the text of an applicant answers: the next question


async def load_request(tx: Transaction, incoming: Incoming, network: NetworkContext, now: datetime) -> Request:
    """The incoming request with the person's row and draft. Raises `UnreadableMember`."""
    try:
        member = await members.find(tx, incoming.telegram_id)
    except Unreadable as error:
        raise UnreadableMember(await members.language_of(tx, incoming.telegram_id)) from error
    return Request(
        tx,
        now,
        texts_in(member.language if member else incoming.language_code, network.languages),
        network,
        incoming.telegram_id,
        member,
        await drafts.get(tx, member) if member else None,
        incoming.text,
        incoming.photo,
        message_id=incoming.message_id,
    )


async def respond(request: Request, incoming: Incoming, routes: Routes) -> Screen:
    """Runs the handler of the route that answers. Raises `Refusal` for an expected no."""
    if request.is_suspended and incoming.kind in ("edited", "secondhand", "other"):
        raise Refusal(shared_screens.suspended(request))
    match incoming.kind:
        case "group":
            return shared_screens.only_in_private(request)
        case "edited":
            return shared_screens.edits_are_not_seen(request)
        case "secondhand":
            raise Refusal(shared_screens.only_first_hand(request))
        case "other":
            raise Refusal(shared_screens.cannot_take_that(request))
        case "press":
            return await _run_button(request, incoming, routes)
        case "command":
            return await _run_command(request, incoming.command, routes)
        case "words":
            return await _run_text(request, routes)


async def _run_button(request: Request, incoming: Incoming, routes: Routes) -> Screen:
    try:
        action = routes.unpack(incoming.callback_data)
    except UnknownAction:
        raise Refusal(shared_screens.expired(request)) from None
    if isinstance(action, RunCommand):
        return await _run_command(request.replace(page=action.page), action.command, routes)
    route = routes.find(type(action), request.member)
    shown_at, valid_for = incoming.shown_at, action.valid_for
    expired = valid_for is not None and shown_at is not None and request.now - shown_at > valid_for
    if route is None or expired:
        suspended = request.is_suspended and route is None
        raise Refusal(shared_screens.suspended(request) if suspended else shared_screens.expired(request))
    if not route.answers_draft:
        request = await _without_empty_draft(request)
    return await route.handle(request.replace(action=action))


async def _run_command(request: Request, command: str, routes: Routes) -> Screen:
    route = routes.find(Command(command), request.member)
    prefix, _, code = request.text.partition("-")
    if command == "start" and code and (linked := routes.find(DeepLink(prefix), request.member)) is not None:
        route, request = linked, request.replace(text=code)
    if route is None:
        screen = shared_screens.suspended if request.is_suspended else shared_screens.unknown_command
        raise Refusal(screen(request))
    if command != "cancel":
        request = await _without_empty_draft(request)
    return await route.handle(request)


async def _run_text(request: Request, routes: Routes) -> Screen:
    if request.draft and request.now - request.draft.started_at > ANSWER_WITHIN:
        request = await _without_empty_draft(request)
    awaited_by = request.draft.kind if request.draft else ""
    if request.member and request.member.state is MemberState.APPLICANT and not request.member.application.applied_at:
        awaited_by = APPLICATION
    route = routes.find(TypedText(awaited_by), request.member)
    if route is None and request.member is not None and not request.member.is_in:
        return await _run_command(request, "start", routes)  # which shows an applicant how far they are
    if route is None:
        return shared_screens.did_not_understand(request)
    return await route.handle(request)


async def _without_empty_draft(request: Request) -> Request:
    """Drops a draft that waits for its text when its author does something else; a post that was written stays."""
    draft = request.draft
    if draft is None or (draft.kind == "post" and draft.body is not None):
        return request
    await drafts.drop(request.tx, request.me)
    return request.replace(draft=None)
