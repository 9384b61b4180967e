"""Cases whose location is to be confirmed: looked for again, and what is found suggested to people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from bot import cases, service_requests
from bot.models import ServiceRequest
from bot.places.geocoder import GeocoderDown
from bot.town import Town
from dialogues.types import Place

GIVE_UP = timedelta(days=7)

AT_ONCE = 3
"""Cases a sweep looks for: each may take some seconds, and a sweep has more to do."""

DRIVABLE = frozenset({"address", "interpolated", "intersection"})


def look_again(town: Town) -> None:
    """Look for the places of open cases that are due, and note what was found; never overwrites a place."""
    for number, written in _due(town):
        try:
            found = town.places.find_places(written)
        except GeocoderDown:
            _put_off(town, number)
            return  # the others would meet the same
        service_requests.suggest_location(town, number, only_one(found))


def only_one(found: Sequence[Place]) -> Place | None:
    """Return the one address or corner that was found; None where it is none, or one of several."""
    here = [place for place in found if place.in_city]
    return here[0] if len(here) == 1 and here[0].precision in DRIVABLE else None


def _due(town: Town) -> list[tuple[str, str]]:
    now = town.now()
    with town.database.read() as session:
        due = select(ServiceRequest).where(ServiceRequest.locate_at <= now).order_by(ServiceRequest.locate_at)
        return [(case.service_request_id, case.address_string) for case in session.scalars(due.limit(AT_ONCE))]


def _put_off(town: Town, number: str) -> None:
    now = town.now()
    with town.database.write.begin() as session:
        case = cases.by_number(session, number)
        case.locate_at = next_look(case.requested_datetime, now)


def next_look(filed: datetime, now: datetime) -> datetime | None:
    """Return when to look again: less and less often; None after a week."""
    age = now - filed
    return None if age > GIVE_UP else now + max(age, service_requests.LOOK_AGAIN_AFTER)
