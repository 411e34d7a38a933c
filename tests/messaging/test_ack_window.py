"""The window: never one call too many in any second of Telegram's, wherever on the way it counts."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messaging.ack_window import DISTRUST, ENOUGH, LONGEST, MEMORY, AckWindow

LATE = st.one_of(st.just(0.0), st.floats(0, 0.01), st.floats(0, 3))


def counted(permits: int, calls: list[tuple[float, float]]) -> list[float]:
    """When Telegram counts each call, in its order, where every call leaves as early as it may.

    calls: for each the time from our sending it to its being counted, and from there to its answer.
    """
    window, now, arrivals = AckWindow(permits), 0.0, list[float]()
    under_way: list[tuple[float, float]] = []  # (answer, sent)
    for there, back in calls:
        while (free := window.free_at(now)) > now:
            answer = min(under_way, default=(math.inf, 0.0))
            now = min(free, answer[0])
            if now == answer[0]:
                under_way.remove(answer)
                window.answered(answer[1], now)
        window.take()
        arrivals.append(now + there)
        under_way.append((now + there + back, now))
    return sorted(arrivals)


def most_in_a_second(times: list[float]) -> int:
    return max(sum(1 for other in times if time <= other < time + 1 - 1e-9) for time in times)


@given(
    st.integers(1, 5),
    st.floats(0, 0.3),
    st.floats(0, 0.3),
    st.lists(st.tuples(LATE, LATE), min_size=10, max_size=60),
)
def test_no_second_of_telegrams_holds_more_calls_than_permits(
    permits: int, there: float, back: float, late: list[tuple[float, float]]
) -> None:
    """The way has a length that some call of late had, and any call may take longer on either part of it."""
    usual = [(there, back)] * ENOUGH
    arrivals = counted(permits, [*usual, *((there + more, back + still) for more, still in late)])
    assert most_in_a_second(arrivals) <= permits


@given(st.integers(1, 5), st.lists(st.tuples(st.floats(0, 3), st.floats(0, 3)), min_size=2, max_size=ENOUGH))
def test_while_nothing_is_known_of_the_way_it_may_be_any(permits: int, calls: list[tuple[float, float]]) -> None:
    assert most_in_a_second(counted(permits, calls)) <= permits


@pytest.mark.parametrize(("trip", "share"), [(0.003, 0.99), (0.06, 0.98), (0.2, 0.96)])
def test_a_steady_way_costs_next_to_nothing(trip: float, share: float) -> None:
    arrivals = counted(30, [(trip / 3, trip * 2 / 3)] * 3030)
    assert share <= 3000 / 30 / (arrivals[-1] - arrivals[29]) <= 1


def steady(permits: int, trip: float, at: float = 0.0) -> AckWindow:
    window = AckWindow(permits)
    for _ in range(ENOUGH):
        window.take()
        window.answered(at - trip, at)
    return window


def test_the_shortcut_is_the_shortest_trip_less_a_margin_and_of_late() -> None:
    window = steady(3, 0.06)
    assert window.shortcut(0.0) == pytest.approx(0.054)
    window.take()
    window.answered(9.5, 10.0)  # a slow one changes nothing
    assert window.shortcut(10.0) == pytest.approx(0.054)
    for later in (1.2, 2.3):
        window.take()
        window.answered(MEMORY * later - 0.4, MEMORY * later)
    assert window.shortcut(MEMORY * 2.3) == pytest.approx(0.36)


def test_a_way_that_is_very_long_or_very_short_is_not_counted_upon() -> None:
    assert steady(2, 30.0).shortcut(0.0) == LONGEST
    assert steady(2, 0.004).shortcut(0.0) == 0.0


def test_a_refusal_takes_the_shortcut_away_for_a_while() -> None:
    window = steady(3, 0.06)
    window.take()
    window.refused(10.0)
    assert window.shortcut(10.0) == 0.0
    assert window.shortcut(10.0 + DISTRUST) == pytest.approx(0.054)


def test_what_was_never_sent_costs_nothing_and_what_was_lost_a_whole_second() -> None:
    window = AckWindow(1)
    window.take()
    assert window.free_at(5.0) == math.inf
    window.unsent()
    assert window.free_at(5.0) == 5.0
    window.take()
    window.lost(6.0)
    assert window.free_at(6.0) == 7.0


def test_some_can_be_kept() -> None:
    window = AckWindow(3)
    window.take()
    assert (window.free_at(0.0), window.free_at(0.0, 1), window.free_at(0.0, 2)) == (0.0, 0.0, math.inf)
    window.lost(1.0)
    assert (window.free_at(1.5, 1), window.free_at(1.5, 2), window.free_at(2.0, 2)) == (1.5, 2.0, 2.0)
