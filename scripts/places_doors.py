"""Asks for real doors as people write them, and for doors that do not exist, and tells what came back.

    python scripts/places_doors.py ADDRESSES.csv[.gz] [--count 500] [--seed 1] [--show 20] [--save DIR]

The file has the columns house_number, street, city, zip, lat and lon, as many counties publish them. All of
it is loaded into a gazetteer of its own, gone afterwards. Then `count` of its doors are asked for with the
suffix dropped, spelt out or abbreviated, with one or two letters of the street wrong, in lower case, and
without the town; and `count` house numbers that no street of that name has. The same seed asks the same.
`--save` keeps what was asked as CSV files for `townline places evaluate`.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import random
import re
import string
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table
from sqlalchemy import create_engine, insert
from sqlalchemy.orm import Session, sessionmaker

from bot.base import Base
from bot.places import geometry, normalise, tables
from bot.places.geocoder import Places
from dialogues.types import Place

CLOSE = 25.0  # metres
KINDS = ("as it is", "suffix dropped", "suffix other way", "one letter", "two letters", "lower case")
console = Console()


@dataclass(frozen=True)
class Door:
    """One address point."""

    number: int
    street: str
    city: str
    zipcode: str
    lat: float
    long: float

    @property
    def name(self) -> tuple[int, str, str]:
        """What of it can be written; a court may have twenty such doors."""
        return self.number, self.street, self.city


@dataclass(frozen=True)
class Question:
    """A text, what was done to it, and the door that was meant."""

    text: str
    kind: str
    door: Door


def read(path: Path) -> list[Door]:
    """Return the file's doors that have a number, a street and a point."""
    open_text = gzip.open if path.suffix == ".gz" else open
    with open_text(path, "rt", encoding="utf-8") as file:
        return [door for row in csv.DictReader(file) if (door := _door(row))]


def _door(row: dict[str, str]) -> Door | None:
    number = re.match(r"[1-9]\d*", row["house_number"])
    if not (number and row["street"]):
        return None
    place = (row["city"], row["zip"], float(row["lat"]), float(row["lon"]))
    return Door(int(number[0]), row["street"], *place)


def fill(session: Session, doors: list[Door]) -> None:
    """Put the doors into the gazetteer's tables, streets of one name told apart by town."""
    of_street = defaultdict(list)
    for door in doors:
        of_street[door.street, door.city].append(door)
    streets, points = [], []
    for i, ((name, city), theirs) in enumerate(of_street.items(), 1):
        full_name, middle = normalise.abbreviate(name.title()), theirs[len(theirs) // 2]
        at = {"lat": middle.lat, "long": middle.long}
        streets.append({"id": i, "full_name": full_name, "community": city.title(), "geometry": "[]", **at})
        for door in theirs:
            at = {"lat": door.lat, "long": door.long, "cell": geometry.cell(door.lat, door.long)}
            points.append({"street_id": i, "number": door.number, "zipcode": door.zipcode, **at})
    session.execute(insert(tables.Street), streets)
    session.execute(insert(tables.AddressPoint), [{"id": i, **point} for i, point in enumerate(points, 1)])
    stamp = {"id": 1, "checksum": "doors", "imported_at": datetime(2026, 1, 1, tzinfo=UTC)}
    session.execute(insert(tables.CityImport), [stamp])


# --- what is asked ----------------------------------------------------------------------------------


def questions(doors: list[Door], count: int, dice: random.Random) -> Iterator[Question]:
    """Yield doors as people write them: every kind in turn, every other time without the town."""
    for i, door in enumerate(dice.sample(doors, count)):
        kind = KINDS[i % len(KINDS)]
        street = _written(door.street, kind, dice)
        town = f", {door.city}" if door.city and i // len(KINDS) % 2 == 0 else ""
        text = f"{door.number} {street}{town}"
        if kind == "lower case":
            text = text.lower()
        yield Question(text, f"{kind}, {'with' if town else 'without'} the town", door)


def _written(street: str, kind: str, dice: random.Random) -> str:
    words = street.split()
    suffixed = len(words) > 1 and words[-1].lower() in normalise.SUFFIX_OF
    if kind == "suffix dropped" and suffixed:
        words = words[:-1]
    elif kind == "suffix other way" and suffixed:
        short = normalise.SUFFIX_OF[words[-1].lower()]
        words[-1] = (normalise.SUFFIXES[short].split() or [short])[0].upper()
    elif kind in ("one letter", "two letters"):
        for _ in range(2 if kind == "two letters" else 1):
            i = dice.choice([i for i, word in enumerate(words[:-1] or words) if word.isalpha()] or [0])
            words[i] = misspelt(words[i], dice)
    return " ".join(words)


def misspelt(word: str, dice: random.Random) -> str:
    """Return the word with a letter lost, added, changed or swapped with the next."""
    i = dice.randrange(len(word))
    letter = dice.choice(string.ascii_uppercase)
    match dice.choice(("lose", "add", "change", "swap")) if len(word) > 2 else "add":
        case "lose":
            return word[:i] + word[i + 1 :]
        case "add":
            return word[:i] + letter + word[i:]
        case "change":
            return word[:i] + letter + word[i + 1 :]
        case _:
            i = min(i, len(word) - 2)
            return word[:i] + word[i + 1] + word[i] + word[i + 2 :]


def missing(doors: list[Door], count: int, dice: random.Random) -> Iterator[Question]:
    """Yield numbers that no street of the name has, in any town; most lie between numbers it has."""
    numbers = defaultdict(set)
    for door in doors:
        numbers[door.street].add(door.number)
    asked = 0
    while asked < count:
        door = dice.choice(doors)
        number = dice.randint(1, max(numbers[door.street]) + 50)
        if number not in numbers[door.street]:
            asked += 1
            yield Question(f"{number} {door.street}{f', {door.city}' if door.city else ''}", "missing", door)


# --- what comes back --------------------------------------------------------------------------------


def right(found: list[Place], doors: list[Door]) -> bool:
    """Tell whether the first candidate is within 25 m of a door that bears the name asked for."""
    return bool(found) and any(_close(found[0], door) for door in doors)


def _close(place: Place, door: Door) -> bool:
    if place.lat is None or place.long is None:
        return False
    return geometry.distance((place.lat, place.long), (door.lat, door.long)) <= CLOSE


def measure(places: Places, asked: list[Question], doors: list[Door], show: int) -> None:
    """Print the share found at rank 1, strictly and among what the text leaves no doubt of."""
    named = defaultdict(list)
    for door in doors:
        named[door.name].append(door)
    total: Counter[str] = Counter()
    good: Counter[str] = Counter()
    more: Counter[str] = Counter()
    for question in track(asked, "Doors that exist", console=console, transient=True):
        found = places.find_places(question.text)
        same = named[question.door.name]
        hit = right(found, same)
        total[question.kind] += 1
        good[question.kind] += hit
        more["this very point"] += right(found, [question.door])
        more["offered"] += any(_close(place, door) for place in found for door in same)
        more["first of equals"] += not hit and len({round(place.score, 3) for place in found[:2]}) == 1 < len(
            found
        )
        by_pin = places.find_places(question.text, near=_beside(question.door))
        more["near"] += right(by_pin, same)
        if not hit and show > 0:
            show -= 1
            best = [(place.address_string, place.precision, round(place.score, 2)) for place in found]
            console.print(
                f"{question.text!r} ({question.door.street}, {question.door.city}): {best}", markup=False
            )
    table = Table("doors asked for", "of", f"first, within {CLOSE:.0f} m", box=None)
    for kind in sorted(total):
        table.add_row(kind, str(total[kind]), f"{good[kind] / total[kind]:.3f}")
    n = len(asked)
    table.add_row("[bold]all[/]", str(n), f"[bold]{good.total() / n:.3f}[/]")
    table.add_row("  that very point, where one address has several", "", f"{more['this very point'] / n:.3f}")
    table.add_row("  among the candidates offered", "", f"{more['offered'] / n:.3f}")
    table.add_row("  with a pin a kilometre away as `near`", "", f"{more['near'] / n:.3f}")
    table.add_row(
        "  missed because another town has such a door, too", "", f"{more['first of equals'] / n:.3f}"
    )
    console.print(table)


def _beside(door: Door) -> geometry.LatLong:
    return door.lat + 0.009, door.long


def measure_missing(places: Places, asked: list[Question], show: int) -> None:
    """Print what was answered where no door was to be found."""
    first: Counter[str] = Counter()
    anywhere = 0
    for question in track(asked, "Doors that don't exist", console=console, transient=True):
        found = places.find_places(question.text)
        first[found[0].precision if found else "nothing"] += 1
        doors = [place for place in found if place.precision == "address"]
        anywhere += bool(doors)
        if doors and show > 0:
            show -= 1
            console.print(f"{question.text!r}: {doors[0].address_string}, {doors[0].score:.2f}", markup=False)
    table = Table("doors that don't exist", "of", box=None)
    for precision, n in first.most_common():
        table.add_row(f"answered first with: {precision}", str(n))
    table.add_row("with a door among the candidates", str(anywhere))
    console.print(table)


def save(folder: Path, name: str, asked: list[Question]) -> None:
    """Write a CSV file for `townline places evaluate`."""
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("text", "lat", "long", "kind"))
        writer.writerows((q.text, q.door.lat, q.door.long, q.kind) for q in asked)


def main() -> None:
    """Load, ask, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="how many misses to print")
    parser.add_argument("--save", type=Path, help="a folder for the questions")
    options = parser.parse_args()
    doors = read(options.file)
    dice = random.Random(options.seed)
    exist, lack = list(questions(doors, options.count, dice)), list(missing(doors, options.count, dice))
    if options.save:
        save(options.save, "doors", exist)
        save(options.save, "no_doors", lack)
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{folder}/doors.db")
        Base.metadata.create_all(engine)
        sessions = sessionmaker(engine)
        with sessions.begin() as session, console.status(f"Loading {len(doors)} doors"):
            fill(session, doors)
        places = Places(sessions)
        measure(places, exist, doors, options.show)
        measure_missing(places, lack, options.show)
        engine.dispose()


if __name__ == "__main__":
    main()
