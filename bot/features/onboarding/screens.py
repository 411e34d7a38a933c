"""What an invited person sees on the way in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from bot.conversation import shared_screens
from bot.conversation.request import Request
from bot.conversation.screen import A_DAY, Button, ButtonAction, Menu, RunCommand, Screen, column, grid
from bot.features.onboarding.rules import Question, next_question, questions
from bot.language.texts import LANGUAGES, Html, Texts, texts_in
from bot.language.timezones import lookup
from storage.records import hosts
from storage.records.hosts import Host

NO_HOST = b""


@dataclass(frozen=True, slots=True)
class ChooseLanguage(ButtonAction):
    code: ClassVar[str] = "lang"
    language: str
    invite: str  # the code of the invitation; empty for somebody who has none or needs none


@dataclass(frozen=True, slots=True)
class Agree(ButtonAction):
    code: ClassVar[str] = "agree"
    language: str
    invite: str


@dataclass(frozen=True, slots=True)
class Disagree(ButtonAction):
    code: ClassVar[str] = "disagree"
    language: str


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


@dataclass(frozen=True, slots=True)
class ReadDecision(ButtonAction):
    code: ClassVar[str] = "decided"


def languages(request: Request, invite: str) -> Screen:
    """The one screen in every language at once, since nobody has chosen one yet."""
    return Screen(
        Html("\n".join(texts_in(code)("choose-language") for code in request.network.languages)),
        column(*(Button(LANGUAGES[code], ChooseLanguage(code, invite)) for code in request.network.languages)),
    )


def bad_invite(texts: Texts) -> Screen:
    """The same for an unknown, a used, a revoked and an expired invitation."""
    return Screen(texts("bad-invite"), column(shared_screens.run(texts, "privacy")))


def notice(request: Request, texts: Texts, invite: str) -> Screen:
    """What has to be said before anybody types anything."""
    return Screen(
        texts("notice", network=request.network.name),
        column(
            Button(texts.plain("button-agree"), Agree(texts.language, invite)),
            Button(texts.plain("button-disagree"), Disagree(texts.language)),
            Button(texts.plain("button-language"), ChooseLanguage("", invite)),
        ),
    )


def not_agreed(texts: Texts) -> Screen:
    return Screen(texts("not-agreed"))


async def question(
    request: Request, which: Question, complaint: Html | None = None, suggestions: Sequence[str] = ()
) -> Screen:
    """One question, with the number of its step; above it what was wrong with the last answer."""
    texts, asked = request.texts, questions(request.me)
    step = texts("step", step=asked.index(which) + 1, steps=len(asked))
    rows: tuple[tuple[Button, ...], ...] = ()
    if which is Question.HOST:
        found, turn = shared_screens.paged(request, "status", await hosts.everyone(request.tx))
        rows = column(
            *(Button(host.name, ChooseHost(host.id)) for host in found),
            *turn,
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
            host=host.name if host else texts.plain("no-host"),
            city=lookup.city(me.zone or "", texts.language),
            reason=me.reason or "",
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


def declined(texts: Texts) -> Screen:
    return Screen(texts("declined"), menu=Menu.NONE)


def owner_welcome(request: Request) -> Html:
    return request.texts("owner-welcome", network=request.network.name)


def welcome(request: Request) -> Html:
    return request.texts("welcome", network=request.network.name, name=request.me.name or "")


async def status(request: Request) -> Screen:
    """Where somebody stands on the way in."""
    which = next_question(request.me)
    if which is not None:
        return await question(request, which)
    if request.me.applied_at is not None:
        return waiting(request)
    host = await hosts.get(request.tx, request.me.host_id) if request.me.host_id else None
    return answers(request, host)
