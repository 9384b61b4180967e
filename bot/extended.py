"""Status updates of other city systems, in FixMyStreet's extended statuses: carried out here, or noted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot import cases, service_requests
from bot.cases import NotAllowed, Repeated, UnknownCase
from bot.models import ServiceRequest
from bot.statuses import CLOSED, CLOSED_ELSEWHERE, FROM_EXTENDED, STATUSES
from bot.town import Town

UNCHANGED = "UNCHANGED"
"""FixMyStreet's word for an update that says something and changes nothing."""

KNOWN = frozenset({*FROM_EXTENDED, UNCHANGED})

LONGEST_WORDS = 2000
"""Characters of an update's description that are kept."""

WITHOUT_WORDS: Mapping[str, str] = {
    "CLOSED": CLOSED_ELSEWHERE,
    "FIXED": "fixed_elsewhere",
    "NO_FURTHER_ACTION": "nothing_planned",
    "UNABLE_TO_FIX": "nothing_planned",
    "CANCELLED": "nothing_planned",
    "NOT_COUNCILS_RESPONSIBILITY": "not_theirs",
    "DUPLICATE": "same_place",
}
"""What the resident is told (data/reasons.yml) where a system closes a case without a word."""

NO_WORDS = "No reason was given."
"""Where data/reasons.yml has none of those."""


@dataclass(frozen=True, kw_only=True)
class Update:
    """One update of another system. `update_id` is unique over all systems; `at` is aware.

    `status` is an extended status in any spelling. `by_resident`: the words are a resident's, to be kept
    inside, and the city has said nothing. `trusted`: even words that change nothing are the city's.
    """

    update_id: str | None
    status: str
    words: str
    at: datetime
    author: str
    by_resident: bool = False
    trusted: bool = False


def spelled(status: str) -> str:
    """Return an extended status as the lists here have it."""
    return "_".join(status.replace("-", " ").replace("_", " ").upper().split())


def published(status: str, reason: str) -> str:
    """Return what other systems are told of a status: "fixed" is never said for "closed, and no word why"."""
    return "CLOSED" if reason == CLOSED_ELSEWHERE else STATUSES[status].extended


def changes_nothing(town: Town, number: str, update: Update) -> bool:
    """Tell whether an update leaves a case as it is; raises `UnknownCase`."""
    with town.database.read() as session:
        case = cases.by_number(session, number)
    return update.at < case.status_datetime or not _becomes(spelled(update.status), case)


def take(town: Town, number: str, update: Update) -> None:
    """Carry out an update, or note it where it changes nothing or is older than what is known.

    A resident may only reopen. Raises `UnknownCase` and `Repeated`.
    """
    extended = spelled(update.status)
    with town.database.read() as session:
        case = cases.by_number(session, number)
    status = FROM_EXTENDED.get(extended, "") if update.at < case.status_datetime else _becomes(extended, case)
    if update.by_resident and status != "reopened":
        status = ""
    try:
        if status:
            return _change(town, case, status, extended, update)
    except (UnknownCase, Repeated):
        raise
    except NotAllowed:
        pass  # it changed under our hands: what was said is noted
    service_requests.note(
        town,
        case.service_request_id,
        update.words[:LONGEST_WORDS],
        author=update.author if update.trusted and not update.by_resident else "resident",
        at=update.at,
        update_id=update.update_id,
    )


def _becomes(extended: str, case: ServiceRequest) -> str:
    """Return the status that a case gets; "" where nothing changes."""
    status = FROM_EXTENDED.get(extended, "")
    if not status or extended == STATUSES[case.status].extended:
        return ""
    if case.status in CLOSED:
        return "" if status in CLOSED else "reopened"
    return "" if status in ("received", "reopened") else status


def _change(town: Town, case: ServiceRequest, status: str, extended: str, update: Update) -> None:
    reason = WITHOUT_WORDS.get(extended, "") if not update.words or extended == "CLOSED" else ""
    known = town.city.reasons.get(reason)
    reason = reason if known is not None and known.status == status else ""
    # Who asks for a case to be opened again is mostly a resident: those words stay inside.
    author = "resident" if update.by_resident or status == "reopened" else update.author
    service_requests.update_status(
        town,
        case.service_request_id,
        status,
        update.words[:LONGEST_WORDS] or ("" if reason or not STATUSES[status].asks else NO_WORDS),
        author,
        reason=reason,
        at=update.at,
        update_id=update.update_id,
    )
