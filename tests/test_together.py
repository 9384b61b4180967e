"""What several threads want done at once: in one call, and each learns what became of its own."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from bot.together import Together

MANY = 8


def done_at_once(together: Together[int]) -> list[Exception | None]:
    """Have as many threads add a number each at the same moment; returns what each of them met."""
    start = Barrier(MANY)

    def add(number: int) -> Exception | None:
        start.wait()
        try:
            together.add(number)
        except (ValueError, OSError) as error:
            return error
        return None

    with ThreadPoolExecutor(MANY) as threads:
        return list(threads.map(add, range(MANY)))


def test_what_comes_together_is_done_in_one_call() -> None:
    calls: list[Sequence[int]] = []
    assert done_at_once(Together(calls.append, moment=0.5, away=OSError)) == [None] * MANY
    assert [sorted(call) for call in calls] == [list(range(MANY))]


def test_what_comes_later_is_done_in_a_call_of_its_own() -> None:
    calls: list[Sequence[int]] = []
    together = Together(calls.append, moment=0.0, away=OSError)
    for number in range(3):
        together.add(number)
    assert calls == [[0], [1], [2]]


def test_one_that_can_not_be_done_keeps_no_other_from_it() -> None:
    done: list[int] = []

    def do(numbers: Sequence[int]) -> None:
        if 3 in numbers:
            raise ValueError("not three")
        done.extend(numbers)

    met = done_at_once(Together(do, moment=0.5, away=OSError))
    assert [number for number, error in enumerate(met) if error] == [3]
    assert sorted(done) == [0, 1, 2, 4, 5, 6, 7]


def test_where_nothing_can_be_done_nobody_waits_for_each_to_be_tried() -> None:
    tries: list[int] = []

    def do(numbers: Sequence[int]) -> None:
        tries.append(len(numbers))
        raise OSError

    met = done_at_once(Together(do, moment=0.5, away=OSError))
    assert all(isinstance(error, OSError) for error in met)
    assert tries == [MANY]
