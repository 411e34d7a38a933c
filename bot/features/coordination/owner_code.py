"""An owner code that the operator made while there was an owner: every owner is told, and any of them can revoke it.

The code works 72 hours after the owners were told. The hours begin anew as long as a notice to an owner is due or on
its way, so that nobody makes them pass unseen by stopping the program or cutting it off.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from bot.conversation import shared_screens
from bot.conversation.delivery import DeliveryKind
from bot.conversation.request import Request
from bot.conversation.routes import Access, Route
from bot.conversation.screen import A_DAY, Button, ButtonAction, Screen, column
from storage.engine.store import Store
from storage.records import audit, outbox
from storage.records.people import invites

KIND = "owner-code"


@dataclass(frozen=True, slots=True)
class OpenOwnerCode(ButtonAction):
    code: ClassVar[str] = "ownercode"


@dataclass(frozen=True, slots=True)
class RevokeOwnerCode(ButtonAction):
    code: ClassVar[str] = "unowner"
    valid_for: ClassVar[timedelta | None] = A_DAY


async def render(request: Request) -> Screen | None:
    """The knock; None where the code was revoked, was used or works by now."""
    if await invites.waiting_ownership(request.tx, request.now) is None:
        return None
    return shared_screens.knock(request, open_with=Button(request.texts.plain("button-open"), OpenOwnerCode()))


async def open_owner_code(request: Request) -> Screen:
    texts, code = request.texts, await invites.waiting_ownership(request.tx, request.now)
    if code is None or code.not_before is None:
        return Screen(texts("owner-code-over"), column(shared_screens.back(request)))
    return Screen(
        texts("owner-code", when=texts.when(code.not_before, request.me.zone)),
        column(Button(texts.plain("button-revoke-owner-code"), RevokeOwnerCode()), shared_screens.back(request)),
    )


async def revoke(request: Request) -> Screen:
    """Revokes whatever owner code there is, at once."""
    if await invites.revoke_ownership(request.tx, request.now):
        await audit.record(request.tx, "owner-code-revoked", request.me.id, None, request.now)
    return Screen(request.texts("owner-code-revoked"), column(shared_screens.back(request)))


async def wait_until_told(store: Store, now: datetime) -> None:
    """Begins the hours anew while the notice to an owner is due or on its way."""
    async with store.transaction() as tx:
        code = await invites.waiting_ownership(tx, now)
        if code is not None and await outbox.is_waiting(tx, KIND, now):
            await invites.wait_again(tx, code, now)


ROUTES = [
    Route(OpenOwnerCode, Access.OWNER, open_owner_code),
    Route(RevokeOwnerCode, Access.OWNER, revoke),
]
DELIVERIES = {KIND: DeliveryKind(render, pauses=False)}
