"""The whole city as a drawing: its streets, drawn once, and dots upon them.

One unit of the drawing is the city's width divided by `WIDTH`; latitude and longitude are linear in it.
"""

from __future__ import annotations

import json
import math
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.places.geometry import LatLong, Line, Polygon
from bot.places.tables import Area, CityImport, Street
from bot.town import Town

WIDTH = 1000
MARGIN = 0.02  # of the city's width and height, on each side
CELL = 20
"""Cases so close together (units) share a dot: who reported is not to be guessed from where it stands."""


@dataclass(frozen=True)
class CityMap:
    """The drawing. `streets` and `boundary` are paths of SVG; the edges are in degrees."""

    west: float
    east: float
    south: float
    north: float
    height: int
    streets: str
    boundary: str
    width: int = WIDTH

    def project(self, lat: float, long: float) -> tuple[float, float]:
        """Return where a point is on the drawing."""
        x = (long - self.west) / (self.east - self.west) * self.width
        y = (self.north - lat) / (self.north - self.south) * self.height
        return x, y

    def path(self, polygons: Iterable[Polygon]) -> str:
        """Return polygons of [long, lat] as a path."""
        return " ".join(f"{self._run(ring)}Z" for polygon in polygons for ring in polygon)

    def _run(self, line: Line) -> str:
        run: list[str] = []
        for long, lat in line:
            x, y = self.project(lat, long)
            step = f"{x:.0f} {y:.0f}"
            if not run or run[-1] != step:
                run.append(step)
        return f"M{'L'.join(run)}" if len(run) > 1 else ""


@dataclass(frozen=True)
class Dot:
    """Some cases that are close together; `radius` grows with how many."""

    x: float
    y: float
    count: int
    radius: float


class CityMaps:
    """The city's drawing, made at first need and again when another city was imported."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._lock = threading.Lock()
        self._drawn: tuple[str, CityMap | None] | None = None

    def get(self) -> CityMap | None:
        """Return the drawing; None where there is no street to draw."""
        with self._lock, self._town.database.read() as session:
            checksum = session.scalars(select(CityImport.checksum)).first() or ""
            if self._drawn is None or self._drawn[0] != checksum:
                self._drawn = checksum, draw(session)
            return self._drawn[1]


def draw(session: Session) -> CityMap | None:
    """Return the drawing of the gazetteer's streets and the city's boundary; None: it has no street."""
    lines = [line for text in session.scalars(select(Street.geometry)) for line in json.loads(text)]
    polygons = [
        polygon
        for text in session.scalars(select(Area.polygons).where(Area.kind == "city"))
        for polygon in json.loads(text)
    ]
    points = [point for line in lines for point in line]
    if len(points) < 2:
        return None
    # A boundary may reach far out into a lake: the streets say how large the city is.
    west, east = _edges([point[0] for point in points])
    south, north = _edges([point[1] for point in points])
    shrink = math.cos(math.radians((south + north) / 2))
    height = round(WIDTH * (north - south) / ((east - west) * shrink))
    bare = CityMap(west, east, south, north, min(height, 3 * WIDTH), "", "")
    streets = "".join(bare._run(line) for line in lines)
    return CityMap(west, east, south, north, bare.height, streets, bare.path(polygons))


def _edges(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    margin = max((high - low) * MARGIN, 1e-4)
    return low - margin, high + margin


def dots(city: CityMap, places: Iterable[LatLong]) -> list[Dot]:
    """Return places (lat, long) as dots, the largest first so that none hides a smaller one."""
    cells: Counter[tuple[int, int]] = Counter()
    for lat, long in places:
        x, y = city.project(lat, long)
        if 0 <= x <= city.width and 0 <= y <= city.height:
            cells[int(x // CELL), int(y // CELL)] += 1
    return [
        Dot((x + 0.5) * CELL, (y + 0.5) * CELL, count, round(3 + 3 * math.sqrt(count), 1))
        for (x, y), count in cells.most_common()
    ]
