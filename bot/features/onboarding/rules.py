"""Which question an applicant answers next: derived from the row, so that a restart changes nothing. Pure."""

from enum import StrEnum

from storage.records.people.member import Member, Role

LONGEST_NAME = 64
LONGEST_REASON = 1000


class Question(StrEnum):
    NAME = "name"
    HOST = "host"
    ZONE = "zone"
    REASON = "reason"


def questions(applicant: Member) -> list[Question]:
    """All questions in order; the first owner needs no approval and so gives no reason."""
    return [question for question in Question if question is not Question.REASON or applicant.role is not Role.OWNER]


def next_question(applicant: Member) -> Question | None:
    """The first question without an answer; None where all are answered."""
    answered = {
        Question.NAME: applicant.name is not None,
        Question.HOST: applicant.host_id is not None or applicant.independent,
        Question.ZONE: applicant.zone is not None,
        Question.REASON: applicant.application.reason is not None,
    }
    return next((question for question in questions(applicant) if not answered[question]), None)
