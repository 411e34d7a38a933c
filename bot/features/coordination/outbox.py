"""`/outbox`: how many messages are in which state, and the uncertain ones, for a coordinator to decide about.

After a crash or a lost answer a message that is not a knock is not sent again automatically, since it may have arrived.
The list has its kind, time and recipient, never its text. A coordinator sees messages to members of their own host and
decides about those alone; an owner about all.
"""

from dataclasses import dataclass
from typing import ClassVar

from bot.conversation import shared_screens
from bot.conversation.people import host_seen_by, shown_name
from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Command, Route
from bot.conversation.screen import Button, ButtonAction, RunCommand, Screen, column
from bot.language.texts import Html
from storage.records import audit, uncertain_messages
from storage.records.people import members
from storage.records.uncertain_messages import UncertainMessage

OLDEST = 100  # uncertain messages that are listed
STATES = ("pending", "sending", "sent", "failed", "cancelled", "uncertain")


@dataclass(frozen=True, slots=True)
class OpenUncertain(ButtonAction):
    code: ClassVar[str] = "doubt"
    message: bytes


@dataclass(frozen=True, slots=True)
class SendAgain(ButtonAction):
    code: ClassVar[str] = "again"
    message: bytes


@dataclass(frozen=True, slots=True)
class Drop(ButtonAction):
    code: ClassVar[str] = "dropmsg"
    message: bytes


async def show_outbox(request: Request) -> Screen:
    return await _list(request)


async def _list(request: Request, above: Html | None = None) -> Screen:
    texts = request.texts
    host = host_seen_by(request.me)
    counts = await uncertain_messages.counts(request.tx, host)
    found = await uncertain_messages.oldest(request.tx, OLDEST, host)
    if found:
        await audit.record(request.tx, "outbox-read", request.me.id, None, request.now)
    on_page, page_buttons = shared_screens.paged(request, "outbox", found)
    lines = [texts("outbox-line", state=state, number=counts[state]) for state in STATES if counts.get(state)]
    return Screen(
        texts.stack(
            above or "",
            texts("outbox"),
            Html("\n".join(lines)) if lines else texts("outbox-empty"),
            texts("outbox-doubtful") if found else "",
        ),
        column(
            *[
                Button(texts.plain("outbox-item", **await _values(request, item)), OpenUncertain(item.id))
                for item in on_page
            ],
            *page_buttons,
            shared_screens.back(request),
        ),
    )


async def _values(request: Request, item: UncertainMessage) -> dict[str, str | int]:
    """The values of a sentence about a message."""
    person = await members.find_readable(request.tx, item.member_id)
    return {
        "kind": request.network.catalog.delivery(request.texts, item.kind),
        "when": request.texts.when_short(item.settled_at, request.me.zone),
        "name": shown_name(person) or request.texts.plain("audit-left-or-outside"),
    }


async def _uncertain(request: Request, message: bytes) -> UncertainMessage:
    """The same `Refusal` for a message that was decided about, one to a member of another host, and none."""
    item, host = await uncertain_messages.find(request.tx, message), host_seen_by(request.me)
    if item is None or (host is not None and await members.host_of(request.tx, item.member_id) != host):
        raise Refusal(await _list(request, request.texts("outbox-decided")))
    return item


async def open_uncertain(request: Request) -> Screen:
    item = await _uncertain(request, request.button(OpenUncertain).message)
    texts = request.texts
    return Screen(
        texts("outbox-message", **await _values(request, item)),
        column(
            Button(texts.plain("button-send-again"), SendAgain(item.id)),
            Button(texts.plain("button-drop-message"), Drop(item.id)),
            Button(texts.plain("button-back"), RunCommand("outbox")),
        ),
    )


async def send_again(request: Request) -> Screen:
    item = await _uncertain(request, request.button(SendAgain).message)
    await uncertain_messages.send_again(request.tx, item.id, request.now)
    await audit.record(request.tx, "sent-again", request.me.id, item.member_id, request.now)
    return await _list(request, request.texts("outbox-sent-again"))


async def drop(request: Request) -> Screen:
    item = await _uncertain(request, request.button(Drop).message)
    await uncertain_messages.drop(request.tx, item.id, request.now)
    await audit.record(request.tx, "message-dropped", request.me.id, item.member_id, request.now)
    return await _list(request, request.texts("outbox-dropped"))


ROUTES = [
    Route(Command("outbox"), Access.COORDINATOR, show_outbox),
    Route(OpenUncertain, Access.COORDINATOR, open_uncertain),
    Route(SendAgain, Access.COORDINATOR, send_again),
    Route(Drop, Access.COORDINATOR, drop),
]
