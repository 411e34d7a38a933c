"""`/panic`: in two presses nothing more is sent, what is open leaves the chat, and the buddies are told.

It ends on the home screen of somebody on a pause, which says nothing of what was done.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from bot.conversation import shared_screens
from bot.conversation.request import Request
from bot.conversation.routes import Access, Command, Route
from bot.conversation.screen import Button, ButtonAction, Screen, column
from bot.features.safety import freeze
from storage.records import audit, drafts, outbox
from storage.records.people import members, preferences
from storage.records.safety import buddies, freezes, outbox_clearing
from storage.records.safety.freezes import Wants


@dataclass(frozen=True, slots=True)
class Panic(ButtonAction):
    code: ClassVar[str] = "panic"
    valid_for: ClassVar[timedelta | None] = timedelta(hours=1)


async def ask(request: Request) -> Screen:
    """The first press. The word that was typed leaves the chat, whether or not the second follows."""
    texts = request.texts
    return Screen(
        texts("ask-panic"),
        column(Button(texts.plain("button-panic-yes"), Panic()), shared_screens.back(request)),
        forget_typed=True,
    )


async def panic(request: Request) -> Screen:
    tx, me, now = request.tx, request.me, request.now
    await preferences.set_paused(tx, me, True)
    await drafts.drop(tx, me)
    await outbox_clearing.close_screens(tx, me.id, now)
    await freezes.vote(tx, me.id, me.id, Wants.HELP, now)
    await audit.record(tx, "panic", me.id, me.id, now)
    for buddy in await buddies.counting(tx, me.id, now):
        await outbox.put(tx, buddy, freeze.KIND, about=me.id, due=now, now=now)
    return shared_screens.home(request.replace(member=await members.get(tx, me.id), draft=None))


ROUTES = [
    Route(Command("panic"), Access.MEMBER, ask),
    Route(Panic, Access.MEMBER, panic),
]
