"""Points, lines and polygons in degrees: as much geometry as a city map needs."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

LatLong = tuple[float, float]
Line = Sequence[Sequence[float]]
"""GeoJSON's order: [[longitude, latitude], ...]."""
Polygon = Sequence[Line]
"""A ring, and the rings of its holes."""

METRES_PER_DEGREE = 111_195.0  # of latitude, on a sphere of 6,371 km

# A cell is about 111 m high and, between the equator and 60 degrees, 110 to 220 m wide: whatever is
# within 100 m of a point lies in its own cell or one of the eight around it.
CELL_HEIGHT, CELL_WIDTH = 0.001, 0.002
CELLS_PER_ROW = 200_000


def distance(a: LatLong, b: LatLong) -> float:
    """Return metres between two points of one city (equirectangular; off by less than 0.1 %)."""
    north = (b[0] - a[0]) * METRES_PER_DEGREE
    east = (b[1] - a[1]) * METRES_PER_DEGREE * math.cos(math.radians((a[0] + b[0]) / 2))
    return math.hypot(north, east)


def from_line(point: LatLong, ends: tuple[LatLong, LatLong]) -> float:
    """Return metres from a point to the straight line between two others."""
    (lat, long), (lat0, long0), (lat1, long1) = point, *ends
    shrink = math.cos(math.radians(lat))  # a degree of longitude is shorter
    dx, dy = (long1 - long0) * shrink, lat1 - lat0
    along = ((long - long0) * shrink * dx + (lat - lat0) * dy) / ((dx * dx + dy * dy) or 1.0)
    share = min(1.0, max(0.0, along))
    return distance(point, (lat0 + share * (lat1 - lat0), long0 + share * (long1 - long0)))


def cell(lat: float, long: float) -> int:
    """Return the number of the map square that a point lies in."""
    return math.floor((lat + 90) / CELL_HEIGHT) * CELLS_PER_ROW + math.floor((long + 180) / CELL_WIDTH)


def cells_around(lat: float, long: float, reach: int = 1) -> list[int]:
    """Return the point's own cell and those around it, `reach` of them on either side."""
    middle, steps = cell(lat, long), range(-reach, reach + 1)
    return [middle + row * CELLS_PER_ROW + column for row in steps for column in steps]


def in_polygon(lat: float, long: float, polygon: Polygon) -> bool:
    """Tell whether the point is within the polygon and in none of its holes."""
    return sum(_in_ring(long, lat, ring) for ring in polygon) % 2 == 1


def _in_ring(x: float, y: float, ring: Line) -> bool:
    odd = False
    for (x0, y0), (x1, y1) in itertools.pairwise(ring):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            odd = not odd
    return odd


def length(line: Line) -> float:
    """Return the line's length in metres."""
    return sum(distance((a[1], a[0]), (b[1], b[0])) for a, b in itertools.pairwise(line))


def middle(lines: Sequence[Line]) -> LatLong:
    """Return the point half-way along the longest of the lines."""
    line = max(lines, key=length)
    rest = length(line) / 2
    for (x0, y0), (x1, y1) in itertools.pairwise(line):
        step = distance((y0, x0), (y1, x1))
        if step and rest <= step:
            share = rest / step
            return y0 + (y1 - y0) * share, x0 + (x1 - x0) * share
        rest -= step
    return line[-1][1], line[-1][0]


def joined(lines: Iterable[Line]) -> list[Line]:
    """Return the lines with those made one that meet end to end: blocks become a street."""
    rings: list[Line] = []
    ends: dict[tuple[float, ...], Line] = {}
    for line in lines:
        path: Line = line
        while (first := tuple(path[0])) != (last := tuple(path[-1])):
            if first in ends:
                path = [*_taken(ends, first)[::-1], *path[1:]]
            elif last in ends:
                path = [*path[:-1], *_taken(ends, last)]
            else:
                break
        if first == last:
            rings.append(path)
        else:
            ends[first] = ends[last] = path
    return [*{id(path): path for path in ends.values()}.values(), *rings]


def _taken(ends: dict[tuple[float, ...], Line], at: tuple[float, ...]) -> Line:
    """Take out the line that has an end there; returns it as it runs from there."""
    path = ends[at]
    del ends[tuple(path[0])], ends[tuple(path[-1])]
    return path if tuple(path[0]) == at else path[::-1]


class Piece(NamedTuple):
    """A short stretch of a street, with its box, which is some metres wider than it."""

    x: float
    y: float
    dx: float
    dy: float
    slack: float  # how far it may be made longer at each end, as a share of its length
    west: float
    south: float
    east: float
    north: float


Square = dict[int, list[Piece]]
"""The pieces in a square of the map, by street."""

TOUCHING, ONE_CORNER = 5.0, 40.0  # metres
SQUARE = 0.001  # degrees


def crossings(streets: Iterable[tuple[int, Sequence[Line]]]) -> Iterator[tuple[int, int, LatLong]]:
    """Yield (street, street, point) wherever two different streets cross or touch, once a pair and spot.

    Centrelines meet badly: an end within 5 m of another street counts as touching it, and meetings of
    a pair within 40 m (dual carriageways, offsets) are one intersection.
    """
    seen: dict[tuple[int, int], list[LatLong]] = defaultdict(list)
    for square in _squares(streets).values():
        for one, two in itertools.combinations(square, 2):
            for a, b in itertools.product(square[one], square[two]):
                if (point := _meeting(a, b)) is not None:
                    spots = seen[min(one, two), max(one, two)]
                    if all(distance(point, other) > ONE_CORNER for other in spots):
                        spots.append(point)
    for (one, two), points in sorted(seen.items()):
        for point in points:
            yield one, two, point


def _squares(streets: Iterable[tuple[int, Sequence[Line]]]) -> dict[tuple[int, int], Square]:
    """Sort the pieces of all streets into squares of about 100 m; one may lie in several."""
    squares: dict[tuple[int, int], Square] = defaultdict(dict)
    for street, lines in streets:
        for piece in _pieces(lines):
            columns = range(math.floor(piece.west / SQUARE), math.floor(piece.east / SQUARE) + 1)
            rows = range(math.floor(piece.south / SQUARE), math.floor(piece.north / SQUARE) + 1)
            for key in itertools.product(columns, rows):
                squares[key].setdefault(street, []).append(piece)
    return squares


def _pieces(lines: Sequence[Line]) -> Iterator[Piece]:
    """Yield the lines' segments, long ones cut so that none spans more than a square or two."""
    for line in lines:
        for (x0, y0), (x1, y1) in itertools.pairwise(line):
            parts = math.ceil(max(abs(x1 - x0), abs(y1 - y0)) / SQUARE)
            for i in range(parts):
                yield _piece(
                    x0 + (x1 - x0) * i / parts, y0 + (y1 - y0) * i / parts, (x1 - x0) / parts, (y1 - y0) / parts
                )


def _piece(x: float, y: float, dx: float, dy: float) -> Piece:
    slack = TOUCHING / distance((y, x), (y + dy, x + dx))
    over_x, over_y = abs(dx) * slack, abs(dy) * slack
    west, east = min(x, x + dx) - over_x, max(x, x + dx) + over_x
    south, north = min(y, y + dy) - over_y, max(y, y + dy) + over_y
    return Piece(x, y, dx, dy, slack, west, south, east, north)


def _meeting(a: Piece, b: Piece) -> LatLong | None:
    """Return where the two pieces meet, each made longer by its slack at both ends."""
    if a.west > b.east or b.west > a.east or a.south > b.north or b.south > a.north:
        return None
    cross = a.dx * b.dy - a.dy * b.dx
    if abs(cross) < 1e-14:  # parallel, or a point
        return None
    x, y = b.x - a.x, b.y - a.y
    t = (x * b.dy - y * b.dx) / cross
    u = (x * a.dy - y * a.dx) / cross
    if -a.slack <= t <= 1 + a.slack and -b.slack <= u <= 1 + b.slack:
        return a.y + a.dy * t, a.x + a.dx * t
    return None
