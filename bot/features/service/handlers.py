"""Handlers of `/help`, `/privacy`, `/cancel`, `/waiting`, and of the buttons that close a screen."""

from bot.conversation import waiting_list
from bot.conversation.reading_screens import CloseMedia, CloseScreen
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
    return await waiting_list.closed(request, await close_media(request))


async def close_media(request: Request) -> Screen:
    return Screen(request.texts("moved"), removes=True)


ROUTES = [
    Route(Command("help"), Access.ANYBODY, help_),
    Route(Command("privacy"), Access.ANYBODY, privacy),
    Route(Command("cancel"), Access.ANYBODY, cancel),
    Route(Command("waiting"), Access.MEMBER, waiting_list.show),
    Route(CloseScreen, Access.ANYBODY, close_screen),
    Route(CloseMedia, Access.ANYBODY, close_media),
    Route(waiting_list.DropWaiting, Access.KNOWN, waiting_list.drop_all),
]
