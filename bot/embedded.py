"""The bell of one process: with no Redis, rings are answered by threads right here."""

from __future__ import annotations

import heapq
import itertools
import logging
import threading
import time
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from bot.fault_points import hurried
from bot.jobs import TOGETHER, run, sweep, take_turns
from bot.town import Job, Town

log = logging.getLogger(__name__)

PATIENCE = 1.0  # seconds between looks at whether to stop
SWEEP_EVERY = hurried(15.0)  # seconds
AGAIN = 0.05  # seconds after which what is under way already is looked at once more
STUCK = 1.0  # seconds after which others' turns wait no longer for those under way
SOON = 0.2  # seconds within which a ring belongs to what is under way (see `delivery.MARKED_WITHIN`)


@dataclass(order=True)
class _Ring:
    due: float  # monotonic seconds
    order: int
    job: Job = field(compare=False)
    subject: str = field(compare=False)


class Timers:
    """Rings waiting for their moment, the earliest first; the same ring waits once, at its earliest."""

    def __init__(self) -> None:
        self._heap: list[_Ring] = []
        self._waiting: dict[tuple[Job, str], float] = {}
        self._order = itertools.count()
        self._changed = threading.Condition()
        self._is_watched = False  # one thread keeps the time; were all to, all would wake at each moment

    def add(self, job: Job, subject: str, after: float) -> None:
        due = time.monotonic() + max(after, 0.0)
        with self._changed:
            known = self._waiting.get((job, subject))
            if known is not None and known <= due:
                return
            self._waiting[(job, subject)] = due
            heapq.heappush(self._heap, _Ring(due, next(self._order), job, subject))
            if after <= 0:
                self._changed.notify()  # whoever wakes takes it
            elif self._heap[0].due == due:
                self._changed.notify_all()  # among them who keeps the time

    def is_due(self, within: float) -> bool:
        """Tell whether a ring waits to be answered in as many seconds."""
        with self._changed:
            return bool(self._heap) and self._heap[0].due <= time.monotonic() + within

    def next(self, patience: float) -> tuple[Job, str] | None:
        """Return the next ring that is due, waiting `patience` seconds for one at most."""
        until = time.monotonic() + patience
        with self._changed:
            while True:
                now = time.monotonic()
                if self._heap and self._heap[0].due <= now:
                    ring = heapq.heappop(self._heap)
                    if self._waiting.get((ring.job, ring.subject)) == ring.due:
                        del self._waiting[(ring.job, ring.subject)]
                        self._changed.notify()  # another keeps the time
                        return ring.job, ring.subject
                    continue  # the same ring came earlier
                if now >= until:
                    return None
                if self._is_watched:
                    self._changed.wait(until - now)
                    continue
                self._is_watched = True
                try:
                    self._changed.wait(min(self._heap[0].due if self._heap else until, until) - now)
                finally:
                    self._is_watched = False


class EmbeddedLoop:
    """The bell of one process: rings are answered by threads right here, turns by two of their own (ADR 22)."""

    def __init__(self, threads: int = 4) -> None:
        self._timers, self._turns = Timers(), Timers()
        self._turn = threading.Lock()
        self._busy: set[str] = set()
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._count = threads

    def ring(self, job: Job, subject: str, after: float = 0.0) -> None:
        self._timers_of(job).add(job, subject, after)

    def _timers_of(self, job: Job) -> Timers:
        return self._turns if job == "take_turns" else self._timers

    def start(self, town: Town, *, sweeping: bool = True) -> None:
        """Answer rings from now on; what was left lying by an earlier run is swept up first."""
        work = [
            partial(self._work, town, timers) for timers in [self._timers] * self._count + [self._turns] * 2
        ]
        targets = [*work, *[partial(self._sweep, town)] * sweeping]
        self._threads = [threading.Thread(target=target, daemon=True) for target in targets]
        for thread in self._threads:
            thread.start()

    def settle(self, within: float = SOON) -> None:
        """Wait until nothing is under way and nothing is due in as many seconds."""
        while self._busy or self._timers.is_due(within) or self._turns.is_due(within):
            time.sleep(0.01)

    def stop(self) -> None:
        """Finish what is under way and stop."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(timeout=10)

    def _work(self, town: Town, timers: Timers) -> None:
        while not self._stopping.is_set():
            ring = timers.next(PATIENCE)
            if ring is not None:
                self._answer(town, *ring)

    def _answer(self, town: Town, job: Job, subject: str) -> None:
        # Two threads on one conversation would be refused by its version anyway: spare the work.
        key = f"{job} {subject}"
        with self._lock:
            if key in self._busy:
                return self._timers_of(job).add(job, subject, AGAIN)
            self._busy.add(key)
        try:
            if job == "take_turns":
                self._take_turns(town, subject)
            else:
                run(town, job, subject)
        finally:
            with self._lock:
                self._busy.discard(key)

    def _take_turns(self, town: Town, subject: str) -> None:
        """Take a turn and all that are due by now, together; one after the other where none is stuck."""
        is_next = self._turn.acquire(timeout=STUCK)
        try:
            due = islice(iter(partial(self._turns.next, 0.0), None), TOGETHER - 1)
            take_turns(town, list(dict.fromkeys([subject, *(another for _, another in due)])))
        finally:
            if is_next:
                self._turn.release()

    def _sweep(self, town: Town) -> None:
        while not self._stopping.is_set():
            try:
                sweep(town)
            except Exception as error:  # noqa: BLE001  (one bad job must not end the thread)
                log.error("sweep failed: %s", type(error).__name__)
            self._stopping.wait(SWEEP_EVERY)
