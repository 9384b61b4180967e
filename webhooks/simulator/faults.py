"""What goes wrong at a provider, for everybody or for one address, for good or a number of times."""

from __future__ import annotations

import threading
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A provider's misbehaviour towards those who send; zero and None mean none of it.

    `refuse` is answered instead of sending: a Twilio error code (20429, 20500, 21614) or a Telegram
    one (429, 500, 403), with `retry_after` seconds where the provider gives them. `slow` is how many
    seconds every answer takes; `hang`, how long there is silence after the message was accepted.
    `undelivered` is the Twilio error code of a message that is accepted and does not arrive (30006
    for a landline). `callbacks` replaces the status callbacks: another order, repeats, or none.
    `times` is how many sends are hit before all is well again; None for all of them.
    """

    refuse: int = 0
    description: str = ""
    retry_after: int = 5
    slow: float = 0.0
    hang: float = 0.0
    undelivered: int = 0
    callbacks: tuple[str, ...] | None = None
    times: int | None = None


@dataclass(kw_only=True)
class Delivery:
    """How a provider delivers what residents send.

    `duplicates` is how many times each webhook is repeated, `delay` how many seconds it is held
    back. By Twilio only: `reorder` webhooks that nobody waits for are gathered and sent last first;
    a photo is answered 404 `media_misses` times; `media_redirect` replaces where its URL leads.
    """

    duplicates: int = 0
    delay: float = 0.0
    reorder: int = 1
    media_misses: int = 0
    media_redirect: str = ""


class Faults:
    """The faults in force. One set for an address comes before the one set for everybody."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: dict[str, tuple[Fault, int | None]] = {}

    def put(self, fault: Fault, address: str | int = "") -> None:
        """Make sends to an address fail in this way; to any address when none is given."""
        with self._lock:
            self._faults[str(address)] = (fault, fault.times)

    def clear(self, address: str | int | None = None) -> None:
        """Lift the fault of one address, or all of them."""
        with self._lock:
            if address is None:
                self._faults.clear()
            else:
                self._faults.pop(str(address), None)

    def take(self, address: str) -> Fault:
        """Return what goes wrong with this send, and count it."""
        with self._lock:
            for key in (address, ""):
                if key in self._faults:
                    fault, left = self._faults.pop(key)
                    if left is None or left > 1:
                        self._faults[key] = (fault, None if left is None else left - 1)
                    return fault
        return Fault()
