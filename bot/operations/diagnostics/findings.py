"""A finding of `halqa doctor`: its grade, its subject, a message, and a remedy."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How serious a finding is. Only a problem makes `halqa doctor` end with an exit code other than 0."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """`str` is the line that the operator reads."""

    grade: Grade
    about: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        remedy = f" Remedy: {self.remedy}" if self.remedy else ""
        return f"{self.grade:<9}{self.about:<13}{self.message.removesuffix('.')}.{remedy}"


def ok(about: str, message: str) -> Finding:
    return Finding(Grade.OK, about, message)


def warning(about: str, message: str, remedy: str = "") -> Finding:
    return Finding(Grade.WARNING, about, message, remedy)


def problem(about: str, message: str, remedy: str = "") -> Finding:
    return Finding(Grade.PROBLEM, about, message, remedy)


def summary(grades: Sequence[Grade]) -> str:
    """Returns the last line of the output: how many problems and warnings there are."""
    problems, warnings = grades.count(Grade.PROBLEM), grades.count(Grade.WARNING)
    counts = [
        f"{number} {word}{'s' if number > 1 else ''}"
        for number, word in ((problems, "problem"), (warnings, "warning"))
        if number
    ]
    if not problems:
        return f"Nothing has to be repaired{f'; {counts[0]}' if counts else ''}."
    return f"{' and '.join(counts)}. Repair {'it' if problems == 1 else 'them from the top'}, then ask again."
