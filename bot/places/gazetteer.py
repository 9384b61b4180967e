"""The city's own geocoder: the gazetteer's tables behind geopy's interface."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable
from typing import Any

from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.places import finding, geometry, pins
from bot.places.found import Found
from bot.places.grammar import parse
from bot.places.index import CityIndex, read_index
from bot.places.tables import CityImport

RECHECK = 30.0  # seconds until we look again whether another city was imported
LAWN = 35.0  # metres from the nearest door, where one is in the park rather than on its street


class Gazetteer(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Finds what the imported city holds. Thread-safe.

    `Location.raw` has "precision" and "score", and of a stretch its "ends", (latitude, longitude) both.
    """

    def __init__(self, sessions: Callable[[], Session]) -> None:
        # It asks no server, and so trusts none: geopy would read all certificates of this machine.
        super().__init__(ssl_context=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
        self._sessions = sessions
        self._lock = threading.Lock()
        self._index = CityIndex()
        self._checked = float("-inf")

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # part of geopy's interface; nothing here takes long
        near: geometry.LatLong | None = None,
    ) -> Location | list[Location] | None:
        """Return the best candidate, or a list of up to four, best first; None where there is none.

        `near` puts the nearer of two equals first.
        """
        with self._sessions() as session:
            index = self._current(session)
            parsed = parse(query, index.words)
            found = finding.search(session, index, parsed)
        return _answer([_location(one) for one in finding.choose(found, index, parsed, near)], exactly_one)

    def reverse(
        self,
        query: Point | geometry.LatLong | str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """Return the address or corner nearest to a point, within 80 m, or the park it lies in.

        `Location.raw["distance"]` is in metres.
        """
        point = Point(query)
        lat, long = point.latitude, point.longitude
        with self._sessions() as session:
            index = self._current(session)
            found = pins.nearest(session, index, lat, long)
        # Doors and corners go first where they are close by: the lawn of a park lies further from them.
        marks = [
            (geometry.distance((lat, long), (mark.lat, mark.long)), mark)
            for mark in index.landmark_index.at(lat, long)
            if not found or found[0][0] > min(mark.radius / 2, LAWN)
        ]
        named = [(metres, Found(m.name, m.lat, m.long, "landmark", 1.0)) for metres, m in marks]
        return _answer(
            [_location(one, metres) for metres, one in [*named, *found][: finding.MOST]], exactly_one
        )

    def index(self) -> CityIndex:
        """Return the city's names as they stand in the tables."""
        with self._sessions() as session:
            return self._current(session)

    def _current(self, session: Session) -> CityIndex:
        if self._index.checksum and time.monotonic() - self._checked < RECHECK:
            return self._index
        with self._lock:
            checksum = session.scalar(select(CityImport.checksum)) or ""
            if checksum != self._index.checksum:
                self._index = read_index(session, checksum)
            self._checked = time.monotonic()
            return self._index


def _location(found: Found, metres: float | None = None) -> Location:
    raw: dict[str, Any] = {"precision": found.precision, "score": round(found.score, 3)}
    if found.ends:
        raw["ends"] = found.ends
    if metres is not None:
        raw["distance"] = round(metres, 1)
    return Location(found.address_string, (found.lat, found.long), raw)


def _answer(locations: list[Location], exactly_one: bool) -> Location | list[Location] | None:
    if not locations:
        return None
    return locations[0] if exactly_one else locations
