"""Handlers of `/settings`, `/pause`, `/mydata`, `/forget` and `/clear`."""

from bot.conversation import shared_screens
from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Command, Route, TypedText
from bot.conversation.screen import Screen
from bot.features.members import screens
from bot.features.members.export import export
from bot.features.members.rules import LONGEST_NAME, parse_quiet
from bot.language.normalize import a_name, one_line, units
from bot.language.texts import Html
from bot.language.timezones import lookup
from storage.records import audit, drafts, erasure, hosts, outbox, posts
from storage.records.people import chat_messages, members, preferences, renames
from storage.records.people.member import Role


async def settings(request: Request) -> Screen:
    return await _settings(request)


async def _settings(request: Request, saved: Html | None = None) -> Screen:
    if saved:
        await drafts.drop(request.tx, request.me)
        request = request.replace(member=await members.get(request.tx, request.me.id))
    host = await hosts.get(request.tx, request.me.host_id) if request.me.host_id else None
    return screens.settings(request, host, saved)


async def ask_name(request: Request) -> Screen:
    await _refuse_another_name(request)
    await drafts.put(request.tx, request.me, "name", now=request.now)
    return screens.ask_name(request)


async def _refuse_another_name(request: Request) -> None:
    until = await renames.next_allowed(request.tx, request.me.id, request.now)
    if until is not None:
        raise Refusal(screens.not_yet_renamed(request, until))


async def answer_name(request: Request) -> Screen:
    """Sets another name; the former one is kept for those who know it, until the name may change again."""
    await _refuse_another_name(request)
    text = a_name(request.text)
    if not text:
        raise Refusal(screens.ask_name(request, request.texts("answer-empty")))
    if units(text) > LONGEST_NAME:
        complaint = request.texts("answer-too-long", length=units(text), most=LONGEST_NAME)
        raise Refusal(screens.ask_name(request, complaint))
    if text != request.me.name:
        await renames.record(request.tx, request.me, request.now)
        await members.set_name(request.tx, request.me, text)
        await audit.record(request.tx, "renamed", request.me.id, request.me.id, request.now)
    return await _settings(request, request.texts("saved"))


async def ask_zone(request: Request) -> Screen:
    await drafts.put(request.tx, request.me, "zone", now=request.now)
    return screens.ask_zone(request)


async def answer_zone(request: Request) -> Screen:
    text = one_line(request.text)
    zone = lookup.find(text)
    if zone is None:
        raise Refusal(screens.ask_zone(request, lookup.suggest(text)))
    return await _set_zone(request, zone)


async def set_zone(request: Request) -> Screen:
    zone = lookup.find(request.button(screens.SetZone).zone)
    if zone is None:
        raise Refusal(shared_screens.expired(request))
    return await _set_zone(request, zone)


async def _set_zone(request: Request, zone: str) -> Screen:
    await preferences.set_zone(request.tx, request.me, zone)
    return await _settings(request, request.texts("saved"))


async def ask_quiet(request: Request) -> Screen:
    await drafts.put(request.tx, request.me, "quiet", now=request.now)
    return screens.ask_quiet(request)


async def answer_quiet(request: Request) -> Screen:
    span = parse_quiet(request.text)
    if span is None:
        raise Refusal(screens.ask_quiet(request, request.texts("quiet-not-understood")))
    return await _set_quiet(request, *span)


async def set_quiet(request: Request) -> Screen:
    button = request.button(screens.SetQuiet)
    if not (0 <= button.start < 1440 and 0 <= button.end < 1440):
        raise Refusal(shared_screens.expired(request))
    return await _set_quiet(request, button.start, button.end)


async def _set_quiet(request: Request, start: int, end: int) -> Screen:
    await preferences.set_quiet_hours(request.tx, request.me, start, end)
    return await _settings(request, request.texts("saved"))


async def allow_urgent(request: Request) -> Screen:
    allowed = bool(request.button(screens.AllowUrgent).allowed)
    await preferences.set_urgent_in_quiet(request.tx, request.me, allowed)
    return await _settings(request, request.texts("saved"))


async def pause(request: Request) -> Screen:
    return screens.pause(request)


async def set_paused(request: Request) -> Screen:
    paused = bool(request.button(screens.SetPaused).paused)
    if await preferences.set_paused(request.tx, request.me, paused) and not paused:
        await outbox.bring_forward(request.tx, request.me.id, request.now)
    me = await members.get(request.tx, request.me.id)
    return shared_screens.home(request.replace(member=me), request.texts("saved"))


async def ask_my_data(request: Request) -> Screen:
    return screens.ask_my_data(request)


async def my_data(request: Request) -> Screen:
    return screens.my_data(request, await export(request))


async def ask_forget(request: Request) -> Screen:
    """Says what will be erased, and asks for confirmation."""
    await _refuse_the_only_owner(request)
    return screens.ask_forget(request, await posts.count_by(request.tx, request.me.id))


async def forget(request: Request) -> Screen:
    await _refuse_the_only_owner(request)
    messages = await chat_messages.deletable(request.tx, request.me.id, request.now)
    receipt = await erasure.erase(request.tx, request.me, request.now)
    request.network.memory.forget_texts()
    await audit.record(request.tx, "erased", None, None, request.now)
    return shared_screens.last(request, screens.goodbye(request, receipt), messages)


async def clear(request: Request) -> Screen:
    """Everything that would leave the chat in time leaves it now. Knocks stay, which name nothing."""
    tx, me, now = request.tx, request.me, request.now
    await chat_messages.all_due(tx, me.id, now)
    await outbox.changes_due(tx, me.id, now)
    known = await chat_messages.of(tx, me.id)
    due = [message for message in known if message.due_at is not None and message.due_at <= now]
    too_late = [message for message in due if not message.by_bot and not message.deletable(now)]
    left = len(too_late) + sum(message.left for message in known)
    return screens.cleared(request, len(due) - len(too_late), left)


async def _refuse_the_only_owner(request: Request) -> None:
    """Raises `Refusal` for the only owner of a network with other members."""
    if request.me.role is not Role.OWNER or await members.owners(request.tx) > 1:
        return
    if await members.count(request.tx) > 1:
        raise Refusal(screens.only_owner(request))


ROUTES = [
    Route(Command("settings"), Access.MEMBER, settings),
    Route(Command("pause"), Access.MEMBER, pause),
    Route(Command("mydata"), Access.KNOWN, ask_my_data),
    Route(Command("forget"), Access.KNOWN, ask_forget),
    Route(Command("clear"), Access.KNOWN, clear),
    Route(TypedText("name"), Access.MEMBER, answer_name),
    Route(TypedText("zone"), Access.MEMBER, answer_zone),
    Route(TypedText("quiet"), Access.MEMBER, answer_quiet),
    Route(screens.AskName, Access.MEMBER, ask_name),
    Route(screens.AskZone, Access.MEMBER, ask_zone),
    Route(screens.SetZone, Access.MEMBER, set_zone),
    Route(screens.AskQuiet, Access.MEMBER, ask_quiet),
    Route(screens.SetQuiet, Access.MEMBER, set_quiet),
    Route(screens.AllowUrgent, Access.MEMBER, allow_urgent),
    Route(screens.SetPaused, Access.MEMBER, set_paused),
    Route(screens.SendData, Access.KNOWN, my_data),
    Route(screens.Forget, Access.KNOWN, forget),
]
