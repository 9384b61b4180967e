"""What is around a point of the city: the streets and the landmarks that a small map of it shows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from bot.places import geometry
from bot.places.geometry import LatLong, Line
from bot.places.tables import AddressPoint, Intersection, Landmark, Street

REACH = 2
"""Squares of the map on either side of the point's own: 220 m at least."""

NEAR = 500.0
"""Metres from the point to the edge of a landmark that people there would name."""

PARKS = frozenset({"park", "garden", "plaza", "cemetery"})


@dataclass(frozen=True)
class Mark:
    """A landmark; `radius` is in metres."""

    name: str
    at: LatLong
    radius: int
    is_park: bool


@dataclass(frozen=True)
class Surroundings:
    """Streets by name with their lines, and landmarks, the nearest first."""

    streets: tuple[tuple[str, tuple[Line, ...]], ...]
    landmarks: tuple[Mark, ...]


def surroundings(session: Session, lat: float, long: float) -> Surroundings:
    """Return what is around the point: the streets that have a door or a corner close by, and landmarks.

    It reads by the index of squares, so that it takes no longer in a city of ten thousand streets.
    """
    return around(session, [(lat, long)], (lat, long))


def around(session: Session, points: Iterable[LatLong], center: LatLong) -> Surroundings:
    """Return the streets that have a door or a corner close by any of the points, and what is near `center`."""
    cells = {cell for lat, long in points for cell in geometry.cells_around(lat, long, REACH)}
    near = union(
        select(AddressPoint.street_id).where(AddressPoint.cell.in_(cells)),
        select(Intersection.street_1_id).where(Intersection.cell.in_(cells)),
        select(Intersection.street_2_id).where(Intersection.cell.in_(cells)),
    )
    query = select(Street.full_name, Street.geometry).where(Street.id.in_(near)).order_by(Street.full_name)
    streets = tuple((name, tuple(json.loads(lines))) for name, lines in session.execute(query))
    return Surroundings(streets, _landmarks(session, center))


def _landmarks(session: Session, point: LatLong) -> tuple[Mark, ...]:
    lat, long = point
    box = 2 * NEAR / geometry.METRES_PER_DEGREE  # wide enough for large parks, and for shorter degrees
    query = select(Landmark).where(
        Landmark.lat.between(lat - box, lat + box), Landmark.long.between(long - 2 * box, long + 2 * box)
    )
    found = []
    for each in session.scalars(query):
        metres = max(0.0, geometry.distance(point, (each.lat, each.long)) - each.radius)
        if metres <= NEAR:
            found.append((metres, Mark(each.name, (each.lat, each.long), each.radius, each.kind in PARKS)))
    return tuple(mark for _, mark in sorted(found, key=lambda one: (one[0], one[1].name)))
