"""What several threads want done at about the same time is done by one of them for all."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Together(Generic[Thing]):
    """Has `do` take all that comes within `moment` seconds of the first, in one call.

    Where the call breaks, each is done by itself, but not after `away`: then nothing can be done for anyone.
    """

    def __init__(self, do: Callable[[Sequence[Thing]], None], *, moment: float, away: type[Exception]) -> None:
        self._do, self._moment, self._away = do, moment, away
        self._lock = threading.Lock()
        self._waiting: list[tuple[Thing, Future[None]]] = []

    def add(self, thing: Thing) -> None:
        """Return when it is done; raises what `do` raised on it."""
        done: Future[None] = Future()
        with self._lock:
            self._waiting.append((thing, done))
            is_first = len(self._waiting) == 1
        if is_first:
            time.sleep(self._moment)
            with self._lock:
                came, self._waiting = self._waiting, []
            self._take(came)
        done.result()

    def _take(self, came: Sequence[tuple[Thing, Future[None]]]) -> None:
        try:
            self._do([thing for thing, _ in came])
        except Exception as error:  # noqa: BLE001  (it is raised where it belongs)
            if len(came) == 1 or isinstance(error, self._away):
                for _, done in came:
                    done.set_exception(error)
            else:
                for each in came:
                    self._take([each])
        else:
            for _, done in came:
                done.set_result(None)
