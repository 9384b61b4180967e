"""Where cases stand, in words."""

from __future__ import annotations

from datetime import timedelta

from dialogues.types import City, Effect, Heard, OpenRequest, Say, Utterance
from dialogues.which import name_of, named_in, narrowed

REOPEN_WITHIN = timedelta(days=14)
"""How long after closing NOT FIXED reopens a case; the closing text names the day."""

ADD_WITHIN = timedelta(hours=24)
"""How long after filing a photo or a word still goes to the case without being asked."""

SHOWN = 3
"""How many cases STATUS lists: more would not fit two texts."""


def status(utterance: Utterance, heard: Heard, city: City) -> list[Effect]:
    """Return where things stand: the case that is meant, or all that are open or lately closed."""
    _, unknown = named_in(utterance.text, heard.contact_requests)
    if unknown:
        return [Say(sentence="case_unknown", params={"number": unknown})]
    meant = narrowed(utterance, heard.contact_requests, city)
    current = [case for case in heard.contact_requests if is_current(case, heard)]
    those = [case for case in current if case in meant]
    shown = (meant if len(meant) == 1 else those) or current or list(heard.contact_requests[:1])
    if not shown:
        return [Say(sentence="status_none")]
    if len(shown) == 1:
        return [line(shown[0], city, link=shown[0].link)]
    lines: list[Effect] = [line(case, city) for case in shown[:SHOWN]]
    more = len(shown) - len(lines)
    rest: list[Effect] = [Say(sentence="status_more", params={"count": str(more)})] if more else []
    return [Say(sentence="status_many"), *lines, *rest]


def line(case: OpenRequest, city: City, link: str = "") -> Say:
    """Return one case in one sentence, with the link to its page where that is wanted."""
    return Say(
        sentence="status_one",
        params={
            "number": case.service_request_id,
            "service": name_of(case, city),
            "place": case.address_string,
            "where_it_stands": where_it_stands(case, city),
            "link": link,
        },
    )


def where_it_stands(case: OpenRequest, city: City) -> Say:
    """Return a case's status as a sentence."""
    service = city.services.get(case.service_code)
    department = city.departments.get(service.department, city.program) if service else city.program
    return Say(
        sentence="stands_closed_elsewhere" if case.closed_elsewhere else f"stands_{case.status}",
        params={
            "department": department,
            "since": case.status_datetime,
            "due": case.expected_datetime or case.requested_datetime,
            "until": case.answer_by or case.status_datetime,
            "note": case.status_notes,
        },
    )


def recent(heard: Heard, last: str) -> OpenRequest | None:
    """Return the open case that something sent just now most likely belongs to."""
    for case in heard.contact_requests:
        fresh = heard.at - max(case.requested_datetime, case.status_datetime) < ADD_WITHIN
        if case.service_request_id == last and fresh and not case.closed:
            return case
    return None


def is_current(case: OpenRequest, heard: Heard) -> bool:
    """Tell whether a case is open, or was closed so lately that it may be opened again."""
    return not case.closed or lately(case, heard)


def waits(case: OpenRequest) -> bool:
    """Tell whether the crew asked the resident something, whose answer may still come, or come late."""
    return case.status == "need_info" or case.unanswered


def lately(case: OpenRequest, heard: Heard) -> bool:
    """Tell whether the status changed within the days in which NOT FIXED reopens."""
    return heard.at - case.status_datetime <= REOPEN_WITHIN
