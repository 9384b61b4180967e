"""What is close to a pin."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import Session

from bot.places import geometry
from bot.places.corners import corner_name
from bot.places.found import Found
from bot.places.index import CityIndex
from bot.places.tables import AddressPoint, Intersection

NEARBY = 80.0  # metres from a pin to what it may be named after

# Made once: to build a statement takes longer than to run it.
_CELLS: BindParameter[int] = bindparam("cells", expanding=True)
DOORS = select(AddressPoint.street_id, AddressPoint.number, AddressPoint.lat, AddressPoint.long).where(
    AddressPoint.cell.in_(_CELLS)
)
MEETINGS = select(
    Intersection.street_1_id, Intersection.street_2_id, Intersection.lat, Intersection.long
).where(Intersection.cell.in_(_CELLS))


def nearest(session: Session, index: CityIndex, lat: float, long: float) -> list[tuple[float, Found]]:
    """Return (metres, address or corner) within 80 m of the point, nearest first, each name once."""
    close: dict[str, tuple[float, Found]] = {}
    for metres, found in sorted(_around(session, index, (lat, long)), key=lambda pair: pair[0]):
        close.setdefault(found.address_string, (metres, found))
    return sorted(close.values(), key=lambda pair: (pair[0], pair[1].address_string))


def _around(session: Session, index: CityIndex, point: geometry.LatLong) -> Iterator[tuple[float, Found]]:
    cells = {"cells": geometry.cells_around(*point)}
    for door in session.execute(DOORS, cells):
        metres = geometry.distance(point, (door.lat, door.long))
        street = index.streets.get(door.street_id)  # none: the city was loaded anew a moment ago
        if metres <= NEARBY and street:
            name = f"{door.number} {street.full_name}"
            yield metres, Found(name, door.lat, door.long, "address", 1.0)
    for corner in session.execute(MEETINGS, cells):
        metres = geometry.distance(point, (corner.lat, corner.long))
        one, two = index.streets.get(corner.street_1_id), index.streets.get(corner.street_2_id)
        if metres <= NEARBY and one and two:
            name = corner_name(one, two)
            yield metres, Found(name, corner.lat, corner.long, "intersection", 1.0)
