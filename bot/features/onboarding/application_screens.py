"""What coordinators see of requests to join."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from bot.conversation import shared_screens
from bot.conversation.people import OpenApplication, host_name, shown_name
from bot.conversation.request import AboutPerson, Request
from bot.conversation.screen import A_DAY, Button, ButtonAction, Screen, column
from bot.language.texts import Html
from bot.language.timezones import lookup
from storage.records.hosts import Host
from storage.records.people.member import Member, MemberState


@dataclass(frozen=True, slots=True)
class AskApprove(ButtonAction):
    code: ClassVar[str] = "askappr"
    applicant: bytes


@dataclass(frozen=True, slots=True)
class Approve(ButtonAction):
    code: ClassVar[str] = "approve"
    valid_for: ClassVar[timedelta | None] = A_DAY
    applicant: bytes


@dataclass(frozen=True, slots=True)
class AskDecline(ButtonAction):
    code: ClassVar[str] = "askdecl"
    applicant: bytes


@dataclass(frozen=True, slots=True)
class Decline(ButtonAction):
    code: ClassVar[str] = "decline"
    valid_for: ClassVar[timedelta | None] = A_DAY
    applicant: bytes


def applications(request: Request, found: Sequence[Member]) -> Screen:
    texts = request.texts
    on_page, page_buttons = shared_screens.paged(request, "applications", found)
    return Screen(
        texts("applications", count=len(found)),
        column(
            *(Button(person.name or "", OpenApplication(person.id)) for person in on_page),
            *page_buttons,
            None if found else shared_screens.run(texts, "invite"),
            shared_screens.back(request),
        ),
    )


def application(
    request: Request,
    person: Member,
    host: Host | None,
    inviting: Member | None,
    more: AboutPerson,
    *,
    name_resembles: bool,
) -> Screen:
    """The answers of an applicant; `more` is what other features add.

    `name_resembles`: the name looks like that of a coordinator, so that one might be taken for the other.
    """
    texts = request.texts
    answers = texts(
        "application",
        name=person.name or "",
        host=host_name(texts, host),
        city=lookup.city(person.zone or "UTC", texts.language),
        language=texts.locale.languages.get(person.language, person.language),
        inviter=shown_name(inviting) or texts.plain("no-inviter"),
        reason=person.application.reason or "",
        when=texts.when(person.application.applied_at or person.application.agreed_at, request.me.zone),
    )
    return Screen(
        texts.stack(texts("name-looks-alike") if name_resembles else "", answers, more.text),
        column(
            Button(texts.plain("button-approve", name=person.name or ""), AskApprove(person.id)),
            Button(texts.plain("button-decline", name=person.name or ""), AskDecline(person.id)),
            *more.buttons,
            shared_screens.run(texts, "applications"),
            shared_screens.back(request),
        ),
    )


def ask_approve(request: Request, person: Member) -> Screen:
    texts = request.texts
    return Screen(
        texts("ask-approve", name=person.name or ""),
        column(
            Button(texts.plain("button-approve-yes", name=person.name or ""), Approve(person.id)),
            Button(texts.plain("button-back"), OpenApplication(person.id)),
        ),
    )


def ask_decline(request: Request, person: Member) -> Screen:
    texts = request.texts
    return Screen(
        texts("ask-decline", name=person.name or ""),
        column(
            Button(texts.plain("button-decline-yes", name=person.name or ""), Decline(person.id)),
            Button(texts.plain("button-back"), OpenApplication(person.id)),
        ),
    )


def _after_decision(request: Request, text: Html) -> Screen:
    return Screen(
        text,
        column(shared_screens.run(request.texts, "applications"), shared_screens.back(request)),
    )


def approved(request: Request, person: Member) -> Screen:
    return _after_decision(request, request.texts("approved", name=person.name or ""))


def declined(request: Request, person: Member) -> Screen:
    return _after_decision(request, request.texts("application-declined", name=person.name or ""))


def decided_already(request: Request, person: Member, coordinator: Member | None) -> Screen:
    """Another coordinator decided first; says who and what, where that is known."""
    texts = request.texts
    if coordinator is None or coordinator.name is None:
        return no_application(request)
    outcome = "declined" if person.state is MemberState.DECLINED else "approved"
    text = texts("decided-already", outcome=outcome, name=person.name or "", coordinator=shown_name(coordinator))
    return _after_decision(request, text)


def no_application(request: Request) -> Screen:
    """The same answer for another host's applicant, for one who withdrew, and for one who never existed."""
    return _after_decision(request, request.texts("no-application"))
