"""Text or a pin to places: the gazetteer first, then whichever geocoders the city named.

A look-up outside takes at most `BUDGET` seconds for the whole chain, and 3 for any one geocoder.
"""

from __future__ import annotations

import itertools
import math
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.places import finding, geometry
from bot.places.cache import Cache
from bot.places.gazetteer import Gazetteer
from bot.places.grammar import LONGEST
from bot.places.index import CityIndex
from bot.places.neighbours import Neighbour, Neighbours
from bot.places.normalise import spoken_names
from bot.places.outside import Outside, OutsideDown, calm
from bot.places.tables import AddressPoint, Intersection, Landmark, Street
from dialogues.types import Place, Precision

BUDGET = 6.0
"""Seconds for the whole chain: a resident waits for the answer."""


class GeocoderDown(Exception):
    """Nothing was found, and a geocoder that might have found it is down or slow."""


class Places:
    """What the shell asks about places. Thread-safe; no call takes longer than `BUDGET`."""

    def __init__(
        self,
        sessions: Callable[[], Session],
        outside: Sequence[Outside] = (),
        neighbours: Sequence[Neighbour] = (),
        cache: Cache | None = None,
    ) -> None:
        self._sessions = sessions
        self._gazetteer = Gazetteer(sessions)
        self._outside = outside
        self._neighbours = Neighbours(neighbours)
        self._cache = cache

    def find_places(self, text: str, near: geometry.LatLong | None = None) -> list[Place]:
        """Return at most four places that the text may mean, best first; raises `GeocoderDown`.

        `near` (latitude, longitude) decides between equals.
        """
        if elsewhere := self._named_elsewhere(text):
            return [elsewhere]
        locations = self._gazetteer.geocode(text, exactly_one=False, near=near)
        if locations:
            return [
                replace(
                    self._place(
                        one.address, one.latitude, one.longitude, one.raw["precision"], one.raw["score"]
                    ),
                    ends=one.raw.get("ends", ()),
                )
                for one in locations
            ]
        return self._find_outside(text) if text.strip() else []

    def place_at(self, lat: float, long: float, *, within: str = "") -> Place | None:
        """Return the pin named after what is nearest to it, or after its coordinates.

        None where these are no coordinates. Precision is that of the name; the point stays the pin's. A pin in
        the landmark `within` shows a spot in it, and takes its name.
        """
        if not (math.isfinite(lat) and math.isfinite(long) and abs(lat) <= 90 and abs(long) <= 180):
            return None
        if within and any(mark.name == within for mark in self._index.landmark_index.at(lat, long)):
            return replace(self._place(within, lat, long, "landmark", 1.0), spot=True)
        name, precision, score = self._name_of(lat, long)
        return self._place(name, lat, long, precision, score)

    def in_city(self, lat: float, long: float) -> bool:
        """Tell whether the point lies within the boundary; without a boundary, everything does."""
        city = self._index.city
        return city is None or city.holds(lat, long)

    def neighbour_at(self, lat: float, long: float) -> str:
        """Return the neighbouring city the point lies in, as config.yml names it; "" where none is known."""
        return "" if self.in_city(lat, long) else self._neighbours.at(lat, long)

    def with_neighbour(self, text: str, start: int, end: int) -> str:
        """Return the place `text[start:end]`, with ", Eastport" or "in Eastport" where that follows it."""
        return self._neighbours.extended(text, start, end)

    def prune(self, now: datetime) -> None:
        """Forget answers of outside geocoders that are too old to be used."""
        if self._cache is not None:
            self._cache.prune({one.name: one.keep_days for one in self._outside}, now)

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

    def _place(self, name: str, lat: float, long: float, precision: Precision, score: float) -> Place:
        in_city = self.in_city(lat, long)
        return Place(
            address_string=name,
            lat=lat,
            long=long,
            precision=precision,
            score=score,
            in_city=in_city,
            neighbour="" if in_city else self._neighbours.at(lat, long),
        )

    def _named_elsewhere(self, text: str) -> Place | None:
        """Return the place of a text that ends with a neighbour's name, unless that is a name of ours."""
        written, neighbour = self._neighbours.named(text)
        ours = (*self._index.street_names, *self._index.landmark_names) if neighbour else ()
        if not neighbour or text.strip().casefold() in map(str.casefold, ours):
            return None
        name = (calm(written) if written.islower() else written) or neighbour
        return Place(
            address_string=name, precision="unconfirmed", score=0.0, in_city=False, neighbour=neighbour
        )

    def _find_outside(self, text: str) -> list[Place]:
        city = self._index.city
        if city is None:
            return []
        query, box = self._in_full(text.strip()[:LONGEST], city.name), city.box()
        down, deadline = False, time.monotonic() + BUDGET
        for geocoder in self._outside:
            try:
                found = geocoder.find(query, box, deadline - time.monotonic())
            except OutsideDown:
                down = True
                continue
            if found:
                return [
                    self._place(one.address_string, one.lat, one.long, one.precision, 0.8)
                    for one in found[: finding.MOST]
                ]
        if down:
            raise GeocoderDown
        return []

    def _in_full(self, text: str, city: str) -> str:
        """Return an address with our city and state at its end, where they aren't yet."""
        state = " ".join(self._index.words.state).upper()
        named = re.search(
            rf"\b{re.escape(city)}(?P<more>(?:\W+(?:[a-z]{{2}}|\d{{5}}))*)\W*$", text, re.IGNORECASE
        )
        if named is None:
            return ", ".join(part for part in (text, city, state) if part)
        return text if named.group("more") or not state else f"{text}, {state}"

    def _name_of(self, lat: float, long: float) -> tuple[str, Precision, float]:
        for nearest in self._gazetteer.reverse((lat, long), exactly_one=False) or ():
            return nearest.address, nearest.raw["precision"], nearest.raw["score"]
        deadline = time.monotonic() + BUDGET
        for geocoder in self._outside:
            try:
                found = geocoder.name_of(lat, long, deadline - time.monotonic())
            except OutsideDown:
                continue  # the pin itself is all a crew needs
            if found:
                return found.address_string, found.precision, 0.8
        area = self._index.neighbourhood_at(lat, long)
        return (area.name, "area", 0.5) if area else (f"{lat:.5f}, {long:.5f}", "area", 0.0)


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
