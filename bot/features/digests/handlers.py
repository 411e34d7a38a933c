"""Handlers of digests: read it, and say when it is to come."""

from bot.conversation import shared_screens
from bot.conversation.delivery import DeliveryKind
from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Command, Route, TypedText
from bot.conversation.screen import Screen
from bot.features.digests import screens
from bot.features.digests.digest_cache import DigestCache
from bot.features.digests.rules import Schedule, parse, schedule_of
from bot.language.timezones.time_of_day import parse_time
from storage.records import digests, drafts, posts
from storage.records.people import members
from storage.records.people.members import Cadence


async def digest(request: Request) -> Screen:
    """`/digest`, or `/digest daily 18:00`: the schedule, and what waits."""
    if request.text:
        wanted = parse(request.text, schedule_of(request.me))
        if wanted is None:
            return await _schedule(request, complaint="schedule-not-understood")
        return await _set(request, wanted)
    return await _schedule(request)


async def _schedule(request: Request, *, complaint: str = "") -> Screen:
    me, newest = request.me, await posts.newest(request.tx)
    count = await posts.count_window(request.tx, me.id, me.digest_read, newest)
    last = await digests.last(request.tx, me.id)
    again = (
        last and last.until <= me.digest_read and await posts.count_window(request.tx, me.id, last.after, last.until)
    )
    complaining = request.texts(complaint) if complaint else None
    return screens.schedule(request, count, last.id if last and again else None, complaining)


async def _set(request: Request, wanted: Schedule) -> Screen:
    """Keeps a schedule; the next instant is planned by the next tick."""
    await members.set_schedule(request.tx, request.me, wanted.cadence, wanted.weekday, wanted.minute)
    await drafts.drop(request.tx, request.me)
    return await _schedule(request.replace(member=await members.get(request.tx, request.me.id)))


async def set_cadence(request: Request) -> Screen:
    now = schedule_of(request.me)
    return await _set(request, Schedule(request.button(screens.SetCadence).cadence, now.weekday, now.minute))


async def ask_hour(request: Request) -> Screen:
    await drafts.put(request.tx, request.me, "hour", now=request.now)
    return screens.ask_hour(request)


async def answer_hour(request: Request) -> Screen:
    minute = parse_time(request.text)
    if minute is None:
        raise Refusal(screens.ask_hour(request, request.texts("hour-not-understood")))
    return await _set_minute(request, minute)


async def set_minute(request: Request) -> Screen:
    minute = request.button(screens.SetMinute).minute
    if not 0 <= minute < 24 * 60:
        raise Refusal(shared_screens.expired(request))
    return await _set_minute(request, minute)


async def _set_minute(request: Request, minute: int) -> Screen:
    now = schedule_of(request.me)
    return await _set(request, Schedule(now.cadence, now.weekday, minute))


async def ask_weekday(request: Request) -> Screen:
    return screens.ask_weekday(request)


async def set_weekday(request: Request) -> Screen:
    weekday = request.button(screens.SetWeekday).weekday
    if not 0 <= weekday < 7:
        raise Refusal(shared_screens.expired(request))
    return await _set(request, Schedule(Cadence.WEEKLY, weekday, schedule_of(request.me).minute))


async def read_now(request: Request) -> Screen:
    """Shows what waits; the next digest begins after it."""
    me = request.me
    until = await posts.newest(request.tx)
    if not await posts.count_window(request.tx, me.id, me.digest_read, until):
        return await _schedule(request)
    opened = await digests.add(request.tx, me.id, me.digest_read, until, request.now)
    opened = opened or await digests.last(request.tx, me.id)  # announced already, and not opened
    assert opened is not None
    return await _show(request, opened.id, 0)


async def open_digest(request: Request) -> Screen:
    button = request.button(screens.OpenDigest)
    return await _show(request, button.digest, button.page)


async def close_digest(request: Request) -> Screen:
    """Puts the knock back, so that the digest can be opened again."""
    return screens.knock(request, request.button(screens.CloseDigest).digest)


async def _show(request: Request, digest_id: bytes, page: int) -> Screen:
    """What still stands of a window, for its own reader; the same answer for anybody else's and for none."""
    shown = await digests.get(request.tx, digest_id, request.me.id)
    if shown is None:
        raise Refusal(shared_screens.expired(request))
    await members.told_until(request.tx, request.me, shown.until)
    await members.read_until(request.tx, request.me, shown.until)
    pages = await request.network.memory.of(DigestCache).pages(
        request.tx, request.me, shown.after, shown.until, request.texts
    )
    return screens.digest(request, shown, pages, page)


async def render(request: Request) -> Screen | None:
    """The knock; none where everything in the window has gone since, or its topics are no longer followed."""
    shown = await digests.get(request.tx, request.about or b"", request.me.id)
    if shown is None or not await posts.count_window(request.tx, request.me.id, shown.after, shown.until):
        return None
    return screens.knock(request, shown.id)


async def render_closed(request: Request) -> Screen | None:
    return screens.knock(request, request.about) if request.about else None


ROUTES = [
    Route(Command("digest"), Access.MEMBER, digest),
    Route(TypedText("hour"), Access.MEMBER, answer_hour),
    Route(screens.ReadNow, Access.MEMBER, read_now),
    Route(screens.OpenDigest, Access.MEMBER, open_digest),
    Route(screens.CloseDigest, Access.MEMBER, close_digest),
    Route(screens.SetCadence, Access.MEMBER, set_cadence),
    Route(screens.AskHour, Access.MEMBER, ask_hour),
    Route(screens.SetMinute, Access.MEMBER, set_minute),
    Route(screens.AskWeekday, Access.MEMBER, ask_weekday),
    Route(screens.SetWeekday, Access.MEMBER, set_weekday),
]
KINDS = {
    "digest": DeliveryKind(render),
    "digest-close": DeliveryKind(render_closed, quiet=False, pauses=False, changes=True),
}
