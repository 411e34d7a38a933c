"""Screens of a member's settings, pause, data export and erasure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from bot.conversation import shared_screens
from bot.conversation.people import host_name, shown_name
from bot.conversation.reading_screens import CloseScreen
from bot.conversation.receipts import receipt_text
from bot.conversation.request import Request
from bot.conversation.screen import A_DAY, Button, ButtonAction, Document, Menu, RunCommand, Screen, column, grid
from bot.language.texts import Html
from bot.language.timezones import lookup
from storage.records.erasure import Receipt
from storage.records.hosts import Host
from storage.records.people.member import MemberState

QUIET = ((22 * 60, 7 * 60), (20 * 60, 8 * 60), (23 * 60, 6 * 60), (0, 0))


@dataclass(frozen=True, slots=True)
class AskName(ButtonAction):
    code: ClassVar[str] = "askname"


@dataclass(frozen=True, slots=True)
class AskZone(ButtonAction):
    code: ClassVar[str] = "askzone"


@dataclass(frozen=True, slots=True)
class SetZone(ButtonAction):
    code: ClassVar[str] = "setzone"
    zone: str


@dataclass(frozen=True, slots=True)
class AskQuiet(ButtonAction):
    code: ClassVar[str] = "askquiet"


@dataclass(frozen=True, slots=True)
class SetQuiet(ButtonAction):
    code: ClassVar[str] = "setquiet"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AllowUrgent(ButtonAction):
    code: ClassVar[str] = "urgentok"
    allowed: int


@dataclass(frozen=True, slots=True)
class SetPaused(ButtonAction):
    code: ClassVar[str] = "pause"
    paused: int


@dataclass(frozen=True, slots=True)
class SendData(ButtonAction):
    code: ClassVar[str] = "mydata"


@dataclass(frozen=True, slots=True)
class Forget(ButtonAction):
    code: ClassVar[str] = "forget"
    valid_for: ClassVar[timedelta | None] = A_DAY


def settings(request: Request, host: Host | None, saved: Html | None = None) -> Screen:
    texts, me = request.texts, request.me
    start, end = me.preferences.quiet_from, me.preferences.quiet_until
    quiet = texts("quiet-none") if start == end else texts("quiet-span", start=texts.clock(start), end=texts.clock(end))
    return Screen(
        texts.stack(
            saved or "",
            texts(
                "settings",
                name=shown_name(me),
                host=host_name(texts, host),
                city=lookup.city(me.zone or "UTC", texts.language),
                time=texts.time_of_day(request.now, me.zone),
            ),
            quiet,
            texts("urgent-in-quiet", allowed="yes" if me.preferences.urgent_in_quiet else "no"),
        ),
        column(
            Button(texts.plain("button-change-name"), AskName()),
            shared_screens.run(texts, "language"),
            Button(texts.plain("button-change-zone"), AskZone()),
            Button(texts.plain("button-change-quiet"), AskQuiet()),
            Button(
                texts.plain("button-forbid-urgent" if me.preferences.urgent_in_quiet else "button-allow-urgent"),
                AllowUrgent(int(not me.preferences.urgent_in_quiet)),
            ),
            shared_screens.run(texts, "digest"),
            *request.network.catalog.settings(request),
            Button(texts.plain("button-unpause"), RunCommand("pause"))
            if me.state is MemberState.PAUSED
            else shared_screens.run(texts, "pause"),
            shared_screens.run(texts, "clear"),
            shared_screens.run(texts, "mydata"),
            shared_screens.run(texts, "forget"),
            shared_screens.back(request),
        ),
    )


def _ask(
    request: Request,
    question: str,
    complaint: Html | None,
    rows: tuple[tuple[Button, ...], ...] = (),
    *,
    note: str = "",
) -> Screen:
    texts = request.texts
    back = Button(texts.plain("button-back"), RunCommand("settings"))
    return Screen(texts.stack(complaint or "", texts(question), texts(note) if note else ""), (*rows, (back,)))


def ask_name(request: Request, complaint: Html | None = None) -> Screen:
    return _ask(request, "ask-name", complaint, note="rename-rule")


def not_yet_renamed(request: Request, until: datetime) -> Screen:
    """A name changes at most once in thirty days."""
    texts = request.texts
    return Screen(
        texts("rename-not-yet", when=texts.when(until, request.me.zone)),
        column(Button(texts.plain("button-back"), RunCommand("settings"))),
    )


def ask_zone(request: Request, suggestions: Sequence[str] | None = None) -> Screen:
    texts = request.texts
    complaint = None
    if suggestions is not None:
        found = texts.listed(lookup.city(zone, texts.language) for zone in suggestions)
        complaint = texts("unknown-zone-did-you-mean", cities=found) if suggestions else texts("unknown-zone")
    cities = [Button(lookup.city(zone, texts.language), SetZone(zone)) for zone in suggestions or lookup.COMMON]
    return _ask(request, "ask-zone", complaint, grid(texts, cities, 2))


def ask_quiet(request: Request, complaint: Html | None = None) -> Screen:
    texts = request.texts
    spans = [
        Button(
            texts.plain("button-quiet-span", start=texts.clock(start), end=texts.clock(end))
            if start != end
            else texts.plain("button-quiet-none"),
            SetQuiet(start, end),
        )
        for start, end in QUIET
    ]
    return _ask(request, "ask-quiet", complaint, column(*spans))


def pause(request: Request) -> Screen:
    texts, paused = request.texts, request.me.state is MemberState.PAUSED
    return Screen(
        texts("paused" if paused else "ask-pause"),
        column(
            Button(texts.plain("button-unpause" if paused else "button-pause-yes"), SetPaused(0 if paused else 1)),
            shared_screens.back(request),
        ),
    )


def ask_my_data(request: Request) -> Screen:
    texts = request.texts
    return Screen(
        texts("ask-my-data"),
        column(Button(texts.plain("button-send-data"), SendData()), shared_screens.back(request)),
    )


def my_data(request: Request, data: bytes) -> Screen:
    """The file, with a name that says nothing; it may be saved, and is removed from the chat after a while."""
    return Screen(
        request.texts("my-data"),
        column(Button(request.texts.plain("button-close"), CloseScreen())),
        document=Document("data.txt", data),
        fresh=True,
        protect=False,
    )


def ask_forget(request: Request, posts: int) -> Screen:
    texts = request.texts
    return Screen(
        texts("ask-forget", name=request.me.name or "", posts=posts),
        column(
            Button(texts.plain("button-forget-yes"), Forget()),
            Button(texts.plain("button-forget-no"), RunCommand("start")),
        ),
    )


def only_owner(request: Request) -> Screen:
    texts = request.texts
    return Screen(texts("only-owner"), column(shared_screens.run(texts, "roles"), shared_screens.back(request)))


def cleared(request: Request, count: int, left: int) -> Screen:
    """What is being removed, what Telegram no longer lets the bot remove, and how the person removes the rest."""
    texts = request.texts
    return Screen(
        texts.stack(
            texts("cleared", count=count), texts("clear-left", left=left) if left else "", texts("clear-yourself")
        ),
        column(shared_screens.back(request)),
        fresh=True,
        forget_typed=True,
    )


def goodbye(request: Request, receipt: Receipt) -> Screen:
    """The last screen, with a receipt."""
    return Screen(request.texts.stack(request.texts("goodbye"), receipt_text(request, receipt)), menu=Menu.NONE)
