"""`/members`, and `/members <part of a name>`: the entry of one member, with what features add to it."""

from dataclasses import dataclass
from typing import ClassVar

from bot.conversation import shared_screens
from bot.conversation.people import host_seen_by, may_see, resembling
from bot.conversation.reading_screens import closing
from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Command, Route
from bot.conversation.screen import Button, ButtonAction, Screen, column
from bot.features.coordination import member_list
from bot.features.coordination.member_list import person_line
from bot.language.normalize import fold
from storage.records import audit
from storage.records.people import members
from storage.records.people.member import Member

MOST_FOUND = 12


@dataclass(frozen=True, slots=True)
class OpenMember(ButtonAction):
    code: ClassVar[str] = "member"
    member: bytes


async def show_members(request: Request) -> Screen:
    """`/members`: everybody whom the reader sees. With a part of a name: the entry of the only one who has it."""
    if not request.text:
        return await member_list.show_members(request)
    wanted = fold(request.text)
    everyone = await members.everyone(request.tx, host_seen_by(request.me))
    found = [person for person in everyone if wanted in fold(person.name or "")]
    await audit.record(request.tx, "members-listed", request.me.id, None, request.now)
    if len(found) == 1:
        return await _entry(request, found[0])
    texts = request.texts
    resembles = resembling(await members.all_coordinators(request.tx))
    return Screen(
        texts("members-found", count=len(found)),
        column(
            *(Button(person_line(texts, each, resembles), OpenMember(each.id)) for each in found[:MOST_FOUND]),
            shared_screens.run(texts, "members"),
            shared_screens.back(request),
        ),
        expiry=closing(request),
    )


async def open_member(request: Request) -> Screen:
    person = await members.get(request.tx, request.button(OpenMember).member)
    if person is None or not person.is_in or not may_see(request.me, person):
        raise Refusal(Screen(request.texts("no-member"), column(shared_screens.run(request.texts, "members"))))
    return await _entry(request, person)


async def _entry(request: Request, person: Member) -> Screen:
    texts = request.texts
    await audit.record(request.tx, "member-read", request.me.id, person.id, request.now)
    more = await request.network.catalog.about_person(request, person)
    alike = resembling(await members.all_coordinators(request.tx))(person)
    said = texts("role-of", name=person.name or "", role=person.role)
    return Screen(
        texts.stack(texts("name-looks-alike") if alike else "", said, more.text),
        column(*more.buttons, shared_screens.run(texts, "members"), shared_screens.back(request)),
        expiry=closing(request),
    )


ROUTES = [
    Route(Command("members"), Access.COORDINATOR, show_members),
    Route(OpenMember, Access.COORDINATOR, open_member),
]
