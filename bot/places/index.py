"""The city's names in memory: streets, landmarks and areas, found by what residents call them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.places import geometry, normalise, tables
from bot.places.grammar import CityWords
from bot.places.landmarks import Landmark, LandmarkIndex
from bot.places.normalise import Words
from bot.places.streets import Street, StreetIndex
from bot.places.towns import Towns


@dataclass(frozen=True)
class Area:
    """A neighbourhood or the city itself."""

    name: str
    polygons: Sequence[geometry.Polygon]

    def holds(self, lat: float, long: float) -> bool:
        """Tell whether the point lies in the area."""
        return any(geometry.in_polygon(lat, long, polygon) for polygon in self.polygons)

    @property
    def words(self) -> Words:
        """Its name as words."""
        return tuple(normalise.words(self.name))

    def centre(self) -> geometry.LatLong:
        """Return the middle of its box."""
        (south, west), (north, east) = self.box()
        return (south + north) / 2, (west + east) / 2

    def points(self) -> Iterator[geometry.LatLong]:
        """Yield the corners of its outer rings."""
        for polygon in self.polygons:
            yield from ((lat, long) for long, lat in polygon[0])

    def box(self) -> tuple[geometry.LatLong, geometry.LatLong]:
        """Return its south-western and north-eastern corners."""
        lats, longs = zip(*self.points(), strict=True)
        return (min(lats), min(longs)), (max(lats), max(longs))


@dataclass(frozen=True)
class CityIndex:
    """Everything of the city that fits in memory; doors and intersections stay in the database."""

    checksum: str = ""
    streets: Mapping[int, Street] = field(default_factory=dict)
    street_names: tuple[str, ...] = ()
    landmark_names: tuple[str, ...] = ()
    street_index: StreetIndex = field(default_factory=lambda: StreetIndex(()))
    landmark_index: LandmarkIndex = field(default_factory=lambda: LandmarkIndex(()))
    city: Area | None = None
    neighbourhoods: tuple[Area, ...] = ()
    words: CityWords = field(default_factory=CityWords)

    def neighbourhood_at(self, lat: float, long: float) -> Area | None:
        """Return the neighbourhood the point lies in."""
        return next((area for area in self.neighbourhoods if area.holds(lat, long)), None)


def read_index(session: Session, checksum: str) -> CityIndex:
    """Return the index of the city that the tables hold."""
    streets = {street.id: street for street in _streets(session)}
    aliases = session.execute(select(tables.StreetAlias.street_id, tables.StreetAlias.full_name)).all()
    named = [(s, s.full_name) for s in streets.values()] + [(streets[i], name) for i, name in aliases]
    landmarks = list(_landmarks(session))
    areas = session.scalars(select(tables.Area).order_by(tables.Area.id)).all()
    city = next((area for area in areas if area.kind == "city"), None)
    neighbourhoods = tuple(_area(area) for area in areas if area.kind == "neighbourhood")
    return CityIndex(
        checksum=checksum,
        streets=streets,
        street_names=tuple(dict.fromkeys(name for _, name in named)),
        landmark_names=tuple(dict.fromkeys(name for _, name in landmarks)),
        street_index=StreetIndex(named),
        landmark_index=LandmarkIndex(landmarks),
        city=_area(city) if city else None,
        neighbourhoods=neighbourhoods,
        words=CityWords(
            city=tuple(normalise.words(city.name)) if city else (),
            state=tuple(normalise.words(city.state)) if city else (),
            towns=Towns([a.name for a in neighbourhoods] + [street.community for street in streets.values()]),
        ),
    )


def _streets(session: Session) -> list[Street]:
    """Return the streets in order, the longest of namesakes first: it is the one that is likelier meant."""
    row = tables.Street
    columns = select(row.id, row.full_name, row.lat, row.long, row.community, func.length(row.geometry))
    streets = [Street(*one) for one in session.execute(columns.order_by(row.id))]
    first: dict[str, int] = {}
    for street in streets:
        first.setdefault(street.full_name, street.id)
    return sorted(streets, key=lambda street: (first[street.full_name], -street.size))


def _landmarks(session: Session) -> Iterator[tuple[Landmark, str]]:
    for row in session.scalars(select(tables.Landmark).order_by(tables.Landmark.id)):
        landmark = Landmark(row.name, row.lat, row.long, row.radius)
        for name in (row.name, *json.loads(row.aliases)):
            yield landmark, name


def _area(row: tables.Area) -> Area:
    return Area(row.name, json.loads(row.polygons))
