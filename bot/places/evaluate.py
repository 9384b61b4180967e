"""How far from known points what we find lies."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.places import geometry
from dialogues.types import Place

# Columns by any of the names that such files give them.
TEXT, LAT, LONG = (
    ("expected_address", "text"),
    ("pin_lat", "lat", "latitude"),
    ("pin_lon", "long", "lon", "lng"),
)
WITHIN = (25, 100, 250)  # metres
ASKED, FOUND = ("text", "kind", "lat", "long"), ("rank", "address_string", "precision", "score", "metres")


@dataclass(frozen=True)
class Known:
    """A text and where it is. `row` is all of the file's row, `message` the text around the place, if any."""

    text: str
    point: geometry.LatLong
    kind: str
    row: Mapping[str, str]

    @property
    def message(self) -> str:
        """The message that the place was written in, where the file has it."""
        return self.row.get("text") or self.text


@dataclass(frozen=True)
class Answer:
    """What was found, best first, and how far in metres each candidate is from the known point."""

    known: Known
    found: Sequence[Place]
    metres: tuple[float, ...]

    @property
    def first(self) -> float:
        """Metres from the first candidate; infinite where there is none."""
        return self.metres[0] if self.metres else float("inf")

    @property
    def best(self) -> float:
        """Metres from the nearest candidate; infinite where there is none."""
        return min(self.metres, default=float("inf"))


@dataclass(frozen=True)
class Tally:
    """One kind's figures; shares are of all its rows. `first` and `best` hold one share for each distance."""

    kind: str
    rows: int
    answered: float
    first: tuple[float, ...]
    best: tuple[float, ...]


def read_known(path: Path, only: Mapping[str, Sequence[str]] | None = None) -> tuple[list[Known], int]:
    """Return the rows of a CSV file that name a place and a point, and how many do not.

    `only` keeps the rows whose columns hold one of the values. Raises `ValueError` on a file without the
    columns, naming them.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns = reader.fieldnames or ()
        text, lat, long = (_column(path, columns, names) for names in (TEXT, LAT, LONG))
        for column in only or ():
            _column(path, columns, (column,))
        rows = [row for row in reader if _kept(row, only or {})]
    known = [one for row in rows if (one := _known(row, text, lat, long))]
    return known, len(rows) - len(known)


def _column(path: Path, columns: Sequence[str], names: Sequence[str]) -> str:
    for name in names:
        if name in columns:
            return name
    raise ValueError(f"{path} has no column {' or '.join(names)}")


def _kept(row: Mapping[str, str], only: Mapping[str, Sequence[str]]) -> bool:
    return all(row[column] in values for column, values in only.items())


def _known(row: Mapping[str, str], text: str, lat: str, long: str) -> Known | None:
    try:
        point = float(row[lat]), float(row[long])
    except (TypeError, ValueError):
        return None
    return Known(row[text], point, row.get("kind") or "all", row) if row[text] else None


def answer(known: Known, found: Sequence[Place]) -> Answer:
    """Return the candidates with their distances from the known point; a stretch is a line."""
    return Answer(known, found, tuple(_metres(known.point, place) for place in found))


def _metres(point: geometry.LatLong, place: Place) -> float:
    if place.ends:
        first, last = place.ends
        return geometry.from_line(point, (first, last))
    if place.lat is None or place.long is None:
        return math.inf  # it was not found on any map
    return geometry.distance(point, (place.lat, place.long))


def tally(answers: Sequence[Answer], within: Sequence[int] = WITHIN) -> list[Tally]:
    """Return the figures of each kind, and last of all rows together."""
    kinds = sorted({one.known.kind for one in answers})
    of_kind = [(kind, [one for one in answers if one.known.kind == kind]) for kind in kinds]
    groups = of_kind if len(of_kind) == 1 else [*of_kind, ("together", list(answers))]
    return [_tally(kind, group, within) for kind, group in groups]


def _tally(kind: str, answers: Sequence[Answer], within: Sequence[int]) -> Tally:
    return Tally(
        kind=kind,
        rows=len(answers),
        answered=_share(bool(one.found) for one in answers),
        first=tuple(_share(one.first <= metres for one in answers) for metres in within),
        best=tuple(_share(one.best <= metres for one in answers) for metres in within),
    )


def _share(hits: Iterable[bool]) -> float:
    each = list(hits)
    return sum(each) / len(each) if each else 0.0


def save(path: Path, answers: Iterable[Answer]) -> None:
    """Write a row for each candidate, and one for each text that nothing was found for."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ("text", "kind", "lat", "long", "rank", "address_string", "precision", "score", "metres")
        )
        for one in answers:
            asked = (one.known.text, one.known.kind, *one.known.point)
            writer.writerows(
                (*asked, rank, place.address_string, place.precision, round(place.score, 3), round(metres))
                for rank, (place, metres) in enumerate(zip(one.found, one.metres, strict=True), 1)
            )
            if not one.found:
                writer.writerow((*asked, "", "", "", "", ""))
