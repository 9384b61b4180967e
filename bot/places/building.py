"""From what was gathered to the gazetteer's finished tables, in the scratch file."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from bot.places import geometry
from bot.places.gathering import Gathering, Patch
from bot.places.geometry import LatLong, Line
from bot.places.records import CityDataError
from bot.places.sorting import Group, Sorter, aliases_of, community_of, name_of
from bot.places.tables import AddressPoint, Area, Intersection, Landmark, Street, StreetAlias

FAR = 150_000.0  # metres from the middle of all doors: a slip of the pen, not a part of the city
SAME_DOOR = 100.0  # metres within which two doors of one number and unit are one
SAME_CORNER = 40.0
NOWHERE: LatLong = (0.0, 0.0)
SHARED = (
    "SELECT node, line, lat, long FROM raw_node WHERE node IN"
    " (SELECT node FROM raw_node GROUP BY node HAVING count(*) > 1) ORDER BY node, line"
)
GIVEN = (
    "SELECT one.street, two.street, lat, long, place, row FROM raw_corner"
    " JOIN raw_patch one ON one.patch = patch_1 JOIN raw_patch two ON two.patch = patch_2"
    " ORDER BY raw_corner.rowid"
)

Tell = Callable[[str], None]
"""Told what is done next."""


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many of each the gazetteer holds; `skipped` addresses lie on streets that are not in the files."""

    streets: int
    addresses: int
    intersections: int
    landmarks: int
    skipped: int = 0


@dataclass(slots=True)
class _Row:
    """A street in the making."""

    id: int
    group: Group
    full_name: str
    base: tuple[str, str]  # where N Grant Ave becomes S Grant Ave is no corner
    community: str
    lines: list[Line]
    at: LatLong = NOWHERE


class Corners:
    """Where streets meet, each corner once."""

    def __init__(self, rows: Iterable[_Row]) -> None:
        self._order = {row.id: (*_reading_order(row.full_name), row.id) for row in rows}
        self._bases = {row.id: row.base for row in rows}
        self._spots: dict[tuple[int, int], list[LatLong]] = defaultdict(list)

    def add(self, one: int, two: int, at: LatLong) -> str:
        """Take in a corner; returns why not, "" where it is new."""
        if self._bases[one] == self._bases[two]:
            return "a street that meets itself"
        first, second = sorted((one, two), key=self._order.__getitem__)
        spots = self._spots[first, second]
        if any(geometry.distance(at, spot) <= SAME_CORNER for spot in spots):
            return "a corner that is there already"
        spots.append(at)
        return ""

    def rows(self) -> list[tuple[int, int, float, float]]:
        """Return (street, street, latitude, longitude) of each, in order."""
        found = ((*pair, *spot) for pair, spots in self._spots.items() for spot in spots)
        return sorted((one, two, round(lat, 6), round(long, 6)) for one, two, lat, long in found)


class Builder:
    """Builds the tables. `first_street` is the id of the first street.

    `only_drawn`: a door whose street has no line is left out rather than given a street of its own.
    """

    def __init__(self, gathering: Gathering, *, first_street: int = 1, only_drawn: bool = False) -> None:
        self._gathering = gathering
        self._scratch = gathering.scratch
        self._first = first_street
        self._only_drawn = only_drawn
        self._skipped_doors = 0

    def build(self, tell: Tell) -> Counts:
        """Fill the tables; raises `CityDataError` where there is nothing to fill them with."""
        tell("Telling streets of one name apart")
        self._drop_what_is_far()
        rows = self._rows()
        tell("Sorting the doors")
        self._doors(rows)
        self._place_by_corners(rows)
        self._streets(rows)
        tell("Looking where streets meet")
        self._intersections(rows)
        self._areas()
        tell("Indexing")
        self._scratch.index()
        counts = Counts(
            streets=self._scratch.count(Street),
            addresses=self._scratch.count(AddressPoint),
            intersections=self._scratch.count(Intersection),
            landmarks=self._scratch.count(Landmark),
            skipped=self._skipped_doors,
        )
        if not (counts.streets or counts.landmarks or self._gathering.regions):
            raise CityDataError("there is nothing in these files that we could use, so nothing was changed.")
        return counts

    # --- streets ---

    def _drop_what_is_far(self) -> None:
        patches = self._gathering.patches
        if not patches:
            return
        middle = _median(patches, 0), _median(patches, 1)
        far = {patch.square for patch in patches if geometry.distance(middle, patch.middle()) > FAR}
        for patch in patches:
            if patch.square in far:
                self._drop(patch)
        self._gathering.patches = [patch for patch in patches if patch.square not in far]

    def _drop(self, patch: Patch) -> None:
        """Leave out a patch's doors or corners; a corner's two ends lie in one square and go together."""
        of_patch = "raw_corner WHERE patch_1 = ?" if patch.corners else "raw_door WHERE patch = ?"
        for found in list(self._scratch.rows(f"SELECT place, row FROM {of_patch}", (patch.id,))):  # noqa: S608
            self._gathering.skipped.add("far from all the rest", self._gathering.where(*found))
        self._scratch.connection.execute(f"DELETE FROM {of_patch}", (patch.id,))  # noqa: S608

    def _rows(self) -> list[_Row]:
        names, communities = self._gathering.names, self._gathering.communities.texts
        groups = Sorter(self._gathering).streets()
        if self._only_drawn:
            lost = [group for group in groups if not group.parts]
            self._leave_out(lost)
            groups = [group for group in groups if group.parts]
        rows = []
        for i, group in enumerate(groups, self._first):
            name = name_of(group, names)
            lines = geometry.joined([path for part in group.parts for path in part.paths()])
            base = (name.key.key, name.key.suffix)
            rows.append(_Row(i, group, name.full_name, base, communities[community_of(group)], lines))
        return rows

    def _leave_out(self, lost: list[Group]) -> None:
        for group in lost:
            name = self._gathering.names[group.patches[0].name].full_name
            count = sum(patch.count for patch in group.patches)
            self._gathering.skipped.add("on a street that is not in the files", name, count)
            self._skipped_doors += count

    def _place_by_corners(self, rows: list[_Row]) -> None:
        """Give a place to the streets that have neither lines nor doors."""
        lost = {row.id: row for row in rows if not row.lines and row.at == NOWHERE}
        points: dict[int, list[LatLong]] = defaultdict(list)
        for one, two, *at, _, _ in self._scratch.rows(GIVEN) if lost else ():
            for street in lost.keys() & {one, two}:
                points[street].append((at[0], at[1]))
        for street, corners in points.items():
            lost[street].at = _middlemost(corners)

    def _streets(self, rows: list[_Row]) -> None:
        for row in rows:
            if row.lines:
                row.at = geometry.middle(row.lines)
        self._name_by_neighbourhood(rows)
        drawn = ((row.lines or [[row.at[::-1]]], row) for row in rows)
        self._scratch.insert(
            Street, ((r.id, r.full_name, *r.at, _json(lines), r.community) for lines, r in drawn)
        )
        names = self._gathering.names
        aliases = [
            (row.id, alias) for row in rows for alias in aliases_of(row.group, name_of(row.group, names), names)
        ]
        self._scratch.insert(StreetAlias, ((i, *alias) for i, alias in enumerate(aliases, 1)))

    def _name_by_neighbourhood(self, rows: list[_Row]) -> None:
        """Tell namesakes apart by neighbourhood where the data names no towns."""
        namesakes = Counter(row.full_name for row in rows)
        regions = [region for region in self._gathering.regions if region.kind == "neighbourhood"]
        for row in rows:
            if not row.community and namesakes[row.full_name] > 1:
                row.community = next((r.name for r in regions if _holds(r.polygons, row.at)), "")

    # --- doors ---

    def _doors(self, rows: list[_Row]) -> None:
        execute = self._scratch.connection
        execute.execute("CREATE TABLE raw_patch (patch INTEGER PRIMARY KEY, street INTEGER, community TEXT)")
        communities = self._gathering.communities.texts
        self._scratch.insert(
            "raw_patch",
            ((patch.id, row.id, communities[patch.community]) for row in rows for patch in row.group.patches),
        )
        by_id = {row.id: row for row in rows}
        self._scratch.insert(AddressPoint, ((i, *door) for i, door in enumerate(self._unique_doors(by_id), 1)))

    def _unique_doors(self, rows: dict[int, _Row]) -> Iterator[tuple[Any, ...]]:
        query = (
            "SELECT street, number, unit, community, zipcode, lat, long, place, row"
            " FROM raw_door JOIN raw_patch USING (patch) ORDER BY street, number, unit, seq"
        )
        for street, found in groupby(self._scratch.rows(query), key=itemgetter(0)):
            row, kept = rows[street], []
            for _, doors in groupby(found, key=itemgetter(1, 2)):
                kept.extend(self._first_of_each(doors))
            if not row.lines:
                row.at = _middlemost([(door[5], door[6]) for door in kept])
            for door in kept:
                yield (*door[:7], geometry.cell(door[5], door[6]))

    def _first_of_each(self, doors: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        kept: list[tuple[Any, ...]] = []
        for door in doors:
            if any(geometry.distance((door[5], door[6]), (one[5], one[6])) <= SAME_DOOR for one in kept):
                where = self._gathering.where(door[7], door[8])
                self._gathering.skipped.add("an address that is there already", where)
            else:
                kept.append(door)
        return kept

    # --- corners and areas ---

    def _intersections(self, rows: list[_Row]) -> None:
        corners = Corners(rows)
        for one, two, point in self._meetings(rows):
            corners.add(one, two, point)
        for one, two, lat, long, *where in self._scratch.rows(GIVEN):
            if reason := corners.add(one, two, (lat, long)):
                self._gathering.skipped.add(reason, self._gathering.where(*where))
        self._scratch.insert(
            Intersection,
            ((i, *corner, geometry.cell(corner[2], corner[3])) for i, corner in enumerate(corners.rows(), 1)),
        )

    def _meetings(self, rows: list[_Row]) -> Iterator[tuple[int, int, LatLong]]:
        """Yield where streets share a point of the data's, then where lines cross that don't say so."""
        street_of = {part.id: row.id for row in rows for part in row.group.parts}
        nodes = self._scratch.rows(SHARED)
        for _, found in groupby(nodes, key=itemgetter(0)):
            at = list(found)
            streets = sorted({street_of[line] for _, line, _, _ in at if line in street_of})
            for i, one in enumerate(streets):
                for two in streets[i + 1 :]:
                    yield one, two, (at[0][2], at[0][3])
        if all(part.noded for row in rows for part in row.group.parts):
            return
        noded = {row.id for row in rows if row.group.parts and all(part.noded for part in row.group.parts)}
        for one, two, point in geometry.crossings((row.id, row.lines) for row in rows):
            if not (one in noded and two in noded):
                yield one, two, point

    def _areas(self) -> None:
        last = {(region.kind, region.name): region for region in self._gathering.regions}  # a newer one wins
        regions = sorted(last.values(), key=lambda region: region.kind != "city")
        cities = [region for region in regions if region.kind == "city"]
        if len(cities) > 1:  # a boundary in pieces
            pieces = [polygon for region in cities for polygon in region.polygons]
            regions = [cities[0]._replace(polygons=pieces), *regions[len(cities) :]]
        self._scratch.insert(
            Area, ((i, r.kind, r.name, r.state, _json(r.polygons)) for i, r in enumerate(regions, 1))
        )


def _json(value: Any) -> str:
    return json.dumps(value)


def _holds(polygons: Iterable[geometry.Polygon], at: LatLong) -> bool:
    return any(geometry.in_polygon(*at, polygon) for polygon in polygons)


def _median(patches: list[Any], axis: int) -> float:
    values = sorted((patch.middle()[axis], patch.count) for patch in patches)
    half = sum(count for _, count in values) / 2
    for value, count in values:
        half -= count
        if half <= 0:
            return float(value)
    return 0.0


def _middlemost(points: list[LatLong]) -> LatLong:
    """Return the point that is nearest to the mean of all."""
    mean = sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)
    return min(points, key=lambda point: geometry.distance(mean, point))


def _reading_order(full_name: str) -> tuple[int, str]:
    """Numbered streets come first, as people say them: "5th and Main"."""
    number = re.match(r"\d+", full_name)
    return (int(number[0]), "") if number else (10**9, full_name)
