"""What is incoming reaches one handler, with what it needs, or is refused with a sentence."""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any, ClassVar

import pytest
from telegram.helpers import create_deep_linked_url

from bot.conversation.dispatch import ANSWER_WITHIN, respond
from bot.conversation.feature import Features
from bot.conversation.request import Incoming, IncomingKind, NetworkContext, Refusal, Request
from bot.conversation.routes import Access, Command, Route, Routes, TypedText
from bot.conversation.screen import A_DAY, ButtonAction, Screen
from bot.language.texts import Html, texts_in
from storage.records.drafts import Draft
from storage.records.people.member import Member, MemberState
from tests.support.sample_records import NOW, member

EN = texts_in("en")
TX: Any = None  # no path here reads the database


@dataclass(frozen=True, slots=True)
class Remove(ButtonAction):
    code: ClassVar[str] = "rm"
    valid_for: ClassVar[timedelta | None] = A_DAY
    post: bytes


def saying(name: str) -> Any:
    async def handle(request: Request) -> Screen:
        return Screen(Html(f"{name} {request.page} {request.action}"))

    return handle


ROUTES = Routes(
    [
        Route(Command("help"), Access.ANYBODY, saying("help")),
        Route(Command("start"), Access.ANYBODY, saying("start")),
        Route(Command("audit"), Access.COORDINATOR, saying("audit")),
        Route(TypedText("post"), Access.MEMBER, saying("post")),
        Route(TypedText("application"), Access.APPLICANT, saying("answer")),
        Route(Remove, Access.MEMBER, saying("remove")),
    ]
)


def asking(person: Member | None = None, draft: Draft | None = None) -> Request:
    network = NetworkContext(
        "Halqa", partial(create_deep_linked_url, "halqa_bot"), ("en",), timedelta(hours=1), Features([])
    )
    return Request(TX, NOW, EN, network, 7000000001, person, draft)


async def answer(incoming: Incoming, person: Member | None = None, draft: Draft | None = None) -> str:
    return (await respond(asking(person, draft), incoming, ROUTES)).text


async def refusal(incoming: Incoming, person: Member | None = None) -> str:
    with pytest.raises(Refusal) as refused:
        await answer(incoming, person)
    return refused.value.screen.text


@pytest.mark.parametrize(("kind", "message"), [("group", "only-in-private"), ("edited", "edits-are-not-seen")])
async def test_what_is_no_request_is_answered_with_a_sentence(kind: IncomingKind, message: str) -> None:
    assert await answer(Incoming(kind, 7)) == EN(message)


@pytest.mark.parametrize(("kind", "message"), [("secondhand", "only-first-hand"), ("other", "cannot-take-that")])
async def test_what_nobody_can_handle_is_refused(kind: IncomingKind, message: str) -> None:
    assert await refusal(Incoming(kind, 7)) == EN(message)


async def test_a_command_reaches_its_handler_and_one_for_others_is_unknown() -> None:
    assert await answer(Incoming("command", 7, command="help"), member()) == "help 0 None"
    for command in ("audit", "nonsense"):
        assert await refusal(Incoming("command", 7, command=command), member()) == EN("unknown-command")


async def test_a_button_runs_its_action_or_a_command_on_a_page() -> None:
    remove = Remove(b"P" * 16)
    assert await answer(Incoming("press", 7, callback_data=remove.pack()), member()) == f"remove 0 {remove}"
    assert await answer(Incoming("press", 7, callback_data="run:help:3"), member()) == "help 3 None"


async def test_a_button_that_is_unknown_too_old_or_not_for_this_person_is_expired() -> None:
    pressed = Incoming("press", 7, callback_data=Remove(b"P" * 16).pack())
    assert (await answer(replace(pressed, shown_at=NOW - A_DAY), member())).startswith("remove")
    late = replace(pressed, shown_at=NOW - A_DAY - timedelta(seconds=1))
    for incoming, person in ((late, member()), (pressed, None), (replace(pressed, callback_data="nope"), member())):
        assert await refusal(incoming, person) == EN("expired")


async def test_a_text_reaches_what_waits_for_it() -> None:
    draft = Draft(b"V" * 16, "post", b"T" * 16, "The hall is booked.", None, NOW - ANSWER_WITHIN - timedelta(hours=9))
    assert await answer(Incoming("words", 7), member(), draft) == "post 0 None"
    assert await answer(Incoming("words", 7), member()) == EN("did-not-understand")


async def test_the_text_of_an_applicant_answers_the_next_question_until_the_application_is_sent() -> None:
    applicant = member(state=MemberState.APPLICANT, applied_at=None)
    assert await answer(Incoming("words", 7), applicant) == "answer 0 None"
    assert await answer(Incoming("words", 7), member(state=MemberState.APPLICANT)) == "start 0 None"
