"""From a table's rows to records, by the mapping of its columns."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, groupby
from typing import Any

from bot.places import naming, shapes
from bot.places.geometry import LatLong
from bot.places.records import Centreline, Corner, Door, Mark, Record, Region, Unusable
from bot.places.shapes import Shape
from bot.places.sources.columns import Kind, Mapped
from bot.places.sources.layers import Feature
from bot.places.sources.radius import WIDEST, radius_of

Project = Callable[[float, float], tuple[float, float]]
"""From the file's x and y to longitude and latitude."""

KIND_WORDS = (
    ("park", "park|playground|recreation|green|garden|field|preserve|trailhead"), ("school", "school|academy"),
    ("library", "librar"), ("hospital", "hospital|medical cent"), ("station", "station|terminal|depot"),
    ("fire station", "fire|engine co"), ("police", "police"), ("university", "university|college"),
    ("cemetery", "cemeter"), ("church", "church|synagogue|mosque|temple"), ("trail", "trail|greenway"),
    ("government", "city hall|town hall|court|municipal"), ("shop", "shop|store|market|mall"),
)  # fmt: skip


class Converter:
    """Turns the rows of one table into records. Raises `Unusable` on the rows it can't."""

    def __init__(self, kind: Kind, mapped: Mapped, project: Project | None, title: str) -> None:
        self._kind = kind
        self._columns = mapped
        self._project = project
        self._title = title  # the file's name: its parks need not say that they are parks
        self._convert: Callable[[Feature], Sequence[Record]] = {
            "addresses": self._doors,
            "streets": self._centrelines,
            "intersections": self._corners,
            "landmarks": self._marks,
            "boundary": self._regions,
            "neighbourhoods": self._regions,
        }[kind]

    def records(self, feature: Feature) -> Sequence[Record]:
        """Return what the row says; raises `Unusable`."""
        try:
            return self._convert(feature)
        except (ValueError, TypeError, IndexError, KeyError, AttributeError, OverflowError):
            raise Unusable("values that are no coordinates or names") from None

    def text(self, feature: Feature, role: str) -> str:
        """Return a field of the row as text, "" where it has none."""
        columns = self._columns.get(role)
        if not columns:
            return ""
        values = feature.values
        if len(columns) == 1:
            value = values.get(columns[0])
            return "" if value is None else str(value).replace("\0", "").strip()
        words = (values.get(column) for column in columns)
        return " ".join(
            text for word in words if word is not None and (text := str(word).replace("\0", "").strip())
        )

    # --- kinds ---

    def _doors(self, feature: Feature) -> Sequence[Record]:
        number, street = self.text(feature, "number"), self.text(feature, "street")
        if not number and "number" not in self._columns:
            number, street = naming.split_address(self.text(feature, "address") or street)
        elif not street and "street" not in self._columns:
            street = naming.split_address(self.text(feature, "address"))[1]
        numbers, letter = naming.house_numbers(number)
        if not naming.has_name(street):
            raise Unusable("no street")
        lat, long = self._point(feature)
        unit = self.text(feature, "unit") or letter
        community, zipcode = self.text(feature, "community"), naming.zipcode(self.text(feature, "zipcode"))
        return [Door(each, street, lat, long, unit, community, zipcode) for each in numbers]

    def _centrelines(self, feature: Feature) -> Sequence[Record]:
        street = self.text(feature, "street")
        if not naming.has_name(street):
            raise Unusable("no street name")
        lines = shapes.lines_of(self._shape(feature))
        return [Centreline(street, lines, self._aliases(feature), self.text(feature, "community"))]

    def _corners(self, feature: Feature) -> Sequence[Record]:
        if "intersection" in self._columns:
            names = naming.split_corner(self.text(feature, "intersection"))
        else:
            names = [self.text(feature, role) for role in ("street_1", "street_2")]
        names = [name for name in names if naming.has_name(name)]
        if len(names) < 2:
            raise Unusable("no two street names")
        at, community = self._point(feature), self.text(feature, "community")
        return [Corner(pair, *at, (community, community)) for pair in combinations(names, 2)]

    def _marks(self, feature: Feature) -> Sequence[Record]:
        name = naming.readable(self.text(feature, "name"))
        if not name:
            raise Unusable("no name")
        kind = self.text(feature, "kind").lower().replace("_", " ") or self._kind_by_name(name)
        lat, long = self._point(feature)
        given = self.text(feature, "radius")
        drawn = feature.shape or self.text(feature, "shape")
        radius = float(given) if given else (shapes.reach(self._shape(feature)) if drawn else 0)
        radius = min(round(radius) or radius_of(kind), WIDEST)
        return [Mark(name, kind, lat, long, radius, self._aliases(feature))]

    def _regions(self, feature: Feature) -> Sequence[Record]:
        polygons = shapes.polygons_of(self._shape(feature))
        name, state = naming.readable(self.text(feature, "name")), self.text(feature, "state")
        if self._kind == "boundary":
            return [Region("city", name, polygons, state)]
        if not name:
            raise Unusable("no name")
        return [Region("neighbourhood", name, polygons)]

    # --- parts ---

    def _aliases(self, feature: Feature) -> tuple[str, ...]:
        value: Any = feature.values.get(self._columns.get("aliases", ("",))[0])
        names = value if isinstance(value, list) else re.split(r"[|;]", self.text(feature, "aliases"))
        return tuple(name for each in names if (name := str(each).strip()))

    def _kind_by_name(self, name: str) -> str:
        for text in (name.lower(), self._title.lower()):
            for kind, words in KIND_WORDS:
                if re.search(words, text):
                    return kind
        return "place"

    def _shape(self, feature: Feature) -> Shape:
        shape = feature.shape or shapes.from_wkt(self.text(feature, "shape"))
        if not shape or not shape.get("coordinates"):
            raise Unusable("no coordinates")
        if self._project:
            shape = shapes.moved(shape, self._project)
        for x, y, *_ in shapes.points(shape):
            _check(y, x)
        return shape

    def _point(self, feature: Feature) -> LatLong:
        shape = feature.shape
        if shape and shape.get("type") == "Point" and shape["coordinates"]:
            x, y = shape["coordinates"][:2]
        elif "lat" in self._columns and "long" in self._columns and not shape:
            lat, long = self.text(feature, "lat"), self.text(feature, "long")
            if not lat or not long:
                raise Unusable("no coordinates")
            x, y = float(long), float(lat)
        else:
            return shapes.middle(self._shape(feature))
        if not x and not y:
            raise Unusable("no coordinates")
        if self._project:
            x, y = self._project(x, y)
        _check(y, x)
        return y, x


def _check(lat: float, long: float) -> None:
    if not (math.isfinite(lat) and math.isfinite(long)):
        raise Unusable("no coordinates")
    if not (-85 <= lat <= 85 and -180 <= long <= 180):
        raise Unusable("coordinates outside the world")
    if abs(lat) < 0.01 and abs(long) < 0.01:
        raise Unusable("no coordinates")


def with_lines(features: Iterable[Feature], mapped: Mapped) -> Iterator[Feature]:
    """Make one feature of the rows of each stretch of street: rows are its points, in order."""
    street, lat, long = mapped["street"][0], mapped["lat"][0], mapped["long"][0]
    segment = mapped.get("segment", ("",))[0]
    for _, rows in groupby(features, key=lambda row: (row.values.get(street), row.values.get(segment))):
        stretch = list(rows)
        line = [point for row in stretch if (point := _vertex(row, lat, long))]
        shape = {"type": "LineString", "coordinates": line}
        yield Feature(stretch[0].row, stretch[0].values, shape)


def _vertex(row: Feature, lat: str, long: str) -> list[float] | None:
    try:
        return [float(row.values[long]), float(row.values[lat])]
    except (KeyError, TypeError, ValueError):
        return None
