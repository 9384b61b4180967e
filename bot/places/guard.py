"""What keeps us polite and quick: a pace for each geocoder, and a pause for one that fails."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

FAILURES = 3
"""In a row, after which a geocoder is left alone for a while."""

PAUSE = 30.0
"""Seconds it is left alone; then one look-up tries it again."""

LONGEST_PAUSE = 3600.0
"""Seconds, whatever its Retry-After asks for."""

Clock = Callable[[], float]


class Pace:
    """At most `per_second` calls, evenly, among all threads of the process; None: as they come."""

    def __init__(self, per_second: float | None, clock: Clock = time.monotonic) -> None:
        self._gap = 1 / per_second if per_second else 0.0
        self._clock = clock
        self._lock = threading.Lock()
        self._next = float("-inf")

    def take(self, patience: float) -> float | None:
        """Take the next turn and return the seconds to wait for it; None where that is beyond `patience`."""
        with self._lock:
            now = self._clock()
            wait = max(self._next - now, 0.0)
            if wait > patience:
                return None
            self._next = now + wait + self._gap
            return wait


class Breaker:
    """Remembers failures: after three in a row nobody asks for half a minute, then one look-up tries."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_until = float("-inf")

    def may_ask(self) -> bool:
        """Tell whether to ask now. Past the pause, the first who asks is the one who tries."""
        with self._lock:
            now = self._clock()
            if now < self._closed_until:
                return False
            if self._failures >= FAILURES:
                self._closed_until = now + PAUSE
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failures, self._closed_until = 0, float("-inf")

    def failed(self, retry_after: float | None = None) -> None:
        """Count a failure. `retry_after`: it asked for that many seconds of peace, and gets them at once."""
        with self._lock:
            self._failures += 1
            asked = min(retry_after or 0.0, LONGEST_PAUSE)
            pause = max(asked, PAUSE if self._failures >= FAILURES else 0.0)
            if pause:
                self._closed_until = max(self._closed_until, self._clock() + pause)
