"""What a table holds: addresses, streets, intersections, landmarks, the boundary or neighbourhoods."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.places import naming
from bot.places.records import CityDataError
from bot.places.shapes import from_wkt
from bot.places.sources.columns import KIND, NUMBER, ROLES, STREET_1, Kind, find, guess
from bot.places.sources.layers import Layer

NAMED_AFTER: tuple[tuple[str, Kind], ...] = (
    (r"intersection|corners?\b", "intersections"),
    (r"neighbo|hoods?\b|wards?\b|communit", "neighbourhoods"),
    (r"bound|limits|outline|municipal", "boundary"),
    (r"address|parcel", "addresses"),
    (r"centerline|centreline|street|road", "streets"),
    (r"landmark|parks?\b|school|librar|poi(?!nt)|facilit|place|station|hospital|shops?\b", "landmarks"),
)
"""What the file's name says, where its columns leave it open."""


def guess_kind(layer: Layer) -> Kind:
    """Return what the table likely holds; raises `CityDataError` where nothing says so."""
    shape = _shape_type(layer)
    has = guess("addresses", layer.columns)
    if shape == "line" or _vertices(layer):
        return "streets"
    if "number" in has and ("street" in has or "address" in has):
        return "addresses"
    hint = next((kind for pattern, kind in NAMED_AFTER if re.search(pattern, layer.name.lower())), None)
    if shape == "polygon":
        return _polygons(layer, hint)
    if _corners(layer, hint):
        return "intersections"
    if "address" in has and not (hint == "landmarks" or _named(layer)):
        return "addresses"
    if _named(layer):
        return "landmarks"
    raise CityDataError(
        f"{layer.name}: nothing says what it holds. Its columns are {', '.join(layer.columns) or 'none'}. "
        f"Say so with --kind {layer.name}=addresses (or streets, intersections, landmarks, boundary, "
        "neighbourhoods) and name the columns, as in --map number=HOUSE_NO."
    )


def _polygons(layer: Layer, hint: Kind | None) -> Kind:
    if hint in ("neighbourhoods", "boundary", "landmarks"):
        return hint
    if find(KIND, layer.columns):
        return "landmarks"
    return "boundary" if len(layer.sample) == 1 else "neighbourhoods"


def _corners(layer: Layer, hint: Kind | None) -> bool:
    """Tell whether the rows are points where two streets meet."""
    has = guess("intersections", layer.columns)
    if "intersection" in has:
        return _mostly(layer, has["intersection"][0], lambda text: len(naming.split_corner(text)) > 1)
    if not {"street_1", "street_2"} <= set(has):
        return False
    address = find(ROLES["addresses"]["address"], layer.columns)
    if _mostly(layer, address, lambda text: bool(naming.ADDRESS.match(text))):
        return False
    if hint == "intersections" or not _named(layer):
        return True
    return hint != "landmarks" and bool(find(STREET_1, layer.columns))


def _mostly(layer: Layer, column: str, like_it: Callable[[str], bool]) -> bool:
    """Tell whether most texts of a column are like it."""
    texts = [text for row in layer.sample if (text := str(row.values.get(column) or "").strip())]
    return sum(map(like_it, texts)) * 2 > len(texts)


def _named(layer: Layer) -> bool:
    return bool(find(ROLES["landmarks"]["name"], layer.columns))


def _vertices(layer: Layer) -> bool:
    """Tell whether the rows are the points of streets, one after the other."""
    has = guess("streets", layer.columns)
    return {"street", "order", "lat", "long"} <= set(has) and not find(NUMBER, layer.columns)


def _shape_type(layer: Layer) -> str:
    """Return "point", "line" or "polygon" as most of the first rows have it, "" where none has a shape."""
    column = find(ROLES["addresses"]["shape"], layer.columns)
    shapes = [feature.shape or from_wkt(str(feature.values.get(column) or "")) for feature in layer.sample]
    types = [(shape.get("type") or "").removeprefix("Multi") for shape in shapes if shape]
    most = max(types, key=types.count, default="")
    return {"Point": "point", "LineString": "line", "Polygon": "polygon"}.get(most, "")
