"""Screens of digests: the schedule, the knock, and the pages behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.conversation import shared_screens
from bot.conversation.pagination import Page
from bot.conversation.reading_screens import page_of
from bot.conversation.request import Request
from bot.conversation.screen import Button, ButtonAction, Expiry, RunCommand, Screen, column, grid
from bot.features.digests.rules import schedule_of
from bot.language.texts import Html
from storage.records.digests import Digest
from storage.records.people.member import Cadence

HOURS = (7, 8, 9, 12, 17, 18, 19, 20)  # offered as buttons; any other can be typed


@dataclass(frozen=True, slots=True)
class ReadNow(ButtonAction):
    code: ClassVar[str] = "readnow"


@dataclass(frozen=True, slots=True)
class OpenDigest(ButtonAction):
    code: ClassVar[str] = "digest"
    digest: bytes
    page: int


@dataclass(frozen=True, slots=True)
class CloseDigest(ButtonAction):
    code: ClassVar[str] = "closedig"
    digest: bytes


@dataclass(frozen=True, slots=True)
class SetCadence(ButtonAction):
    code: ClassVar[str] = "cadence"
    cadence: Cadence


@dataclass(frozen=True, slots=True)
class AskHour(ButtonAction):
    code: ClassVar[str] = "askhour"


@dataclass(frozen=True, slots=True)
class SetMinute(ButtonAction):
    code: ClassVar[str] = "minute"
    minute: int


@dataclass(frozen=True, slots=True)
class AskWeekday(ButtonAction):
    code: ClassVar[str] = "askday"


@dataclass(frozen=True, slots=True)
class SetWeekday(ButtonAction):
    code: ClassVar[str] = "weekday"
    weekday: int


def schedule(request: Request, new_posts: int, last: bytes | None, above: Html | None = None) -> Screen:
    """The schedule, the number of new posts, and buttons to change it. `last`: the id of a digest to read again."""
    texts, now = request.texts, schedule_of(request.me)
    text = texts(
        "digest-schedule",
        cadence=now.cadence,
        time=texts.clock(now.minute),
        weekday=texts.weekday(now.weekday),
    )

    def set_to(cadence: Cadence) -> Button | None:
        return None if cadence is now.cadence else Button(texts.plain("button-cadence-" + cadence), SetCadence(cadence))

    wanted = now.cadence is not Cadence.OFF
    return Screen(
        texts.stack(above or "", text, texts("digest-waiting", count=new_posts)),
        column(
            Button(texts.plain("button-read-now"), ReadNow()) if new_posts else None,
            Button(texts.plain("button-read-again"), OpenDigest(last, 0)) if last else None,
            *(set_to(cadence) for cadence in Cadence),
            Button(texts.plain("button-change-hour"), AskHour()) if wanted else None,
            Button(texts.plain("button-change-weekday"), AskWeekday()) if now.cadence is Cadence.WEEKLY else None,
            shared_screens.run(texts, "topics"),
            shared_screens.back(request),
        ),
    )


def ask_hour(request: Request, complaint: Html | None = None) -> Screen:
    texts = request.texts
    hours = [Button(texts.clock(hour * 60), SetMinute(hour * 60)) for hour in HOURS]
    back = Button(texts.plain("button-back"), RunCommand("digest"))
    return Screen(texts.stack(complaint or "", texts("ask-hour")), (*grid(texts, hours, 4), (back,)))


def ask_weekday(request: Request) -> Screen:
    texts = request.texts
    days = [Button(texts.weekday(day), SetWeekday(day)) for day in range(7)]
    return Screen(
        texts("ask-weekday"), (*grid(texts, days, 2), (Button(texts.plain("button-back"), RunCommand("digest")),))
    )


def knock(request: Request, digest_id: bytes) -> Screen:
    return shared_screens.knock(request, open_with=Button(request.texts.plain("button-open"), OpenDigest(digest_id, 0)))


def digest(request: Request, digest: Digest, pages: Sequence[Page], number: int, above: str = "") -> Screen:
    """The posts of a window, grouped by topic; when the screen expires, the knock is put back."""
    texts = request.texts
    if not pages:
        return Screen(texts("digest-empty"), column(shared_screens.run(texts, "topics"), shared_screens.back(request)))
    return page_of(
        request,
        pages,
        number,
        lambda page: OpenDigest(digest.id, page),
        shared_screens.back(request),
        close=CloseDigest(digest.id),
        expiry=Expiry("digest-close", digest.id, request.network.closes_after),
        above=above,
    )
