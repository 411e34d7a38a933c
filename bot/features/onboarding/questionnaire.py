"""The questionnaire: an applicant answers one question after another, and sends or withdraws the application."""

from bot.conversation import role_news, shared_screens
from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Command, Route, TypedText
from bot.conversation.screen import Menu, Screen
from bot.features.onboarding import questionnaire_screens as screens
from bot.features.onboarding.rules import LONGEST_NAME, LONGEST_REASON, Question, next_question
from bot.language.normalize import a_name, one_line, tidy, units
from bot.language.timezones import lookup
from storage.records import audit, erasure, hosts, outbox
from storage.records.people import applications, chat_messages, members, preferences
from storage.records.people.member import Member, MemberState, Role

APPLICATION = "application"  # the kind of delivery that tells coordinators of a new application


async def status(request: Request) -> Screen:
    return await screens.status(request)


async def answer(request: Request) -> Screen:
    """Stores typed text as the answer to the next question."""
    which = next_question(request.me)
    if which is None:
        return await screens.status(request)
    if request.photo is not None:
        raise Refusal(await screens.question(request, which, request.texts("words-please")))
    match which:
        case Question.NAME:
            name = await _measured(request, which, a_name(request.text), LONGEST_NAME)
            await members.set_name(request.tx, request.me, name)
        case Question.REASON:
            reason = await _measured(request, which, tidy(request.text), LONGEST_REASON)
            await applications.set_reason(request.tx, request.me, reason)
        case Question.HOST:
            await _answer_host(request, one_line(request.text))
        case Question.ZONE:
            await _answer_zone(request, one_line(request.text))
    return await _after_answer(request)


async def _measured(request: Request, which: Question, text: str, most: int) -> str:
    """The text itself. Raises `Refusal` where it is empty or longer than `most` UTF-16 units."""
    if not text:
        raise Refusal(await screens.question(request, which, screens.empty(request.texts)))
    if units(text) > most:
        complaint = screens.too_long(request.texts, units(text), most)
        raise Refusal(await screens.question(request, which, complaint))
    return text


async def _answer_host(request: Request, text: str) -> None:
    known = {host.name.casefold(): host for host in await hosts.everyone(request.tx)}
    none = request.texts.plain("button-no-host").casefold()
    host = known.get(text.casefold())
    if host is None and text.casefold() != none:
        complaint = screens.unknown_host(request.texts)
        raise Refusal(await screens.question(request, Question.HOST, complaint))
    await members.set_host(request.tx, request.me, host.id if host else None, independent=host is None)


async def _answer_zone(request: Request, text: str) -> None:
    zone = lookup.find(text)
    if zone is None:
        suggestions = lookup.suggest(text)
        complaint = screens.unknown_zone(request.texts, suggestions)
        raise Refusal(await screens.question(request, Question.ZONE, complaint, suggestions))
    await preferences.set_zone(request.tx, request.me, zone)


async def choose_host(request: Request) -> Screen:
    host_id = request.button(screens.ChooseHost).host
    host = await hosts.get(request.tx, host_id)
    if host_id != screens.NO_HOST and not (host and host.name):
        raise Refusal(shared_screens.expired(request))
    _refuse_if_sent(request)
    await members.set_host(request.tx, request.me, host_id or None, independent=not host_id)
    return await _after_answer(request)


async def choose_zone(request: Request) -> Screen:
    zone = lookup.find(request.button(screens.ChooseZone).zone)
    if zone is None:
        raise Refusal(shared_screens.expired(request))
    _refuse_if_sent(request)
    await preferences.set_zone(request.tx, request.me, zone)
    return await _after_answer(request)


async def ask_again(request: Request) -> Screen:
    """Asks one question again; the other answers stay."""
    _refuse_if_sent(request)
    which = request.button(screens.AskAgain).question
    match which:
        case Question.NAME:
            await members.set_name(request.tx, request.me, None)
        case Question.HOST:
            await members.set_host(request.tx, request.me, None, independent=False)
        case Question.ZONE:
            await preferences.set_zone(request.tx, request.me, None)
        case Question.REASON:
            await applications.set_reason(request.tx, request.me, None)
    return await screens.status(await reloaded(request))


def _refuse_if_sent(request: Request) -> None:
    if request.me.application.applied_at is not None:
        raise Refusal(screens.waiting(request))


async def _after_answer(request: Request) -> Screen:
    request = await reloaded(request)
    if next_question(request.me) is None and request.me.role is Role.OWNER:
        return await _begin_network(request)
    return await screens.status(request)


async def _begin_network(request: Request) -> Screen:
    """Makes the first owner a member as soon as all questions are answered."""
    await applications.apply(request.tx, request.me, request.now)
    await applications.decide(request.tx, request.me.id, approve=True, decided_by=None, now=request.now)
    await audit.record(request.tx, "owner-claimed", request.me.id, request.me.id, request.now)
    request = await reloaded(request)
    await role_news.tell(request, request.me, Role.MEMBER)
    return owner_home(request)


def owner_home(request: Request) -> Screen:
    """Home for a new owner, with the commands that set up a network on top."""
    return shared_screens.home(
        request, screens.owner_welcome(request), first=("topic", "invite", "roles", "hosts"), menu=Menu.OWN
    )


async def reloaded(request: Request) -> Request:
    """The request with the row as it stands now."""
    return request.replace(member=await members.get(request.tx, request.me.id))


async def send(request: Request) -> Screen:
    """Sends the application to those who decide about it."""
    if next_question(request.me) is not None:
        return await screens.status(request)
    if await applications.apply(request.tx, request.me, request.now):
        await audit.record(request.tx, "applied", request.me.id, None, request.now)
        for coordinator in await _deciding(request, request.me):
            await outbox.put(
                request.tx, coordinator.id, APPLICATION, about=request.me.id, due=request.now, now=request.now
            )
    return screens.waiting(await reloaded(request))


async def _deciding(request: Request, applicant: Member) -> list[Member]:
    """Who decides about an applicant: the coordinators of the host; where it has none, the owners."""
    found = await members.coordinators_of(request.tx, applicant.host_id)
    near = [member for member in found if member.role is Role.COORDINATOR and member.state is MemberState.ACTIVE]
    return near or [member for member in found if member.role is Role.OWNER]


async def ask_withdraw(request: Request) -> Screen:
    return screens.ask_withdraw(request)


async def withdraw(request: Request) -> Screen:
    messages = await chat_messages.deletable(request.tx, request.me.id, request.now)
    await erasure.erase(request.tx, request.me, request.now)
    await audit.record(request.tx, "erased", None, None, request.now)
    return shared_screens.last(request, screens.withdrawn(request.texts), messages)


ROUTES = [
    Route(Command("status"), Access.APPLICANT, status),
    Route(Command("withdraw"), Access.APPLICANT, ask_withdraw),
    Route(TypedText("application"), Access.APPLICANT, answer),
    Route(screens.ChooseHost, Access.APPLICANT, choose_host),
    Route(screens.ChooseZone, Access.APPLICANT, choose_zone),
    Route(screens.AskAgain, Access.APPLICANT, ask_again),
    Route(screens.SendApplication, Access.APPLICANT, send),
    Route(screens.Withdraw, Access.APPLICANT, withdraw),
]
