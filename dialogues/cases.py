"""Talking about cases already filed: where they stand, what is not fixed, what was just sent."""

from __future__ import annotations

import re
from datetime import timedelta

from dialogues.types import City, Effect, Heard, OpenRequest, Param, Reopen, Say, Utterance

REOPEN_WITHIN = timedelta(days=14)
"""How long after closing NOT FIXED reopens a case; the closing text names the day."""

ADD_WITHIN = timedelta(hours=24)
"""How long after filing a photo or a word still goes to the case without being asked."""

SHOWN = 3
"""How many cases STATUS lists: more would not fit two texts."""


def status(text: str, heard: Heard, city: City) -> list[Effect]:
    """Return where things stand: the case named in `text`, or all that are open or lately closed."""
    named = [case for case in heard.contact_requests if mentions(text, case)]
    current = [case for case in heard.contact_requests if not case.closed or _lately(case, heard)]
    shown = named or current[:SHOWN] or list(heard.contact_requests[:1])
    if not shown:
        return [Say(sentence="status_none")]
    lines: list[Effect] = [line(case, city) for case in shown]
    return lines if len(lines) == 1 else [Say(sentence="status_many"), *lines]


def line(case: OpenRequest, city: City) -> Say:
    """Return one case in one sentence."""
    service = city.services.get(case.service_code)
    return Say(
        sentence="status_one",
        params={
            "number": case.service_request_id,
            "service": service.service_name if service else case.service_code,
            "place": case.address_string,
            "where_it_stands": where_it_stands(case, city),
        },
    )


def where_it_stands(case: OpenRequest, city: City) -> Say:
    """Return a case's status as a sentence."""
    service = city.services.get(case.service_code)
    department = city.departments.get(service.department, city.program) if service else city.program
    return Say(
        sentence=f"stands_{case.status}",
        params={
            "department": department,
            "since": case.updated_datetime,
            "due": case.expected_datetime or case.requested_datetime,
            "note": case.status_notes,
        },
    )


def not_fixed(utterance: Utterance, heard: Heard, city: City) -> list[Effect]:
    """Return what "it's still there" leads to: the case reopened, or why not; nothing without a case."""
    named = [case for case in heard.contact_requests if mentions(utterance.text, case)]
    closed = [case for case in heard.contact_requests if case.closed]
    case = next(iter(named or closed or heard.contact_requests), None)
    if case is None:
        return []
    number, place = case.service_request_id, case.address_string
    if not case.closed:
        stands = where_it_stands(case, city)
        params: dict[str, Param] = {"number": number, "place": place, "where_it_stands": stands}
        return [Say(sentence="not_fixed_open", params=params)]
    if not _lately(case, heard):
        return [Say(sentence="not_fixed_late", params={"number": number, "since": case.updated_datetime})]
    reopened = Say(sentence="reopened", params={"number": number, "place": place})
    return [Reopen(service_request_id=number, note=utterance.text.strip()), reopened]


def recent(heard: Heard, last: str) -> OpenRequest | None:
    """Return the open case that something sent just now most likely belongs to."""
    for case in heard.contact_requests:
        fresh = heard.at - max(case.requested_datetime, case.updated_datetime) < ADD_WITHIN
        if case.service_request_id == last and fresh and not case.closed:
            return case
    return None


def mentions(text: str, case: OpenRequest) -> bool:
    """Tell whether `text` names the case by its number, with or without the letters before it."""
    digits = case.service_request_id.rpartition("-")[2]
    return re.search(rf"(?<!\d){re.escape(digits)}(?!\d)", text) is not None


def _lately(case: OpenRequest, heard: Heard) -> bool:
    return heard.at - case.updated_datetime <= REOPEN_WITHIN
