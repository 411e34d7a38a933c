"""Handlers of the way in. Until somebody agrees, the invitation travels in the buttons and nothing is kept."""

from bot.conversation import shared_screens
from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Command, Route, TypedText
from bot.conversation.screen import Button, Menu, Screen
from bot.features.onboarding import screens
from bot.features.onboarding.invite_throttle import InviteThrottle
from bot.features.onboarding.rules import LONGEST_NAME, LONGEST_REASON, Question, next_question
from bot.language.normalize import a_name, one_line, tidy, units
from bot.language.texts import texts_in
from bot.language.timezones import lookup
from storage.records import audit, erasure, hosts, outbox
from storage.records.people import invites, members
from storage.records.people.invites import Grants
from storage.records.people.members import Member, MemberState, Role


async def start(request: Request) -> Screen:
    """`/start`, with or without the code of an invitation: the way in, or home."""
    member, code = request.member, request.text
    open_invite = bool(code) and await _is_open(request, code)
    if member is not None and member.is_in:
        return await _take_ownership(request) if open_invite else shared_screens.home(request, menu=Menu.OWN)
    if member is not None and member.state is MemberState.SUSPENDED:
        return Screen(request.texts("suspended"))
    if member is not None and member.state is MemberState.DECLINED:
        return await read_decision(request)
    if member is not None:
        return await screens.status(request)
    if not code:
        return shared_screens.greeting(request)
    if not open_invite:
        raise Refusal(screens.bad_invite(request.texts))
    return screens.languages(request, code)


async def _is_open(request: Request, code: str) -> bool:
    """Whether an invitation can be used; after too many wrong codes none is looked at for a while."""
    guesses = request.network.memory.of(InviteThrottle)
    if not guesses.allowed(request.telegram_id, request.now):
        return False
    found = await invites.is_open(request.tx, code, request.now)
    if found:
        guesses.right(request.telegram_id)
    else:
        guesses.wrong(request.telegram_id, request.now)
    return found


async def _take_ownership(request: Request) -> Screen:
    """A member who holds the operator's code becomes an owner; an ordinary invitation is left for whom it is meant."""
    invite = await invites.redeem(request.tx, request.text, request.now)
    if invite is None or invite.grants is not Grants.OWNERSHIP:
        raise Refusal(shared_screens.home(request))
    await members.set_role(request.tx, request.me, Role.OWNER)
    await audit.record(request.tx, "owner-claimed", request.me.id, request.me.id, request.now)
    return shared_screens.home(
        await _again(request),
        screens.owner_welcome(request),
        first=("topic", "invite", "roles", "hosts"),
        menu=Menu.OWN,
    )


async def _again(request: Request) -> Request:
    """The request with the row as it stands now."""
    return request.replace(member=await members.get(request.tx, request.me.id))


async def ask_language(request: Request) -> Screen:
    return screens.languages(request, "")


async def choose_language(request: Request) -> Screen:
    button = request.button(screens.ChooseLanguage)
    if not button.language:
        return screens.languages(request, button.invite)
    if button.language not in request.network.languages:
        raise Refusal(shared_screens.expired(request))
    texts = texts_in(button.language)
    if request.member is not None:
        await members.set_language(request.tx, request.me, button.language)
        request = (await _again(request)).replace(texts=texts)
        if request.me.is_in:
            return shared_screens.home(request, texts("saved"), menu=Menu.OWN)
        return await start(request.replace(text=""))
    if not button.invite:
        return shared_screens.greeting(request.replace(texts=texts))
    if not await _is_open(request, button.invite):
        raise Refusal(screens.bad_invite(texts))
    return screens.notice(request, texts, button.invite)


async def agree(request: Request) -> Screen:
    """Uses the invitation up and makes the row: from here on something is kept."""
    button = request.button(screens.Agree)
    if request.member is not None:
        return await start(request)
    texts = texts_in(button.language)
    invite = None
    if await _is_open(request, button.invite):
        invite = await invites.redeem(request.tx, button.invite, request.now)
    if invite is None:
        raise Refusal(screens.bad_invite(texts))
    applicant = await members.agree(
        request.tx,
        request.telegram_id,
        texts.language,
        role=Role.OWNER if invite.grants is Grants.OWNERSHIP else Role.MEMBER,
        invited_by=invite.created_by,
        now=request.now,
    )
    await audit.record(request.tx, "agreed", applicant.id, None, request.now)
    request = request.replace(member=applicant, texts=texts)
    return await screens.question(request, Question.NAME)


async def disagree(request: Request) -> Screen:
    return screens.not_agreed(texts_in(request.button(screens.Disagree).language))


async def answer(request: Request) -> Screen:
    """Typed words are the answer to the next question."""
    which = next_question(request.me)
    if which is None:
        return await screens.status(request)
    if request.photo is not None:
        raise Refusal(await screens.question(request, which, request.texts("words-please")))
    match which:
        case Question.NAME:
            words = await _measured(request, which, a_name(request.text), LONGEST_NAME)
            await members.set_name(request.tx, request.me, words)
        case Question.REASON:
            words = await _measured(request, which, tidy(request.text), LONGEST_REASON)
            await members.set_reason(request.tx, request.me, words)
        case Question.HOST:
            await _answer_host(request, one_line(request.text))
        case Question.ZONE:
            await _answer_zone(request, one_line(request.text))
    return await _after_answer(request)


async def _measured(request: Request, which: Question, words: str, most: int) -> str:
    if not words:
        raise Refusal(await screens.question(request, which, screens.empty(request.texts)))
    if units(words) > most:
        complaint = screens.too_long(request.texts, units(words), most)
        raise Refusal(await screens.question(request, which, complaint))
    return words


async def _answer_host(request: Request, words: str) -> None:
    known = {host.name.casefold(): host for host in await hosts.everyone(request.tx)}
    none = request.texts.plain("button-no-host").casefold()
    host = known.get(words.casefold())
    if host is None and words.casefold() != none:
        complaint = screens.unknown_host(request.texts)
        raise Refusal(await screens.question(request, Question.HOST, complaint))
    await members.set_host(request.tx, request.me, host.id if host else None, independent=host is None)


async def _answer_zone(request: Request, words: str) -> None:
    zone = lookup.find(words)
    if zone is None:
        suggestions = lookup.suggest(words)
        complaint = screens.unknown_zone(request.texts, suggestions)
        raise Refusal(await screens.question(request, Question.ZONE, complaint, suggestions))
    await members.set_zone(request.tx, request.me, zone)


async def choose_host(request: Request) -> Screen:
    host_id = request.button(screens.ChooseHost).host
    if host_id != screens.NO_HOST and await hosts.get(request.tx, host_id) is None:
        raise Refusal(shared_screens.expired(request))
    _still_answering(request)
    await members.set_host(request.tx, request.me, host_id or None, independent=not host_id)
    return await _after_answer(request)


async def choose_zone(request: Request) -> Screen:
    zone = lookup.find(request.button(screens.ChooseZone).zone)
    if zone is None:
        raise Refusal(shared_screens.expired(request))
    _still_answering(request)
    await members.set_zone(request.tx, request.me, zone)
    return await _after_answer(request)


async def ask_again(request: Request) -> Screen:
    """Opens one question again; the other answers stay."""
    _still_answering(request)
    which = request.button(screens.AskAgain).question
    match which:
        case Question.NAME:
            await members.set_name(request.tx, request.me, None)
        case Question.HOST:
            await members.set_host(request.tx, request.me, None, independent=False)
        case Question.ZONE:
            await members.set_zone(request.tx, request.me, None)
        case Question.REASON:
            await members.set_reason(request.tx, request.me, None)
    return await screens.status(await _again(request))


def _still_answering(request: Request) -> None:
    if request.me.applied_at is not None:
        raise Refusal(screens.waiting(request))


async def _after_answer(request: Request) -> Screen:
    request = await _again(request)
    if next_question(request.me) is None and request.me.role is Role.OWNER:
        return await _begin_network(request)
    return await screens.status(request)


async def _begin_network(request: Request) -> Screen:
    """The first owner is in as soon as the questions are answered."""
    await members.apply(request.tx, request.me, request.now)
    await members.decide(request.tx, request.me.id, approve=True, decided_by=None, now=request.now)
    await audit.record(request.tx, "owner-claimed", request.me.id, request.me.id, request.now)
    request = await _again(request)
    return shared_screens.home(
        request, screens.owner_welcome(request), first=("topic", "invite", "roles", "hosts"), menu=Menu.OWN
    )


async def send(request: Request) -> Screen:
    """Sends the application to those who decide about it."""
    if next_question(request.me) is not None:
        return await screens.status(request)
    if await members.apply(request.tx, request.me, request.now):
        await audit.record(request.tx, "applied", request.me.id, None, request.now)
        for coordinator in await _deciding(request, request.me):
            await outbox.put(
                request.tx, coordinator.id, "application", about=request.me.id, due=request.now, now=request.now
            )
    return screens.waiting(await _again(request))


async def _deciding(request: Request, applicant: Member) -> list[Member]:
    """Who is told: the coordinators of the host; where it has none, whoever owns the network."""
    found = await members.coordinators_of(request.tx, applicant.host_id)
    near = [member for member in found if member.role is Role.COORDINATOR and member.state is MemberState.ACTIVE]
    return near or [member for member in found if member.role is Role.OWNER]


async def status(request: Request) -> Screen:
    return await screens.status(request)


async def ask_withdraw(request: Request) -> Screen:
    return screens.ask_withdraw(request)


async def withdraw(request: Request) -> Screen:
    await erasure.erase(request.tx, request.me, request.now)
    await audit.record(request.tx, "erased", None, None, request.now)
    return screens.withdrawn(request.texts)


async def read_decision(request: Request) -> Screen:
    """Opens the knock about a decision: home, or the no, after which nothing is kept."""
    if request.me.state is MemberState.DECLINED:
        await erasure.erase(request.tx, request.me, request.now)
        await audit.record(request.tx, "erased", None, None, request.now)
        return screens.declined(request.texts)
    if not request.me.is_in:
        return await start(request.replace(text=""))
    return shared_screens.home(request, screens.welcome(request), first=("topics",), menu=Menu.OWN)


async def render_decision(request: Request) -> Screen | None:
    label = request.texts.plain("button-open")
    return shared_screens.knock(request, open_with=Button(label, screens.ReadDecision()))


ROUTES = [
    Route(Command("start"), Access.ANYBODY, start),
    Route(Command("language"), Access.ANYBODY, ask_language),
    Route(Command("status"), Access.APPLICANT, status),
    Route(Command("withdraw"), Access.APPLICANT, ask_withdraw),
    Route(TypedText("application"), Access.APPLICANT, answer),
    Route(screens.ChooseLanguage, Access.ANYBODY, choose_language),
    Route(screens.Agree, Access.ANYBODY, agree),
    Route(screens.Disagree, Access.ANYBODY, disagree),
    Route(screens.ChooseHost, Access.APPLICANT, choose_host),
    Route(screens.ChooseZone, Access.APPLICANT, choose_zone),
    Route(screens.AskAgain, Access.APPLICANT, ask_again),
    Route(screens.SendApplication, Access.APPLICANT, send),
    Route(screens.Withdraw, Access.APPLICANT, withdraw),
    Route(screens.ReadDecision, Access.KNOWN, read_decision),
]
