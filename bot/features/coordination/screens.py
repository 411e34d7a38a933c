"""What coordinators and owners see."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import segno

from bot.conversation import shared_screens
from bot.conversation.reading_screens import closing
from bot.conversation.request import Request
from bot.conversation.screen import A_DAY, Button, Press, Run, Screen, column
from bot.language.texts import Html, Texts, verbatim
from bot.language.timezones import lookup
from storage.records.hosts import Host
from storage.records.people.invites import Invite
from storage.records.people.members import Member, Role, State


@dataclass(frozen=True, slots=True)
class RevokeInvite(Press):
    code: ClassVar[str] = "revoke"
    invite: bytes


@dataclass(frozen=True, slots=True)
class OpenApplication(Press):
    code: ClassVar[str] = "applic"
    applicant: bytes


@dataclass(frozen=True, slots=True)
class AskApprove(Press):
    code: ClassVar[str] = "askappr"
    applicant: bytes


@dataclass(frozen=True, slots=True)
class Approve(Press):
    code: ClassVar[str] = "approve"
    lasts: ClassVar[timedelta | None] = A_DAY
    applicant: bytes


@dataclass(frozen=True, slots=True)
class AskDecline(Press):
    code: ClassVar[str] = "askdecl"
    applicant: bytes


@dataclass(frozen=True, slots=True)
class Decline(Press):
    code: ClassVar[str] = "decline"
    lasts: ClassVar[timedelta | None] = A_DAY
    applicant: bytes


@dataclass(frozen=True, slots=True)
class OpenRoles(Press):
    code: ClassVar[str] = "roles"
    member: bytes


@dataclass(frozen=True, slots=True)
class AskRole(Press):
    code: ClassVar[str] = "askrole"
    member: bytes
    role: Role


@dataclass(frozen=True, slots=True)
class SetRole(Press):
    code: ClassVar[str] = "setrole"
    lasts: ClassVar[timedelta | None] = A_DAY
    member: bytes
    role: Role


@dataclass(frozen=True, slots=True)
class AskHostName(Press):
    code: ClassVar[str] = "addhost"


@dataclass(frozen=True, slots=True)
class ReadRole(Press):
    code: ClassVar[str] = "newrole"


@dataclass(frozen=True, slots=True)
class Lock(Press):
    code: ClassVar[str] = "lock"
    lasts: ClassVar[timedelta | None] = A_DAY


def ask_lock(request: Request) -> Screen:
    texts = request.texts
    return Screen(
        texts("ask-lock"), column(Button(texts.plain("button-lock-yes"), Lock()), shared_screens.back(request))
    )


def locking(request: Request) -> Screen:
    return Screen(request.texts("locking"), locks=True)


def not_lockable(request: Request) -> Screen:
    return Screen(request.texts("not-lockable"), column(shared_screens.back(request)))


def invite(request: Request, made: Invite, link: str) -> Screen:
    """The link and its QR code, as a picture that may be passed on."""
    texts = request.texts
    picture = io.BytesIO()
    segno.make(link, error="m").save(picture, kind="png", scale=8, border=3)
    return Screen(
        texts.stack(texts("invite", expires=texts.when(made.expires_at, request.me.zone)), link),
        column(Button(texts.plain("button-revoke-invite"), RevokeInvite(made.id))),
        photo=picture.getvalue(),
        fresh=True,
        protect=False,
    )


def revoked(request: Request, *, done: bool) -> Screen:
    texts = request.texts
    return Screen(
        texts("invite-revoked" if done else "invite-not-open"),
        column(shared_screens.run(texts, "invite"), shared_screens.back(request)),
        fresh=True,
    )


def applications(request: Request, found: Sequence[Member]) -> Screen:
    texts = request.texts
    shown, turn = shared_screens.paged(request, "applications", found)
    return Screen(
        texts("applications", count=len(found)),
        column(
            *(Button(person.name or "", OpenApplication(person.id)) for person in shown),
            *turn,
            None if found else shared_screens.run(texts, "invite"),
            shared_screens.back(request),
        ),
        closes=closing(request),
    )


def application(
    request: Request,
    person: Member,
    host: Host | None,
    inviting: Member | None,
    noted: Html | None,
    also: Sequence[Button],
    *,
    twin: bool,
) -> Screen:
    """The answers of an applicant; `noted` says what else is known of them, and `also` leads to it.

    `twin`: the name looks like that of somebody who coordinates, so that one might be taken for the other.
    """
    texts = request.texts
    answers = texts(
        "application",
        name=person.name or "",
        host=host.name if host else texts.plain("no-host"),
        city=lookup.city(person.zone or "UTC", texts.language),
        language=texts.locale.languages.get(person.language, person.language),
        inviter=(inviting and inviting.name) or texts.plain("no-inviter"),
        reason=person.reason or "",
        when=texts.when(person.applied_at or person.agreed_at, request.me.zone),
    )
    return Screen(
        texts.stack(texts("name-looks-alike") if twin else "", answers, noted or ""),
        column(
            Button(texts.plain("button-approve", name=person.name or ""), AskApprove(person.id)),
            Button(texts.plain("button-decline", name=person.name or ""), AskDecline(person.id)),
            *also,
            shared_screens.run(texts, "applications"),
            shared_screens.back(request),
        ),
        closes=closing(request),
    )


def ask_approve(request: Request, person: Member) -> Screen:
    texts = request.texts
    return Screen(
        texts("ask-approve", name=person.name or ""),
        column(
            Button(texts.plain("button-approve-yes", name=person.name or ""), Approve(person.id)),
            Button(texts.plain("button-back"), OpenApplication(person.id)),
        ),
        closes=closing(request),
    )


def ask_decline(request: Request, person: Member) -> Screen:
    texts = request.texts
    return Screen(
        texts("ask-decline", name=person.name or ""),
        column(
            Button(texts.plain("button-decline-yes", name=person.name or ""), Decline(person.id)),
            Button(texts.plain("button-back"), OpenApplication(person.id)),
        ),
        closes=closing(request),
    )


def _after_decision(request: Request, words: Html) -> Screen:
    return Screen(
        words,
        column(shared_screens.run(request.texts, "applications"), shared_screens.back(request)),
        closes=closing(request),
    )


def approved(request: Request, person: Member) -> Screen:
    return _after_decision(request, request.texts("approved", name=person.name or ""))


def declined(request: Request, person: Member) -> Screen:
    return _after_decision(request, request.texts("application-declined", name=person.name or ""))


def decided_already(request: Request, person: Member, coordinator: Member | None) -> Screen:
    """Somebody was faster; says who and what, where it is known."""
    texts = request.texts
    if coordinator is None or coordinator.name is None:
        return no_application(request)
    outcome = "declined" if person.state is State.DECLINED else "approved"
    words = texts("decided-already", outcome=outcome, name=person.name or "", coordinator=coordinator.name)
    return _after_decision(request, words)


def no_application(request: Request) -> Screen:
    """The same for another host's applicant, one who withdrew, and one who never was."""
    return _after_decision(request, request.texts("no-application"))


def _line(texts: Texts, person: Member, twin: Callable[[Member], bool]) -> str:
    """Somebody in a list, as plain text; `twin`: whether they might be taken for somebody who coordinates."""
    line = texts.plain("member-line", name=person.name or "", role=person.role)
    return texts.plain("member-line-alike", member=line) if twin(person) else line


def members(request: Request, found: Sequence[Member], twin: Callable[[Member], bool]) -> Screen:
    texts = request.texts
    shown, turn = shared_screens.paged(request, "members", found, size=40)
    lines = [verbatim(_line(texts, person, twin)) for person in shown]
    return Screen(
        texts.stack(texts("members", count=len(found)), Html("\n".join(lines))),
        column(
            *turn, shared_screens.run(texts, "notes"), shared_screens.run(texts, "invite"), shared_screens.back(request)
        ),
        closes=closing(request),
    )


def roles(request: Request, found: Sequence[Member], twin: Callable[[Member], bool]) -> Screen:
    texts = request.texts
    shown, turn = shared_screens.paged(request, "roles", found)
    return Screen(
        texts("roles"),
        column(
            *(Button(_line(texts, person, twin), OpenRoles(person.id)) for person in shown),
            *turn,
            shared_screens.back(request),
        ),
        closes=closing(request),
    )


def role(request: Request, person: Member, noted: Html | None, also: Sequence[Button], *, twin: bool) -> Screen:
    """The role of a member; `noted` says what else is known of them, and `also` leads to it."""
    texts = request.texts
    said = texts("role-of", name=person.name or "", role=person.role)
    return Screen(
        texts.stack(texts("name-looks-alike") if twin else "", said, noted or ""),
        column(
            *(
                Button(texts.plain("button-make-" + wanted), AskRole(person.id, wanted))
                for wanted in Role
                if wanted is not person.role
            ),
            *also,
            shared_screens.run(texts, "roles"),
            shared_screens.back(request),
        ),
        closes=closing(request),
    )


def ask_role(request: Request, person: Member, wanted: Role) -> Screen:
    texts = request.texts
    return Screen(
        texts.stack(
            texts("ask-role", name=person.name or "", role=wanted),
            texts("ask-role-no-host") if wanted is Role.COORDINATOR and person.host_id is None else "",
        ),
        column(
            Button(texts.plain("button-role-yes", name=person.name or ""), SetRole(person.id, wanted)),
            Button(texts.plain("button-back"), OpenRoles(person.id)),
        ),
        closes=closing(request),
    )


def no_member(request: Request) -> Screen:
    texts = request.texts
    return Screen(texts("no-member"), column(shared_screens.run(texts, "roles"), shared_screens.back(request)))


def role_set(request: Request, person: Member) -> Screen:
    texts = request.texts
    return Screen(
        texts("role-set", name=person.name or "", role=person.role),
        column(shared_screens.run(texts, "roles"), shared_screens.back(request)),
        closes=closing(request),
    )


def role_not_set(request: Request) -> Screen:
    texts = request.texts
    return Screen(texts("role-not-set"), column(shared_screens.run(texts, "roles"), shared_screens.back(request)))


def hosts(request: Request, found: Sequence[Host], above: Html | None = None) -> Screen:
    texts = request.texts
    shown, turn = shared_screens.paged(request, "hosts", found, size=40)
    lines = Html("\n".join(texts("host-line", name=host.name) for host in shown))
    return Screen(
        texts.stack(above or "", texts("hosts", count=len(found)), lines),
        column(*turn, Button(texts.plain("button-add-host"), AskHostName()), shared_screens.back(request)),
    )


def ask_host_name(request: Request, complaint: Html | None = None) -> Screen:
    texts = request.texts
    return Screen(
        texts.stack(complaint or "", texts("ask-host-name")),
        column(Button(texts.plain("button-back"), Run("hosts"))),
    )
