"""The cities around ours: whose place it is, by a point or by how somebody wrote it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.places import geometry, normalise

# A name that goes on is a street's: "Eastport St".
NO_STREET = rf"(?!\W+(?:{'|'.join(normalise.SUFFIX_OF)})\b)"

# What may follow a city's name at the end of an address: a state, a ZIP code, full stops.
ENDING = rf"{NO_STREET}(?:\W+[a-z]{{2}}\b)?(?:\W+\d{{5}}(?:-\d{{4}})?\b)?\W*"

# How the name of a city is joined to a place in it: "Main St in Eastport", "la Main, Eastport".
IN = (
    r"(?:(?:over |out |up |down )?(?:in|at) (?:the )?(?:(?:city|town|village) of )?"
    r"|(?:alla )?(?:en|de) (?:la |el )?(?:(?:ciudad|pueblo) de )?)"
)
JOINED = rf"(?:\W+{IN}|\W*,\W*|\W+)"


@dataclass(frozen=True)
class Neighbour:
    """A city beside ours. Without polygons only its name is known."""

    name: str
    polygons: Sequence[geometry.Polygon] = ()

    def holds(self, lat: float, long: float) -> bool:
        """Tell whether the point lies in it."""
        return any(geometry.in_polygon(lat, long, polygon) for polygon in self.polygons)


class Neighbours:
    """All of them."""

    def __init__(self, cities: Iterable[Neighbour] = ()) -> None:
        self._cities = tuple(cities)
        names = "|".join(re.escape(city.name) for city in sorted(self._cities, key=lambda c: -len(c.name)))
        self._ends = re.compile(
            rf"(?P<place>.*?)(?:^\W*(?:(?:in|en) )?|{JOINED})(?P<name>{names}){ENDING}", re.IGNORECASE
        )
        self._follows = re.compile(rf"{JOINED}(?:{names})\b{NO_STREET}", re.IGNORECASE)

    def at(self, lat: float, long: float) -> str:
        """Return the name of the one the point lies in; "" where none does."""
        return next((city.name for city in self._cities if city.holds(lat, long)), "")

    def named(self, text: str) -> tuple[str, str]:
        """Return what is written before a neighbour's name at the end of `text`, and the name; ("", "")."""
        found = self._ends.fullmatch(text.strip()) if self._cities else None
        if found is None:
            return "", ""
        written = found.group("name").casefold()
        return found.group("place").strip(" ,."), next(
            c.name for c in self._cities if c.name.casefold() == written
        )

    def extended(self, text: str, start: int, end: int) -> str:
        """Return `text[start:end]`, a place, with the neighbour's name that follows it, if one does."""
        found = self._follows.match(text, end) if self._cities else None
        return text[start : found.end() if found else end]


def read_boundary(path: Path, name: str) -> Sequence[geometry.Polygon]:
    """Return the polygons of a GeoJSON file's feature of that name, or of its only one; raises `ValueError`."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        features = found["features"] if found["type"] == "FeatureCollection" else [found]
        return _polygons(_feature(features, name))
    except OSError as error:
        raise ValueError(f"can't be read ({error.strerror})") from None
    except (KeyError, TypeError, IndexError, AttributeError, UnicodeDecodeError, json.JSONDecodeError):
        raise ValueError("is no GeoJSON of polygons") from None


def _feature(features: Sequence[Any], name: str) -> Any:
    named = [one for one in features if (one.get("properties") or {}).get("name") == name]
    if named or len(features) == 1:
        return (named or features)[0]
    raise ValueError(f"has no feature whose name is {name!r}")


def _polygons(feature: Any) -> Sequence[geometry.Polygon]:
    shape = feature.get("geometry") or feature
    if shape["type"] not in ("Polygon", "MultiPolygon"):
        raise TypeError
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return [[[(float(x), float(y)) for x, y, *_ in ring] for ring in polygon] for polygon in polygons]
