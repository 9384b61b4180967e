"""A few threads that run jobs, each no sooner than its time."""

from __future__ import annotations

import heapq
import itertools
import logging
import queue
import threading
import time
from collections.abc import Callable

Job = Callable[[], None]
logger = logging.getLogger(__name__)


class Scheduler:
    """Runs jobs in the order they fall due; a job that raises is logged and forgotten.

    One thread keeps the time and hands what is due to the others: were all to wait for the next moment, all
    would wake at it.
    """

    def __init__(self, workers: int = 16) -> None:
        self._workers = workers
        self._changed = threading.Condition()
        self._jobs: list[tuple[float, int, Job]] = []
        self._numbers = itertools.count()
        self._handed_over = 0
        self._due: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self.stopping = threading.Event()

    def start(self) -> None:
        """Start the threads; jobs handed in earlier run now."""
        self.stopping.clear()
        targets = [self._keep_time, *[self._work] * self._workers]
        self._threads = [threading.Thread(target=target, daemon=True) for target in targets]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Drop what has not begun and wait for what has."""
        self.stopping.set()
        with self._changed:
            self._jobs.clear()
            self._changed.notify_all()
        for _ in range(self._workers):
            self._due.put(None)
        for thread in self._threads:
            thread.join()

    def later(self, delay: float, job: Job) -> None:
        """Run a job after `delay` seconds."""
        with self._changed:
            heapq.heappush(self._jobs, (time.monotonic() + delay, next(self._numbers), job))
            if self._jobs[0][2] is job:
                self._changed.notify_all()

    def settle(self, timeout: float) -> None:
        """Wait until no job is left; raises `TimeoutError` after `timeout` seconds."""
        with self._changed:
            if not self._changed.wait_for(lambda: not self._jobs and not self._handed_over, timeout):
                raise TimeoutError(f"{len(self._jobs)} jobs left, {self._handed_over} running.")

    def _keep_time(self) -> None:
        with self._changed:
            while not self.stopping.is_set():
                wait = self._jobs[0][0] - time.monotonic() if self._jobs else None
                if wait is not None and wait <= 0:
                    self._handed_over += 1
                    self._due.put(heapq.heappop(self._jobs)[2])
                else:
                    self._changed.wait(wait)

    def _work(self) -> None:
        while job := self._due.get():
            try:
                if not self.stopping.is_set():
                    job()
            except Exception:  # a job is another's code: whatever it raises, the next one must run
                logger.exception("A job of the simulator failed")
            with self._changed:
                self._handed_over -= 1
                if not self._handed_over and not self._jobs:
                    self._changed.notify_all()
