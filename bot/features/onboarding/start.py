"""`/start`: an invitation, the choice of a language, agreeing to the notice; and reading the decision.

Until somebody agrees, the code of the invitation is carried in the buttons, and nothing about them is stored.
"""

from dataclasses import replace

from bot.conversation import role_news, shared_screens
from bot.conversation.delivery import DeliveryKind
from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Command, Route
from bot.conversation.screen import Button, Menu, Screen
from bot.features.onboarding import questionnaire, questionnaire_screens
from bot.features.onboarding import start_screens as screens
from bot.features.onboarding.invite_throttle import InviteThrottle
from bot.features.onboarding.rules import Question
from bot.language.texts import texts_in
from storage.records import audit, erasure
from storage.records.people import applications, chat_messages, invites, members, preferences, removals
from storage.records.people.invites import Grants
from storage.records.people.member import MemberState, Role


async def start(request: Request) -> Screen:
    """`/start`, with or without the code of an invitation: the next step towards membership, or home."""
    member, code = request.member, request.text
    open_invite = bool(code) and await _is_open(request, code)
    if member is not None and member.is_in:
        shown = await _take_ownership(request) if open_invite else shared_screens.home(request, menu=Menu.OWN)
        return replace(shown, forget_typed=bool(code))
    if request.is_suspended:
        return shared_screens.suspended(request)
    if member is not None and member.state is MemberState.DECLINED:
        return await read_decision(request)
    if member is not None:
        return await questionnaire_screens.status(request)
    if not code:
        return shared_screens.greeting(request)
    if not open_invite:
        raise Refusal(screens.bad_invite(request.texts))
    return screens.languages(request, code)


async def _is_open(request: Request, code: str) -> bool:
    """Whether an invitation can be used. After too many wrong codes the answer is False for a while."""
    throttle = request.network.memory.of(InviteThrottle)
    if not throttle.allowed(request.telegram_id, request.now):
        return False
    found = await invites.is_open(request.tx, code, request.now)
    if found:
        throttle.right(request.telegram_id)
    else:
        throttle.wrong(request.telegram_id, request.now)
    return found


async def _take_ownership(request: Request) -> Screen:
    """Makes a member with the operator's code an owner. Raises `Refusal` for another invitation, which stays open."""
    invite = await invites.redeem(request.tx, request.text, request.now)
    if invite is None or invite.grants is not Grants.OWNERSHIP:
        raise Refusal(shared_screens.home(request))
    before = request.me.role
    await members.set_role(request.tx, request.me, Role.OWNER)
    await audit.record(request.tx, "owner-claimed", request.me.id, request.me.id, request.now)
    request = await questionnaire.reloaded(request)
    await role_news.tell(request, request.me, before)
    return questionnaire.owner_home(request)


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
        await preferences.set_language(request.tx, request.me, button.language)
        request = (await questionnaire.reloaded(request)).replace(texts=texts)
        if request.me.is_in:
            return shared_screens.home(request, texts("saved"), menu=Menu.OWN)
        return await start(request.replace(text=""))
    if not button.invite:
        return shared_screens.greeting(request.replace(texts=texts))
    if not await _is_open(request, button.invite):
        raise Refusal(screens.bad_invite(texts))
    return screens.notice(request, texts, button.invite)


async def agree(request: Request) -> Screen:
    """Redeems the invitation and creates the row of the applicant: from here on something is stored about them."""
    button = request.button(screens.Agree)
    if request.member is not None:
        return await start(request)
    texts = texts_in(button.language)
    invite = None
    if await _is_open(request, button.invite):
        invite = await invites.redeem(request.tx, button.invite, request.now)
    if invite is None:
        raise Refusal(screens.bad_invite(texts))
    applicant = await applications.agree(
        request.tx,
        request.telegram_id,
        texts.language,
        role=Role.OWNER if invite.grants is Grants.OWNERSHIP else Role.MEMBER,
        invited_by=invite.created_by,
        now=request.now,
    )
    await audit.record(request.tx, "agreed", applicant.id, None, request.now)
    request = request.replace(member=applicant, texts=texts)
    return await questionnaire_screens.question(request, Question.NAME)


async def disagree(request: Request) -> Screen:
    return screens.not_agreed(texts_in(request.button(screens.Disagree).language))


async def read_decision(request: Request) -> Screen:
    """Opens the knock about a decision: home, or the refusal or removal, after which nothing of the person is left."""
    if request.me.state is MemberState.DECLINED:
        receipt = await removals.receipt_of(request.tx, request.me.id)
        messages = await chat_messages.deletable(request.tx, request.me.id, request.now)
        await erasure.erase(request.tx, request.me, request.now)
        await audit.record(request.tx, "erased", None, None, request.now)
        last = screens.removed(request, receipt) if receipt else screens.declined(request.texts)
        return shared_screens.last(request, last, messages)
    if not request.me.is_in:
        return await start(request.replace(text=""))
    return shared_screens.home(request, screens.welcome(request), first=("topics",), menu=Menu.OWN)


async def render_decision(request: Request) -> Screen | None:
    label = request.texts.plain("button-open")
    return shared_screens.knock(request, open_with=Button(label, screens.ReadDecision()))


ROUTES = [
    Route(Command("start"), Access.ANYBODY, start),
    Route(Command("language"), Access.ANYBODY, ask_language),
    Route(screens.ChooseLanguage, Access.ANYBODY, choose_language),
    Route(screens.Agree, Access.ANYBODY, agree),
    Route(screens.Disagree, Access.ANYBODY, disagree),
    Route(screens.ReadDecision, Access.KNOWN, read_decision),
]
DELIVERIES = {"decision": DeliveryKind(render_decision, pauses=False)}
