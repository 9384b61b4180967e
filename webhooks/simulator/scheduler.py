"""A few threads that run jobs, each no sooner than its time."""

from __future__ import annotations

import heapq
import itertools
import logging
import threading
import time
from collections.abc import Callable

Job = Callable[[], None]
logger = logging.getLogger(__name__)


class Scheduler:
    """Runs jobs in the order they fall due; a job that raises is logged and forgotten.

    One thread at a time waits for the next job and then runs it, while another waits for the one after: were
    all to wait for the next moment, all would wake at it, and a hand-over would wake two.
    """

    def __init__(self, workers: int = 16) -> None:
        self._workers = workers
        self._turn = threading.Lock()
        self._changed = threading.Condition()
        self._jobs: list[tuple[float, int, Job]] = []
        self._numbers = itertools.count()
        self._running = 0
        self._threads: list[threading.Thread] = []
        self.stopping = threading.Event()

    def start(self) -> None:
        """Start the threads; jobs handed in earlier run now."""
        self.stopping.clear()
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(self._workers)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Drop what has not begun and wait for what has."""
        self.stopping.set()
        with self._changed:
            self._jobs.clear()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def later(self, delay: float, job: Job) -> None:
        """Run a job after `delay` seconds."""
        with self._changed:
            heapq.heappush(self._jobs, (time.monotonic() + delay, next(self._numbers), job))
            if self._jobs[0][2] is job:
                self._changed.notify_all()

    @property
    def left(self) -> int:
        """Jobs that have not ended: those that run, those whose time has come, and those for later."""
        with self._changed:
            return len(self._jobs) + self._running

    def settle(self, timeout: float) -> None:
        """Wait until no job is left; raises `TimeoutError` after `timeout` seconds."""
        with self._changed:
            if not self._changed.wait_for(lambda: not self._jobs and not self._running, timeout):
                raise TimeoutError(f"{len(self._jobs)} jobs left, {self._running} running.")

    def _work(self) -> None:
        while job := self._next():
            try:
                job()
            except Exception:  # a job is another's code: whatever it raises, the next one must run
                logger.exception("A job of the simulator failed")
            with self._changed:
                self._running -= 1
                if not self._running and not self._jobs:
                    self._changed.notify_all()

    def _next(self) -> Job | None:
        """Wait for the next job's time and return it; None when there is to be no other."""
        with self._turn, self._changed:
            while not self.stopping.is_set():
                wait = self._jobs[0][0] - time.monotonic() if self._jobs else None
                if wait is not None and wait <= 0:
                    self._running += 1
                    return heapq.heappop(self._jobs)[2]
                self._changed.wait(wait)
        return None
