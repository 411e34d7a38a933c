"""`/members`: the members whom the reader may see."""

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


def person_line(texts: Texts, person: Member, resembles: Callable[[Member], bool]) -> str:
    """A line of a list, as plain text; `resembles`: whether the name looks like that of a coordinator."""
    line = texts.plain("member-line", name=person.name or "", role=person.role)
    return texts.plain("member-line-alike", member=line) if resembles(person) else line


def _list(request: Request, found: Sequence[Member], resembles: Callable[[Member], bool]) -> Screen:
    texts = request.texts
    on_page, page_buttons = shared_screens.paged(request, "members", found, size=40)
    lines = [verbatim(person_line(texts, person, resembles)) for person in on_page]
    return Screen(
        texts.stack(texts("members", count=len(found)), Html("\n".join(lines))),
        column(
            *page_buttons,
            shared_screens.run(texts, "notes"),
            shared_screens.run(texts, "invite"),
            shared_screens.back(request),
        ),
        expiry=closing(request),
    )


ROUTES = [Route(Command("members"), Access.COORDINATOR, show_members)]
