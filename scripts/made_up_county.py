"""A county of any size that nobody lives in, the same for the same seed: what benchmarks look things up in."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from rich.progress import track
from sqlalchemy import Engine, insert
from sqlalchemy.orm import sessionmaker

from bot.base import Base
from bot.places import geometry, tables

SYLLABLES = (
    "al", "an", "ar", "ash", "bar", "ben", "bick", "black", "bran", "brook", "bur", "cal", "car",
    "chest", "clay", "cob", "cor", "cran", "dal", "dar", "del", "den", "dor", "ed", "el", "en", "far",
    "fen", "fin", "ford", "gar", "gil", "glen", "gran", "hal", "ham", "har", "hart", "haw", "hazel",
    "hol", "hun", "ing", "jas", "kel", "ken", "kirk", "lan", "lark", "lin", "lor", "mal", "mar", "mel",
    "mil", "mor", "nel", "nor", "oak", "or", "pel", "per", "pin", "quin", "ral", "ran", "red", "ris",
    "rob", "ros", "sal", "san", "sel", "shel", "sil", "stan", "sum", "tal", "tan", "thorn", "til",
    "tor", "ul", "van", "ver", "wal", "war", "wil", "win", "wood", "yar",
)  # fmt: skip
ENDINGS = (
    "ton", "field", "dale", "wood", "more", "ley", "ville", "ridge", "view", "hurst", "ford", "brook", "mere",
    "land", "ham", "worth",
)  # fmt: skip
SUFFIXES = ("St", "Ave", "Rd", "Dr", "Ln", "Ct", "Way", "Blvd", "Pl", "Cir")
Row = dict[str, Any]


class County:
    """Towns in a grid, streets that cross in each, and doors along them."""

    def __init__(self, points: int, streets: int, seed: int) -> None:
        dice = random.Random(seed)
        self.points = points
        self.towns = [self._name(dice) for _ in range(40)]
        self.streets = list(self._streets(streets, dice))
        self.corners = list(self._corners())

    @staticmethod
    def _name(dice: random.Random) -> str:
        return ("".join(dice.choices(SYLLABLES, k=dice.choice((1, 1, 2)))) + dice.choice(ENDINGS)).title()

    def _streets(self, count: int, dice: random.Random) -> Iterator[Row]:
        """Yield streets, a fifth of them namesakes of one in another town; every other one runs east."""
        names = [self._name(dice) for _ in range(count * 4 // 5)]
        for i in range(count):
            town = i % len(self.towns)
            rank = i // len(self.towns)
            suffix = dice.choice(SUFFIXES)
            direction = dice.choice(("N ", "S ", "E ", "W ")) if dice.random() < 0.1 else ""
            lat, long = 39.0 + (town // 8) * 0.2, -77.0 + (town % 8) * 0.2
            at = (lat + rank * 0.00018, long) if rank % 2 else (lat, long + rank * 0.00018)
            yield {
                "id": i + 1,
                "full_name": f"{direction}{names[i % len(names)]} {suffix}",
                "lat": at[0],
                "long": at[1],
                "geometry": "[]",
                "community": self.towns[town],
            }

    def _corners(self) -> Iterator[Row]:
        """Yield where each street meets the next few across it."""
        size = len(self.towns)
        pairs = [(i, i + step * size) for i in range(len(self.streets)) for step in (1, 3, 5)]
        for number, (one, two) in enumerate(pairs, 1):
            if two >= len(self.streets):
                return
            a, b = self.streets[one], self.streets[two]
            lat, long = max(a["lat"], b["lat"]), max(a["long"], b["long"])
            cell = geometry.cell(lat, long)
            yield {
                "id": number,
                "street_1_id": a["id"],
                "street_2_id": b["id"],
                "lat": lat,
                "long": long,
                "cell": cell,
            }

    def doors(self) -> Iterator[Row]:
        """Yield doors, on some streets four times as many as on others."""
        dice = random.Random(2)
        made = itertools.count(1)
        while True:
            for street in self.streets:
                across = street["id"] // len(self.towns) % 2
                for i in range(dice.choice((10, 20, 30, 40))):
                    if (number := next(made)) > self.points:
                        return
                    step = (i + 1) * 0.0002
                    lat, long = (
                        (street["lat"], street["long"] + step)
                        if across
                        else (street["lat"] + step, street["long"])
                    )
                    yield {
                        "id": number,
                        "street_id": street["id"],
                        "number": number % 4000 // 2 * 2 + i % 2,
                        "zipcode": str(21000 + street["id"] % len(self.towns)),
                        "lat": lat,
                        "long": long,
                        "cell": geometry.cell(lat, long),
                    }

    def fill(self, engine: Engine) -> None:
        """Make the tables and fill them."""
        Base.metadata.create_all(engine)
        doors = self.doors()
        stamp = {"id": 1, "checksum": "bench", "imported_at": datetime(2026, 1, 1, tzinfo=UTC)}
        with sessionmaker(engine).begin() as session:
            for table, rows in ((tables.Street, self.streets), (tables.Intersection, self.corners)):
                session.execute(insert(table), rows)
            for _ in track(range(0, self.points, 20_000), "Filling", transient=True):
                session.execute(insert(tables.AddressPoint), list(itertools.islice(doors, 20_000)))
            session.execute(insert(tables.CityImport), [stamp])
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
