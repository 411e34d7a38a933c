"""Handlers of digests: the schedule, and reading one."""

from bot.conversation import shared_screens
from bot.conversation.delivery import DeliveryKind
from bot.conversation.rename_notices import rename_notices
from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Command, Route, TypedText
from bot.conversation.screen import Screen
from bot.features.digests import screens
from bot.features.digests.digest_cache import DigestCache
from bot.features.digests.rules import Schedule, parse, schedule_of
from bot.language.timezones.time_of_day import parse_time
from storage.records import digests, drafts, posts
from storage.records.people import digest_schedule, members
from storage.records.people.member import Cadence


async def digest(request: Request) -> Screen:
    """`/digest`: the schedule and how many new posts there are. `/digest daily 18:00` sets the schedule."""
    if request.text:
        wanted = parse(request.text, schedule_of(request.me))
        if wanted is None:
            return await _schedule(request, complaint="schedule-not-understood")
        return await _set(request, wanted)
    return await _schedule(request)


async def _schedule(request: Request, *, complaint: str = "") -> Screen:
    me, newest = request.me, await posts.newest(request.tx)
    count = await posts.count_window(request.tx, me.id, me.digest.opened_until, newest)
    last = await digests.last(request.tx, me.id)
    again = (
        last
        and last.until <= me.digest.opened_until
        and await posts.count_window(request.tx, me.id, last.after, last.until)
    )
    complaining = request.texts(complaint) if complaint else None
    return screens.schedule(request, count, last.id if last and again else None, complaining)


async def _set(request: Request, wanted: Schedule) -> Screen:
    """Stores a schedule; the next run of the job plans the next digest."""
    await digest_schedule.set_schedule(request.tx, request.me, wanted.cadence, wanted.weekday, wanted.minute)
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
    """Opens a digest of all new posts; the next one begins after it."""
    me = request.me
    until = await posts.newest(request.tx)
    if not await posts.count_window(request.tx, me.id, me.digest.opened_until, until):
        return await _schedule(request)
    opened = await digests.add(request.tx, me.id, me.digest.opened_until, until, request.now)
    opened = opened or await digests.last(request.tx, me.id)  # already announced, and not yet opened
    assert opened is not None
    return await _show(request, opened.id, 0)


async def open_digest(request: Request) -> Screen:
    button = request.button(screens.OpenDigest)
    return await _show(request, button.digest, button.page)


async def close_digest(request: Request) -> Screen:
    """Puts the knock back, from which the digest can be opened again."""
    return screens.knock(request, request.button(screens.CloseDigest).digest)


async def _show(request: Request, digest_id: bytes, page: int) -> Screen:
    """The posts of a digest that still exist. Raises the same `Refusal` for another person's digest and for none."""
    digest = await digests.get(request.tx, digest_id, request.me.id)
    if digest is None:
        raise Refusal(shared_screens.expired(request))
    await digest_schedule.set_announced(request.tx, request.me, digest.until)
    await digest_schedule.set_opened(request.tx, request.me, digest.until)
    pages = await request.network.memory.of(DigestCache).pages(
        request.tx, request.me, digest.after, digest.until, request.texts
    )
    above = await rename_notices(request, digest.after, digest.until) if page == 0 else ""
    return screens.digest(request, digest, pages, page, above)


async def render(request: Request) -> Screen | None:
    """The knock; None where no post in the window exists any more, or their topics are no longer followed."""
    digest = await digests.get(request.tx, request.about or b"", request.me.id)
    if digest is None or not await posts.count_window(request.tx, request.me.id, digest.after, digest.until):
        return None
    return screens.knock(request, digest.id)


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
DELIVERIES = {
    "digest": DeliveryKind(render),
    "digest-close": DeliveryKind(render_closed, quiet=False, pauses=False, changes=True),
}
