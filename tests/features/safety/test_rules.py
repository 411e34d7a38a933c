"""Who together may freeze and thaw an account."""

from itertools import combinations

import pytest

from bot.features.safety.rules import may_freeze, may_thaw

A, B, C, D, X, Y = (bytes([number]) * 16 for number in range(6))
BUDDIES, COORDINATORS = (A, B), (C, D)


@pytest.mark.parametrize(
    ("voters", "freezes", "thaws"),
    [
        ((), False, False),
        ((A,), False, False),
        ((A, A), False, False),
        ((C, D), False, False),
        ((X, Y), False, False),
        ((A, X), False, False),
        ((A, B), True, False),
        ((A, C), True, True),
        ((X, D, B), True, True),
    ],
)
def test_two_buddies_or_one_and_a_coordinator_freeze_and_a_coordinator_and_a_buddy_thaw(
    voters: tuple[bytes, ...], freezes: bool, thaws: bool
) -> None:
    assert may_freeze(voters, BUDDIES, COORDINATORS) == freezes
    assert may_thaw(voters, BUDDIES, COORDINATORS) == thaws


def test_a_buddy_who_coordinates_is_one_person() -> None:
    assert not may_freeze((A,), (A,), (A,))
    assert not may_thaw((A, A), (A,), (A,))


def test_nobody_who_was_not_chosen_freezes_anything_however_many_they_are() -> None:
    strangers = [bytes([number]) * 16 for number in range(10, 20)]
    sets = [each for size in range(len(strangers) + 1) for each in combinations(strangers, size)]
    assert not any(may_freeze(each, BUDDIES, COORDINATORS) for each in sets)
