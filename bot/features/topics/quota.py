"""How often a member may post: they are told when they can again, and a coordinator can lift the limits for a day."""

from bot.conversation import shared_screens
from bot.conversation.people import may_see
from bot.conversation.request import AboutPerson, Refusal, Request
from bot.conversation.routes import Access, Route
from bot.conversation.screen import Button, Screen, column
from bot.features.topics.buttons import LiftQuota
from storage.records import audit, post_quota
from storage.records.people import members
from storage.records.people.member import Member


async def refuse_where_full(request: Request, *buttons: Button) -> None:
    """Raises `Refusal` where the member has posted too often; `buttons` are offered besides the way home."""
    until = await post_quota.full_until(request.tx, request.me.id, request.now)
    if until is not None:
        texts = request.texts
        again = texts("posts-full", when=texts.when_short(until, request.me.zone))
        raise Refusal(Screen(again, column(*buttons, shared_screens.back(request))))


async def about_person(request: Request, person: Member) -> AboutPerson:
    """On the entry of a member: until when the limits are lifted, or the button that lifts them."""
    if not person.is_in or not may_see(request.me, person):
        return AboutPerson()
    texts = request.texts
    until = await post_quota.lifted_until(request.tx, person.id, request.now)
    if until is not None:
        return AboutPerson(texts("quota-lifted-until", when=texts.when_short(until, request.me.zone)))
    return AboutPerson(buttons=(Button(texts.plain("button-lift-quota"), LiftQuota(person.id)),))


async def lift(request: Request) -> Screen:
    person = await members.get(request.tx, request.button(LiftQuota).member)
    if person is None or not person.is_in or not may_see(request.me, person):
        raise Refusal(shared_screens.expired(request))
    until = await post_quota.lift(request.tx, person.id, request.now)
    await audit.record(request.tx, "post-limit-lifted", request.me.id, person.id, request.now)
    texts = request.texts
    lifted = texts("quota-lifted", name=person.name or "", when=texts.when_short(until, request.me.zone))
    return Screen(lifted, column(shared_screens.back(request)))


ROUTES = [Route(LiftQuota, Access.COORDINATOR, lift)]
