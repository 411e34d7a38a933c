"""`/lock`: makes the program forget its keys, for a machine or a phone in danger.

At most twice a day for each coordinator: every time the operator has to come and unlock it, and whoever has a
coordinator's phone could keep a network closed.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from bot.conversation import shared_screens
from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Command, Route
from bot.conversation.screen import A_DAY, Button, ButtonAction, Screen, column
from storage.records import audit

AT_MOST, WITHIN = 2, timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Lock(ButtonAction):
    code: ClassVar[str] = "lock"
    valid_for: ClassVar[timedelta | None] = A_DAY


async def ask_lock(request: Request) -> Screen:
    if not request.network.lockable:
        return _not_lockable(request)
    await _refuse_too_often(request)
    return _ask(request)


async def _refuse_too_often(request: Request) -> None:
    since = request.now - WITHIN
    if await audit.count_of(request.tx, "locked", request.me.id, since, request.now) >= AT_MOST:
        texts = request.texts
        raise Refusal(Screen(texts("locked-too-often"), column(shared_screens.back(request))))


async def lock(request: Request) -> Screen:
    """Makes the program forget its keys until the operator unlocks it: for a machine or a phone in danger."""
    if not request.network.lockable:
        raise Refusal(_not_lockable(request))
    await _refuse_too_often(request)
    await audit.record(request.tx, "locked", request.me.id, None, request.now)
    return _locking(request)


def _ask(request: Request) -> Screen:
    texts = request.texts
    return Screen(
        texts("ask-lock"), column(Button(texts.plain("button-lock-yes"), Lock()), shared_screens.back(request))
    )


def _locking(request: Request) -> Screen:
    return Screen(request.texts("locking"), locks=True)


def _not_lockable(request: Request) -> Screen:
    return Screen(request.texts("not-lockable"), column(shared_screens.back(request)))


ROUTES = [
    Route(Command("lock"), Access.COORDINATOR, ask_lock),
    Route(Lock, Access.COORDINATOR, lock),
]
