"""What waits for a member behind their knock: opened at once where it is one thing, as a list where it is several.

A thing leaves the list when its button is pressed, here or elsewhere. When nothing is left, the knock goes; while
something is, it comes back at the hour of the digest, at the latest.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from bot.conversation import shared_screens
from bot.conversation.reading_screens import closing
from bot.conversation.request import Request
from bot.conversation.screen import Button, ButtonAction, Screen, column
from storage.engine.transaction import Transaction
from storage.records import outbox, waiting
from storage.records.people.member import Member

LISTED = 12  # buttons on the list; the others follow when these were opened
AGAIN, GONE = "knock-again", "knock-gone"  # kinds of delivery


@dataclass(frozen=True, slots=True)
class DropWaiting(ButtonAction):
    """Takes everything off the list, unopened."""

    code: ClassVar[str] = "dropwait"


async def entries(request: Request, most: int) -> list[Button]:
    """A button for each thing that can still be opened, the oldest first; drops what cannot."""
    found: list[Button] = []
    for item in await waiting.of(request.tx, request.me.id):
        if len(found) == most:
            break
        about = request.replace(about=item.about, message_id=None, action=None)
        screen = await request.network.catalog.render(about, item.kind)
        if screen is not None and screen.opens is not None and screen.opens.action.pack() == item.opens:
            found.append(screen.opens)
        else:
            await waiting.drop(request.tx, request.me.id, item.opens)
    return found


async def open_waiting(request: Request) -> Screen | ButtonAction:
    """What the button of a knock opens: the action of the only thing that waits, or the list."""
    found = await entries(request, LISTED)
    return found[0].action if len(found) == 1 else await _list(request, found)


async def show(request: Request) -> Screen:
    return await _list(request, await entries(request, LISTED))


async def _list(request: Request, found: list[Button]) -> Screen:
    texts = request.texts
    back = shared_screens.back(request)
    if not found:
        await _take_away_where_empty(request)
        return Screen(texts("nothing-waits"), column(back))
    await knock_later(request.tx, request.me, request.now)
    count = await waiting.count(request.tx, request.me.id)
    drop = Button(texts.plain("button-drop-waiting"), DropWaiting())
    return Screen(texts("waiting", count=count), column(*found, drop, back), expiry=closing(request))


async def drop_all(request: Request) -> Screen:
    await waiting.drop_all(request.tx, request.me.id)
    return await _list(request, [])


async def opened(request: Request, action: ButtonAction) -> None:
    """Takes off what a button opens, and the knock when that was the last."""
    if await waiting.drop(request.tx, request.me.id, action.pack()):
        await _take_away_where_empty(request)


async def opened_all(request: Request, kind: str) -> None:
    """The same for all of a kind of delivery."""
    await waiting.drop_all(request.tx, request.me.id, kind)
    await _take_away_where_empty(request)


async def _take_away_where_empty(request: Request) -> None:
    if not await waiting.count(request.tx, request.me.id):
        await take_away(request.tx, request.me.id, await waiting.fall(request.tx, request.me.id), request.now)


async def take_away(tx: Transaction, member_id: bytes, message_id: int | None, now: datetime) -> None:
    """Deletes a message that was a knock."""
    if message_id is not None:
        await outbox.put(tx, member_id, GONE, message_id=message_id, due=now, now=now)


async def closed(request: Request, otherwise: Screen) -> Screen:
    """What takes the place of a text that closes: the knock, where something waits and none stands."""
    if request.member is None or not await waiting.count(request.tx, request.me.id):
        return otherwise
    standing = await waiting.standing(request.tx, request.me.id)
    return shared_screens.knock(request) if standing is None else otherwise


async def knock_later(tx: Transaction, member: Member, now: datetime) -> None:
    """A knock comes at the next hour of the member's digest, if it is still needed then."""
    if not await outbox.is_owed(tx, member.id, AGAIN):
        await outbox.put(tx, member.id, AGAIN, due=_next_at(now, member.zone, member.digest.minute), now=now)


def _next_at(now: datetime, zone: str | None, minute: int) -> datetime:
    """The next instant at which it is so many minutes after midnight, in UTC."""
    local = ZoneInfo(zone) if zone else UTC
    day = now.astimezone(local).date()
    while True:
        due = datetime.combine(day, time(*divmod(minute, 60)), local).astimezone(UTC)
        if due > now:
            return due
        day += timedelta(days=1)
