"""`/members`: the members whom the reader may see, by state and host, by name, in pages; each opens their entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.conversation import shared_screens
from bot.conversation.look_alikes import LookAlikes, look_alikes
from bot.conversation.people import host_name, host_seen_by
from bot.conversation.request import Request
from bot.conversation.routes import Access, Command, Route, TypedText
from bot.conversation.screen import Button, ButtonAction, RunCommand, Screen, column
from bot.features.coordination import member_entry
from bot.features.coordination.member_lines import entry_button
from bot.language.confusables import skeleton
from bot.language.normalize import fold, one_line
from bot.language.texts import LANGUAGES, texts_in
from storage.records import audit, drafts, hosts
from storage.records.hosts import Host
from storage.records.people import member_list
from storage.records.people.member import Member, Role
from storage.records.people.member_list import StateFilter

ON_A_PAGE = 12
MOST_FOUND = 30
EVERY_HOST = b""
SEARCH = "member-search"


@dataclass(frozen=True, slots=True)
class ListMembers(ButtonAction):
    code: ClassVar[str] = "members"
    state: StateFilter
    host: bytes  # empty: of every host that the reader sees
    page: int


@dataclass(frozen=True, slots=True)
class ListHosts(ButtonAction):
    code: ClassVar[str] = "mhosts"
    page: int


@dataclass(frozen=True, slots=True)
class AskSearch(ButtonAction):
    code: ClassVar[str] = "msearch"


async def show_members(request: Request) -> Screen:
    """`/members`, or `/members` with a state, the name of a host, or a part of a name."""
    if not request.text:
        return await _list(request, ListMembers(StateFilter.ALL, EVERY_HOST, 0))
    text = fold(request.text)
    for state in StateFilter:
        if text in {fold(texts_in(language).plain("members-of-state", state=state)) for language in LANGUAGES}:
            return await _list(request, ListMembers(state, EVERY_HOST, 0))
    if request.me.role is Role.OWNER:
        for host in await hosts.everyone(request.tx):
            if fold(host.name) == text:
                return await _list(request, ListMembers(StateFilter.ALL, host.id, 0))
    return await search(request)


async def list_members(request: Request) -> Screen:
    return await _list(request, request.button(ListMembers))


async def _list(request: Request, wanted: ListMembers) -> Screen:
    """Filtered by the engine; a coordinator gets those of their own host, whatever host a button names."""
    seen = host_seen_by(request.me)
    host_id = (wanted.host or None) if seen is None else seen
    count = await member_list.count(request.tx, wanted.state, host_id)
    last = max(0, (count - 1) // ON_A_PAGE)
    page = min(max(wanted.page, 0), last)
    found = await member_list.page(request.tx, wanted.state, host_id, offset=page * ON_A_PAGE, limit=ON_A_PAGE)
    await audit.record(request.tx, "members-listed", request.me.id, None, request.now)
    host = await hosts.get(request.tx, wanted.host) if seen is None and wanted.host else None
    return _screen(
        request, ListMembers(wanted.state, wanted.host, page), count, found, host, await look_alikes(request)
    )


def _screen(
    request: Request, shown: ListMembers, count: int, found: Sequence[Member], host: Host | None, alike: LookAlikes
) -> Screen:
    texts, page = request.texts, shown.page

    def turn(label: str, to: int) -> Button:
        return Button(texts.plain(label), ListMembers(shown.state, shown.host, to))

    filters = [
        Button(texts.plain("button-members-of-state", state=state), ListMembers(state, shown.host, 0))
        for state in StateFilter
        if state is not shown.state
    ]
    state = texts.plain("members-of-state", state=shown.state)
    return Screen(
        texts.stack(
            texts("members", count=count),
            texts("members-state", state=state) if shown.state is not StateFilter.ALL else "",
            texts("members-host", host=host_name(texts, host)) if host else "",
        ),
        column(
            *(entry_button(texts, person, alike) for person in found),
            turn("button-next-page", page + 1) if (page + 1) * ON_A_PAGE < count else None,
            turn("button-previous-page", page - 1) if page else None,
            Button(texts.plain("button-search-members"), AskSearch()),
            *filters,
            Button(texts.plain("button-members-of-host"), ListHosts(0)) if request.me.role is Role.OWNER else None,
            shared_screens.run(texts, "notes"),
            shared_screens.run(texts, "invite"),
            shared_screens.back(request),
        ),
    )


async def list_hosts(request: Request) -> Screen:
    """For an owner: the hosts, each of which opens the list of its members."""
    texts, found = request.texts, await hosts.everyone(request.tx)
    page = min(max(request.button(ListHosts).page, 0), max(0, (len(found) - 1) // ON_A_PAGE))
    on_page = found[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    more = (page + 1) * ON_A_PAGE < len(found)
    return Screen(
        texts("members-of-which-host"),
        column(
            *(Button(host.name, ListMembers(StateFilter.ALL, host.id, 0)) for host in on_page),
            Button(texts.plain("button-next-page"), ListHosts(page + 1)) if more else None,
            Button(texts.plain("button-previous-page"), ListHosts(page - 1)) if page else None,
            Button(texts.plain("button-back"), RunCommand("members")),
        ),
    )


async def ask_search(request: Request) -> Screen:
    await drafts.put(request.tx, request.me, SEARCH, now=request.now)
    texts = request.texts
    return Screen(texts("ask-member-search"), column(Button(texts.plain("button-back"), RunCommand("members"))))


async def search(request: Request) -> Screen:
    """The first members whose name holds these words, or looks like them; the entry of the only one."""
    wanted, resembling = fold(request.text), skeleton(one_line(request.text))

    def matches(name: str) -> bool:
        return bool(wanted and wanted in fold(name)) or skeleton(name) == resembling

    found = await member_list.search(request.tx, host_seen_by(request.me), matches, limit=MOST_FOUND)
    await audit.record(request.tx, "members-listed", request.me.id, None, request.now)
    await drafts.drop(request.tx, request.me)
    if len(found) == 1:
        return await member_entry.show(request, found[0])
    texts, alike = request.texts, await look_alikes(request)
    return Screen(
        texts.stack(
            texts("members-found", count=len(found)), texts("members-more") if len(found) == MOST_FOUND else ""
        ),
        column(
            *(entry_button(texts, person, alike) for person in found),
            Button(texts.plain("button-search-members"), AskSearch()),
            shared_screens.run(texts, "members"),
            shared_screens.back(request),
        ),
    )


ROUTES = [
    Route(Command("members"), Access.COORDINATOR, show_members),
    Route(ListMembers, Access.COORDINATOR, list_members),
    Route(ListHosts, Access.OWNER, list_hosts),
    Route(AskSearch, Access.COORDINATOR, ask_search),
    Route(TypedText(SEARCH), Access.COORDINATOR, search),
]
