"""Points, lines and polygons in degrees: as much geometry as a city map needs."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

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


def cell(lat: float, long: float) -> int:
    """Return the number of the map square that a point lies in."""
    return math.floor((lat + 90) / CELL_HEIGHT) * CELLS_PER_ROW + math.floor((long + 180) / CELL_WIDTH)


def cells_around(lat: float, long: float) -> list[int]:
    """Return the point's own cell and the eight around it."""
    middle = cell(lat, long)
    return [middle + row * CELLS_PER_ROW + column for row in (-1, 0, 1) for column in (-1, 0, 1)]


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


Segment = tuple[float, float, float, float]


def crossings(streets: Iterable[tuple[int, Sequence[Line]]]) -> Iterator[tuple[int, int, LatLong]]:
    """Yield (street, street, point) wherever two different streets cross or touch, once a pair and spot.

    Centrelines meet badly: an end within 5 m of another street counts as touching it, and meetings of
    a pair within 40 m (dual carriageways, offsets) are one intersection.
    """
    seen: dict[tuple[int, int], list[LatLong]] = defaultdict(list)
    for (one, a), (two, b) in _near_pairs(streets):
        point = _meeting(a, b)
        if point is None:
            continue
        pair = (min(one, two), max(one, two))
        if all(distance(point, other) > 40 for other in seen[pair]):
            seen[pair].append(point)
    for (one, two), points in sorted(seen.items()):
        for point in points:
            yield one, two, point


def _near_pairs(
    streets: Iterable[tuple[int, Sequence[Line]]],
) -> Iterator[tuple[tuple[int, Segment], tuple[int, Segment]]]:
    """Yield pairs of short pieces of different streets that share a cell of about 200 m."""
    size = 0.002
    grid: dict[tuple[int, int], list[tuple[int, Segment]]] = defaultdict(list)
    for street, lines in streets:
        for piece in _pieces(lines, size):
            x0, x1 = sorted((piece[0], piece[2]))
            y0, y1 = sorted((piece[1], piece[3]))
            margin = 0.0001
            columns = range(math.floor((x0 - margin) / size), math.floor((x1 + margin) / size) + 1)
            rows = range(math.floor((y0 - margin) / size), math.floor((y1 + margin) / size) + 1)
            for key in itertools.product(columns, rows):
                grid[key].append((street, piece))
    for pieces in grid.values():
        for a, b in itertools.combinations(pieces, 2):
            if a[0] != b[0]:
                yield a, b


def _pieces(lines: Sequence[Line], size: float) -> Iterator[Segment]:
    """Yield the lines' segments, long ones cut so that none spans more than a cell or two."""
    for line in lines:
        for (x0, y0), (x1, y1) in itertools.pairwise(line):
            parts = max(1, math.ceil(max(abs(x1 - x0), abs(y1 - y0)) / size))
            dx, dy = (x1 - x0) / parts, (y1 - y0) / parts
            for i in range(parts):
                yield x0 + dx * i, y0 + dy * i, x0 + dx * (i + 1), y0 + dy * (i + 1)


def _meeting(a: Segment, b: Segment, slack: float = 5.0) -> LatLong | None:
    """Return where the two segments meet, each made longer by `slack` metres at both ends."""
    ax, ay, bx, by = a[2] - a[0], a[3] - a[1], b[2] - b[0], b[3] - b[1]
    cross = ax * by - ay * bx
    if abs(cross) < 1e-14:  # parallel, or a point
        return None
    dx, dy = b[0] - a[0], b[1] - a[1]
    t, u = (dx * by - dy * bx) / cross, (dx * ay - dy * ax) / cross
    if not (_within(t, a, slack) and _within(u, b, slack)):
        return None
    return a[1] + ay * t, a[0] + ax * t


def _within(share: float, segment: Segment, slack: float) -> bool:
    metres = distance((segment[1], segment[0]), (segment[3], segment[2]))
    return -slack / metres <= share <= 1 + slack / metres
