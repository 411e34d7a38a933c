"""Screens that every feature shares: home, the way back, the knock, and the answers to what cannot be done."""

from collections.abc import Sequence
from typing import TypeVar

from bot.conversation.request import Request
from bot.conversation.screen import Button, Menu, RunCommand, Screen, column
from bot.language.texts import Html, Texts
from storage.records.people.member import MemberState

T = TypeVar("T")


def label(texts: Texts, command: str) -> str:
    return texts.plain("button-" + command)


def run(texts: Texts, command: str) -> Button:
    """A button that does what the command does, named by it."""
    return Button(label(texts, command), RunCommand(command))


def back(request: Request) -> Button:
    return run(request.texts, "start")


def paged(request: Request, command: str, items: Sequence[T], size: int = 12) -> tuple[Sequence[T], list[Button]]:
    """The items of the page that is asked for, and the buttons to the next and the previous one."""
    last = max(0, (len(items) - 1) // size)
    page = min(max(request.page, 0), last)
    buttons = []
    if page < last:
        buttons.append(Button(request.texts.plain("button-next-page"), RunCommand(command, page + 1)))
    if page:
        buttons.append(Button(request.texts.plain("button-previous-page"), RunCommand(command, page - 1)))
    return items[page * size : (page + 1) * size], buttons


def home(request: Request, *above: Html, first: Sequence[str] = (), menu: Menu | None = None) -> Screen:
    """Where everything begins, with an optional sentence above; `first`: what is best done now."""
    texts, member = request.texts, request.me
    if member.state is MemberState.PAUSED:
        above = (*above, texts("home-paused"))
    return Screen(
        texts.stack(*above, texts("home", network=request.network.name)),
        column(
            Button(texts.plain("button-unpause"), RunCommand("pause")) if member.state is MemberState.PAUSED else None,
            *(run(texts, command) for command in first if command in request.commands),
            *(
                run(texts, command)
                for command in request.network.catalog.home
                if command in request.commands and command not in first
            ),
        ),
        menu=menu,
    )


def greeting(request: Request) -> Screen:
    """What anybody sees who was not invited: it says nothing about the network."""
    texts = request.texts
    return Screen(texts("greeting"), column(run(texts, "privacy"), run(texts, "language")))


def knock(request: Request, *, open_with: Button) -> Screen:
    """A notice that says nothing: no name, no topic, no words of anybody."""
    return Screen(request.texts("knock"), column(open_with))


def _for(request: Request, message: str, *, toast: bool = False) -> Screen:
    texts = request.texts
    words = texts(message)
    return Screen(
        words, column(back(request)), toast=texts.plain(message) if toast else "", fresh=request.message_id is not None
    )


def expired(request: Request) -> Screen:
    return _for(request, "expired")


def unknown_command(request: Request) -> Screen:
    return _for(request, "unknown-command")


def cannot_take_that(request: Request) -> Screen:
    return Screen(request.texts("cannot-take-that"))


def only_first_hand(request: Request) -> Screen:
    """For a command that was forwarded, or written by another bot in somebody's name."""
    return Screen(request.texts("only-first-hand"))


def edits_are_not_seen(request: Request) -> Screen:
    return Screen(request.texts("edits-are-not-seen"))


def only_in_private(request: Request) -> Screen:
    return Screen(request.texts("only-in-private"))


def did_not_understand(request: Request) -> Screen:
    """For words that nothing waits for; they are not kept."""
    if request.member is None or not request.member.is_in:
        return greeting(request)
    shown = home(request)
    return Screen(request.texts("did-not-understand"), shown.rows)


def went_wrong(texts: Texts, reference: str) -> Screen:
    """After a failure of ours: nothing was changed, and a code that the operator finds in the log."""
    return Screen(texts("went-wrong", reference=Html(f"<code>{reference}</code>")), fresh=True)


def unreadable(texts: Texts, reference: str) -> Screen:
    """To somebody whose own row does not open."""
    return Screen(texts("row-unreadable", reference=Html(f"<code>{reference}</code>")), fresh=True)
