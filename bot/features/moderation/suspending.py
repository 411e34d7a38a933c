"""`/suspend` and `/restore`: one coordinator stops a member at once; the owners are told, and it can be undone.

Whoever is suspended sees one sentence whatever they do, sends nothing and receives nothing. An announcement of theirs
that is about to go out, or going out, is halted.
"""

from bot.conversation import shared_screens
from bot.conversation.delivery import DeliveryKind
from bot.conversation.people import OpenMember, may_see, shown_name
from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Command, Route
from bot.conversation.screen import Button, RunCommand, Screen, column
from bot.features.moderation import targets
from bot.features.moderation.buttons import AskRestore, AskSuspend, Restore, Suspend
from storage.records import audit, outbox
from storage.records.announcements import announcement_fanout, announcements
from storage.records.announcements.announcements import AnnouncementState
from storage.records.people import members, suspensions
from storage.records.people.member import Member, Role


async def suspend_named(request: Request) -> Screen:
    """`/suspend <name>`; without a name it says how."""
    if not request.text:
        return targets.message(request, "suspend-whom")
    return await targets.by_name(request, targets.IN, _ask_suspend, AskSuspend)


async def ask_suspend(request: Request) -> Screen:
    return await _ask_suspend(request, await targets.find(request, request.button(AskSuspend).member, targets.IN))


async def _ask_suspend(request: Request, person: Member) -> Screen:
    texts, name = request.texts, shown_name(person)
    return Screen(
        texts("ask-suspend", name=name),
        column(
            Button(texts.plain("button-suspend-yes", name=name), Suspend(person.id)),
            Button(texts.plain("button-back"), OpenMember(person.id)),
        ),
    )


async def suspend(request: Request) -> Screen:
    person = await targets.find(request, request.button(Suspend).member, targets.IN)
    if not await suspensions.suspend(request.tx, person, request.me, request.now):
        raise Refusal(targets.nobody(request))
    await _halt_announcements(request, person)
    await audit.record(request.tx, "suspended", request.me.id, person.id, request.now)
    await _tell_owners(request, person)
    return _done(request, "suspended-now", person)


async def _halt_announcements(request: Request, person: Member) -> None:
    for each in await announcements.in_state(request.tx, AnnouncementState.APPROVED, AnnouncementState.SENDING):
        if each.author_id == person.id and await announcement_fanout.halt(
            request.tx, each.id, request.me.id, request.now
        ):
            await audit.record(request.tx, "announcement-halted", request.me.id, each.id, request.now)


async def _tell_owners(request: Request, person: Member) -> None:
    for owner in await members.all_coordinators(request.tx):
        if owner.role is Role.OWNER and owner.id not in (request.me.id, person.id):
            await outbox.put(request.tx, owner.id, "suspension", about=person.id, due=request.now, now=request.now)


def _done(request: Request, sentence: str, person: Member) -> Screen:
    texts = request.texts
    return Screen(
        texts(sentence, name=shown_name(person)),
        column(
            Button(texts.plain("button-open-member"), OpenMember(person.id)),
            shared_screens.run(texts, "members"),
            shared_screens.back(request),
        ),
    )


async def restore_named(request: Request) -> Screen:
    """`/restore <name>`; without a name it says how."""
    if not request.text:
        return targets.message(request, "restore-whom")
    return await targets.by_name(request, targets.SUSPENDED, _ask_restore, AskRestore)


async def ask_restore(request: Request) -> Screen:
    person = await targets.find(request, request.button(AskRestore).member, targets.SUSPENDED)
    return await _ask_restore(request, person)


async def _ask_restore(request: Request, person: Member) -> Screen:
    texts, name = request.texts, shown_name(person)
    return Screen(
        texts("ask-restore", name=name),
        column(
            Button(texts.plain("button-restore-yes", name=name), Restore(person.id)),
            Button(texts.plain("button-back"), OpenMember(person.id)),
        ),
    )


async def restore(request: Request) -> Screen:
    """Undoes a suspension. One that an owner decided, only an owner undoes; the owners are told of any."""
    person = await targets.find(request, request.button(Restore).member, targets.SUSPENDED)
    found = await suspensions.of(request.tx, person.id)
    if found is not None and found.by_owner and request.me.role is not Role.OWNER:
        raise Refusal(targets.message(request, "restored-by-owners"))
    if not await suspensions.restore(request.tx, person):
        raise Refusal(targets.nobody(request))
    await audit.record(request.tx, "restored", request.me.id, person.id, request.now)
    await outbox.put(request.tx, person.id, "restored", due=request.now, now=request.now)
    await _tell_owners(request, person)
    return _done(request, "restored-now", person)


async def render_suspension(request: Request) -> Screen | None:
    """The knock of an owner: it opens the entry of whoever was suspended or restored."""
    person = await members.find_readable(request.tx, request.about)
    if person is None or not may_see(request.me, person):
        return None
    return shared_screens.knock(request, open_with=Button(request.texts.plain("button-open"), OpenMember(person.id)))


async def render_restored(request: Request) -> Screen | None:
    return shared_screens.knock(request, open_with=Button(request.texts.plain("button-open"), RunCommand("start")))


ROUTES = [
    Route(Command("suspend"), Access.COORDINATOR, suspend_named),
    Route(Command("restore"), Access.COORDINATOR, restore_named),
    Route(AskSuspend, Access.COORDINATOR, ask_suspend),
    Route(Suspend, Access.COORDINATOR, suspend),
    Route(AskRestore, Access.COORDINATOR, ask_restore),
    Route(Restore, Access.COORDINATOR, restore),
]
DELIVERIES = {"suspension": DeliveryKind(render_suspension), "restored": DeliveryKind(render_restored)}
