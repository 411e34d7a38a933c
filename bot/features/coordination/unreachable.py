"""Members who blocked the bot or left Telegram: after thirty days their coordinators are asked what to do.

The program itself removes nobody. A phone may be lost, taken, or off for a while; a member who writes again is a
member as before, and no message that waited for them is lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.conversation import shared_screens
from bot.conversation.delivery import UNREACHABLE, DeliveryKind
from bot.conversation.people import may_remove, shown_name
from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Route
from bot.conversation.screen import Button, ButtonAction, Screen, column
from bot.language.texts import Html
from storage.engine.store import Store
from storage.records import audit, erasure, outbox
from storage.records.people import members
from storage.records.people.member import Member


@dataclass(frozen=True, slots=True)
class OpenUnreachable(ButtonAction):
    code: ClassVar[str] = "gone"
    member: bytes


@dataclass(frozen=True, slots=True)
class AskRemove(ButtonAction):
    code: ClassVar[str] = "askrem"
    member: bytes


@dataclass(frozen=True, slots=True)
class Remove(ButtonAction):
    code: ClassVar[str] = "remove"
    member: bytes


async def ask_about_unreachable(store: Store, now: datetime) -> None:
    """Asks now, and again each time the same period passes without a message of the member."""
    async with store.transaction() as tx:
        for person in await members.unreachable(tx, now):
            for reader in await members.coordinators_of(tx, person.host_id):
                if may_remove(reader, person):
                    await outbox.put(tx, reader.id, "unreachable", about=person.id, due=now, now=now)
            await members.set_unreachable(tx, person.id, now + UNREACHABLE)


async def render(request: Request) -> Screen | None:
    """The knock; None where they wrote meanwhile, or the reader may no longer decide about them."""
    person = await members.get(request.tx, request.about or b"")
    if person is None or person.unreachable_until is None or not may_remove(request.me, person):
        return None
    label = request.texts.plain("button-open")
    return shared_screens.knock(request, open_with=Button(label, OpenUnreachable(person.id)))


async def _person(request: Request, member_id: bytes) -> Member:
    """A member who is still unreachable. The same `Refusal` for one who is not, one of another host, and none."""
    person = await members.get(request.tx, member_id)
    if person is None or person.unreachable_until is None or not may_remove(request.me, person):
        raise Refusal(_screen(request, request.texts("not-unreachable"), ()))
    return person


async def open_unreachable(request: Request) -> Screen:
    person = await _person(request, request.button(OpenUnreachable).member)
    await audit.record(request.tx, "member-read", request.me.id, person.id, request.now)
    texts = request.texts
    label = texts.plain("button-remove-unreachable", name=person.name or "")
    return _screen(request, texts("unreachable", name=shown_name(person)), (Button(label, AskRemove(person.id)),))


async def ask_remove(request: Request) -> Screen:
    person = await _person(request, request.button(AskRemove).member)
    texts = request.texts
    label = texts.plain("button-remove-yes", name=person.name or "")
    back = Button(texts.plain("button-back"), OpenUnreachable(person.id))
    return Screen(
        texts("ask-remove", name=shown_name(person)),
        column(Button(label, Remove(person.id)), back),
    )


async def remove(request: Request) -> Screen:
    person = await _person(request, request.button(Remove).member)
    await erasure.erase(request.tx, person, request.now)
    request.network.memory.forget_texts()
    await audit.record(request.tx, "removed", request.me.id, None, request.now)
    return _screen(request, request.texts("removed", name=person.name or ""), ())


def _screen(request: Request, text: Html, buttons: Sequence[Button]) -> Screen:
    return Screen(text, column(*buttons, shared_screens.back(request)))


ROUTES = [
    Route(OpenUnreachable, Access.COORDINATOR, open_unreachable),
    Route(AskRemove, Access.COORDINATOR, ask_remove),
    Route(Remove, Access.COORDINATOR, remove),
]
DELIVERIES = {"unreachable": DeliveryKind(render)}
