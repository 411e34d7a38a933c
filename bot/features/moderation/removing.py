"""`/remove`: one coordinator or owner asks for the removal of a member, and another one confirms it.

Nobody confirms what they asked for, nor their own removal. A request ends after seven days, or where whoever asked may
no longer stop that member. Then everything of the person is erased as by /forget, and they are told, with a receipt.
"""

from bot.conversation import shared_screens
from bot.conversation.delivery import DeliveryKind
from bot.conversation.people import may_stop
from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Command, Route
from bot.conversation.screen import Button, RunCommand, Screen
from bot.features.moderation import removal_screens as screens
from bot.features.moderation import targets
from bot.features.moderation.buttons import (
    AskConfirmRemoval,
    AskRemoval,
    ChooseReason,
    ConfirmRemoval,
    OpenRemoval,
    RequestRemoval,
    WithdrawRemoval,
)
from bot.features.moderation.removal_screens import Removal
from storage.records import audit, outbox
from storage.records.people import chat_messages, members, removals
from storage.records.people.member import Member, Role
from storage.records.people.removals import RemovalRequest


async def remove_named(request: Request) -> Screen:
    """`/remove <name>`; without a name, the requests that wait."""
    if request.text:
        return await targets.by_name(request, targets.LISTED, _ask_reason, AskRemoval)
    found = [await _seen(request, each) for each in await removals.waiting(request.tx, request.now)]
    return screens.waiting(request, [removal for removal in found if removal is not None])


async def ask_reason(request: Request) -> Screen:
    return await _ask_reason(request, await targets.find(request, request.button(AskRemoval).member))


async def _ask_reason(request: Request, person: Member) -> Screen:
    open_request = await removals.about(request.tx, person.id, request.now)
    if open_request is not None and (seen := await _seen(request, open_request)) is not None:
        return screens.removal(request, seen)
    return screens.ask_reason(request, person)


async def ask_request(request: Request) -> Screen:
    button = request.button(ChooseReason)
    person = await targets.find(request, button.member)
    return screens.ask_request(request, person, button.reason, bool(await _others(request, person)))


async def _others(request: Request, person: Member) -> list[Member]:
    """Those who could confirm a request of the person who asks now."""
    found = await members.coordinators_of(request.tx, person.host_id)
    return [each for each in found if each.id != request.me.id and may_stop(each, person)]


async def ask_removal(request: Request) -> Screen:
    """Keeps the request, and tells those who can confirm it."""
    button = request.button(RequestRemoval)
    person = await targets.find(request, button.member)
    others = await _others(request, person)
    if not others:
        raise Refusal(screens.ask_request(request, person, button.reason, False))
    before = await removals.about(request.tx, person.id, request.now)
    if before is not None and await _seen(request, before) is None:
        await removals.withdraw(request.tx, before.id)  # of somebody who may no longer ask
    request_id = await removals.ask(request.tx, person, request.me, button.reason, request.now)
    if request_id is None:
        return await _ask_reason(request, person)  # somebody else was faster
    await audit.record(request.tx, "removal-asked", request.me.id, person.id, request.now)
    for each in others:
        await outbox.put(request.tx, each.id, "removal", about=request_id, due=request.now, now=request.now)
    return screens.asked(request, person)


async def _seen(request: Request, found: RemovalRequest) -> Removal | None:
    """The request with the people whom it names; None where it is void or the reader has nothing to do with it."""
    person = await members.find_readable(request.tx, found.member_id)
    asker = await members.find_readable(request.tx, found.asked_by)
    if person is None or asker is None or not may_stop(asker, person) or not may_stop(request.me, person):
        return None
    return Removal(found, person, asker, may_confirm=request.me.id != asker.id)


async def _get(request: Request, request_id: bytes) -> Removal:
    """Raises the same `Refusal` for a request about somebody of another host, one that is void, and none."""
    found = await removals.get(request.tx, request_id, request.now)
    seen = await _seen(request, found) if found else None
    if seen is None:
        raise Refusal(targets.message(request, "no-removal"))
    return seen


async def open_removal(request: Request) -> Screen:
    seen = await _get(request, request.button(OpenRemoval).request)
    await audit.record(request.tx, "member-read", request.me.id, seen.person.id, request.now)
    return screens.removal(request, seen)


async def _get_to_confirm(request: Request, request_id: bytes) -> Removal:
    """Raises `Refusal` also for whoever asked for it."""
    seen = await _get(request, request_id)
    if not seen.may_confirm:
        raise Refusal(screens.removal(request, seen))
    return seen


async def ask_confirm(request: Request) -> Screen:
    return screens.ask_confirm(request, await _get_to_confirm(request, request.button(AskConfirmRemoval).request))


async def confirm(request: Request) -> Screen:
    seen = await _get_to_confirm(request, request.button(ConfirmRemoval).request)
    tx, now, name = request.tx, request.now, seen.person.name or ""
    in_chat = await chat_messages.of(tx, seen.person.id)
    told = await removals.remove(tx, seen.person, now)
    request.network.memory.forget_texts()
    await audit.record(tx, "removal-confirmed", request.me.id, None, now)
    for message in in_chat:  # with words of others, and their own
        await chat_messages.note(
            tx, told, message.message_id, by_bot=message.by_bot, sent_at=message.sent_at, due=now, now=now
        )
    await outbox.put(tx, told, "decision", due=now, now=now)
    for each in await members.all_coordinators(tx):
        if each.id != request.me.id and (each.id == seen.asker.id or each.role is Role.OWNER):
            await outbox.put(tx, each.id, "removal-done", due=now, now=now)
    return targets.message(request, "removal-confirmed", name=name)


async def withdraw(request: Request) -> Screen:
    """Ends a request: by whoever asked, or by somebody who could have confirmed it."""
    seen = await _get(request, request.button(WithdrawRemoval).request)
    if await removals.withdraw(request.tx, seen.request.id):
        await audit.record(request.tx, "removal-withdrawn", request.me.id, seen.person.id, request.now)
    return targets.message(request, "removal-withdrawn", name=seen.person.name or "")


async def render_removal(request: Request) -> Screen | None:
    """The knock for a request; None where it ended, or the reader may no longer confirm it."""
    found = await removals.get(request.tx, request.about or b"", request.now)
    seen = await _seen(request, found) if found else None
    if seen is None or not seen.may_confirm or not Access.COORDINATOR.allows(request.member):
        return None
    label = request.texts.plain("button-open")
    return shared_screens.knock(request, open_with=Button(label, OpenRemoval(seen.request.id)))


async def render_done(request: Request) -> Screen | None:
    """The knock for whoever asked and for owners: it opens the audit, where the removal stands."""
    if not Access.COORDINATOR.allows(request.member):
        return None
    return shared_screens.knock(request, open_with=Button(request.texts.plain("button-open"), RunCommand("audit")))


ROUTES = [
    Route(Command("remove"), Access.COORDINATOR, remove_named),
    Route(AskRemoval, Access.COORDINATOR, ask_reason),
    Route(ChooseReason, Access.COORDINATOR, ask_request),
    Route(RequestRemoval, Access.COORDINATOR, ask_removal),
    Route(OpenRemoval, Access.COORDINATOR, open_removal),
    Route(AskConfirmRemoval, Access.COORDINATOR, ask_confirm),
    Route(ConfirmRemoval, Access.COORDINATOR, confirm),
    Route(WithdrawRemoval, Access.COORDINATOR, withdraw),
]
DELIVERIES = {"removal": DeliveryKind(render_removal), "removal-done": DeliveryKind(render_done)}
