"""One module per city system that has to hear of a case: what they are given, and what they may raise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A case as its department is told of it. `event`: filed, added, reopened. Times are aware.

    `outbox_id` is stable over retries, so that the other side can tell a repetition.
    """

    outbox_id: str
    event: str
    service_request_id: str
    service_name: str
    department: str
    recipient: str
    address_string: str
    lat: float | None
    long: float | None
    precision: str
    description: str
    answers: tuple[tuple[str, str], ...]  # question, answer
    priority: str
    requested_datetime: datetime
    expected_datetime: datetime | None
    note: str
    photos: tuple[tuple[str, bytes], ...]  # file name, JPEG
    location_confirmed: bool = True
    media_url: str = ""  # a picture that is kept elsewhere


class BackendError(Exception):
    """A city system did not take a notice. `retryable` says whether trying again may help."""

    def __init__(self, reason: str, *, retryable: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retryable = retryable


class Backend(Protocol):
    """A city system: gets notices, oldest first, one at a time, at least once."""

    def deliver(self, notice: Notice) -> None:
        """Hand over one notice; raises `BackendError`."""
        ...

    def health(self) -> str:
        """Return "" when the system answers, else one sentence saying what to do."""
        ...
