"""Text or a pin to places: the gazetteer first, then whichever geocoders the city named."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from geopy.location import Location
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.places import finding, geometry
from bot.places.gazetteer import Gazetteer
from bot.places.grammar import LONGEST
from bot.places.index import CityIndex
from bot.places.normalise import spoken_names
from bot.places.outside import Outside, OutsideDown, short_address
from bot.places.tables import AddressPoint, Intersection, Landmark, Street
from dialogues.types import Place, Precision


class GeocoderDown(Exception):
    """Nothing was found, and a geocoder that might have found it is down or slow."""


class Places:
    """What the shell asks about places. Thread-safe; no call takes longer than 3 s a geocoder."""

    def __init__(self, sessions: Callable[[], Session], outside: Sequence[Outside] = ()) -> None:
        self._sessions = sessions
        self._gazetteer = Gazetteer(sessions)
        self._outside = outside

    def find_places(self, text: str, near: geometry.LatLong | None = None) -> list[Place]:
        """Return at most four places that the text may mean, best first; raises `GeocoderDown`.

        `near` (latitude, longitude) decides between equals.
        """
        locations = self._gazetteer.geocode(text, exactly_one=False, near=near)
        if locations:
            return [self._place(one, one.raw["precision"], one.raw["score"]) for one in locations]
        return self._find_outside(text) if text.strip() else []

    def place_at(self, lat: float, long: float) -> Place | None:
        """Return the pin named after what is nearest to it, or after its coordinates.

        None where these are no coordinates. Precision is that of the name; the point stays the pin's.
        """
        if not (math.isfinite(lat) and math.isfinite(long) and abs(lat) <= 90 and abs(long) <= 180):
            return None
        name, precision, score = self._name_of(lat, long)
        return Place(
            address_string=name,
            lat=lat,
            long=long,
            precision=precision,
            score=score,
            in_city=self.in_city(lat, long),
        )

    def in_city(self, lat: float, long: float) -> bool:
        """Tell whether the point lies within the boundary; without a boundary, everything does."""
        city = self._index.city
        return city is None or city.holds(lat, long)

    def streets(self) -> list[str]:
        """Return the streets' names and aliases as residents say them: "Main St", "Main"."""
        return list(dict.fromkeys(form for name in self._index.street_names for form in spoken_names(name)))

    def landmarks(self) -> list[str]:
        """Return the landmarks' names and aliases."""
        return list(self._index.landmark_names)

    def sample(self, n: int, seed: int = 0) -> list[dict[str, Any]]:
        """Return `n` places of the city, by turns an address, an intersection and a landmark.

        Each has "kind", "text" (as somebody might write it), "address_string", "lat" and "long".
        """
        with self._sessions() as session:
            return list(itertools.islice(_samples(session, random.Random(seed)), n))

    @property
    def _index(self) -> CityIndex:
        return self._gazetteer.index()

    def _place(self, location: Location, precision: Precision, score: float, name: str = "") -> Place:
        lat, long = location.latitude, location.longitude
        return Place(
            address_string=name or location.address,
            lat=lat,
            long=long,
            precision=precision,
            score=score,
            in_city=self.in_city(lat, long),
        )

    def _find_outside(self, text: str) -> list[Place]:
        city = self._index.city
        if city is None:
            return []
        query = text.strip()[:LONGEST]
        if city.name.lower() not in query.lower():
            query = f"{query}, {city.name}"
        down = False
        for geocoder in self._outside:
            try:
                found = geocoder.find(query, city.box())
            except OutsideDown:
                down = True
                continue
            if found:
                return [self._place(one, kind, 0.8, short_address(one)) for one, kind in found[: finding.MOST]]
        if down:
            raise GeocoderDown
        return []

    def _name_of(self, lat: float, long: float) -> tuple[str, Precision, float]:
        for nearest in self._gazetteer.reverse((lat, long), exactly_one=False) or ():
            return nearest.address, nearest.raw["precision"], nearest.raw["score"]
        for geocoder in self._outside:
            try:
                location = geocoder.name_of(lat, long)
            except OutsideDown:
                continue  # the pin itself is all a crew needs
            if location:
                return short_address(location), "address", 0.8
        area = self._index.neighbourhood_at(lat, long)
        return (area.name, "area", 0.5) if area else (f"{lat:.5f}, {long:.5f}", "area", 0.0)


def open_places(
    sessions: Callable[[], Session],
    chain: Sequence[str],
    options: Mapping[str, Mapping[str, Any]] | None = None,
) -> Places:
    """Return the chain's geocoders as one: "gazetteer", then any of nominatim, arcgis, google, photon, pelias.

    `options` are geopy's, by name: {"nominatim": {"domain": "maps.example", "user_agent": "..."}}. Raises
    `ValueError` on an unknown name or option, or where the gazetteer isn't first.
    """
    if list(chain[:1]) != ["gazetteer"]:
        raise ValueError("the chain of geocoders must begin with: gazetteer")
    return Places(sessions, [Outside(name, (options or {}).get(name, {})) for name in chain[1:]])


def _samples(session: Session, dice: random.Random) -> Iterator[dict[str, Any]]:
    while True:
        door = _some(session, AddressPoint, dice)
        if door is None:
            return
        yield _sample("address", f"{door.number} {_name(session, door.street_id)}", door)
        if corner := _some(session, Intersection, dice):
            one, two = _name(session, corner.street_1_id), _name(session, corner.street_2_id)
            yield _sample("intersection", f"{one} & {two}", corner)
        if landmark := _some(session, Landmark, dice):
            yield _sample("landmark", landmark.name, landmark)


Row = TypeVar("Row", AddressPoint, Intersection, Landmark)


def _some(session: Session, table: type[Row], dice: random.Random) -> Row | None:
    last = session.scalar(select(func.max(table.id))) or 0
    return session.get(table, 1 + int(dice.random() * last))


def _name(session: Session, street_id: int) -> str:
    return session.get_one(Street, street_id).full_name


def _sample(kind: str, name: str, row: AddressPoint | Intersection | Landmark) -> dict[str, Any]:
    text = name.lower().replace(" & ", " and ")
    return {"kind": kind, "text": text, "address_string": name, "lat": row.lat, "long": row.long}
