"""Screens of `/help`, `/privacy` and `/cancel`, which everybody may use."""

from bot.conversation import shared_screens
from bot.conversation.request import Request
from bot.conversation.screen import Screen, column
from bot.language.normalize import BADGE
from bot.language.texts import Html


def help_(request: Request) -> Screen:
    """Every command that this person may use, with a description."""
    texts = request.texts
    lines = [f"/{command} – {texts('command-' + command)}" for command in request.commands]
    first = (
        texts("help", network=request.network.name)
        if request.member and request.member.is_in
        else texts("help-outside")
    )
    badge = texts("help-badge", badge=BADGE) if request.member and request.member.is_in else ""
    others = (
        command for command in request.commands if command not in (*request.network.catalog.home, "start", "cancel")
    )
    return Screen(
        texts.stack(first, Html("\n".join(lines)), badge),
        column(*(shared_screens.run(texts, command) for command in others), shared_screens.back(request)),
    )


def privacy(request: Request) -> Screen:
    texts = request.texts
    known = request.member is not None
    return Screen(
        texts.stack(texts("privacy"), shared_screens.responsible(request, texts) if known else ""),
        column(
            shared_screens.run(texts, "clear") if known else None,
            shared_screens.run(texts, "mydata") if known else None,
            shared_screens.run(texts, "forget") if known else None,
            shared_screens.back(request),
        ),
    )


def cancelled(request: Request, *, had_draft: bool) -> Screen:
    return Screen(
        request.texts("cancelled" if had_draft else "nothing-to-cancel"), column(shared_screens.back(request))
    )
