"""Webhooks held for some seconds while the database restarts: Twilio repeats one at once, then never again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from webhooks.channel import StoreUnavailable

SECONDS = 6.0
"""How long `townline serve` holds one; Twilio waits for an answer for 15."""

MOST = 30.0
"""Seconds after which an absence is no restart any more: the threads are needed for those who ask otherwise."""

BETWEEN_TRIES = 0.25  # seconds


class Holding:
    """Tries to store what came until it is stored, or `seconds` have passed: raises `StoreUnavailable` then."""

    def __init__(self, seconds: float, most: float = MOST) -> None:
        self._seconds, self._most = seconds, most
        self._away_since: float | None = None
        self._lock = threading.Lock()

    def store(self, keep: Callable[[], None]) -> None:
        """Have `keep` store it."""
        until = time.monotonic() + self._seconds
        while True:
            try:
                keep()
            except StoreUnavailable:
                if not self._has_patience(until):
                    raise
                time.sleep(BETWEEN_TRIES)
            else:
                self._away_since = None
                return

    def _has_patience(self, until: float) -> bool:
        now = time.monotonic()
        with self._lock:
            self._away_since = now if self._away_since is None else self._away_since
            return now < until and now - self._away_since < self._most
