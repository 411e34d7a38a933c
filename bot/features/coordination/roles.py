"""`/roles`: an owner sees and changes the roles of members.

A member whose role changed gets a knock, and so do the other owners and those whose sealed notes they may read now.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from bot.conversation import role_news, shared_screens
from bot.conversation.delivery import DeliveryKind
from bot.conversation.look_alikes import look_alikes
from bot.conversation.people import may_see, shown_name
from bot.conversation.request import AboutPerson, Refusal, Request
from bot.conversation.routes import Access, Command, Route
from bot.conversation.screen import A_DAY, Button, ButtonAction, Menu, Screen, column
from bot.features.coordination.member_lines import person_line
from storage.records import audit, outbox
from storage.records.people import members
from storage.records.people.member import Member, Role

ON_A_PAGE = 12


@dataclass(frozen=True, slots=True)
class OpenRoles(ButtonAction):
    code: ClassVar[str] = "roles"
    member: bytes


@dataclass(frozen=True, slots=True)
class AskRole(ButtonAction):
    code: ClassVar[str] = "askrole"
    member: bytes
    role: Role


@dataclass(frozen=True, slots=True)
class SetRole(ButtonAction):
    code: ClassVar[str] = "setrole"
    valid_for: ClassVar[timedelta | None] = A_DAY
    member: bytes
    role: Role


@dataclass(frozen=True, slots=True)
class ReadRole(ButtonAction):
    code: ClassVar[str] = "newrole"


@dataclass(frozen=True, slots=True)
class ReadRoleOf(ButtonAction):
    code: ClassVar[str] = "rolenews"
    member: bytes


async def show_roles(request: Request) -> Screen:
    first, page_buttons = shared_screens.page_of(request, "roles", await members.count(request.tx), ON_A_PAGE)
    found = await members.everyone(request.tx, offset=first, limit=ON_A_PAGE)
    await audit.record(request.tx, "members-listed", request.me.id, None, request.now)
    alike = await look_alikes(request)
    texts = request.texts
    return Screen(
        texts("roles"),
        column(
            *(Button(person_line(texts, person, alike), OpenRoles(person.id)) for person in found),
            *page_buttons,
            shared_screens.back(request),
        ),
    )


async def _person(request: Request, member_id: bytes) -> Member:
    person = await members.get(request.tx, member_id)
    if person is None or not person.is_listed:
        raise Refusal(_no_member(request))
    return person


async def open_roles(request: Request) -> Screen:
    person = await _person(request, request.button(OpenRoles).member)
    await audit.record(request.tx, "member-read", request.me.id, person.id, request.now)
    more = await request.network.catalog.about_person(request, person)
    alike = await look_alikes(request)
    return _entry(request, person, more, name_resembles=alike.resembles(person))


async def ask_role(request: Request) -> Screen:
    button = request.button(AskRole)
    return _ask(request, await _person(request, button.member), button.role)


async def set_role(request: Request) -> Screen:
    """Sets a role; the member gets a knock, and their menu changes when they open it."""
    button = request.button(SetRole)
    person = await _person(request, button.member)
    if not await members.set_role(request.tx, person, button.role):
        raise Refusal(_not_set(request))
    await audit.record(request.tx, f"made-{button.role}", request.me.id, person.id, request.now)
    await role_news.tell(request, await _person(request, person.id), person.role)
    if person.id != request.me.id:
        await outbox.put(request.tx, person.id, "role", due=request.now, now=request.now)
        return _set(request, await _person(request, person.id))
    return await read_role(request.replace(member=await _person(request, person.id)))


async def read_role(request: Request) -> Screen:
    """Opens the knock about a new role, and changes the command menu."""
    return shared_screens.home(request, request.texts("your-role", role=request.me.role), menu=Menu.OWN)


async def render_role(request: Request) -> Screen | None:
    return shared_screens.knock(request, open_with=Button(request.texts.plain("button-open"), ReadRole()))


async def read_role_of(request: Request) -> Screen:
    """Opens the knock about somebody else's new role, as it is now."""
    texts, me = request.texts, request.me
    person = await members.get(request.tx, request.button(ReadRoleOf).member)
    if person is None or not person.is_in or not (may_see(me, person) or person.role is Role.OWNER):
        raise Refusal(Screen(texts("no-member"), column(shared_screens.back(request))))
    said = texts("role-of", name=person.name or "", role=person.role)
    more = texts("role-news-reads") if person.role is not Role.MEMBER else ""
    return Screen(texts.stack(said, more), column(shared_screens.back(request)))


async def render_role_of(request: Request) -> Screen | None:
    """None where the reader coordinates nothing any more."""
    if request.me.role is Role.MEMBER or request.about is None:
        return None
    label = request.texts.plain("button-open")
    return shared_screens.knock(request, open_with=Button(label, ReadRoleOf(request.about)))


def _entry(request: Request, person: Member, more: AboutPerson, *, name_resembles: bool) -> Screen:
    """The role of a member; `more` is what other features add."""
    texts = request.texts
    said = texts("role-of", name=shown_name(person), role=person.role)
    return Screen(
        texts.stack(texts("name-looks-alike") if name_resembles else "", said, more.text),
        column(
            *(
                Button(texts.plain("button-make-" + wanted), AskRole(person.id, wanted))
                for wanted in Role
                if wanted is not person.role
            ),
            *more.buttons,
            shared_screens.run(texts, "roles"),
            shared_screens.back(request),
        ),
    )


def _ask(request: Request, person: Member, wanted: Role) -> Screen:
    texts = request.texts
    return Screen(
        texts.stack(
            texts("ask-role", name=shown_name(person), role=wanted),
            texts("ask-role-no-host") if wanted is Role.COORDINATOR and person.host_id is None else "",
        ),
        column(
            Button(texts.plain("button-role-yes", name=person.name or ""), SetRole(person.id, wanted)),
            Button(texts.plain("button-back"), OpenRoles(person.id)),
        ),
    )


def _no_member(request: Request) -> Screen:
    texts = request.texts
    return Screen(texts("no-member"), column(shared_screens.run(texts, "roles"), shared_screens.back(request)))


def _set(request: Request, person: Member) -> Screen:
    texts = request.texts
    return Screen(
        texts("role-set", name=shown_name(person), role=person.role),
        column(shared_screens.run(texts, "roles"), shared_screens.back(request)),
    )


def _not_set(request: Request) -> Screen:
    texts = request.texts
    return Screen(texts("role-not-set"), column(shared_screens.run(texts, "roles"), shared_screens.back(request)))


ROUTES = [
    Route(Command("roles"), Access.OWNER, show_roles),
    Route(OpenRoles, Access.OWNER, open_roles),
    Route(AskRole, Access.OWNER, ask_role),
    Route(SetRole, Access.OWNER, set_role),
    Route(ReadRole, Access.MEMBER, read_role),
    Route(ReadRoleOf, Access.COORDINATOR, read_role_of),
]
DELIVERIES = {"role": DeliveryKind(render_role), role_news.KIND: DeliveryKind(render_role_of)}
