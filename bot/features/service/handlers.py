"""Handlers of `/help`, `/privacy`, `/cancel`, and of the button that closes a screen."""

from bot.conversation import shared_screens
from bot.conversation.reading_screens import CloseScreen
from bot.conversation.request import Request
from bot.conversation.routes import Access, Command, Route
from bot.conversation.screen import Screen
from bot.features.service import screens
from storage.records import drafts


async def help_(request: Request) -> Screen:
    return screens.help_(request)


async def privacy(request: Request) -> Screen:
    return screens.privacy(request)


async def cancel(request: Request) -> Screen:
    """Drops the person's draft."""
    had_draft = request.member is not None and await drafts.drop(request.tx, request.me)
    return screens.cancelled(request, had_draft=had_draft)


async def close_screen(request: Request) -> Screen:
    return shared_screens.removed(request.texts)


ROUTES = [
    Route(Command("help"), Access.ANYBODY, help_),
    Route(Command("privacy"), Access.ANYBODY, privacy),
    Route(Command("cancel"), Access.ANYBODY, cancel),
    Route(CloseScreen, Access.ANYBODY, close_screen),
]
