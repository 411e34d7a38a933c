"""One thing that `halqa doctor` found: how serious, about what, what was seen, and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    grade: Grade
    about: str
    said: str
    remedy: str = ""

    def __str__(self) -> str:
        remedy = f" Remedy: {self.remedy}" if self.remedy else ""
        return f"{self.grade:<9}{self.about:<13}{self.said.removesuffix('.')}.{remedy}"


def ok(about: str, said: str) -> Finding:
    return Finding(Grade.OK, about, said)


def warning(about: str, said: str, remedy: str = "") -> Finding:
    return Finding(Grade.WARNING, about, said, remedy)


def problem(about: str, said: str, remedy: str = "") -> Finding:
    return Finding(Grade.PROBLEM, about, said, remedy)


def summary(grades: Sequence[Grade]) -> str:
    """The last line, for whoever reads no other."""
    problems, warnings = grades.count(Grade.PROBLEM), grades.count(Grade.WARNING)
    said = [
        f"{number} {word}{'s' if number > 1 else ''}"
        for number, word in ((problems, "problem"), (warnings, "warning"))
        if number
    ]
    if not problems:
        return f"Nothing has to be repaired{f'; {said[0]}' if said else ''}."
    return f"{' and '.join(said)}. Repair {'it' if problems == 1 else 'them from the top'}, then ask again."
