"""Handlers for coordinators and owners. Each looks a person up through `_person`, which knows who may see whom."""

from collections.abc import Callable

from bot.conversation import shared_screens
from bot.conversation.people import may_see, resembling
from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Command, Route, Who, Words
from bot.conversation.screen import Button, Menu, Screen
from bot.features.coordination import screens
from bot.features.sealed_notes import note_screens
from bot.language.normalize import one_line, units
from bot.messaging.outbox_worker import Kind
from storage.records import audit, drafts, hosts, outbox, sealed_notes
from storage.records.people import invites, members
from storage.records.people.invites import Grants
from storage.records.people.members import Member, State

LONGEST_HOST = 64


async def invite(request: Request) -> Screen:
    made, code = await invites.create(request.tx, Grants.APPLICATION, request.me.id, request.now)
    await audit.record(request.tx, "invited", request.me.id, made.id, request.now)
    return screens.invite(request, made, f"https://t.me/{request.network.bot_username}?start={code}")


async def revoke_invite(request: Request) -> Screen:
    invite_id = request.pressed(screens.RevokeInvite).invite
    done = await invites.revoke(request.tx, invite_id, request.me.id, request.now)
    if done:
        await audit.record(request.tx, "invite-revoked", request.me.id, invite_id, request.now)
    return screens.revoked(request, done=done)


async def applications(request: Request) -> Screen:
    waiting = [person for person in await members.waiting(request.tx) if may_see(request.me, person)]
    if waiting:
        await audit.record(request.tx, "applications-listed", request.me.id, None, request.now)
    return screens.applications(request, waiting)


async def _applicant(request: Request, applicant_id: bytes) -> Member:
    """An applicant of one's own host who still waits. Otherwise says who decided, or that there is none."""
    person = await members.get(request.tx, applicant_id)
    if person is None or not may_see(request.me, person) or person.applied_at is None:
        raise Refusal(screens.no_application(request))
    if person.state is not State.APPLICANT:
        decider = await members.named(request.tx, person.decided_by)
        raise Refusal(screens.decided_already(request, person, decider))
    return person


async def open_application(request: Request) -> Screen:
    person = await _applicant(request, request.pressed(screens.OpenApplication).applicant)
    await audit.record(request.tx, "application-read", request.me.id, person.id, request.now)
    host = await hosts.get(request.tx, person.host_id) if person.host_id else None
    inviting = await members.named(request.tx, person.invited_by)
    noted, also = note_screens.on_entry(request, person, await sealed_notes.count(request.tx, person.id))
    twin = await _resembling(request)
    return screens.application(request, person, host, inviting, noted, also, twin=twin(person))


async def _resembling(request: Request) -> Callable[[Member], bool]:
    return resembling(await members.coordinating(request.tx))


async def ask_approve(request: Request) -> Screen:
    return screens.ask_approve(request, await _applicant(request, request.pressed(screens.AskApprove).applicant))


async def approve(request: Request) -> Screen:
    person = await _decide(request, request.pressed(screens.Approve).applicant, approve=True)
    return screens.approved(request, person)


async def ask_decline(request: Request) -> Screen:
    return screens.ask_decline(request, await _applicant(request, request.pressed(screens.AskDecline).applicant))


async def decline(request: Request) -> Screen:
    person = await _decide(request, request.pressed(screens.Decline).applicant, approve=False)
    return screens.declined(request, person)


async def _decide(request: Request, applicant_id: bytes, *, approve: bool) -> Member:
    person = await _applicant(request, applicant_id)
    if not await members.decide(request.tx, person.id, approve=approve, decided_by=request.me.id, now=request.now):
        raise Refusal(screens.no_application(request))
    action = "approved" if approve else "declined"
    await audit.record(request.tx, action, request.me.id, person.id, request.now)
    await outbox.put(request.tx, person.id, "decision", due=request.now, now=request.now)
    return person


async def show_members(request: Request) -> Screen:
    """The members of one's own host; for an owner, everybody."""
    found = [person for person in await members.everyone(request.tx) if may_see(request.me, person)]
    await audit.record(request.tx, "members-listed", request.me.id, None, request.now)
    return screens.members(request, found, await _resembling(request))


async def roles(request: Request) -> Screen:
    await audit.record(request.tx, "members-listed", request.me.id, None, request.now)
    return screens.roles(request, await members.everyone(request.tx), await _resembling(request))


async def _person(request: Request, member_id: bytes) -> Member:
    person = await members.get(request.tx, member_id)
    if person is None or not person.is_in:
        raise Refusal(screens.no_member(request))
    return person


async def open_roles(request: Request) -> Screen:
    person = await _person(request, request.pressed(screens.OpenRoles).member)
    await audit.record(request.tx, "member-read", request.me.id, person.id, request.now)
    noted, also = note_screens.on_entry(request, person, await sealed_notes.count(request.tx, person.id))
    twin = await _resembling(request)
    return screens.role(request, person, noted, also, twin=twin(person))


async def ask_role(request: Request) -> Screen:
    press = request.pressed(screens.AskRole)
    return screens.ask_role(request, await _person(request, press.member), press.role)


async def set_role(request: Request) -> Screen:
    """Gives a role; the member is told, and their menu changes when they open the notice."""
    press = request.pressed(screens.SetRole)
    person = await _person(request, press.member)
    if not await members.set_role(request.tx, person, press.role):
        raise Refusal(screens.role_not_set(request))
    await audit.record(request.tx, f"made-{press.role}", request.me.id, person.id, request.now)
    if person.id != request.me.id:
        await outbox.put(request.tx, person.id, "role", due=request.now, now=request.now)
        return screens.role_set(request, await _person(request, person.id))
    return await read_role(request.but(member=await _person(request, person.id)))


async def read_role(request: Request) -> Screen:
    """Opens the notice of a new role; Telegram's menu changes with it."""
    return shared_screens.home(request, request.texts("your-role", role=request.me.role), menu=Menu.OWN)


async def show_hosts(request: Request) -> Screen:
    """`/hosts`, or `/hosts <name>` to add one."""
    if request.words:
        return await host_name(request)
    return screens.hosts(request, await hosts.everyone(request.tx))


async def ask_host_name(request: Request) -> Screen:
    await drafts.put(request.tx, request.me, "host-name", now=request.now)
    return screens.ask_host_name(request)


async def host_name(request: Request) -> Screen:
    name = one_line(request.words)
    if not name:
        raise Refusal(screens.ask_host_name(request, request.texts("answer-empty")))
    if units(name) > LONGEST_HOST:
        complaint = request.texts("answer-too-long", length=units(name), most=LONGEST_HOST)
        raise Refusal(screens.ask_host_name(request, complaint))
    added = await hosts.add(request.tx, name, request.now)
    if added:
        await audit.record(request.tx, "host-added", request.me.id, None, request.now)
    await drafts.drop(request.tx, request.me)
    above = request.texts("host-added" if added else "host-exists", name=name)
    return screens.hosts(request, await hosts.everyone(request.tx), above)


async def ask_lock(request: Request) -> Screen:
    return screens.ask_lock(request) if request.network.lockable else screens.not_lockable(request)


async def lock(request: Request) -> Screen:
    """Makes the program forget its keys until the operator unlocks it: for a machine or a phone in danger."""
    if not request.network.lockable:
        raise Refusal(screens.not_lockable(request))
    await audit.record(request.tx, "locked", request.me.id, None, request.now)
    return screens.locking(request)


async def render_application(request: Request) -> Screen | None:
    """The knock for an application; none where it was decided, or the reader may no longer decide about it."""
    person = await members.get(request.tx, request.about or b"")
    if person is None or person.state is not State.APPLICANT or not may_see(request.me, person):
        return None
    label = request.texts.plain("button-open")
    return shared_screens.knock(request, open_with=Button(label, screens.OpenApplication(person.id)))


async def render_role(request: Request) -> Screen | None:
    return shared_screens.knock(request, open_with=Button(request.texts.plain("button-open"), screens.ReadRole()))


ROUTES = [
    Route(Command("invite"), Who.COORDINATOR, invite),
    Route(Command("applications"), Who.COORDINATOR, applications),
    Route(Command("members"), Who.COORDINATOR, show_members),
    Route(Command("lock"), Who.COORDINATOR, ask_lock),
    Route(Command("roles"), Who.OWNER, roles),
    Route(Command("hosts"), Who.OWNER, show_hosts),
    Route(Words("host-name"), Who.OWNER, host_name),
    Route(screens.RevokeInvite, Who.COORDINATOR, revoke_invite),
    Route(screens.OpenApplication, Who.COORDINATOR, open_application),
    Route(screens.AskApprove, Who.COORDINATOR, ask_approve),
    Route(screens.Approve, Who.COORDINATOR, approve),
    Route(screens.AskDecline, Who.COORDINATOR, ask_decline),
    Route(screens.Decline, Who.COORDINATOR, decline),
    Route(screens.OpenRoles, Who.OWNER, open_roles),
    Route(screens.AskRole, Who.OWNER, ask_role),
    Route(screens.SetRole, Who.OWNER, set_role),
    Route(screens.ReadRole, Who.MEMBER, read_role),
    Route(screens.Lock, Who.COORDINATOR, lock),
    Route(screens.AskHostName, Who.OWNER, ask_host_name),
]
KINDS = {"application": Kind(render_application), "role": Kind(render_role)}
