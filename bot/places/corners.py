"""Corners and stretches: where streets meet, and what lies between two meetings."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import BindParameter, Row, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from bot.places import geometry
from bot.places.found import COARSER, Found, on_street
from bot.places.index import CityIndex
from bot.places.streets import Scored, Street
from bot.places.tables import Intersection

ONE_END = 0.7  # a corner, where a stretch from there to somewhere unknown was asked for
LONG = 300.0  # metres of a stretch from which on a crew should be told which end
AN_END = 0.96  # of the stretch's score: a real alternative to it

Corner = Row[int, int, float, float]
"""Street, street, latitude, longitude."""
End = tuple[Street, geometry.LatLong]
"""A cross street and where it crosses."""

_ONES: BindParameter[int] = bindparam("ones", expanding=True)
_TWOS: BindParameter[int] = bindparam("twos", expanding=True)
_FIRST, _SECOND = Intersection.street_1_id, Intersection.street_2_id
MEETINGS = (  # made once: to build it takes longer than to run it
    select(_FIRST, _SECOND, Intersection.lat, Intersection.long)
    .where(or_(and_(_FIRST.in_(_ONES), _SECOND.in_(_TWOS)), and_(_FIRST.in_(_TWOS), _SECOND.in_(_ONES))))
    .order_by(Intersection.id)
)


def corners(session: Session, index: CityIndex, ones: Scored, twos: Scored) -> list[Found]:
    """Return where any of the one meets any of the other."""
    found = []
    for corner in _meetings(session, ones, twos):
        a, b = index.streets[corner.street_1_id], index.streets[corner.street_2_id]
        score = max(ones.get(a, 0) * twos.get(b, 0), ones.get(b, 0) * twos.get(a, 0))
        found.append(_corner((a, b), (corner.lat, corner.long), score))
    return found


def _corner(streets: tuple[Street, Street], at: geometry.LatLong, score: float) -> Found:
    town = streets[0].community or streets[1].community
    return Found(corner_name(*streets), *at, "intersection", score, town=town)


def corner_name(first: Street, second: Street) -> str:
    """Return a corner as residents read it: "5th St & Main St"."""
    return f"{first.full_name} & {second.full_name}"


def stretches(session: Session, index: CityIndex, streets: Scored, ones: Scored, twos: Scored) -> list[Found]:
    """Return each street from the one to the other, at its middle; a long one is followed by its two ends.

    Where the street meets only one of them, the corner; where it meets none, the street.
    """
    starts = _ends(session, index, streets, ones)
    finishes = _ends(session, index, streets, twos)
    found: list[Found] = []
    for street, score in streets.items():
        pairs = [(a, b) for a, b in itertools.product(starts[street], finishes[street]) if a[0] != b[0]]
        if pairs:
            one, two = min(pairs, key=lambda pair: geometry.distance(pair[0][1], pair[1][1]))
            found += _stretch(street, one, two, score * ones[one[0]] * twos[two[0]])
    return found or list(_loose_ends(streets, (starts, ones), (finishes, twos)))


def _stretch(street: Street, one: End, two: End, score: float) -> Iterator[Found]:
    name = f"{street.full_name} between {one[0].full_name} & {two[0].full_name}"
    (a, b), (c, d) = one[1], two[1]
    ends = one[1], two[1]
    yield Found(name, (a + c) / 2, (b + d) / 2, "block", score, town=street.community, ends=ends)
    if geometry.distance(one[1], two[1]) > LONG:
        for cross, at in (one, two):
            yield _corner(_in_order(street, cross), at, score * AN_END)


def _in_order(one: Street, two: Street) -> tuple[Street, Street]:
    """Return the two as people name them, a numbered street first."""
    first, second = sorted((one, two), key=lambda s: (not s.full_name[0].isdigit(), s.full_name))
    return first, second


def _loose_ends(streets: Scored, *sides: tuple[dict[Street, list[End]], Scored]) -> Iterator[Found]:
    met = [
        _corner(_in_order(street, cross), at, score * crossing[cross] * ONE_END)
        for street, score in streets.items()
        for ends, crossing in sides
        for cross, at in ends[street]
    ]
    yield from met or (on_street(street, score * COARSER) for street, score in streets.items())


def _meetings(session: Session, ones: Scored, twos: Scored) -> Sequence[Corner]:
    if not ones or not twos:
        return []
    ids = {"ones": [street.id for street in ones], "twos": [street.id for street in twos]}
    return session.execute(MEETINGS, ids).all()


def _ends(session: Session, index: CityIndex, streets: Scored, crossed: Scored) -> dict[Street, list[End]]:
    """Return, for each street, those of the others that cross it, and where."""
    ends = defaultdict(list)
    for corner in _meetings(session, streets, crossed):
        a, b = index.streets[corner.street_1_id], index.streets[corner.street_2_id]
        for street, cross in ((a, b), (b, a)):
            if street in streets and cross in crossed:
                ends[street].append((cross, (corner.lat, corner.long)))
    return ends
