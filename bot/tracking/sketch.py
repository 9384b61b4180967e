"""A small map, drawn from the gazetteer: streets with their names, landmarks and the place in the middle.

Lengths are in the drawing's units, one of which is a metre where nothing else is said.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.places import geometry
from bot.places.geometry import LatLong, Line
from bot.places.surroundings import Mark, Surroundings

WIDTH, HEIGHT = 360, 300
LETTER = 8.8
"""How wide a letter of a street's name is, about; the stylesheet's largest letters are meant."""

STRAIGHT = 1.02
"""A name stands along a stretch that is no longer than this, as a share of the way as the crow flies."""

APART = 17.0
"""How far the letters of two names have to be from each other."""

MOST_LANDMARKS = 3
SHARES = (0.5, 0.2, 0.8, 0.35, 0.65, 0.1, 0.9, 0.0, 1.0)
"""Where a name may stand along its stretch, the best first."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Name:
    """A name on the map: its middle, how it is turned (degrees, clockwise), and its words."""

    x: float
    y: float
    angle: float
    text: str


@dataclass(frozen=True)
class Spot:
    """A landmark on the map; a park has a radius."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Sketch:
    """A drawing, and in words what is on it. `streets` are paths of SVG."""

    streets: tuple[str, ...]
    spots: tuple[Spot, ...]
    street_names: tuple[Name, ...]
    spot_names: tuple[Name, ...]
    seen: tuple[str, ...]  # the streets' names
    nearby: tuple[str, ...]  # the landmarks', on the map or just beyond it
    width: int = WIDTH
    height: int = HEIGHT


@dataclass
class _Paper:
    """What is taken already: no two names stand on one another."""

    taken: list[Point] = field(default_factory=list)

    def write(self, name: Name) -> bool:
        """Take the room of a name, where there is room."""
        letters = list(_letters(name))
        on_paper = all(8 <= x <= WIDTH - 8 and 10 <= y <= HEIGHT - 10 for x, y in letters)
        if not on_paper or any(math.dist(one, other) < APART for one in letters for other in self.taken):
            return False
        self.taken += letters
        return True


MARKER = tuple((WIDTH / 2 + x, HEIGHT / 2 + y) for x in (-8, 8) for y in (-34, -20, -6, 6))
"""Where a marker in the middle stands: no name goes there."""


def draw(
    around: Surroundings, center: LatLong, scale: float = 1.0, taken: Iterable[Point] = MARKER
) -> Sketch | None:
    """Return the map with `center` in its middle, `scale` units a metre; None where there is no street.

    No name comes near the points that are `taken`.
    """
    runs = {name: list(_runs(lines, center, scale)) for name, lines in around.streets}
    runs = {name: found for name, found in runs.items() if _length(found) > 25}
    if not runs:
        return None
    paper = _Paper(taken=list(taken))
    nearest_first = sorted(runs, key=lambda name: _from_middle(runs[name]))
    street_names = [placed for name in nearest_first if (placed := _along(name, runs[name], paper))]
    landmarks = around.landmarks[:MOST_LANDMARKS]
    spots = [
        (spot, _beside(mark.name, spot, paper)) for mark in landmarks if (spot := _spot(mark, center, scale))
    ]
    return Sketch(
        streets=tuple(_path(found) for found in runs.values()),
        spots=tuple(spot for spot, name in spots if name or spot.radius),
        street_names=tuple(street_names),
        spot_names=tuple(name for _, name in spots if name),
        seen=tuple(sorted(runs)),
        nearby=tuple(mark.name for mark in landmarks),
    )


# Lines ----------------------------------------------------------------------------------------------


def project(point: LatLong, center: LatLong, scale: float = 1.0) -> Point:
    """Return where a point of the city is on the paper."""
    north = (point[0] - center[0]) * geometry.METRES_PER_DEGREE * scale
    east = (point[1] - center[1]) * geometry.METRES_PER_DEGREE * math.cos(math.radians(center[0])) * scale
    return WIDTH / 2 + east, HEIGHT / 2 - north


def _runs(lines: Iterable[Line], center: LatLong, scale: float) -> Iterator[list[Point]]:
    """Yield what of the lines is on the paper."""
    for line in lines:
        run: list[Point] = []
        for start, end in itertools.pairwise([project((lat, long), center, scale) for long, lat in line]):
            piece = _clipped(start, end)
            if run and (piece is None or piece[0] != run[-1]):
                yield run
                run = []
            if piece is not None:
                run = [*(run or piece[:1]), piece[1]]
        if run:
            yield run


def _clipped(start: Point, end: Point) -> tuple[Point, Point] | None:
    """Return what of a piece is on the paper (Liang and Barsky's way); None: nothing."""
    first, last = 0.0, 1.0
    for here, there, most in ((start[0], end[0], WIDTH), (start[1], end[1], HEIGHT)):
        if here == there:
            if not 0 <= here <= most:
                return None
            continue
        one, other = sorted((-here / (there - here), (most - here) / (there - here)))
        first, last = max(first, one), min(last, other)
    if first >= last:
        return None
    return _between(start, end, first), _between(start, end, last)


def _between(start: Point, end: Point, share: float) -> Point:
    if share in (0.0, 1.0):
        return end if share else start  # to the bit: a run's pieces are known by their ends
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _length(runs: Iterable[Sequence[Point]]) -> float:
    return sum(math.dist(a, b) for run in runs for a, b in itertools.pairwise(run))


def _from_middle(runs: Iterable[Sequence[Point]]) -> float:
    """Return how far a street is from the place."""
    middle = (WIDTH / 2, HEIGHT / 2)
    return min(_from_piece(middle, a, b) for run in runs for a, b in itertools.pairwise(run))


def _from_piece(point: Point, start: Point, end: Point) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / ((dx * dx + dy * dy) or 1.0)
    return math.dist(point, _between(start, end, min(1.0, max(0.0, along))))


def _path(runs: Iterable[Sequence[Point]]) -> str:
    return " ".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in run) for run in runs)


# Names ----------------------------------------------------------------------------------------------


def _along(text: str, runs: Iterable[Sequence[Point]], paper: _Paper) -> Name | None:
    """Return a street's name along one of its straight stretches, where there is room."""
    need = len(text) * LETTER + 14
    stretches = sorted(
        (ends for run in runs for ends in _straight(run, need)), key=lambda ends: -math.dist(*ends)
    )
    for (start, end), share in itertools.product(stretches[:8], SHARES):
        margin = need / 2 / math.dist(start, end)
        x, y = _between(start, end, margin + share * (1 - 2 * margin))
        angle = math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))
        upright = (angle + 90) % 180 - 90  # no name stands on its head
        if paper.write(name := Name(round(x, 1), round(y, 1), round(upright, 1), text)):
            return name
    return None


def _straight(run: Sequence[Point], need: float) -> Iterator[tuple[Point, Point]]:
    """Yield the ends of stretches that are straight and long enough, the longest from each point."""
    for first, start in enumerate(run[:-1]):
        best, gone = None, 0.0
        for here, there in itertools.pairwise(run[first:]):
            gone += math.dist(here, there)
            if gone > STRAIGHT * math.dist(start, there):
                break
            best = there
        if best is not None and math.dist(start, best) >= need:
            yield start, best


def _spot(mark: Mark, center: LatLong, scale: float) -> Spot | None:
    """Return where a landmark is on the paper; None: beyond its edge, or a dot that the marker would hide."""
    x, y = project(mark.at, center, scale)
    hidden = abs(x - WIDTH / 2) < 20 and -46 < y - HEIGHT / 2 < 8 and not mark.is_park
    if hidden or not (0 < x < WIDTH and 0 < y < HEIGHT):
        return None
    return Spot(round(x, 1), round(y, 1), mark.radius * scale if mark.is_park else 0)


def _beside(text: str, spot: Spot, paper: _Paper) -> Name | None:
    """Return a landmark's name under its spot, or over it, where there is room."""
    for below in (20.0, -20.0, 34.0, -56.0):  # the last one is over the marker, where that is on the spot
        if paper.write(name := Name(spot.x, round(spot.y + below, 1), 0, text)):
            return name
    return None


def _letters(name: Name) -> Iterator[Point]:
    """Yield where a name's letters are."""
    turn = math.radians(name.angle)
    for place in range(len(name.text)):
        along = (place - (len(name.text) - 1) / 2) * LETTER
        yield name.x + along * math.cos(turn), name.y + along * math.sin(turn)
