"""Talking about cases already filed: where they stand, what is not fixed, what was just sent."""

from __future__ import annotations

import re
from datetime import timedelta

from dialogues.slots import SURE
from dialogues.types import City, Effect, Heard, OpenRequest, Param, Reopen, Say, Utterance

REOPEN_WITHIN = timedelta(days=14)
"""How long after closing NOT FIXED reopens a case; the closing text names the day."""

ADD_WITHIN = timedelta(hours=24)
"""How long after filing a photo or a word still goes to the case without being asked."""

CASE_NUMBER = re.compile(r"\b[A-Za-z]{1,5}-\d{3,}\b")

ANSWERS = ("inform", "report", "affirm", "deny", "skip")

SHOWN = 3
"""How many cases STATUS lists: more would not fit two texts."""


def status(text: str, heard: Heard, city: City) -> list[Effect]:
    """Return where things stand: the case named in `text`, or all that are open or lately closed."""
    named, unknown = named_in(text, heard)
    if unknown:
        return [Say(sentence="case_unknown", params={"number": unknown})]
    current = [case for case in heard.contact_requests if not case.closed or _lately(case, heard)]
    shown = named or current or list(heard.contact_requests[:1])
    if not shown:
        return [Say(sentence="status_none")]
    if len(shown) == 1:
        return [line(shown[0], city, link=shown[0].link)]
    lines: list[Effect] = [line(case, city) for case in shown[:SHOWN]]
    more = len(shown) - len(lines)
    rest: list[Effect] = [Say(sentence="status_more", params={"count": str(more)})] if more else []
    return [Say(sentence="status_many"), *lines, *rest]


def named_in(text: str, heard: Heard) -> tuple[list[OpenRequest], str]:
    """Return the contact's cases that `text` names, and a case number in it that is none of theirs."""
    named = [case for case in heard.contact_requests if mentions(text, case)]
    numbers = CASE_NUMBER.findall(text)
    return named, numbers[0].upper() if numbers and not named else ""


def line(case: OpenRequest, city: City, link: str = "") -> Say:
    """Return one case in one sentence, with the link to its page where that is wanted."""
    service = city.services.get(case.service_code)
    return Say(
        sentence="status_one",
        params={
            "number": case.service_request_id,
            "service": service.service_name if service else case.service_code,
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
        sentence=f"stands_{case.status}",
        params={
            "department": department,
            "since": case.updated_datetime,
            "due": case.expected_datetime or case.requested_datetime,
            "note": case.status_notes,
        },
    )


def not_fixed(utterance: Utterance, heard: Heard, city: City) -> list[Effect]:
    """Return what "it's still there" leads to: the case reopened, or why not; nothing without a case.

    It speaks of the case it names, else of the one closed last.
    """
    named, unknown = named_in(utterance.text, heard)
    if unknown:
        return [Say(sentence="case_unknown", params={"number": unknown})]
    closed = sorted(
        (case for case in heard.contact_requests if case.closed), key=lambda case: case.updated_datetime
    )
    case = next(iter([*named, *reversed(closed), *heard.contact_requests]), None)
    if case is None:
        return []
    number, place = case.service_request_id, case.address_string
    if not case.closed:
        stands = where_it_stands(case, city)
        params: dict[str, Param] = {"number": number, "place": place, "where_it_stands": stands}
        return [Say(sentence="not_fixed_open", params=params)]
    if not _lately(case, heard):
        return [Say(sentence="not_fixed_late", params={"number": number, "since": case.updated_datetime})]
    photos = utterance.kept_photos
    sentence = "reopened_with_photo" if photos else "reopened"
    return [
        Reopen(service_request_id=number, note=utterance.text.strip(), photos=photos),
        Say(sentence=sentence, params={"number": number, "place": place}),
    ]


def recent(heard: Heard, last: str) -> OpenRequest | None:
    """Return the open case that something sent just now most likely belongs to."""
    for case in heard.contact_requests:
        fresh = heard.at - max(case.requested_datetime, case.updated_datetime) < ADD_WITHIN
        if case.service_request_id == last and fresh and not case.closed:
            return case
    return None


def addressed(heard: Heard, utterance: Utterance, last: str) -> OpenRequest | None:
    """Return the case that an utterance outside any report is for, if it is for one.

    A case that waits for an answer gets it, whatever it is, unless it plainly reports something else;
    else a photo, a word or more about the same problem, with no new place, goes to the case just filed.
    """
    code = utterance.services[0][0] if utterance.services and utterance.intent == "report" else ""
    waiting = [case for case in heard.contact_requests if case.status == "need_info"]
    if waiting and utterance.intent in ANSWERS:
        asked = max(waiting, key=lambda case: case.updated_datetime)
        if not (code and code != asked.service_code and utterance.services[0][1] >= SURE):
            return asked
    case = recent(heard, last)
    if case is None or utterance.places or utterance.intent not in ("inform", "report"):
        return None
    return case if code in ("", case.service_code) else None


def mentions(text: str, case: OpenRequest) -> bool:
    """Tell whether `text` names the case by its number, with or without the letters before it."""
    digits = case.service_request_id.rpartition("-")[2]
    return re.search(rf"(?<!\d){re.escape(digits)}(?!\d)", text) is not None


def _lately(case: OpenRequest, heard: Heard) -> bool:
    return heard.at - case.updated_datetime <= REOPEN_WITHIN
