"""What coordinators and owners see of removals: the reason, the request, its confirmation."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation import shared_screens
from bot.conversation.people import OpenMember, shown_name
from bot.conversation.request import Request
from bot.conversation.screen import Button, Screen, column
from bot.features.moderation.buttons import (
    AskConfirmRemoval,
    ChooseReason,
    ConfirmRemoval,
    OpenRemoval,
    RequestRemoval,
    WithdrawRemoval,
)
from storage.records.people.member import Member
from storage.records.people.removals import OPEN_FOR, RemovalReason, RemovalRequest


@dataclass(frozen=True, slots=True)
class Removal:
    """An open request, and the people whom it names."""

    request: RemovalRequest
    person: Member
    asker: Member
    may_confirm: bool  # the reader is not who asked


def waiting(request: Request, found: Sequence[Removal]) -> Screen:
    """The requests that the reader can confirm or withdraw, and how to make one."""
    texts = request.texts
    on_page, page_buttons = shared_screens.paged(request, "remove", found)
    return Screen(
        texts.stack(texts("removals", count=len(found)), texts("remove-whom")),
        column(
            *(Button(shown_name(each.person), OpenRemoval(each.request.id)) for each in on_page),
            *page_buttons,
            shared_screens.run(texts, "members"),
            shared_screens.back(request),
        ),
    )


def ask_reason(request: Request, person: Member) -> Screen:
    texts = request.texts
    return Screen(
        texts("ask-removal-reason", name=shown_name(person)),
        column(
            *(
                Button(texts.plain("removal-reason", reason=reason), ChooseReason(person.id, reason))
                for reason in RemovalReason
            ),
            Button(texts.plain("button-back"), OpenMember(person.id)),
        ),
    )


def ask_request(request: Request, person: Member, reason: RemovalReason, others: bool) -> Screen:
    """What a removal takes away, before it is asked for; `others`: whether anybody could confirm it."""
    texts, name = request.texts, shown_name(person)
    back = Button(texts.plain("button-back"), OpenMember(person.id))
    if not others:
        return Screen(texts("removal-nobody-confirms", name=name), column(back))
    said = texts.plain("removal-reason", reason=reason)
    return Screen(
        texts("ask-removal", name=name, reason=said),
        column(Button(texts.plain("button-ask-removal-yes", name=name), RequestRemoval(person.id, reason)), back),
    )


def asked(request: Request, person: Member) -> Screen:
    texts = request.texts
    return Screen(
        texts("removal-asked", name=shown_name(person)),
        column(Button(texts.plain("button-open-member"), OpenMember(person.id)), shared_screens.back(request)),
    )


def removal(request: Request, seen: Removal) -> Screen:
    """A request: who asked, about whom, why, until when; the reader can confirm it, unless they asked, or end it."""
    texts, zone = request.texts, request.me.zone
    name = shown_name(seen.person)
    confirm = Button(texts.plain("button-confirm-removal", name=name), AskConfirmRemoval(seen.request.id))
    return Screen(
        texts.stack(
            texts(
                "removal",
                name=name,
                asker=shown_name(seen.asker),
                reason=texts.plain("removal-reason", reason=seen.request.reason),
                when=texts.when(seen.request.asked_at, zone),
                until=texts.when(seen.request.asked_at + OPEN_FOR, zone),
            ),
            "" if seen.may_confirm else texts("removal-needs-another"),
        ),
        column(
            confirm if seen.may_confirm else None,
            Button(texts.plain("button-withdraw-removal"), WithdrawRemoval(seen.request.id)),
            Button(texts.plain("button-open-member"), OpenMember(seen.person.id)),
            shared_screens.back(request),
        ),
    )


def ask_confirm(request: Request, seen: Removal) -> Screen:
    texts, name = request.texts, shown_name(seen.person)
    return Screen(
        texts("ask-confirm-removal", name=name),
        column(
            Button(texts.plain("button-remove-yes", name=name), ConfirmRemoval(seen.request.id)),
            Button(texts.plain("button-back"), OpenRemoval(seen.request.id)),
        ),
    )
