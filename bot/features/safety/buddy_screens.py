"""Screens of `/buddies`: both directions, the link, agreeing, and ending it from either side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from bot.conversation import shared_screens
from bot.conversation.reading_screens import CloseScreen
from bot.conversation.request import Request
from bot.conversation.screen import A_DAY, Button, ButtonAction, RunCommand, Screen, column
from bot.language.texts import Html
from storage.records.safety.buddies import MOST, Buddy


@dataclass(frozen=True, slots=True)
class Invite(ButtonAction):
    code: ClassVar[str] = "buddylink"


@dataclass(frozen=True, slots=True)
class Agree(ButtonAction):
    code: ClassVar[str] = "buddyyes"
    invite: str  # the code of the link


@dataclass(frozen=True, slots=True)
class AskTakeOut(ButtonAction):
    code: ClassVar[str] = "askunbuddy"
    place: bytes


@dataclass(frozen=True, slots=True)
class TakeOut(ButtonAction):
    code: ClassVar[str] = "unbuddy"
    valid_for: ClassVar[timedelta | None] = A_DAY
    place: bytes


@dataclass(frozen=True, slots=True)
class Keep(ButtonAction):
    code: ClassVar[str] = "keepbuddy"
    place: bytes


@dataclass(frozen=True, slots=True)
class AskStepDown(ButtonAction):
    code: ClassVar[str] = "askstep"
    place: bytes


@dataclass(frozen=True, slots=True)
class StepDown(ButtonAction):
    code: ClassVar[str] = "stepdown"
    valid_for: ClassVar[timedelta | None] = A_DAY
    place: bytes


def settings_button(request: Request) -> Button:
    return shared_screens.run(request.texts, "buddies")


def overview(
    request: Request,
    mine: Sequence[tuple[Buddy, str]],
    theirs: Sequence[tuple[Buddy, str]],
    above: Html | None = None,
) -> Screen:
    texts = request.texts
    lines = [_line(request, place, name) for place, name in mine]
    looked_after = [texts("buddy-of", name=name) for _, name in theirs]
    return Screen(
        texts.stack(
            above or "",
            texts("buddies"),
            Html("\n".join([texts("buddies-mine"), *lines])) if lines else texts("buddies-none"),
            Html("\n".join([texts("buddies-theirs"), *looked_after])) if looked_after else "",
        ),
        column(
            Button(texts.plain("button-name-buddy"), Invite()) if len(mine) < MOST else None,
            *(
                Button(texts.plain("button-keep-buddy", name=name), Keep(place.id))
                if place.leaves_at
                else Button(texts.plain("button-end-buddy", name=name or "–"), AskTakeOut(place.id))
                for place, name in mine
            ),
            shared_screens.run(texts, "freeze") if theirs else None,
            *(Button(texts.plain("button-step-down", name=name), AskStepDown(place.id)) for place, name in theirs),
            shared_screens.back(request),
        ),
    )


def _line(request: Request, place: Buddy, name: str) -> Html:
    texts, zone = request.texts, request.me.zone
    if place.buddy_id is None:
        return texts("buddy-link-open")
    if place.leaves_at is not None:
        return texts("buddy-leaves", name=name, when=texts.when(place.leaves_at, zone))
    return texts("buddy-mine", name=name)


def link(request: Request, link: str) -> Screen:
    texts = request.texts
    return Screen(
        texts.stack(texts("buddy-link"), link),
        column(Button(texts.plain("button-close"), CloseScreen()), shared_screens.run(texts, "buddies")),
        protect=False,
    )


def bad_link(request: Request) -> Screen:
    return Screen(request.texts("buddy-bad-link"), column(shared_screens.back(request)))


def ask_agree(request: Request, code: str, name: str) -> Screen:
    texts = request.texts
    return Screen(
        texts("ask-be-buddy", name=name),
        column(
            Button(texts.plain("button-be-buddy", name=name), Agree(code)),
            Button(texts.plain("button-no-buddy"), RunCommand("start")),
        ),
    )


def ask_take_out(request: Request, place: Buddy, name: str) -> Screen:
    texts = request.texts
    text = texts("ask-end-buddy", name=name) if place.buddy_id else texts("ask-end-buddy-link")
    return Screen(
        text,
        column(
            Button(texts.plain("button-end-buddy-yes"), TakeOut(place.id)),
            Button(texts.plain("button-back"), RunCommand("buddies")),
        ),
    )


def ask_step_down(request: Request, place: Buddy, name: str) -> Screen:
    texts = request.texts
    return Screen(
        texts("ask-step-down", name=name),
        column(
            Button(texts.plain("button-step-down-yes"), StepDown(place.id)),
            Button(texts.plain("button-back"), RunCommand("buddies")),
        ),
    )
