"""A pace for each geocoder, a pause for one that fails, and an end to waiting."""

from __future__ import annotations

import itertools
import threading
import time

import pytest
from geopy.exc import GeocoderTimedOut
from hypothesis import given
from hypothesis import strategies as st

from bot.places.guard import FAILURES, LONGEST_PAUSE, PAUSE, Breaker, Pace
from bot.places.wire import within


class Hand:
    """A clock's hand, moved by the test."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def test_one_a_second() -> None:
    hand = Hand()
    pace = Pace(1, hand)
    assert [pace.take(1.5), pace.take(1.5), pace.take(1.5)] == [0, 1, None]
    hand.at += 1
    assert pace.take(1.5) == 1, "the turn that was refused was not taken"
    hand.at += 60
    assert pace.take(0) == 0, "no turns are saved up"
    assert pace.take(0) is None


def test_no_pace_is_no_wait() -> None:
    pace = Pace(None)
    assert [pace.take(0) for _ in range(100)] == [0] * 100


@given(st.lists(st.tuples(st.floats(0, 2), st.floats(0, 3)), max_size=40), st.sampled_from([0.5, 1.0, 4.0]))
def test_never_faster_and_never_beyond_patience(asked: list[tuple[float, float]], per_second: float) -> None:
    hand, calls = Hand(), []
    pace = Pace(per_second, hand)
    for later, patience in asked:
        hand.at += later
        wait = pace.take(patience)
        if wait is not None:
            assert 0 <= wait <= patience
            calls.append(hand.at + wait)
    assert all(b - a >= 1 / per_second - 1e-6 for a, b in itertools.pairwise(calls))


def test_threads_share_a_pace() -> None:
    pace, taken = Pace(10), []
    threads = [threading.Thread(target=lambda: taken.append(pace.take(60))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    waits = sorted(taken)
    assert waits[-1] == pytest.approx(1.9, abs=0.2)
    assert all(b - a > 0.05 for a, b in itertools.pairwise(waits))


def test_three_failures_in_a_row_and_it_is_left_alone() -> None:
    hand = Hand()
    breaker = Breaker(hand)
    for _ in range(FAILURES):
        assert breaker.may_ask()
        breaker.failed()
    assert not breaker.may_ask()
    hand.at += PAUSE + 1
    assert breaker.may_ask(), "one tries"
    assert not breaker.may_ask(), "and the others wait for what it finds"
    breaker.failed()
    hand.at += PAUSE - 1
    assert not breaker.may_ask()
    hand.at += 2
    assert breaker.may_ask()
    breaker.succeeded()
    assert breaker.may_ask()


def test_a_success_in_between_starts_the_count_anew() -> None:
    breaker = Breaker(Hand())
    for _ in range(5):
        breaker.failed()
        breaker.failed()
        assert breaker.may_ask()
        breaker.succeeded()


@pytest.mark.parametrize(("asked", "given"), [(120, 120), (86_400, LONGEST_PAUSE), (0, 0), (-5, 0), (None, 0)])
def test_who_asks_for_peace_gets_it(asked: float | None, given: float) -> None:
    hand = Hand()
    breaker = Breaker(hand)
    breaker.failed(asked)
    assert breaker.may_ask() is (given == 0)
    hand.at += given + 1
    assert breaker.may_ask()


def test_within() -> None:
    assert within(1, lambda: 7) == 7
    with pytest.raises(LookupError):
        within(1, lambda: [][0])
    never, began = threading.Event(), time.monotonic()
    with pytest.raises(GeocoderTimedOut):
        within(0.05, lambda: never.wait(60))
    with pytest.raises(GeocoderTimedOut):
        within(-1, lambda: never.wait(60))
    assert time.monotonic() - began < 30
    never.set()
