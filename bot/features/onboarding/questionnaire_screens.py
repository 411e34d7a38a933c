"""The questions that an applicant answers, one screen each, and the review of all answers before they are sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from bot.conversation import shared_screens
from bot.conversation.people import host_name
from bot.conversation.request import Request
from bot.conversation.screen import A_DAY, Button, ButtonAction, Menu, RunCommand, Screen, column, grid
from bot.features.onboarding.rules import Question, next_question, questions
from bot.language.texts import Html, Texts
from bot.language.timezones import lookup
from storage.records import hosts
from storage.records.hosts import Host

NO_HOST = b""


@dataclass(frozen=True, slots=True)
class ChooseHost(ButtonAction):
    code: ClassVar[str] = "host"
    host: bytes  # NO_HOST: none of them


@dataclass(frozen=True, slots=True)
class ChooseZone(ButtonAction):
    code: ClassVar[str] = "zone"
    zone: str


@dataclass(frozen=True, slots=True)
class AskAgain(ButtonAction):
    code: ClassVar[str] = "redo"
    question: Question


@dataclass(frozen=True, slots=True)
class SendApplication(ButtonAction):
    code: ClassVar[str] = "apply"


@dataclass(frozen=True, slots=True)
class Withdraw(ButtonAction):
    code: ClassVar[str] = "withdraw"
    valid_for: ClassVar[timedelta | None] = A_DAY


async def status(request: Request) -> Screen:
    """The next question; the review where all are answered; what happens next where they are sent."""
    which = next_question(request.me)
    if which is not None:
        return await question(request, which)
    if request.me.application.applied_at is not None:
        return waiting(request)
    host = await hosts.get(request.tx, request.me.host_id) if request.me.host_id else None
    return answers(request, host)


async def question(
    request: Request, which: Question, complaint: Html | None = None, suggestions: Sequence[str] = ()
) -> Screen:
    """One question with the number of its step; `complaint` says what was wrong with the last answer."""
    texts, all_questions = request.texts, questions(request.me)
    step = texts("step", step=all_questions.index(which) + 1, steps=len(all_questions))
    rows: tuple[tuple[Button, ...], ...] = ()
    if which is Question.HOST:
        found, page_buttons = shared_screens.paged(request, "status", await hosts.everyone(request.tx))
        rows = column(
            *(Button(host.name, ChooseHost(host.id)) for host in found),
            *page_buttons,
            Button(texts.plain("button-no-host"), ChooseHost(NO_HOST)),
        )
    if which is Question.ZONE:
        cities = [Button(lookup.city(zone, texts.language), ChooseZone(zone)) for zone in suggestions or lookup.COMMON]
        rows = grid(texts, cities, 2)
    return Screen(texts.stack(complaint or "", step, texts("ask-" + which)), rows)


def unknown_host(texts: Texts) -> Html:
    return texts("unknown-host")


def unknown_zone(texts: Texts, suggestions: list[str]) -> Html:
    found = texts.listed(lookup.city(zone, texts.language) for zone in suggestions)
    return texts("unknown-zone-did-you-mean", cities=found) if suggestions else texts("unknown-zone")


def too_long(texts: Texts, length: int, most: int) -> Html:
    return texts("answer-too-long", length=length, most=most)


def empty(texts: Texts) -> Html:
    return texts("answer-empty")


def answers(request: Request, host: Host | None) -> Screen:
    """All answers, to be sent or changed."""
    texts, me = request.texts, request.me
    return Screen(
        texts(
            "review-answers",
            name=me.name or "",
            host=host_name(texts, host),
            city=lookup.city(me.zone or "", texts.language),
            reason=me.application.reason or "",
        ),
        column(
            Button(texts.plain("button-send-application"), SendApplication()),
            *(Button(texts.plain("button-change-" + which), AskAgain(which)) for which in questions(me)),
            shared_screens.run(texts, "withdraw"),
        ),
    )


def waiting(request: Request) -> Screen:
    """After sending: what happens next."""
    return Screen(
        request.texts("application-waiting"), column(shared_screens.run(request.texts, "withdraw")), menu=Menu.OWN
    )


def ask_withdraw(request: Request) -> Screen:
    texts = request.texts
    return Screen(
        texts("ask-withdraw"),
        column(
            Button(texts.plain("button-withdraw-yes"), Withdraw()),
            Button(texts.plain("button-keep-going"), RunCommand("status")),
        ),
    )


def withdrawn(texts: Texts) -> Screen:
    return Screen(texts("withdrawn"), menu=Menu.NONE)


def owner_welcome(request: Request) -> Html:
    return request.texts("owner-welcome", network=request.network.name)
