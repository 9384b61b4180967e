"""What torture tests may ask of a process by its environment: to die at a named point, and to wait less.

`TOWNLINE_FAULT=commit.after:2` has the process killed when it comes to that point the second time, by SIGKILL:
nothing is finished, nothing is said. `TOWNLINE_HASTE=10` makes a tenth of the waits that a crash is followed by
(the outbox's claim, the sweeper's round). Neither is a setting: a deployment with a real provider refuses to
start with them (docs/torture.md).
"""

from __future__ import annotations

import itertools
import os
import signal
from collections.abc import Iterable
from urllib.parse import urlsplit

from bot.yaml_files import ConfigError

POINTS = (
    "receive.before",
    "receive.after",
    "hear",
    "turn",
    "commit.before",
    "commit.after",
    "claim",
    "send.before",
    "send.after",
    "mark.before",
    "mark.after",
    "notice.claimed",
    "notice.told",
)
"""In the order of a message's path. `before` and `after` are of what is stored, sent, committed."""

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

_NAME, _, _COUNT = os.environ.get("TOWNLINE_FAULT", "").partition(":")
_HASTE = os.environ.get("TOWNLINE_HASTE", "")
_times = itertools.count(1)  # next() on it is one step, whichever thread comes


def reached(point: str) -> None:
    """End this process by SIGKILL where it was asked to die at this point, at this count."""
    if point == _NAME and next(_times) == int(_COUNT or 1):
        os.kill(os.getpid(), signal.SIGKILL)


def hurried(seconds: float) -> float:
    """Return how long to wait instead of `seconds`: as long, but for a deployment in haste."""
    return seconds / float(_HASTE) if _HASTE else seconds


def refuse_in_earnest(provider_urls: Iterable[str]) -> None:
    """Raise `ConfigError` where faults or haste are ordered and a provider is not on this machine."""
    if not (_NAME or _HASTE):
        return
    if (_NAME and _NAME not in POINTS) or not (_COUNT or "1").isdecimal():
        raise ConfigError(f"TOWNLINE_FAULT: write it as point:count; the points are {', '.join(POINTS)}")
    if not all(urlsplit(url).hostname in LOOPBACK for url in provider_urls):
        raise ConfigError("TOWNLINE_FAULT and TOWNLINE_HASTE are for tests at simulated providers: unset them")
