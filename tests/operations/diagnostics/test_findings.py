"""The lines of `halqa doctor`."""

import pytest

from bot.operations.diagnostics.findings import Grade, ok, problem, summary, warning

OK, WARNING, PROBLEM = Grade.OK, Grade.WARNING, Grade.PROBLEM


def test_a_line_has_a_grade_a_subject_a_message_and_a_remedy() -> None:
    assert str(ok("key", "opens the slot file")) == "ok       key          opens the slot file."
    assert str(warning("key", "not tried.")) == "warning  key          not tried."
    assert str(problem("key", "is missing", "put it there")) == "problem  key          is missing. Remedy: put it there"


@pytest.mark.parametrize(
    ("grades", "line"),
    [
        ([], "Nothing has to be repaired."),
        ([OK, OK], "Nothing has to be repaired."),
        ([OK, WARNING], "Nothing has to be repaired; 1 warning."),
        ([WARNING, WARNING], "Nothing has to be repaired; 2 warnings."),
        ([PROBLEM, OK], "1 problem. Repair it, then ask again."),
        ([PROBLEM, PROBLEM, WARNING], "2 problems and 1 warning. Repair them from the top, then ask again."),
    ],
)
def test_the_last_line_counts_problems_and_warnings(grades: list[Grade], line: str) -> None:
    assert summary(grades) == line
