"""`/members`: who is in the network, as far as the reader looks after them."""

from collections.abc import Callable, Sequence

from bot.conversation import shared_screens
from bot.conversation.people import may_see, resembling
from bot.conversation.reading_screens import closing
from bot.conversation.request import Request
from bot.conversation.routes import Access, Command, Route
from bot.conversation.screen import Screen, column
from bot.language.texts import Html, Texts, verbatim
from storage.records import audit
from storage.records.people import members
from storage.records.people.member import Member


async def show_members(request: Request) -> Screen:
    """The members of one's own host; for an owner, everybody."""
    found = [person for person in await members.everyone(request.tx) if may_see(request.me, person)]
    await audit.record(request.tx, "members-listed", request.me.id, None, request.now)
    return _list(request, found, resembling(await members.all_coordinators(request.tx)))


def person_line(texts: Texts, person: Member, twin: Callable[[Member], bool]) -> str:
    """Somebody in a list, as plain text; `twin`: whether they might be taken for somebody who coordinates."""
    line = texts.plain("member-line", name=person.name or "", role=person.role)
    return texts.plain("member-line-alike", member=line) if twin(person) else line


def _list(request: Request, found: Sequence[Member], twin: Callable[[Member], bool]) -> Screen:
    texts = request.texts
    shown, turn = shared_screens.paged(request, "members", found, size=40)
    lines = [verbatim(person_line(texts, person, twin)) for person in shown]
    return Screen(
        texts.stack(texts("members", count=len(found)), Html("\n".join(lines))),
        column(
            *turn, shared_screens.run(texts, "notes"), shared_screens.run(texts, "invite"), shared_screens.back(request)
        ),
        expiry=closing(request),
    )


ROUTES = (Route(Command("members"), Access.COORDINATOR, show_members),)
