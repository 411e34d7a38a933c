"""Screens of freezing and thawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from bot.conversation import shared_screens
from bot.conversation.request import Request
from bot.conversation.screen import A_DAY, Button, ButtonAction, RunCommand, Screen, column
from bot.features.safety.accounts import Account
from bot.language.texts import Html
from storage.records.people.member import Member


@dataclass(frozen=True, slots=True)
class OpenAccount(ButtonAction):
    code: ClassVar[str] = "account"
    member: bytes


@dataclass(frozen=True, slots=True)
class AskFreeze(ButtonAction):
    code: ClassVar[str] = "askfreeze"
    member: bytes


@dataclass(frozen=True, slots=True)
class VoteFreeze(ButtonAction):
    code: ClassVar[str] = "freeze"
    valid_for: ClassVar[timedelta | None] = A_DAY
    member: bytes


@dataclass(frozen=True, slots=True)
class Withdraw(ButtonAction):
    code: ClassVar[str] = "nofreeze"
    member: bytes


@dataclass(frozen=True, slots=True)
class AskThaw(ButtonAction):
    code: ClassVar[str] = "askthaw"
    member: bytes


@dataclass(frozen=True, slots=True)
class VoteThaw(ButtonAction):
    code: ClassVar[str] = "thaw"
    valid_for: ClassVar[timedelta | None] = A_DAY
    member: bytes


@dataclass(frozen=True, slots=True)
class ReadThawed(ButtonAction):
    code: ClassVar[str] = "thawed"


@dataclass(frozen=True, slots=True)
class GoOn(ButtonAction):
    code: ClassVar[str] = "itsme"


def accounts(request: Request, found: Sequence[Member], *, searched: bool, coordinates: bool) -> Screen:
    """The accounts that the reader may do something about, or those that were searched for by name."""
    texts = request.texts
    return Screen(
        texts.stack(
            texts("freeze-nobody-found" if searched else "freeze-nobody") if not found else texts("freeze"),
            texts("freeze-find") if coordinates else "",
        ),
        column(
            *(Button(texts.plain("freeze-line", name=person.name or ""), OpenAccount(person.id)) for person in found),
            shared_screens.run(texts, "buddies"),
            shared_screens.back(request),
        ),
    )


def account(request: Request, account: Account, above: Html | None = None) -> Screen:
    """What the reader may know. Who may not know whether it is frozen is offered both, freezing and thawing."""
    texts, person, zone = request.texts, account.person, request.me.zone
    knows, freeze = account.knows(request.me), account.freeze
    frozen = knows and freeze is not None
    said: list[Html | str] = [above or "", texts("account", name=person.name or "")]
    if account.panic is not None and request.me.id in account.buddies:
        said.append(texts("account-panic", when=texts.when(account.panic.voted_at, zone)))
    if frozen and freeze is not None:
        said.append(texts("account-frozen", when=texts.when(freeze.frozen_at, zone)))
        if freeze.left_at is not None:
            said.append(texts("account-left", when=texts.when(freeze.left_at, zone)))
    elif account.asked is not None:
        said.append(texts("account-asked", when=texts.when(account.asked.voted_at, zone)))
    mine = any(vote.voter_id == request.me.id for vote in account.votes)
    return Screen(
        texts.stack(*said),
        column(
            None if frozen else Button(texts.plain("button-freeze"), AskFreeze(person.id)),
            Button(texts.plain("button-withdraw-vote"), Withdraw(person.id)) if mine and freeze is None else None,
            Button(texts.plain("button-thaw"), AskThaw(person.id)) if frozen or not knows else None,
            Button(texts.plain("button-back"), RunCommand("freeze")),
        ),
    )


def ask_freeze(request: Request, person: Member) -> Screen:
    return _ask(request, "ask-freeze", "button-freeze-yes", person, VoteFreeze(person.id))


def ask_thaw(request: Request, person: Member) -> Screen:
    return _ask(request, "ask-thaw", "button-thaw-yes", person, VoteThaw(person.id))


def _ask(request: Request, question: str, label: str, person: Member, action: ButtonAction) -> Screen:
    texts, name = request.texts, person.name or ""
    return Screen(
        texts(question, name=name),
        column(
            Button(texts.plain(label, name=name), action),
            Button(texts.plain("button-back"), OpenAccount(person.id)),
        ),
    )


def said(request: Request, text: Html) -> Screen:
    texts = request.texts
    return Screen(text, column(shared_screens.run(texts, "freeze"), shared_screens.back(request)))


def thawed(request: Request) -> Screen:
    """Asks the member, who is on a pause until they answer."""
    texts = request.texts
    return Screen(
        texts("thawed-you"),
        column(
            Button(texts.plain("button-its-me"), GoOn()),
            shared_screens.run(texts, "buddies"),
            shared_screens.back(request),
        ),
    )
