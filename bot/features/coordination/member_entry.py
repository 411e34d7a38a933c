"""The entry of one member, for the coordinators of their host and the owners; features add text and buttons to it."""

from bot.conversation import shared_screens
from bot.conversation.look_alikes import look_alikes
from bot.conversation.people import OpenMember, host_name, may_see, shown_name
from bot.conversation.request import AboutPerson, Refusal, Request
from bot.conversation.routes import Access, Route
from bot.conversation.screen import Button, Screen, column
from bot.features.coordination.roles import OpenRoles
from bot.language.texts import Html
from storage.records import audit, hosts
from storage.records.people import members, renames
from storage.records.people.member import Member, MemberState, Role
from storage.records.safety import freezes

LISTED = (MemberState.ACTIVE, MemberState.PAUSED, MemberState.SUSPENDED)


async def open_member(request: Request) -> Screen:
    """Raises the same `Refusal` for a member of another host and for none."""
    person = await members.find_readable(request.tx, request.button(OpenMember).member)
    person = person and await freezes.as_seen(request.tx, person)
    if person is None or person.state not in LISTED or not may_see(request.me, person):
        texts = request.texts
        raise Refusal(Screen(texts("no-member"), column(shared_screens.run(texts, "members"))))
    return await show(request, person)


async def show(request: Request, person: Member) -> Screen:
    """The entry of a member whom the reader may see."""
    await audit.record(request.tx, "member-read", request.me.id, person.id, request.now)
    more = await request.network.catalog.about_person(request, person)
    alike = (await look_alikes(request)).resembles(person)
    return await _entry(request, person, more, name_resembles=alike)


async def _entry(request: Request, person: Member, more: AboutPerson, *, name_resembles: bool) -> Screen:
    texts = request.texts
    host = await hosts.get(request.tx, person.host_id) if person.host_id else None
    roles = request.me.role is Role.OWNER and person.is_in
    said = texts(
        "member-entry",
        name=shown_name(person),
        role=texts.plain("role", role=person.role),
        host=host_name(texts, host),
        state=texts.plain("state", state=person.state),
        when=texts.when(person.application.decided_at or person.application.agreed_at, request.me.zone),
    )
    return Screen(
        texts.stack(
            texts("name-looks-alike") if name_resembles else "", said, await _former(request, person), more.text
        ),
        column(
            *more.buttons,
            Button(texts.plain("button-roles"), OpenRoles(person.id)) if roles else None,
            shared_screens.run(texts, "members"),
            shared_screens.back(request),
        ),
    )


async def _former(request: Request, person: Member) -> Html:
    """The name that the coordinators knew this member by, for as long as it is kept."""
    found = await renames.of(request.tx, person.id, request.now)
    if found is None:
        return Html()
    when = request.texts.when_short(found.renamed_at, request.me.zone)
    return request.texts("renamed-since", former=found.former, name=found.present, when=when)


ROUTES = [Route(OpenMember, Access.COORDINATOR, open_member)]
