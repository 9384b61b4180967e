"""A crew's open cases in the order to see to them, and one small map of all."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.models import ServiceRequest
from bot.places import geometry
from bot.places.geometry import LatLong
from bot.places.surroundings import around
from bot.statuses import STILL_OPEN
from bot.tracking.page import is_placed
from bot.tracking.sketch import HEIGHT, WIDTH, Sketch, draw, project

MOST = 500
"""Open cases of a department that are put in order."""

SHOWN = 40
ON_MAP = 25
MARGIN = 40.0  # units of the drawing around the outermost cases
CLOSEST = 1.0  # units a metre: no map shows less than the page of one case


@dataclass(frozen=True)
class Stop:
    """One case of the list; `metres` is how far it is, None where either place is not known."""

    case: ServiceRequest
    metres: float | None


@dataclass(frozen=True)
class Pin:
    """A case on the map, by its place in the list, counted from 1."""

    x: float
    y: float
    number: int


@dataclass(frozen=True)
class WorkMap:
    """The map of all cases, or of the first ones where they are many."""

    sketch: Sketch
    pins: tuple[Pin, ...]


def open_cases(session: Session, department: str) -> Sequence[ServiceRequest]:
    """Return the open cases of a department, or of all of them for ""."""
    query = select(ServiceRequest).where(ServiceRequest.status.in_(sorted(STILL_OPEN)))
    if department:
        query = query.where(ServiceRequest.department == department)
    return session.scalars(
        query.order_by(ServiceRequest.expected_datetime, ServiceRequest.id).limit(MOST)
    ).all()


def in_order(cases: Iterable[ServiceRequest], here: LatLong | None) -> list[Stop]:
    """Return cases as stops: urgent ones first, then the nearest, or without `here` those due first.

    What has no place on the map comes after what has one.
    """
    stops = [Stop(case, _metres(case, here)) for case in cases]
    return sorted(stops, key=_rank)


def _metres(case: ServiceRequest, here: LatLong | None) -> float | None:
    if here is None or case.lat is None or case.long is None:
        return None
    return geometry.distance(here, (case.lat, case.long))


def _rank(stop: Stop) -> tuple[bool, float, datetime, int]:
    due = stop.case.expected_datetime or datetime.max.replace(tzinfo=UTC)
    metres = math.inf if stop.metres is None else stop.metres
    return stop.case.priority != "urgent", metres, due, stop.case.id


def position(given: Mapping[str, str]) -> LatLong | None:
    """Return the phone's position out of an address, in degrees; None where there is none, or nonsense."""
    try:
        lat, long = float(given.get("lat", "")), float(given.get("long", ""))
    except ValueError:
        return None
    return (lat, long) if abs(lat) <= 90 and abs(long) <= 180 else None


def work_map(session: Session, stops: Sequence[Stop]) -> WorkMap | None:
    """Return the map of the first stops; None where none is on the map, or no street is near."""
    points = {
        number: (stop.case.lat, stop.case.long)
        for number, stop in enumerate(stops[:ON_MAP], 1)
        if is_placed(stop.case) and stop.case.lat is not None and stop.case.long is not None
    }
    if not points:
        return None
    center, scale = frame(list(points.values()))
    places = {number: project(point, center, scale) for number, point in points.items()}
    beside = [(x + aside, y) for x, y in places.values() for aside in (-6, 6)]
    sketch = draw(around(session, points.values(), center), center, scale, taken=beside)
    if sketch is None:
        return None
    return WorkMap(sketch, tuple(Pin(round(x, 1), round(y, 1), number) for number, (x, y) in places.items()))


def frame(points: Sequence[LatLong]) -> tuple[LatLong, float]:
    """Return the middle of a map that has all points on it, and its scale in units a metre."""
    lats, longs = [lat for lat, _ in points], [long for _, long in points]
    center = (min(lats) + max(lats)) / 2, (min(longs) + max(longs)) / 2
    tall = (max(lats) - min(lats)) * geometry.METRES_PER_DEGREE
    wide = (max(longs) - min(longs)) * geometry.METRES_PER_DEGREE * math.cos(math.radians(center[0]))
    fits = min((WIDTH - 2 * MARGIN) / max(wide, 1.0), (HEIGHT - 2 * MARGIN) / max(tall, 1.0))
    return center, min(fits, CLOSEST)
