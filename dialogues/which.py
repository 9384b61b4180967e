"""Which of their cases somebody means: by its number, by the message they answer, by its place, by its type."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

from dialogues.types import City, Heard, OpenRequest, Option, Place, Utterance

CASE_NUMBER = re.compile(r"\b[A-Za-z]{1,5}-\d{3,}\b")

NEAR = 100.0
"""Metres between a place that is named and a case that is meant by it."""

METRES_PER_DEGREE = 111_320.0

LATELY = timedelta(hours=24)
"""How long the case that changed last is the one that is talked of, where no other changed as lately."""


def named_in(text: str, cases: Iterable[OpenRequest]) -> tuple[list[OpenRequest], str]:
    """Return the cases that `text` names, and a case number in it that is none of theirs."""
    named = [case for case in cases if mentions(text, case)]
    numbers = CASE_NUMBER.findall(text)
    return named, numbers[0].upper() if numbers and not named else ""


def mentions(text: str, case: OpenRequest) -> bool:
    """Tell whether `text` names the case by its number, with or without the letters before it."""
    digits = case.service_request_id.rpartition("-")[2]
    return re.search(rf"(?<!\d){re.escape(digits)}(?!\d)", text) is not None


def pointed_at(utterance: Utterance, cases: Iterable[OpenRequest]) -> OpenRequest | None:
    """Return the one case that an utterance names by its number, or whose message it answers."""
    known = tuple(cases)
    named, _ = named_in(utterance.text, known)
    if len(named) == 1:
        return named[0]
    return next((case for case in known if case.service_request_id == utterance.quoted), None)


def narrowed(utterance: Utterance, cases: Sequence[OpenRequest], city: City) -> list[OpenRequest]:
    """Return those of the cases that an utterance may mean; none where it names a place and none is there."""
    pointed = pointed_at(utterance, cases)
    if pointed is not None:
        return [pointed]
    found = [case for case in cases if _is_there(case, utterance.places)] if utterance.places else list(cases)
    alike = [case for case in found if _is_of_type(case, utterance, city)]
    return alike or found


def the_one(utterance: Utterance, cases: Sequence[OpenRequest], heard: Heard, city: City) -> list[OpenRequest]:
    """Return the case that an utterance means, as a list of one where that is clear, else all it may mean.

    Among several that fit, one is clear where it alone changed within the last day.
    """
    found = narrowed(utterance, cases, city)
    fresh = [case for case in found if heard.at - case.status_datetime < LATELY]
    return fresh if len(found) > 1 and len(fresh) == 1 else found


def options(cases: Iterable[OpenRequest], city: City, kind: str = "case") -> tuple[Option, ...]:
    """Return a choice among cases, by type and place."""
    return tuple(
        Option(
            label="item_at",
            value=f"{kind}:{case.service_request_id}",
            params={"service": name_of(case, city), "place": case.address_string},
        )
        for case in cases
    )


def name_of(case: OpenRequest, city: City) -> str:
    """Return the name of a case's type; its code where the city no longer has that type."""
    service = city.services.get(case.service_code)
    return service.service_name if service else case.service_code


def _is_there(case: OpenRequest, places: Iterable[Place]) -> bool:
    """Tell whether one of the places is the case's own, near it, or the street that it is on."""
    return any(
        place.address_string.casefold() in case.address_string.casefold()
        or (place.precision != "street" and metres(case, place) <= NEAR)
        for place in places
    )


def metres(case: OpenRequest, place: Place) -> float:
    """Return how far a place is from a case; endless where one of them is not on the map."""
    if case.lat is None or case.long is None or place.lat is None or place.long is None:
        return math.inf
    east = (place.long - case.long) * math.cos(math.radians(case.lat))
    return math.hypot(place.lat - case.lat, east) * METRES_PER_DEGREE


def _is_of_type(case: OpenRequest, utterance: Utterance, city: City) -> bool:
    service = city.services.get(case.service_code)
    words = (service.service_name, *service.keywords) if service else ()
    said = utterance.text.casefold()
    guessed = bool(utterance.services) and utterance.services[0][0] == case.service_code
    return guessed or any(re.search(rf"\b{re.escape(word.casefold())}", said) for word in words)
