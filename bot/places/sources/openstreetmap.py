"""OpenStreetMap extracts: streets, addresses, corners, parks, schools, shops and boundaries in one go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import osmium
from osmium.filter import EntityFilter, KeyFilter
from osmium.osm import AREA, NODE, WAY

from bot.places import geometry, naming, shapes
from bot.places.geometry import Line, Polygon
from bot.places.records import Centreline, CityDataError, Door, Mark, Node, Record, Region, Skipped, Unusable
from bot.places.shapes import Shape
from bot.places.sources.layers import EVERY, Seen
from bot.places.sources.openstreetmap_tags import (
    DOOR,
    HIGHWAY,
    LANDMARKS,
    NEIGHBOURHOODS,
    WATER,
    kind_of,
    street_name,
    street_names,
)
from bot.places.sources.radius import WIDEST, radius_of

TRIED = 1000
BRINK = 40  # metres to either side of a river's middle that still are the river
LEVEL = 8  # admin_level of most cities and towns


@dataclass(frozen=True)
class Town:
    """An administrative area, with its box to look at first."""

    name: str
    level: int
    polygons: Sequence[Polygon]
    box: tuple[float, float, float, float]

    def holds(self, lat: float, long: float) -> bool:
        """Tell whether the point lies in it."""
        south, west, north, east = self.box
        if not (south <= lat <= north and west <= long <= east):
            return False
        return any(geometry.in_polygon(lat, long, polygon) for polygon in self.polygons)


class OsmSource:
    """An extract; `city` names the boundary that bounds what is taken, "" takes all."""

    kind = "osm"
    size = 0  # nobody knows how many objects a file holds

    def __init__(self, path: Path, city: str) -> None:
        self.name = path.name
        self.rows = f"{path.name}, object"
        self._path = str(path)
        self._city_name = city
        self._places: list[Region] = []
        self._towns: list[Town] = []
        self._city: Town | None = None
        self._at: dict[int, tuple[str, bool]] = {}
        self._rivers: dict[str, list[Line]] = defaultdict(list)

    def fields(self) -> list[tuple[str, str, str]]:
        """Return what is read from where: nothing here is a guess."""
        return []

    def tried(self) -> tuple[list[Record], Skipped, int]:
        """Return the first records, what is left out on the way, and how many objects they are."""
        skipped = Skipped()
        found = list(islice(self.records(skipped, lambda _: None), TRIED))
        return [record for _, record in found], skipped, len(found) + sum(skipped.counts.values())

    def records(self, skipped: Skipped, seen: Seen) -> Iterator[tuple[int, Record]]:
        """Yield each record and the id of its object; notes what it leaves out. Raises `CityDataError`."""
        try:
            self._read_boundaries()
            self._choose_city()
            for region in self._regions():
                yield 0, region
            yield from self._objects(skipped, seen)
        except RuntimeError as error:  # what osmium raises on a file it can't read
            raise CityDataError(f"{self._path} can't be read: {error}. Download it again.") from None
        for name, lines in self._rivers.items():
            lat, long = geometry.middle(lines)
            yield 0, Mark(name, "river", lat, long, BRINK)

    # --- boundaries ---

    def _read_boundaries(self) -> None:
        self._places, self._towns, self._at = [], [], {}
        processor = osmium.FileProcessor(self._path).with_areas(KeyFilter("boundary", "place"))
        for area in processor.with_filter(EntityFilter(AREA)).with_filter(KeyFilter("boundary", "place")):
            tags, name = area.tags, area.tags.get("name")
            if not name:
                continue
            if tags.get("boundary") == "administrative":
                level = tags.get("admin_level") or ""
                self._add_town(name, int(level) if level.isdigit() else 99, _polygons(area))
            elif tags.get("place") in NEIGHBOURHOODS:
                self._places.append(Region("neighbourhood", name, _polygons(area)))
            elif tags.get("place") in ("city", "town", "village"):
                self._add_town(name, LEVEL + 2, _polygons(area))

    def _add_town(self, name: str, level: int, polygons: Sequence[Polygon]) -> None:
        lats = [point[1] for polygon in polygons for point in polygon[0]]
        longs = [point[0] for polygon in polygons for point in polygon[0]]
        if lats:
            self._towns.append(Town(name, level, polygons, (min(lats), min(longs), max(lats), max(longs))))

    def _choose_city(self) -> None:
        if not self._city_name:
            return
        wanted = self._city_name.casefold()
        fitting = [town for town in self._towns if town.name.casefold() == wanted]
        if not fitting:
            names = ", ".join(sorted({town.name for town in self._towns if 7 <= town.level <= 10})[:20])
            raise CityDataError(
                f"{self.name}: there is no boundary named {self._city_name!r} in it. "
                f"There are: {names or 'none'}. Take an extract with the whole city, or leave --city out."
            )
        self._city = min(fitting, key=lambda town: abs(town.level - LEVEL))

    def _regions(self) -> Iterator[Region]:
        if self._city:
            yield Region("city", self._city.name, self._city.polygons)
        for region in self._places:
            if self._inside(*shapes.middle({"type": "MultiPolygon", "coordinates": region.polygons})):
                yield region

    def _town_at(self, lat: float, long: float) -> tuple[str, bool]:
        """Return the town of a point and whether that is ours, to the nearest hundred metres."""
        cell = geometry.cell(lat, long)
        found = self._at.get(cell)
        if found is None:
            holding = [town for town in self._towns if 7 <= town.level <= LEVEL + 2 and town.holds(lat, long)]
            town = min(holding, key=lambda town: abs(town.level - LEVEL), default=None)
            ours = self._city is None or self._city.holds(lat, long)
            found = self._at[cell] = (town.name if town else "", ours)
        return found

    def _inside(self, lat: float, long: float) -> bool:
        return self._town_at(lat, long)[1]

    # --- objects ---

    def _objects(self, skipped: Skipped, seen: Seen) -> Iterator[tuple[int, Record]]:
        keys = KeyFilter(HIGHWAY, DOOR, WATER, "place", *LANDMARKS)
        processor = osmium.FileProcessor(self._path).with_locations().with_areas(KeyFilter(DOOR, *LANDMARKS))
        wanted = processor.with_filter(EntityFilter(NODE | WAY | AREA)).with_filter(keys)
        for count, found in enumerate(wanted):
            if count % EVERY == 0:
                seen(count)
            try:
                for record in self._records(found):
                    yield found.id, record
            except Unusable as reason:
                skipped.add(str(reason), f"{self.name}, {_title(found)}")
            except osmium.InvalidLocationError:
                skipped.add("a part of it is not in the extract", f"{self.name}, {_title(found)}")

    def _records(self, found: Any) -> Iterator[Record]:
        if found.is_way():
            if HIGHWAY in found.tags:
                yield from self._street(found)
            elif WATER in found.tags:
                self._river(found)
        elif DOOR in found.tags or kind_of(found.tags):
            shape = _shape(found)
            lat, long = shapes.middle(shape)
            town, inside = self._town_at(lat, long)
            if not inside:
                raise Unusable(f"outside of {self._city_name}")
            yield from _marks(found.tags, shape, lat, long)
            yield from _doors(found.tags, town, lat, long)

    def _street(self, way: Any) -> Iterator[Record]:
        name = street_name(way.tags)
        if not name:
            return
        nodes = [Node(node.ref, node.lat, node.lon) for node in way.nodes]
        middle = nodes[len(nodes) // 2]
        if len(nodes) < 2 or not any(
            self._inside(node.lat, node.long) for node in (nodes[0], middle, nodes[-1])
        ):
            return
        line = [[node.long, node.lat] for node in nodes]
        community = self._town_at(middle.lat, middle.long)[0]
        yield Centreline(name, [line], street_names(way.tags, name), community, nodes)

    def _river(self, way: Any) -> None:
        name = way.tags.get("name")
        line = [[node.lon, node.lat] for node in way.nodes]
        if name and len(line) > 1 and self._inside(line[len(line) // 2][1], line[len(line) // 2][0]):
            self._rivers[name].append(line)


def _title(found: Any) -> str:
    if found.is_area():
        return f"{'way' if found.from_way() else 'relation'} {found.orig_id()}"
    return f"{'node' if found.is_node() else 'way'} {found.id}"


def _shape(found: Any) -> Shape:
    if found.is_node():
        return {"type": "Point", "coordinates": [found.location.lon, found.location.lat]}
    return {"type": "MultiPolygon", "coordinates": _polygons(found)}


def _polygons(area: Any) -> list[Polygon]:
    return [
        [_ring(outer), *(_ring(inner) for inner in area.inner_rings(outer))] for outer in area.outer_rings()
    ]


def _ring(ring: Any) -> Line:
    return [[round(node.lon, 6), round(node.lat, 6)] for node in ring]


def _marks(tags: Any, shape: Shape, lat: float, long: float) -> Iterator[Record]:
    kind, name = kind_of(tags), tags.get("name")
    if kind and name:
        aliases = [
            each for key in ("alt_name", "short_name", "old_name", "loc_name") if (each := tags.get(key))
        ]
        split = tuple(part.strip() for alias in aliases for part in alias.split(";") if part.strip())
        yield Mark(name, kind, lat, long, min(shapes.reach(shape) or radius_of(kind), WIDEST), split)


def _doors(tags: Any, town: str, lat: float, long: float) -> Iterator[Record]:
    number, street = tags.get(DOOR), tags.get("addr:street")
    if not number:
        return
    if not street:
        raise Unusable("a house number without a street")
    numbers, letter = naming.house_numbers(number)
    community, unit = tags.get("addr:city") or town, tags.get("addr:unit") or letter
    for each in numbers:
        yield Door(each, street, lat, long, unit, community, naming.zipcode(tags.get("addr:postcode") or ""))
