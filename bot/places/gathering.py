"""Takes in a city's records, in any order, and keeps them for the sorting."""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.places import naming, normalise
from bot.places.geometry import LatLong, Line
from bot.places.normalise import StreetName
from bot.places.records import Centreline, Corner, Door, Mark, Record, Region, Skipped
from bot.places.scratch import Scratch
from bot.places.tables import Landmark

BATCH = 20_000
SQUARE = 0.005  # degrees: some 550 m from north to south
ROW = 100_000  # more squares than there are from west to east

Square = int


def square(lat: float, long: float) -> Square:
    """Return the number of the square, some 500 m wide, that a point lies in."""
    return math.floor((lat + 90) / SQUARE) * ROW + math.floor((long + 180) / SQUARE)


@dataclass(slots=True)
class Patch:
    """The doors, or else the ends of given corners, of one name and one community within one square."""

    id: int
    name: int
    community: int
    square: Square
    corners: bool = False
    count: int = 0
    lat: float = 0.0  # of all of them together, until `middle`
    long: float = 0.0

    def middle(self) -> tuple[float, float]:
        """Return the mean of its doors or corners."""
        return self.lat / self.count, self.long / self.count


@dataclass(slots=True)
class Part:
    """A centreline: a street or a block of one. Coordinates are flat: longitude, latitude, longitude..."""

    id: int
    name: int
    community: int
    lines: list[array[float]]
    aliases: tuple[str, ...]
    noded: bool
    whole: bool
    squares: frozenset[Square] = frozenset()

    def paths(self) -> list[Line]:
        """Return the lines as GeoJSON has them."""
        return [list(zip(flat[::2], flat[1::2], strict=True)) for flat in self.lines]


@dataclass
class Words:
    """Texts by number: a million doors bear twenty thousand names."""

    texts: list[str] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def number(self, text: str) -> int:
        """Return the text's number; a new one where it is new."""
        found = self._numbers.get(text)
        if found is None:
            found = self._numbers[text] = len(self.texts)
            self.texts.append(text)
        return found


@dataclass(frozen=True)
class Name:
    """A street's name as the data has it, as residents read it, and as it is compared."""

    full_name: str
    key: StreetName


class Gathering:
    """What was read so far. Doors and corners wait in the scratch file; streets and patches fit in memory."""

    def __init__(self, scratch: Scratch, skipped: Skipped) -> None:
        self.scratch = scratch
        self.skipped = skipped
        self.names: list[Name] = []
        self.communities = Words([""], {"": 0})
        self.patches: list[Patch] = []
        self.parts: list[Part] = []
        self.regions: list[Region] = []
        self.places: list[str] = []  # what the rows of each source are called
        self._raw_names: dict[str, int] = {}
        self._by_name: dict[str, int] = {}
        self._raw_communities: dict[str, int] = {"": 0}
        self._patches: dict[tuple[int, int, int, bool], Patch] = {}
        self._doors: list[tuple[object, ...]] = []
        self._corners: list[tuple[object, ...]] = []
        self._nodes: list[tuple[object, ...]] = []
        self._marks: list[tuple[object, ...]] = []
        self._seen_marks: set[tuple[str, int, int]] = set()
        self._count = 0
        self._landmarks = 0

    def take(self, records: Iterable[tuple[int, Record]], rows: str) -> None:
        """Take in the records of one source, each with its row's number; `rows` is what these count."""
        self.places.append(rows)
        for count, (row, record) in enumerate(records, 1):
            if isinstance(record, Door):
                self._door(record, row)
            elif isinstance(record, Centreline):
                self._part(record)
            elif isinstance(record, Corner):
                self._corner(record, row)
            elif isinstance(record, Mark):
                self._mark(record, row)
            else:
                self.regions.append(record)
            if count % BATCH == 0:
                self._store()
        self._store()

    def where(self, place: int, row: int) -> str:
        """Name a row: "addresses.csv, line 12"."""
        return f"{self.places[place]} {row}"

    def _door(self, door: Door, row: int) -> None:
        patch = self._patch(door.street, door.community, (door.lat, door.long))
        self._count += 1
        self._doors.append((
            self._count, len(self.places) - 1, row, patch, door.number, door.unit, door.zipcode,
            round(door.lat, 6), round(door.long, 6),
        ))  # fmt: skip

    def _corner(self, corner: Corner, row: int) -> None:
        at = round(corner.lat, 6), round(corner.long, 6)
        ends = zip(corner.streets, corner.communities, strict=True)
        patches = [self._patch(street, community, at, corners=True) for street, community in ends]
        self._corners.append((len(self.places) - 1, row, *patches, *at))

    def _patch(self, street: str, community: str, at: LatLong, *, corners: bool = False) -> int:
        """Count a door or a corner to its patch; returns the patch's id."""
        key = (self._name(street), self._community(community), square(*at), corners)
        patch = self._patches.get(key)
        if patch is None:
            patch = self._patches[key] = Patch(len(self.patches), *key)
            self.patches.append(patch)
        patch.count += 1
        patch.lat += at[0]
        patch.long += at[1]
        return patch.id

    def _part(self, line: Centreline) -> None:
        flat = [array("d", (round(value, 6) for point in path for value in point)) for path in line.lines]
        part = Part(
            len(self.parts),
            self._name(line.name),
            self._community(line.community),
            flat,
            tuple(naming.readable_street(alias) for alias in line.aliases),
            line.nodes is not None,
            line.whole,
            frozenset(_squares(line.lines)),
        )
        self.parts.append(part)
        self._nodes.extend((node.id, part.id, node.lat, node.long) for node in line.nodes or ())

    def _mark(self, mark: Mark, row: int) -> None:
        key = (mark.name.casefold(), round(mark.lat * 1000), round(mark.long * 1000))
        if key in self._seen_marks:
            self.skipped.add("a landmark that is there already", self.where(len(self.places) - 1, row))
            return
        self._seen_marks.add(key)
        self._landmarks += 1
        aliases = json.dumps(list(mark.aliases))
        lat, long = round(mark.lat, 6), round(mark.long, 6)
        self._marks.append((self._landmarks, mark.name, mark.kind, aliases, lat, long, mark.radius))

    def _name(self, raw: str) -> int:
        found = self._raw_names.get(raw)
        if found is None:
            full_name = naming.readable_street(raw)
            found = self._by_name.setdefault(full_name, len(self.names))
            if found == len(self.names):
                key = (normalise.street_names(normalise.words(full_name)) or [StreetName(full_name)])[0]
                self.names.append(Name(full_name, key))
            self._raw_names[raw] = found
        return found

    def _community(self, raw: str) -> int:
        found = self._raw_communities.get(raw)
        if found is None:
            found = self._raw_communities[raw] = self.communities.number(naming.readable(raw))
        return found

    def _store(self) -> None:
        self.scratch.insert("raw_door", self._doors)
        self.scratch.insert("raw_corner", self._corners)
        self.scratch.insert("raw_node", self._nodes)
        self.scratch.insert(Landmark, self._marks)
        self._doors, self._corners, self._nodes, self._marks = [], [], [], []


def _squares(lines: Iterable[Line]) -> Iterator[Square]:
    """Yield the squares that lines run through, and some of them twice."""
    for line in lines:
        x, y = line[0][0], line[0][1]
        yield square(y, x)
        for point in line:
            steps = math.ceil(max(abs(point[0] - x), abs(point[1] - y)) / SQUARE)
            for i in range(1, steps + 1):
                yield square(y + (point[1] - y) * i / steps, x + (point[0] - x) * i / steps)
            x, y = point[0], point[1]
