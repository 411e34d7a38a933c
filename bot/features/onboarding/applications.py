"""`/applications`: requests to join, read and decided by the coordinators of the host that the applicant chose."""

from bot.conversation import shared_screens
from bot.conversation.delivery import DeliveryKind
from bot.conversation.look_alikes import look_alikes
from bot.conversation.people import OpenApplication, may_see
from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Command, Route
from bot.conversation.screen import Button, Screen
from bot.features.onboarding import application_screens
from bot.features.onboarding.application_screens import Approve, AskApprove, AskDecline, Decline
from storage.records import audit, hosts, outbox
from storage.records.people import applications, members
from storage.records.people.member import Member, MemberState


async def show_applications(request: Request) -> Screen:
    waiting = [person for person in await applications.waiting(request.tx) if may_see(request.me, person)]
    if waiting:
        await audit.record(request.tx, "applications-listed", request.me.id, None, request.now)
    return application_screens.applications(request, waiting)


async def _applicant(request: Request, applicant_id: bytes) -> Member:
    """An undecided applicant whom the coordinator may see. Raises `Refusal`, with who decided where somebody has."""
    person = await members.get(request.tx, applicant_id)
    if person is None or not may_see(request.me, person) or person.application.applied_at is None:
        raise Refusal(application_screens.no_application(request))
    if person.state is not MemberState.APPLICANT:
        decider = await members.find_readable(request.tx, person.application.decided_by)
        raise Refusal(application_screens.decided_already(request, person, decider))
    return person


async def open_application(request: Request) -> Screen:
    person = await _applicant(request, request.button(OpenApplication).applicant)
    await audit.record(request.tx, "application-read", request.me.id, person.id, request.now)
    host = await hosts.get(request.tx, person.host_id) if person.host_id else None
    inviting = await members.find_readable(request.tx, person.application.invited_by)
    more = await request.network.catalog.about_person(request, person)
    alike = (await look_alikes(request)).resembles(person)
    return application_screens.application(request, person, host, inviting, more, name_resembles=alike)


async def ask_approve(request: Request) -> Screen:
    return application_screens.ask_approve(request, await _applicant(request, request.button(AskApprove).applicant))


async def approve(request: Request) -> Screen:
    person = await _decide(request, request.button(Approve).applicant, approve=True)
    return application_screens.approved(request, person)


async def ask_decline(request: Request) -> Screen:
    return application_screens.ask_decline(request, await _applicant(request, request.button(AskDecline).applicant))


async def decline(request: Request) -> Screen:
    person = await _decide(request, request.button(Decline).applicant, approve=False)
    return application_screens.declined(request, person)


async def _decide(request: Request, applicant_id: bytes, *, approve: bool) -> Member:
    person = await _applicant(request, applicant_id)
    if not await applications.decide(request.tx, person.id, approve=approve, decided_by=request.me.id, now=request.now):
        raise Refusal(application_screens.no_application(request))
    action = "approved" if approve else "declined"
    await audit.record(request.tx, action, request.me.id, person.id, request.now)
    await outbox.put(request.tx, person.id, "decision", due=request.now, now=request.now)
    return person


async def render_application(request: Request) -> Screen | None:
    """The knock for an application; None where it was decided, or the reader may no longer decide about it."""
    person = await members.get(request.tx, request.about or b"")
    if person is None or person.state is not MemberState.APPLICANT or not may_see(request.me, person):
        return None
    label = request.texts.plain("button-open")
    return shared_screens.knock(request, open_with=Button(label, OpenApplication(person.id)))


ROUTES = [
    Route(Command("applications"), Access.COORDINATOR, show_applications),
    Route(OpenApplication, Access.COORDINATOR, open_application),
    Route(AskApprove, Access.COORDINATOR, ask_approve),
    Route(Approve, Access.COORDINATOR, approve),
    Route(AskDecline, Access.COORDINATOR, ask_decline),
    Route(Decline, Access.COORDINATOR, decline),
]
DELIVERIES = {"application": DeliveryKind(render_application)}
