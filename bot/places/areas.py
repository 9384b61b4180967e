"""Named parts of the city: neighbourhoods, districts, the ground of a pilot."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.places import geometry
from bot.places.records import Unusable
from bot.places.shapes import polygons_of


def read_areas(path: Path) -> Iterator[tuple[str, Sequence[geometry.Polygon]]]:
    """Yield the name and the polygons of every feature of a GeoJSON file; raises `ValueError`."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        features = found["features"] if found["type"] == "FeatureCollection" else [found]
        named = [(feature["properties"]["name"], polygons_of(feature["geometry"])) for feature in features]
    except OSError as error:
        raise ValueError(f"can't be read ({error.strerror})") from None
    except (KeyError, TypeError, IndexError, AttributeError, ValueError, Unusable):
        raise ValueError("is no GeoJSON of polygons with a name each") from None
    yield from named


def holds(polygons: Sequence[geometry.Polygon], lat: float, long: float) -> bool:
    """Tell whether the point is in one of the polygons."""
    return any(geometry.in_polygon(lat, long, polygon) for polygon in polygons)
