"""From a query to candidates: what the tables say of an address, a corner, a block, a name or a pin."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from bot.places import corners, doors, geometry, normalise
from bot.places.asked import ELSEWHERE, Asked
from bot.places.found import COARSER, Found, on_street
from bot.places.grammar import (
    AddressQuery,
    BetweenQuery,
    BlockQuery,
    IntersectionQuery,
    NameQuery,
    Parsed,
    Query,
)
from bot.places.index import CityIndex
from bot.places.normalise import Words
from bot.places.spelling import ALIKE
from bot.places.streets import CONTRADICTION, Scored
from bot.places.towns import same_town
from dialogues.types import Precision

MOST = 4  # candidates of one answer
AS_GOOD = 0.95  # candidates below this share of the best score are no real alternative to it

FINE: dict[type[Query], tuple[Precision, ...]] = {
    AddressQuery: ("address", "interpolated"),
    BlockQuery: ("block",),
    IntersectionQuery: ("intersection",),
    BetweenQuery: ("block",),
    NameQuery: ("street", "landmark", "area"),
}
"""What each query asks for; anything else is coarser."""


def search(session: Session, index: CityIndex, parsed: Parsed) -> list[Found]:
    """Return the candidates of the first reading that finds what it asks for, or of the first coarser find.

    A landmark that is all of the text comes first, then doors that exist on a street of exactly that name.
    """
    for name in parsed.names:
        if marks := index.landmark_index.exact(name):
            return [Found(mark.name, mark.lat, mark.long, "landmark", 1.0) for mark in marks]
    for query, trust in parsed.queries:
        if isinstance(query, AddressQuery) and (found := _exact_doors(session, index, query, parsed.asked)):
            return _trusted(found, trust)
    coarser: list[Found] = []
    for query, trust in parsed.queries:
        found = _trusted(_find(session, index, query, parsed.asked), trust)
        if any(one.precision in FINE[type(query)] for one in found):
            return found
        coarser = coarser or found
    return coarser


def choose(found: list[Found], index: CityIndex, parsed: Parsed, near: geometry.LatLong | None) -> list[Found]:
    """Return the few candidates that a resident should choose from, best first.

    What lies in another town, neighbourhood or ZIP code than was asked for is worth less; nearness decides
    between equals. Where two bear one name, the town or neighbourhood is added to it.
    """
    scored = [
        one if _agrees(index, parsed.asked, one) else replace(one, score=one.score * ELSEWHERE) for one in found
    ]
    best = max((one.score for one in scored), default=0.0)
    kept = [one for one in scored if one.score >= best * AS_GOOD]
    if near:
        kept.sort(key=lambda one: geometry.distance(near, (one.lat, one.long)))
    kept.sort(key=lambda one: -one.score)
    return _told_apart(kept, index)[:MOST]


def _agrees(index: CityIndex, asked: Asked, found: Found) -> bool:
    """Tell whether nothing we know of the candidate says that it lies elsewhere."""
    if asked.zipcode and found.zipcode and found.zipcode != asked.zipcode:
        return False
    if not asked.town:
        return True
    area = index.neighbourhood_at(found.lat, found.long)
    towns = [tuple(normalise.words(found.town)), area.words if area else ()]
    return any(same_town(asked.town, town) for town in towns if town) or not any(towns)


def _trusted(found: list[Found], trust: float) -> list[Found]:
    return [replace(one, score=one.score * trust) for one in found]


def _told_apart(found: list[Found], index: CityIndex) -> list[Found]:
    names = [one.address_string for one in found]
    apart: dict[str, Found] = {}
    for one in found:
        name = one.address_string
        town = _town(one, index) if names.count(name) > 1 else ""
        name = f"{name} ({town})" if town else name
        apart.setdefault(name, replace(one, address_string=name))
    return list(apart.values())


def _town(found: Found, index: CityIndex) -> str:
    area = index.neighbourhood_at(found.lat, found.long)
    return found.town or (area.name if area else found.zipcode)


def _find(session: Session, index: CityIndex, query: Query, asked: Asked) -> list[Found]:
    match = index.street_index.match
    match query:
        case AddressQuery():
            return _addresses(session, index, query, asked)
        case BlockQuery(number, street):
            return doors.blocks(session, number // 100 * 100, asked.in_town(match(street)))
        case IntersectionQuery():
            return _corners(session, index, query)
        case BetweenQuery(street, one, two):
            return corners.stretches(session, index, match(street), match(one), match(two))
        case NameQuery(name):
            return _names(index, name)


def _exact_doors(session: Session, index: CityIndex, query: AddressQuery, asked: Asked) -> list[Found]:
    streets = doors.wanted(session, index.street_index.exact(query.street), asked)
    return doors.existing(session, query.number, streets)


def _addresses(session: Session, index: CityIndex, query: AddressQuery, asked: Asked) -> list[Found]:
    """Return what lies on a street of exactly this name; if there is none, doors where the name is like it."""
    exact = index.street_index.exact(query.street)
    if max(exact.values(), default=0.0) > 1 - CONTRADICTION:
        return doors.addresses(session, query.number, exact, asked)
    similar = index.street_index.similar(query.street)
    if found := doors.existing(session, query.number, similar):
        return found
    spelt = {street: score for street, score in similar.items() if score >= ALIKE}
    return doors.addresses(session, query.number, exact or spelt, asked)


def _corners(session: Session, index: CityIndex, query: IntersectionQuery) -> list[Found]:
    """Return where the two meet; the one of them that we know, where both were called streets."""
    streets = index.street_index
    ones, twos = streets.exact(query.one), streets.exact(query.two)
    if query.exact or (ones and twos):
        return corners.corners(session, index, ones, twos)
    if not (ones or twos):
        ones, twos = streets.similar(query.one, least=ALIKE), streets.similar(query.two, least=ALIKE)
        return corners.corners(session, index, ones, twos)
    found = corners.corners(
        session, index, ones or streets.similar(query.one), twos or streets.similar(query.two)
    )
    return found or (_known(ones or twos) if query.streets else [])


def _known(streets: Scored) -> list[Found]:
    return [on_street(street, score * COARSER) for street, score in streets.items()]


def _names(index: CityIndex, name: Words) -> list[Found]:
    found = [on_street(street, score) for street, score in index.street_index.match(name, alone=True).items()]
    for mark, score in index.landmark_index.match(name).items():
        found.append(Found(mark.name, mark.lat, mark.long, "landmark", score))
    for area in index.neighbourhoods:
        if area.words == name:
            found.append(Found(area.name, *area.centre(), "area", 0.9))
    return found
