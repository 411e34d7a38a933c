"""What `halqa doctor --erasure` makes of its counts."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.operations.diagnostics.erasure_report import keyring_finding, row_findings, search_finding
from bot.operations.diagnostics.findings import Grade
from storage.integrity.erasure_check import Keys, Rows

CLEAN = Rows(members=3, without_key=0, unfinished=0, encrypted=12, unreadable=0, unused=0)


def test_rows_that_all_have_their_keys_are_in_order() -> None:
    [finding] = row_findings(CLEAN)
    assert (finding.grade, finding.about) == (Grade.OK, "rows")
    assert "3 members" in finding.message
    assert "all 12 sealed fields" in finding.message


@pytest.mark.parametrize(
    ("rows", "grade", "about"),
    [
        (replace(CLEAN, unfinished=1), Grade.PROBLEM, "erasures"),
        (replace(CLEAN, without_key=1), Grade.PROBLEM, "rows"),
        (replace(CLEAN, unreadable=1), Grade.WARNING, "fields"),
        (replace(CLEAN, unused=1), Grade.WARNING, "keys"),
    ],
)
def test_each_count_that_should_be_zero_is_a_finding_of_its_own(rows: Rows, grade: Grade, about: str) -> None:
    [finding] = row_findings(rows)
    assert (finding.grade, finding.about) == (grade, about)


def test_a_copy_of_the_keys_may_hold_none_that_is_gone() -> None:
    path, live = Path("/srv/copies/keyring.db"), Keys({b"1": b"key", b"2": b"key"}, {})
    assert keyring_finding(path, live, Keys({b"1": b"key"}, {})).grade is Grade.OK
    stale = keyring_finding(path, live, Keys({b"1": b"key", b"3": b"key"}, {}))
    assert (stale.grade, stale.remedy) == (Grade.PROBLEM, "halqa backup /srv/copies, which replaces it")
    assert "erased: 1" in stale.message


def test_the_places_of_what_is_searched_for_are_named() -> None:
    assert search_finding("network.db", []).grade is Grade.OK
    finding = search_finding("network.db", ["members.name_encrypted", "posts.body_encrypted"])
    assert finding.grade is Grade.PROBLEM
    assert "members.name_encrypted, posts.body_encrypted" in finding.message
