"""Which question comes next is read off the row, whatever was answered and in whatever order."""

import itertools
from typing import Any

import pytest

from bot.features.onboarding.rules import Question, next_question, questions
from storage.records.people.member import Member, Role
from tests.support.sample_records import member

ALL = [Question.NAME, Question.HOST, Question.ZONE, Question.REASON]
ANSWERS: dict[Question, dict[str, Any]] = {
    Question.NAME: {"name": "Rania"},
    Question.HOST: {"host_id": b"H" * 16},
    Question.ZONE: {"zone": "Africa/Cairo"},
    Question.REASON: {"reason": "To listen."},
}


def applicant(answered: tuple[Question, ...], role: Role = Role.MEMBER, **changes: Any) -> Member:
    given: dict[str, Any] = {"name": None, "host_id": None, "zone": None, "reason": None}
    for question in answered:
        given |= ANSWERS[question]
    return member(role=role, **given | changes)


SUBSETS = [subset for size in range(5) for subset in itertools.combinations(ALL, size)]


@pytest.mark.parametrize("answered", SUBSETS, ids=lambda subset: "+".join(subset) or "nothing")
def test_the_first_question_without_an_answer_is_next(answered: tuple[Question, ...]) -> None:
    missing = [question for question in ALL if question not in answered]
    assert next_question(applicant(answered)) == (missing[0] if missing else None)


def test_to_belong_to_no_host_is_an_answer() -> None:
    assert next_question(applicant((Question.NAME,), independent=True)) is Question.ZONE


@pytest.mark.parametrize("reason", ["", "To listen."])
def test_an_empty_answer_is_an_answer_and_none_is_not(reason: str) -> None:
    three = (Question.NAME, Question.HOST, Question.ZONE)
    assert next_question(applicant(three, reason=reason)) is None
    assert next_question(applicant(three)) is Question.REASON


def test_the_first_owner_needs_no_reason() -> None:
    assert questions(applicant((), Role.OWNER)) == ALL[:3]
    assert questions(applicant(())) == ALL
    assert next_question(applicant((Question.NAME, Question.HOST, Question.ZONE), Role.OWNER)) is None
    assert next_question(applicant((Question.NAME, Question.HOST), Role.OWNER)) is Question.ZONE
