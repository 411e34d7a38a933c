"""Screens and buttons that all features share: home, the knock, lists in pages, answers to what cannot be done."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from bot.conversation.request import Request
from bot.conversation.screen import Button, Menu, RunCommand, Screen, column
from bot.language.texts import Html, Texts
from storage.records.people.member import MemberState

T = TypeVar("T")


def label(texts: Texts, command: str) -> str:
    return texts.plain("button-" + command)


def run(texts: Texts, command: str) -> Button:
    """A button that runs a command, with the command's label."""
    return Button(label(texts, command), RunCommand(command))


def back(request: Request) -> Button:
    return run(request.texts, "start")


def paged(request: Request, command: str, items: Sequence[T], size: int = 12) -> tuple[Sequence[T], list[Button]]:
    """The items of the requested page, and the buttons to the next and the previous one."""
    first, buttons = page_of(request, command, len(items), size)
    return items[first : first + size], buttons


def page_of(request: Request, command: str, count: int, size: int = 12) -> tuple[int, list[Button]]:
    """The first of so many items that is on the requested page, counted from 0; and the buttons as above."""
    last = max(0, (count - 1) // size)
    page = min(max(request.page, 0), last)
    buttons = []
    if page < last:
        buttons.append(Button(request.texts.plain("button-next-page"), RunCommand(command, page + 1)))
    if page:
        buttons.append(Button(request.texts.plain("button-previous-page"), RunCommand(command, page - 1)))
    return page * size, buttons


def home(request: Request, *above: Html, first: Sequence[str] = (), menu: Menu | None = None) -> Screen:
    """The home screen, with optional sentences above; `first` are commands to be listed before the others."""
    texts, member, commands = request.texts, request.me, request.commands
    if member.state is MemberState.PAUSED:
        above = (*above, texts("home-paused"))
    return Screen(
        texts.stack(*above, texts("home", network=request.network.name)),
        column(
            Button(texts.plain("button-unpause"), RunCommand("pause")) if member.state is MemberState.PAUSED else None,
            *(run(texts, command) for command in first if command in commands),
            *(
                run(texts, command)
                for command in request.network.catalog.home
                if command in commands and command not in first
            ),
        ),
        menu=menu,
    )


def greeting(request: Request) -> Screen:
    """What a person without an invitation sees; it says nothing about the network."""
    texts = request.texts
    return Screen(texts("greeting"), column(run(texts, "privacy"), run(texts, "language")), stays=True)


def suspended(request: Request) -> Screen:
    """What a suspended member sees, whatever they do; they keep the commands by which they see and erase their data."""
    return Screen(request.texts("suspended"), fresh=request.message_id is not None, menu=Menu.OWN, stays=True)


def removed(texts: Texts) -> Screen:
    """Removes the message; where that cannot be, it is what `blank` is."""
    return replace(blank(texts), removes=True)


def last(request: Request, screen: Screen, messages: Sequence[int]) -> Screen:
    """The last screen of somebody who was erased; all other `messages` of the chat are deleted."""
    others = tuple(message for message in messages if message != request.message_id)
    return replace(screen, menu=Menu.NONE, delete_messages=others)


def responsible(request: Request, texts: Texts) -> Html:
    """Who is responsible for what is kept, and how to reach them. Not for strangers: it may tell of the network."""
    network = request.network
    if not network.controller:
        return texts("responsible-unnamed")
    return texts("responsible", controller=network.controller, contact=network.contact)


def knock(request: Request, *, open_with: Button) -> Screen:
    """A notice that says nothing: no name, no topic, no text of anybody."""
    return Screen(request.texts("knock"), column(open_with), stays=True)


def blank(texts: Texts) -> Screen:
    """What stays of a screen whose time is over, where nothing newer is in the chat: it names nothing."""
    return Screen(texts("blank"), column(Button(texts.plain("button-open"), RunCommand("start"))), stays=True)


def _for(request: Request, message: str, *, toast: bool = False) -> Screen:
    texts = request.texts
    return Screen(
        texts(message),
        column(back(request)),
        toast=texts.plain(message) if toast else "",
        fresh=request.message_id is not None,
    )


def expired(request: Request) -> Screen:
    return _for(request, "expired")


def unknown_command(request: Request) -> Screen:
    return _for(request, "unknown-command")


def cannot_take_that(request: Request) -> Screen:
    return Screen(request.texts("cannot-take-that"))


def only_first_hand(request: Request) -> Screen:
    """For a command that was forwarded, or that another bot wrote in the person's name."""
    return Screen(request.texts("only-first-hand"))


def edits_are_not_seen(request: Request) -> Screen:
    return Screen(request.texts("edits-are-not-seen"))


def only_in_private(request: Request) -> Screen:
    return Screen(request.texts("only-in-private"))


def did_not_understand(request: Request) -> Screen:
    """For a text that no question waits for; it is not stored."""
    if request.member is None or not request.member.is_in:
        return greeting(request)
    return Screen(request.texts("did-not-understand"), home(request).rows)


def went_wrong(texts: Texts, reference: str) -> Screen:
    """After an error of the program: nothing was changed; `reference` is in the log of the operator."""
    return Screen(texts("went-wrong", reference=Html(f"<code>{reference}</code>")), fresh=True)


def unreadable(texts: Texts, reference: str) -> Screen:
    """For a person whose own row cannot be decrypted."""
    return Screen(texts("row-unreadable", reference=Html(f"<code>{reference}</code>")), fresh=True)
