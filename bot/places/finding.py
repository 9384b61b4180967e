"""From a query to candidates: what the tables say of an address, a corner, a block, a name or a pin."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Row, and_, or_, select
from sqlalchemy.orm import Session

from bot.places import geometry
from bot.places.grammar import (
    AddressQuery,
    BetweenQuery,
    BlockQuery,
    IntersectionQuery,
    NameQuery,
    Parsed,
    Query,
    Words,
)
from bot.places.index import CityIndex, Street
from bot.places.tables import AddressPoint, Intersection
from dialogues.types import Precision

MOST = 4  # candidates of one answer
AS_GOOD = 0.95  # candidates below this share of the best score are no real alternative to it
COARSER = 0.5  # the street, where a house on it was asked for
INTERPOLATED = 0.9
WIDEST_GAP = 200, 400.0  # numbers to either side, and metres, that we interpolate across
NEARBY = 80.0  # metres from a pin to what it may be named after


@dataclass(frozen=True)
class Found:
    """One candidate. `score` is how sure we are of it, 0 to 1."""

    address_string: str
    lat: float
    long: float
    precision: Precision
    score: float
    zipcode: str = ""


def search(session: Session, index: CityIndex, parsed: Parsed) -> list[Found]:
    """Return the candidates of the first reading that has any."""
    for name in parsed.names:
        if marks := index.landmark_index.exact(name):
            return [Found(mark.name, mark.lat, mark.long, "landmark", 1.0) for mark in marks]
    for query, trust in parsed.queries:
        if found := _find(session, index, query):
            return [replace(one, score=one.score * trust) for one in found]
    return []


def choose(found: list[Found], index: CityIndex, parsed: Parsed, near: geometry.LatLong | None) -> list[Found]:
    """Return the few candidates that a resident should choose from, best first.

    A ZIP code, a neighbourhood and then nearness decide between equals. Where two bear one name, the
    neighbourhood is added to it.
    """
    best = max((one.score for one in found), default=0.0)
    kept = [one for one in found if one.score >= best * AS_GOOD]
    kept = [one for one in kept if one.zipcode and one.zipcode == parsed.zipcode] or kept
    if parsed.neighbourhood:
        kept = [one for one in kept if _lies_in(index, one, parsed.neighbourhood)] or kept
    if near:
        kept.sort(key=lambda one: geometry.distance(near, (one.lat, one.long)))
    kept.sort(key=lambda one: -one.score)
    return _told_apart(kept, index)[:MOST]


def _lies_in(index: CityIndex, found: Found, neighbourhood: Words) -> bool:
    area = index.neighbourhood_at(found.lat, found.long)
    return area is not None and area.words == neighbourhood


def _told_apart(found: list[Found], index: CityIndex) -> list[Found]:
    names = [one.address_string for one in found]
    apart: dict[str, Found] = {}
    for one in found:
        name = one.address_string
        area = index.neighbourhood_at(one.lat, one.long) if names.count(name) > 1 else None
        name = f"{name} ({area.name})" if area else name
        apart.setdefault(name, replace(one, address_string=name))
    return list(apart.values())


def _find(session: Session, index: CityIndex, query: Query) -> list[Found]:
    match query:
        case AddressQuery(number, street):
            return _addresses(session, number, index.street_index.match(street))
        case BlockQuery(number, street):
            return _blocks(session, number // 100 * 100, index.street_index.match(street))
        case IntersectionQuery(one, two, exact):
            ones = index.street_index.match(one, fuzzy=not exact)
            twos = index.street_index.match(two, fuzzy=not exact) if ones else {}
            return _intersections(session, index, ones, twos)
        case BetweenQuery(street, one, two):
            match = index.street_index.match
            return _betweens(session, index, match(street), match(one), match(two))
        case NameQuery(name):
            return _names(index, name)


# --- doors ------------------------------------------------------------------------------------------

Door = Row[int, int, str, float, float]  # street, number, ZIP code, latitude, longitude


def _doors(session: Session, streets: Mapping[Street, float], low: int, high: int) -> dict[int, list[Door]]:
    """Return the doors between two numbers, by street, in order of number."""
    rows = session.execute(
        select(
            AddressPoint.street_id,
            AddressPoint.number,
            AddressPoint.zipcode,
            AddressPoint.lat,
            AddressPoint.long,
        )
        .where(AddressPoint.street_id.in_([street.id for street in streets]))
        .where(AddressPoint.number.between(low, high))
        .order_by(AddressPoint.street_id, AddressPoint.number, AddressPoint.unit)
    )
    return {street: list(doors) for street, doors in itertools.groupby(rows, key=lambda door: door.street_id)}


def _addresses(session: Session, number: int, streets: Mapping[Street, float]) -> list[Found]:
    if not streets:
        return []
    gap = WIDEST_GAP[0]
    doors = _doors(session, streets, number - gap, number + gap)
    return [_address(number, street, doors.get(street.id, []), score) for street, score in streets.items()]


def _address(number: int, street: Street, doors: Sequence[Door], score: float) -> Found:
    """Return the door; between doors, a point interpolated; beyond them, no more than the street."""
    name = f"{number} {street.full_name}"
    for door in doors:
        if door.number == number:
            return Found(name, door.lat, door.long, "address", score, door.zipcode)
    if point := _interpolated(number, doors):
        return Found(name, *point, "interpolated", score * INTERPOLATED)
    return _street(street, score * COARSER)


def _interpolated(number: int, doors: Sequence[Door]) -> geometry.LatLong | None:
    """Return the point between the nearest doors below and above, of its own side where there are any."""
    side = [door for door in doors if (door.number - number) % 2 == 0]
    below = max((d for d in doors if d.number < number), key=lambda d: (d in side, d.number), default=None)
    above = min((d for d in doors if d.number > number), key=lambda d: (d not in side, d.number), default=None)
    if below is None or above is None:
        return None
    if geometry.distance((below.lat, below.long), (above.lat, above.long)) > WIDEST_GAP[1]:
        return None
    share = (number - below.number) / (above.number - below.number)
    return below.lat + (above.lat - below.lat) * share, below.long + (above.long - below.long) * share


def _blocks(session: Session, first: int, streets: Mapping[Street, float]) -> list[Found]:
    if not streets:
        return []
    doors = _doors(session, streets, first, first + 99)
    return [_block(first, street, doors.get(street.id, []), score) for street, score in streets.items()]


def _block(first: int, street: Street, doors: Sequence[Door], score: float) -> Found:
    if not doors:
        return _street(street, score * COARSER)
    lat = sum(door.lat for door in doors) / len(doors)
    long = sum(door.long for door in doors) / len(doors)
    return Found(f"{first} block of {street.full_name}", lat, long, "block", score)


# --- corners ----------------------------------------------------------------------------------------

Corner = Row[int, int, float, float]  # street, street, latitude, longitude


def _corners(session: Session, ones: Mapping[Street, float], twos: Mapping[Street, float]) -> Sequence[Corner]:
    """Return where any of the one meets any of the other."""
    if not ones or not twos:
        return []
    a, b = [street.id for street in ones], [street.id for street in twos]
    first, second = Intersection.street_1_id, Intersection.street_2_id
    either_way = or_(and_(first.in_(a), second.in_(b)), and_(first.in_(b), second.in_(a)))
    columns = select(first, second, Intersection.lat, Intersection.long)
    return session.execute(columns.where(either_way).order_by(Intersection.id)).all()


def _intersections(
    session: Session, index: CityIndex, ones: Mapping[Street, float], twos: Mapping[Street, float]
) -> list[Found]:
    found = []
    for corner in _corners(session, ones, twos):
        a, b = index.streets[corner.street_1_id], index.streets[corner.street_2_id]
        score = max(ones.get(a, 0) * twos.get(b, 0), ones.get(b, 0) * twos.get(a, 0))
        found.append(Found(corner_name(a, b), corner.lat, corner.long, "intersection", score))
    return found


def corner_name(first: Street, second: Street) -> str:
    """Return a corner as residents read it: "5th St & Main St"."""
    return f"{first.full_name} & {second.full_name}"


def _betweens(
    session: Session,
    index: CityIndex,
    streets: Mapping[Street, float],
    ones: Mapping[Street, float],
    twos: Mapping[Street, float],
) -> list[Found]:
    """Return the stretches of each street from the one to the other, each at its middle."""
    starts = _by_street(streets, ones, _corners(session, streets, ones), index)
    ends = _by_street(streets, twos, _corners(session, streets, twos), index)
    found = []
    for street, score in streets.items():
        pairs = [(a, b) for a, b in itertools.product(starts[street], ends[street]) if a[0] != b[0]]
        if pairs:
            (one, at), (two, to) = min(pairs, key=lambda pair: geometry.distance(pair[0][1], pair[1][1]))
            score *= ones[one] * twos[two]
            name = f"{street.full_name} between {one.full_name} & {two.full_name}"
            found.append(Found(name, (at[0] + to[0]) / 2, (at[1] + to[1]) / 2, "block", score))
    return found


def _by_street(
    streets: Mapping[Street, float],
    crossed: Mapping[Street, float],
    corners: Sequence[Corner],
    index: CityIndex,
) -> dict[Street, list[tuple[Street, geometry.LatLong]]]:
    """Return, for each street, the cross streets and where they cross it."""
    ends = defaultdict(list)
    for corner in corners:
        a, b = index.streets[corner.street_1_id], index.streets[corner.street_2_id]
        for street, cross in ((a, b), (b, a)):
            if street in streets and cross in crossed:
                ends[street].append((cross, (corner.lat, corner.long)))
    return ends


# --- names and pins ---------------------------------------------------------------------------------


def _street(street: Street, score: float) -> Found:
    return Found(street.full_name, street.lat, street.long, "street", score)


def _names(index: CityIndex, name: Words) -> list[Found]:
    found = [_street(street, score) for street, score in index.street_index.match(name, alone=True).items()]
    for mark, score in index.landmark_index.match(name).items():
        found.append(Found(mark.name, mark.lat, mark.long, "landmark", score))
    for area in index.neighbourhoods:
        if area.words == name:
            found.append(Found(area.name, *area.centre(), "area", 0.9))
    return found


def nearest(session: Session, index: CityIndex, lat: float, long: float) -> list[tuple[float, Found]]:
    """Return (metres, address or corner) within 80 m of the point, nearest first."""
    named = {one.address_string: (geometry.distance((lat, long), (one.lat, one.long)), one)
             for one in _around(session, index, lat, long)}  # fmt: skip
    close = [pair for pair in named.values() if pair[0] <= NEARBY]
    return sorted(close, key=lambda pair: (pair[0], pair[1].address_string))


def _around(session: Session, index: CityIndex, lat: float, long: float) -> Iterator[Found]:
    cells = geometry.cells_around(lat, long)
    doors = select(AddressPoint.street_id, AddressPoint.number, AddressPoint.lat, AddressPoint.long)
    for door in session.execute(doors.where(AddressPoint.cell.in_(cells))):
        name = f"{door.number} {index.streets[door.street_id].full_name}"
        yield Found(name, door.lat, door.long, "address", 1.0)
    corners = select(Intersection.street_1_id, Intersection.street_2_id, Intersection.lat, Intersection.long)
    for corner in session.execute(corners.where(Intersection.cell.in_(cells))):
        name = corner_name(index.streets[corner.street_1_id], index.streets[corner.street_2_id])
        yield Found(name, corner.lat, corner.long, "intersection", 1.0)
