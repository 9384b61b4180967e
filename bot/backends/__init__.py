"""One module per city system that has to hear of a case: what they are given, and what they may raise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """What is known of a case in another system that numbers it itself.

    `state`: waiting (not taken yet), filed or refused. `external_id` may come later than the `token`.
    """

    state: str = ""
    external_id: str = ""
    token: str = ""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What a system answered: its own number of the case or a token for it, its own id of an update."""

    external_id: str = ""
    token: str = ""
    update_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A case as its department is told of it. Times are aware.

    `event`: one of `HEADLINES`. `recipient` is
    how the department is reached: its mail address, its staff group's chat id, or its own code. `outbox_id` is
    stable over retries, so that the other side can tell a repetition; `created_at` is when the event was noted.
    `in_doubt_since`: an earlier try, at that moment or later, may have gone through; `taken_ids` are the
    numbers that other cases have there.
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
    photo_urls: tuple[str, ...] = ()  # where `photos` can be fetched
    case_url: str = ""  # the page that shows the case
    service_code: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)  # the answers, by the questions' codes
    status: str = "received"
    status_notes: str = ""
    updated_datetime: datetime | None = None
    created_at: datetime | None = None
    elsewhere: Elsewhere = Elsewhere()
    in_doubt_since: datetime | None = None
    taken_ids: frozenset[str] = frozenset()


HEADLINES = {
    "filed": "New",
    "added": "More on",
    "reopened": "Reopened",
    "closed": "Closed",
    "status": "Changed",
    "due_soon": "Due soon",
    "overdue": "Overdue",
}
"""What a notice says first, by its event."""


class BackendError(Exception):
    """A city system did not take a notice.

    `retryable` says whether trying again may help, no sooner than in `retry_after` seconds. `operator`:
    somebody has to mend something first. `unknown`: it may have been taken after all. The reason is
    logged: no personal data, no secrets.
    """

    def __init__(
        self,
        reason: str,
        *,
        retryable: bool,
        operator: bool = False,
        unknown: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retryable = retryable
        self.operator = operator
        self.unknown = unknown
        self.retry_after = retry_after


class Backend(Protocol):
    """A city system: gets notices, oldest first, one at a time, at least once."""

    def deliver(self, notice: Notice) -> Taken | None:
        """Hand over one notice; raises `BackendError`. Says what a system that numbers cases answered."""
        ...

    def health(self, recipient: str) -> str:
        """Return "" when the system answers for a recipient, else one sentence saying what to do."""
        ...
