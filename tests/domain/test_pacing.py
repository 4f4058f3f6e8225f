"""A wire is never driven faster than it was told, however many ask and whenever they ask."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.pacing import Pace, duration_s, grant, ready_at_us, window_pace

paces = st.builds(Pace, interval_us=st.integers(1, 10_000), burst=st.integers(1, 20))
requests = st.lists(st.tuples(st.integers(0, 50_000), st.integers(0, 40)), min_size=1, max_size=60)


def played(pace: Pace, asked: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What was granted and when, for requests each so long after the last."""
    now, tat, log = 1_000_000_000, 0, []
    for later, wanted in asked:
        now += later
        granted, tat = grant(pace, tat, now, wanted)
        assert 0 <= granted <= wanted
        log.append((now, granted))
    return log


def busiest(log: list[tuple[int, int]], span: int) -> int:
    return max(sum(n for at, n in log if start <= at <= start + span) for start, _ in log)


@given(paces, requests, st.integers(0, 200_000))
def test_no_span_holds_more_than_the_burst_and_the_rate(
    pace: Pace, asked: list[tuple[int, int]], span: int
) -> None:
    assert busiest(played(pace, asked), span) <= pace.burst + span // pace.interval_us


@given(st.integers(1, 50), st.integers(1, 60), requests)
def test_no_window_ever_holds_more_than_it_may(
    per_window: int, burst: int, asked: list[tuple[int, int]]
) -> None:
    pace = window_pace(per_window, 0.1, burst)
    assert busiest(played(pace, asked), 100_000) <= per_window


@given(paces, requests)
def test_a_wire_is_ready_exactly_when_it_says(pace: Pace, asked: list[tuple[int, int]]) -> None:
    tat = 0
    now = 1_000_000_000
    for later, wanted in asked:
        now += later
        tat = grant(pace, tat, now, wanted)[1]
    ready = ready_at_us(pace, tat)
    assert grant(pace, tat, ready, 1)[0] == 1
    assert grant(pace, tat, ready - 1, 1)[0] == 0


def test_the_burst_goes_at_once_and_the_rest_at_the_rate() -> None:
    pace = Pace(1_000_000, 5)
    granted, tat = grant(pace, 0, 10**12, 100)
    assert granted == 5
    assert grant(pace, tat, 10**12, 100) == (0, tat)
    assert grant(pace, tat, 10**12 + 3_000_000, 100)[0] == 3


def test_two_workers_who_share_the_number_share_the_rate() -> None:
    pace, now = Pace(1_000_000, 4), 10**12
    first, tat = grant(pace, 0, now, 3)
    second, tat = grant(pace, tat, now, 3)
    assert (first, second) == (3, 1)


def test_a_clock_that_goes_back_grants_nothing_extra() -> None:
    pace = Pace(1_000_000, 5)
    _, tat = grant(pace, 0, 10**12, 5)
    assert grant(pace, tat, 10**12 - 60_000_000, 5) == (0, tat)


def test_no_interval_means_no_limit() -> None:
    assert grant(Pace(0, 1), 7, 10**12, 1000) == (1000, 7)
    assert window_pace(0, 900, 10) == Pace(0, 1)


def test_a_sim_of_100_in_15_minutes_with_a_burst_of_10_sends_one_each_10_seconds() -> None:
    assert window_pace(100, 900, 10) == Pace(10_000_000, 10)


@pytest.mark.parametrize("per_window", [1, 2, 10])
def test_a_burst_as_large_as_the_window_leaves_one_at_a_time_beside_it(per_window: int) -> None:
    assert window_pace(per_window, 60, 99) == Pace(60_000_001, per_window)


def test_an_estimate_follows_the_slowest_pace_and_the_days() -> None:
    sim = window_pace(100, 900, 10)
    assert duration_s(33, [sim, Pace(0, 1)]) == 230.0
    assert duration_s(33, [Pace(1_000_000, 1), sim]) == 230.0
    assert duration_s(0, [sim]) == 0.0
    assert duration_s(300, [], per_day=400) == 0.0
    assert duration_s(810, [sim], per_day=400) == 2 * 86_400.0


@given(paces, st.integers(1, 60))
def test_an_estimate_is_the_time_that_an_idle_wire_takes(pace: Pace, texts: int) -> None:
    now = start = 10**12
    tat = left = 0
    left = texts
    while True:
        granted, tat = grant(pace, tat, now, left)
        left -= granted
        if not left:
            break
        now = ready_at_us(pace, tat)
    assert duration_s(texts, [pace]) == pytest.approx((now - start) / 1e6)
