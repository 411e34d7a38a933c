"""`/buddies`: whom a member chose to look after their account, and whose accounts they look after.

Both consent: the member makes a link and passes it on, the other opens it and agrees. There is no list of members to
choose from, so nobody learns who is one.
"""

from bot.conversation import shared_screens
from bot.conversation.delivery import DeliveryKind
from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Command, DeepLink, Route
from bot.conversation.screen import Button, RunCommand, Screen
from bot.features.safety import buddy_screens as screens
from bot.language.texts import Html
from storage.records import outbox
from storage.records.people import members
from storage.records.safety import buddies
from storage.records.safety.buddies import Buddy

LINK = "buddy"  # before the code in a deep link
KIND = "buddies"  # the kind of delivery that tells of a change


async def show(request: Request) -> Screen:
    return await _show(request)


async def _show(request: Request, above: Html | None = None) -> Screen:
    mine = await buddies.of(request.tx, request.me.id, request.now)
    theirs = await buddies.looked_after_by(request.tx, request.me.id, request.now)
    return screens.overview(
        request,
        [(each, await name_of(request, each.buddy_id)) for each in mine],
        [(each, await name_of(request, each.member_id)) for each in theirs],
        above,
    )


async def name_of(request: Request, person_id: bytes | None) -> str:
    person = await members.find_readable(request.tx, person_id)
    return (person.name if person else None) or ""


async def invite(request: Request) -> Screen:
    code = await buddies.invite(request.tx, request.me.id, request.now)
    if code is None:
        raise Refusal(await _show(request))
    return screens.link(request, request.network.deep_link(f"{LINK}-{code}"))


async def open_link(request: Request) -> Screen:
    """Asks whoever opened the link. The same `Refusal` for one that is over, used, one's own, and none."""
    code = request.text
    member_id = await buddies.find(request.tx, code, request.now)
    if member_id is None or member_id == request.me.id:
        raise Refusal(screens.bad_link(request))
    return screens.ask_agree(request, code, await name_of(request, member_id))


async def agree(request: Request) -> Screen:
    code = request.button(screens.Agree).invite
    member_id = await buddies.agree(request.tx, code, request.me.id, request.now)
    if member_id is None:
        raise Refusal(screens.bad_link(request))
    await _tell(request, member_id)
    return await _show(request, request.texts("buddy-agreed", name=await name_of(request, member_id)))


async def _own_place(request: Request, place: bytes) -> Buddy:
    for each in await buddies.of(request.tx, request.me.id, request.now):
        if each.id == place:
            return each
    raise Refusal(await _show(request))


async def ask_take_out(request: Request) -> Screen:
    place = await _own_place(request, request.button(screens.AskTakeOut).place)
    return screens.ask_take_out(request, place, await name_of(request, place.buddy_id))


async def take_out(request: Request) -> Screen:
    """A buddy counts for three more days and is told; a link that nobody used ends at once."""
    taken = await buddies.take_out(request.tx, request.button(screens.TakeOut).place, request.me.id, request.now)
    if taken is not None and taken.buddy_id is not None:
        await _tell(request, taken.buddy_id)
    return await _show(request, request.texts("saved"))


async def keep(request: Request) -> Screen:
    await buddies.keep(request.tx, request.button(screens.Keep).place, request.me.id, request.now)
    return await _show(request, request.texts("saved"))


async def ask_step_down(request: Request) -> Screen:
    button = request.button(screens.AskStepDown)
    for each in await buddies.looked_after_by(request.tx, request.me.id, request.now):
        if each.id == button.place:
            return screens.ask_step_down(request, each, await name_of(request, each.member_id))
    raise Refusal(await _show(request))


async def step_down(request: Request) -> Screen:
    member_id = await buddies.step_down(request.tx, request.button(screens.StepDown).place, request.me.id)
    if member_id is not None:
        await _tell(request, member_id)
    return await _show(request, request.texts("saved"))


async def _tell(request: Request, member_id: bytes) -> None:
    await outbox.put(request.tx, member_id, KIND, due=request.now, now=request.now)


async def render(request: Request) -> Screen | None:
    return shared_screens.knock(request, open_with=Button(request.texts.plain("button-open"), RunCommand("buddies")))


ROUTES = [
    Route(Command("buddies"), Access.MEMBER, show),
    Route(DeepLink(LINK), Access.MEMBER, open_link),
    Route(screens.Invite, Access.MEMBER, invite),
    Route(screens.Agree, Access.MEMBER, agree),
    Route(screens.AskTakeOut, Access.MEMBER, ask_take_out),
    Route(screens.TakeOut, Access.MEMBER, take_out),
    Route(screens.Keep, Access.MEMBER, keep),
    Route(screens.AskStepDown, Access.MEMBER, ask_step_down),
    Route(screens.StepDown, Access.MEMBER, step_down),
]
DELIVERIES = {KIND: DeliveryKind(render)}
