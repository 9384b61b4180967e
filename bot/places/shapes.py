"""GeoJSON's shapes, WKT's too: their middle, their size, their lines and polygons."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from bot.places import geometry
from bot.places.geometry import LatLong, Line, Polygon
from bot.places.records import Unusable

Shape: TypeAlias = dict[str, Any]
"""A GeoJSON geometry: {"type": ..., "coordinates": ...}."""

WKT = re.compile(
    r"\s*(?:SRID=\d+;)?\s*((?:MULTI)?(?:POINT|LINESTRING|POLYGON))\s*(?:Z|M|ZM)?\s*(\(.*\))\s*$", re.I | re.S
)
NAMES = {name.upper(): name for name in
         ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")}  # fmt: skip
PAIR = re.compile(r"([-+\d.eE]+)\s+([-+\d.eE]+)(?:\s+[-+\d.eE]+){0,2}")


def from_wkt(text: str) -> Shape | None:
    """Return the shape that "POINT (-72.9 41.3)" and its like describe; None where the text is no WKT."""
    if not (match := WKT.match(text)):
        return None
    kind, body = NAMES[match[1].upper()], PAIR.sub(r"[\1,\2]", match[2])
    try:
        nested = json.loads(body.replace("(", "[").replace(")", "]"))
    except ValueError:
        return None
    if kind == "Point":
        nested = nested[0]
    elif kind == "MultiPoint":
        nested = [point[0] if isinstance(point[0], list) else point for point in nested]
    return {"type": kind, "coordinates": nested}


def lines_of(shape: Shape) -> list[Line]:
    """Return the lines of a LineString or MultiLineString; raises `Unusable`."""
    kind = shape.get("type")
    if kind not in ("LineString", "MultiLineString"):
        raise Unusable(f"a {kind or 'shape'} where a line should be")
    lines = shape["coordinates"] if kind == "MultiLineString" else [shape["coordinates"]]
    lines = [[[point[0], point[1]] for point in line] for line in lines if len(line) > 1]
    if not lines:
        raise Unusable("no coordinates")
    return lines


def polygons_of(shape: Shape) -> list[Polygon]:
    """Return the polygons of a Polygon or MultiPolygon; raises `Unusable`."""
    kind = shape.get("type")
    if kind not in ("Polygon", "MultiPolygon"):
        raise Unusable(f"a {kind or 'shape'} where a polygon should be")
    polygons = shape["coordinates"] if kind == "MultiPolygon" else [shape["coordinates"]]
    polygons = [[[[p[0], p[1]] for p in ring] for ring in polygon if len(ring) > 3] for polygon in polygons]
    polygons = [polygon for polygon in polygons if polygon]
    if not polygons:
        raise Unusable("no coordinates")
    return polygons


def points(shape: Shape) -> Iterator[Sequence[float]]:
    """Yield every [x, y] of the shape; raises `Unusable`."""
    stack: list[Any] = [shape.get("coordinates") or []]
    while stack:
        part = stack.pop()
        if not isinstance(part, (list, tuple)):
            raise Unusable("no coordinates")
        if part and isinstance(part[0], (int, float)):
            yield part
        else:
            stack.extend(reversed(part))


def moved(shape: Shape, project: Callable[[float, float], tuple[float, float]]) -> Shape:
    """Return the shape with every point sent through `project`."""

    def move(part: Any) -> Any:
        if not isinstance(part, (list, tuple)):
            raise Unusable("no coordinates")
        if part and isinstance(part[0], (int, float)):
            return list(project(part[0], part[1]))
        return [move(each) for each in part]

    return {"type": shape["type"], "coordinates": move(shape["coordinates"])}


def middle(shape: Shape) -> LatLong:
    """Return the point that stands for the shape; raises `Unusable`."""
    kind = shape.get("type")
    if kind == "Point":
        x, y = shape["coordinates"][:2]
        return y, x
    if kind in ("Polygon", "MultiPolygon"):
        return _centroid(_largest(polygons_of(shape)))
    if kind in ("LineString", "MultiLineString"):
        return geometry.middle(lines_of(shape))
    if kind == "MultiPoint" and (first := next(points(shape), None)):
        return first[1], first[0]
    raise Unusable("no coordinates" if kind in (None, "MultiPoint") else f"a {kind}, which has no place here")


def reach(shape: Shape) -> int:
    """Return the radius in metres of a disc as large as the shape's polygons; 0 for lines and points."""
    if shape.get("type") not in ("Polygon", "MultiPolygon"):
        return 0
    area = sum(abs(_area(polygon[0])) for polygon in polygons_of(shape))
    lat = middle(shape)[0]
    return round(math.sqrt(area * math.cos(math.radians(lat)) / math.pi) * geometry.METRES_PER_DEGREE)


def _largest(polygons: list[Polygon]) -> Line:
    return max((polygon[0] for polygon in polygons), key=lambda ring: abs(_area(ring)))


def _area(ring: Line) -> float:
    x0, y0 = ring[0]  # near the ring, for the sake of small differences
    return (
        sum(
            (a[0] - x0) * (b[1] - y0) - (b[0] - x0) * (a[1] - y0)
            for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)
        )
        / 2
    )


def _centroid(ring: Line) -> LatLong:
    area = _area(ring)
    if abs(area) < 1e-14:
        return ring[0][1], ring[0][0]
    x0, y0 = ring[0]
    x = y = 0.0
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = (a[0] - x0) * (b[1] - y0) - (b[0] - x0) * (a[1] - y0)
        x += (a[0] + b[0] - 2 * x0) * cross
        y += (a[1] + b[1] - 2 * y0) * cross
    return y0 + y / (6 * area), x0 + x / (6 * area)
