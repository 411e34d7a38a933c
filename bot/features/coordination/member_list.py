"""`/members`: the members whom the reader may see."""

from collections.abc import Callable, Sequence

from bot.conversation import shared_screens
from bot.conversation.people import host_seen_by, resembling
from bot.conversation.request import Request
from bot.conversation.routes import Access, Command, Route
from bot.conversation.screen import Button, Screen, column
from bot.language.texts import Html, Texts, verbatim
from storage.records import audit
from storage.records.people import members
from storage.records.people.member import Member

ON_A_PAGE = 40


async def show_members(request: Request) -> Screen:
    """The members of one's own host; for an owner, everybody."""
    host = host_seen_by(request.me)
    count = await members.count(request.tx, host)
    first, page_buttons = shared_screens.page_of(request, "members", count, ON_A_PAGE)
    found = await members.everyone(request.tx, host, offset=first, limit=ON_A_PAGE)
    await audit.record(request.tx, "members-listed", request.me.id, None, request.now)
    resembles = resembling(await members.all_coordinators(request.tx))
    lines = [verbatim(person_line(request.texts, person, resembles)) for person in found]
    return _list(request, count, lines, page_buttons)


def person_line(texts: Texts, person: Member, resembles: Callable[[Member], bool]) -> str:
    """A line of a list, as plain text; `resembles`: whether the name looks like that of a coordinator."""
    line = texts.plain("member-line", name=person.name or "", role=person.role)
    return texts.plain("member-line-alike", member=line) if resembles(person) else line


def _list(request: Request, count: int, lines: Sequence[Html], page_buttons: Sequence[Button]) -> Screen:
    texts = request.texts
    return Screen(
        texts.stack(texts("members", count=count), Html("\n".join(lines))),
        column(
            *page_buttons,
            shared_screens.run(texts, "notes"),
            shared_screens.run(texts, "invite"),
            shared_screens.back(request),
        ),
    )


ROUTES = [Route(Command("members"), Access.COORDINATOR, show_members)]
