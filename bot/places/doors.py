"""House numbers: doors that exist, points between doors, blocks; and never a door that does not exist."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from bot.places import geometry
from bot.places.asked import Asked
from bot.places.found import COARSER, Found, on_street
from bot.places.streets import Scored, Street
from bot.places.tables import AddressPoint

INTERPOLATED = 0.9
WIDEST_GAP = 200, 400.0  # numbers to either side, and metres, that we interpolate across
ONE_SPOT = 25.0  # metres between the doors of one number, where they may be one house

Door = Row[int, int, str, str, float, float]
"""Street, number, ZIP code, neighbourhood, latitude, longitude."""

# Made once: to build a statement takes longer than to run it.
DOORS = (
    select(
        AddressPoint.street_id,
        AddressPoint.number,
        AddressPoint.zipcode,
        AddressPoint.neighbourhood,
        AddressPoint.lat,
        AddressPoint.long,
    )
    .where(AddressPoint.street_id.in_(bindparam("streets", expanding=True)))
    .where(AddressPoint.number.between(bindparam("low"), bindparam("high")))
    .order_by(AddressPoint.street_id, AddressPoint.number, AddressPoint.unit)
)
IN_ZIPCODE = (
    select(AddressPoint.street_id)
    .where(AddressPoint.street_id.in_(bindparam("streets", expanding=True)))
    .where(AddressPoint.zipcode == bindparam("zipcode"))
    .distinct()
)


def addresses(session: Session, number: int, streets: Scored, asked: Asked) -> list[Found]:
    """Return the door on each street; between doors, a point interpolated; beyond them, the street alone.

    A street that says something else than was asked for is left out where another one does not.
    """
    streets = wanted(session, streets, asked)
    if doors := existing(session, number, streets):
        return doors
    around = _doors(session, streets, number - WIDEST_GAP[0], number + WIDEST_GAP[0])
    return [_between(number, street, around.get(street, []), score) for street, score in streets.items()]


def wanted(session: Session, streets: Scored, asked: Asked) -> Scored:
    """Return those of the streets that agree best with what was asked for, ZIP code and town included."""
    return asked.in_town(_in_zipcode(session, streets, asked.zipcode))


def existing(session: Session, number: int, streets: Scored) -> list[Found]:
    """Return the doors that bear the number, one a street."""
    return [
        _found(f"{number} {street.full_name}", street, _middlemost(doors), streets[street])
        for street, doors in _doors(session, streets, number, number).items()
    ]


def blocks(session: Session, first: int, streets: Scored) -> list[Found]:
    """Return the middle of the hundred doors on each street, or the street where there are none."""
    doors = _doors(session, streets, first, first + 99)
    return [_block(first, street, doors.get(street, []), score) for street, score in streets.items()]


def _doors(session: Session, streets: Scored, low: int, high: int) -> dict[Street, list[Door]]:
    """Return the doors between two numbers, by street, in order of number."""
    if not streets:
        return {}
    of_id = {street.id: street for street in streets}
    asked = {"streets": list(of_id), "low": low, "high": high}
    rows = session.connection().execute(DOORS, asked)  # of columns alone a session keeps no books
    grouped = itertools.groupby(rows, key=lambda door: of_id[door.street_id])
    return {street: list(doors) for street, doors in grouped}


def _in_zipcode(session: Session, streets: Scored, zipcode: str) -> Scored:
    """Return the streets that have doors of this ZIP code; all of them where none has."""
    if not zipcode or len(streets) < 2:
        return streets
    ids = set(session.scalars(IN_ZIPCODE, {"streets": [one.id for one in streets], "zipcode": zipcode}))
    return {street: score for street, score in streets.items() if street.id in ids} or streets


def _found(name: str, street: Street, door: Door, score: float) -> Found:
    town = street.community or door.neighbourhood
    return Found(name, door.lat, door.long, "address", score, door.zipcode, town)


def _middlemost(doors: Sequence[Door]) -> Door:
    """Return the door that has most of its number's other doors beside it: a court may have twenty."""
    if len(doors) < 3:
        return doors[0]
    return max(doors, key=lambda door: sum(_metres(door, other) < ONE_SPOT for other in doors))


def _metres(one: Door, other: Door) -> float:
    return geometry.distance((one.lat, one.long), (other.lat, other.long))


def _between(number: int, street: Street, doors: Sequence[Door], score: float) -> Found:
    if point := _interpolated(number, doors):
        name = f"{number} {street.full_name}"
        return Found(name, *point, "interpolated", score * INTERPOLATED, town=street.community)
    return on_street(street, score * COARSER)


def _interpolated(number: int, doors: Iterable[Door]) -> geometry.LatLong | None:
    """Return the point between the nearest doors below and above, of its own side where there are any."""
    side = [door for door in doors if (door.number - number) % 2 == 0]
    below = max((d for d in doors if d.number < number), key=lambda d: (d in side, d.number), default=None)
    above = min((d for d in doors if d.number > number), key=lambda d: (d not in side, d.number), default=None)
    if below is None or above is None or _metres(below, above) > WIDEST_GAP[1]:
        return None
    share = (number - below.number) / (above.number - below.number)
    return below.lat + (above.lat - below.lat) * share, below.long + (above.long - below.long) * share


def _block(first: int, street: Street, doors: Sequence[Door], score: float) -> Found:
    if not doors:
        return on_street(street, score * COARSER)
    lat = sum(door.lat for door in doors) / len(doors)
    long = sum(door.long for door in doors) / len(doors)
    name = f"{first} block of {street.full_name}"
    return Found(name, lat, long, "block", score, town=street.community or doors[0].neighbourhood)
