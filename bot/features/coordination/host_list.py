"""`/hosts`: the hosts of the network, and adding one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.conversation import shared_screens
from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Command, Route, TypedText
from bot.conversation.screen import Button, ButtonAction, RunCommand, Screen, column
from bot.language.normalize import one_line, units
from bot.language.texts import Html
from storage.records import audit, drafts, hosts
from storage.records.hosts import Host

LONGEST_HOST = 64  # UTF-16 units


@dataclass(frozen=True, slots=True)
class AskHostName(ButtonAction):
    code: ClassVar[str] = "addhost"


async def show_hosts(request: Request) -> Screen:
    """`/hosts`, or `/hosts <name>` to add one."""
    if request.text:
        return await host_name(request)
    return _list(request, await hosts.everyone(request.tx))


async def ask_host_name(request: Request) -> Screen:
    await drafts.put(request.tx, request.me, "host-name", now=request.now)
    return _ask(request)


async def host_name(request: Request) -> Screen:
    name = one_line(request.text)
    if not name:
        raise Refusal(_ask(request, request.texts("answer-empty")))
    if units(name) > LONGEST_HOST:
        complaint = request.texts("answer-too-long", length=units(name), most=LONGEST_HOST)
        raise Refusal(_ask(request, complaint))
    added = await hosts.add(request.tx, name, request.now)
    if added:
        await audit.record(request.tx, "host-added", request.me.id, None, request.now)
    await drafts.drop(request.tx, request.me)
    above = request.texts("host-added" if added else "host-exists", name=name)
    return _list(request, await hosts.everyone(request.tx), above)


def _list(request: Request, found: Sequence[Host], above: Html | None = None) -> Screen:
    texts = request.texts
    on_page, page_buttons = shared_screens.paged(request, "hosts", found, size=40)
    lines = Html("\n".join(texts("host-line", name=host.name) for host in on_page))
    return Screen(
        texts.stack(above or "", texts("hosts", count=len(found)), lines),
        column(*page_buttons, Button(texts.plain("button-add-host"), AskHostName()), shared_screens.back(request)),
    )


def _ask(request: Request, complaint: Html | None = None) -> Screen:
    texts = request.texts
    return Screen(
        texts.stack(complaint or "", texts("ask-host-name")),
        column(Button(texts.plain("button-back"), RunCommand("hosts"))),
    )


ROUTES = [
    Route(Command("hosts"), Access.OWNER, show_hosts),
    Route(TypedText("host-name"), Access.OWNER, host_name),
    Route(AskHostName, Access.OWNER, ask_host_name),
]
