"""The statuses of a case: what each may become, what other systems call it, and who is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Status:
    """One status. `extended` is FixMyStreet's name for it in service request updates, in capitals.

    `asks` says that it needs words: the reason for closing, the question to the resident. `told` is whether
    the resident hears of it at once; the others show where somebody asks.
    """

    may_become: tuple[str, ...]
    extended: str
    closed: bool = False
    told: bool = True
    asks: bool = False


CLOSINGS = ("completed", "no_action", "referred", "duplicate")
WORK = ("under_review", "scheduled", "assigned", "on_site", "need_info")

STATUSES: Mapping[str, Status] = {
    "received": Status(may_become=(*WORK, *CLOSINGS), extended="OPEN", told=False),
    "under_review": Status(may_become=(*WORK, *CLOSINGS), extended="INVESTIGATING", told=False),
    "scheduled": Status(may_become=(*WORK, *CLOSINGS), extended="ACTION_SCHEDULED"),
    "assigned": Status(may_become=(*WORK, *CLOSINGS), extended="ACTION_SCHEDULED"),
    "on_site": Status(may_become=(*WORK, *CLOSINGS), extended="IN_PROGRESS"),
    "need_info": Status(may_become=(*WORK, *CLOSINGS), extended="INVESTIGATING", asks=True),
    "completed": Status(may_become=("reopened",), extended="FIXED", closed=True, asks=True),
    "no_action": Status(may_become=("reopened",), extended="NO_FURTHER_ACTION", closed=True, asks=True),
    "referred": Status(
        may_become=("reopened",), extended="NOT_COUNCILS_RESPONSIBILITY", closed=True, asks=True
    ),
    "duplicate": Status(may_become=("reopened",), extended="DUPLICATE", closed=True, asks=True),
    "reopened": Status(may_become=(*WORK, *CLOSINGS), extended="REOPEN"),
}
"""All of a case's life. A status may be said again with other words (a new date, another question), a closing
not; closed cases open again by the resident's word or the city's."""

CLOSED = frozenset(name for name, status in STATUSES.items() if status.closed)
STILL_OPEN = frozenset(STATUSES) - CLOSED

CLOSED_ELSEWHERE = "closed_elsewhere"
"""The reason (data/reasons.yml) of a case that another system closed without saying that the work is done:
nor is the resident told so."""

FROM_EXTENDED: Mapping[str, str] = {
    "OPEN": "received",
    "FOR_TRIAGE": "under_review",
    "INVESTIGATING": "under_review",
    "INTERNAL_REFERRAL": "under_review",
    "PLANNED": "scheduled",
    "ACTION_SCHEDULED": "scheduled",
    # "In progress" is a work order's state as often as a crew's: nobody is told that a crew stands there.
    "IN_PROGRESS": "assigned",
    "FIXED": "completed",
    "CLOSED": "completed",
    "NO_FURTHER_ACTION": "no_action",
    "UNABLE_TO_FIX": "no_action",
    "CANCELLED": "no_action",
    "NOT_COUNCILS_RESPONSIBILITY": "referred",
    "DUPLICATE": "duplicate",
    "REOPEN": "reopened",
}
"""What FixMyStreet's extended statuses mean here (github.com/mysociety/open311-adapter, FixMyStreet's
Open311 pages); both "fixed" and "closed" end the work."""


def open311_status(status: str) -> str:
    """Return "open" or "closed": all that GeoReport v2 knows."""
    return "closed" if status in CLOSED else "open"
