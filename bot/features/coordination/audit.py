"""`/audit`: what was done in the network, for coordinators and owners.

A coordinator sees entries by or about people of their own host; an owner sees all. Entries name nobody: whom one means
is computed with the keys of those whom the reader may see, and shown with their present names. What members write is
not listed, since the time of a post must not reveal who wrote it. Reading the audit is itself recorded, before anything
is shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.conversation import shared_screens
from bot.conversation.people import may_see, shown_name
from bot.conversation.reading_screens import CloseScreen
from bot.conversation.request import Request
from bot.conversation.routes import Access, Command, Route
from bot.conversation.screen import Button, ButtonAction, Screen, column
from bot.language.normalize import fold
from bot.language.texts import Html
from storage.records import audit
from storage.records.audit import Entry
from storage.records.people import members
from storage.records.people.member import Role

NEWEST = 150  # entries that are listed
ON_A_PAGE = 10
VERIFY = frozenset(map(fold, ("verify", "check", "vérifier", "تحقق", "تحقّق", "فحص")))


@dataclass(frozen=True, slots=True)
class VerifyAudit(ButtonAction):
    code: ClassVar[str] = "verify"


def asks_to_verify(text: str) -> bool:
    """Whether the text behind `/audit` asks for the verification instead of the entries."""
    return fold(text.strip()) in VERIFY


async def show_audit(request: Request) -> Screen:
    """`/audit`, or `/audit verify`."""
    if asks_to_verify(request.text):
        return await verify(request)
    me = request.me
    if request.page == 0:
        await audit.record(request.tx, "audit-read", me.id, None, request.now)
    if me.role is Role.OWNER:
        found = await audit.last(request.tx, NEWEST)
    else:
        found = await audit.last_of_host(request.tx, me.host_id, NEWEST)
    on_page, page_buttons = shared_screens.paged(request, "audit", found, size=ON_A_PAGE)
    if me.role is Role.OWNER:
        people = await audit.people_in(request.tx, on_page)
    else:
        people = await audit.people_of_host_in(request.tx, on_page, me.host_id, me.id)
    return _screen(request, [await _line(request, entry, people) for entry in on_page], page_buttons)


async def _line(request: Request, entry: Entry, people: Mapping[bytes, bytes]) -> Html:
    """`people`: the ids of members by the tags that mean them."""
    texts = request.texts
    actor, subject = people.get(entry.actor_tag or b""), people.get(entry.subject_tag or b"")
    by_program = entry.actor_tag is None and entry.action != "erased"
    values: dict[str, str | int] = {
        "number": entry.number,
        "when": texts.when_short(entry.at, request.me.zone),
        "actor": texts.plain("audit-operator") if by_program else await _name(request, actor),
        "what": request.network.catalog.action(texts, entry.action),
    }
    if not request.network.catalog.is_about_person(entry.action) or (subject and subject == actor):
        return texts("audit-line", **values)
    return texts("audit-line-about", **values, subject=await _name(request, subject))


async def _name(request: Request, person_id: bytes | None) -> str:
    """The name, where the reader may see it; a coordinator sees people of other hosts like those who left."""
    texts, me = request.texts, request.me
    person = await members.find_readable(request.tx, person_id)
    seen = person is not None and (person.id == me.id or person.role is Role.OWNER or may_see(me, person))
    if person is None or not seen or person.application.applied_at is None or person.name is None:
        return texts.plain("audit-left" if me.role is Role.OWNER else "audit-left-or-outside")
    return shown_name(person)


def _screen(request: Request, lines: Sequence[Html], page_buttons: Sequence[Button]) -> Screen:
    texts = request.texts
    return Screen(
        texts.stack(texts("audit"), *lines),
        column(
            *page_buttons,
            Button(texts.plain("button-verify-audit"), VerifyAudit()),
            Button(texts.plain("button-close"), CloseScreen()),
            shared_screens.back(request),
        ),
    )


async def verify(request: Request) -> Screen:
    """Whether any entry of the whole network was changed, removed or inserted; shows its number, and no name."""
    texts, begun = request.texts, request.tx.audit.begun
    bad = await audit.verify(request.tx)
    if bad is not None:
        text = texts("audit-broken", number=bad)
    else:
        text = texts.stack(texts("audit-holds"), texts("audit-begun", number=begun) if begun else "")
    return Screen(text, column(shared_screens.run(texts, "audit"), shared_screens.back(request)))


ROUTES = [
    Route(Command("audit"), Access.COORDINATOR, show_audit),
    Route(VerifyAudit, Access.COORDINATOR, verify),
]
