"""A city in the making: a private SQLite file beside the database, gone when the process is.

A million doors do not fit in memory in comfort, and the database that serves must not be locked for minutes.
So all is read, sorted and joined here, and the finished tables are put in the place of the old ones at once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Index
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from bot.base import Base
from bot.places.tables import AddressPoint, Area, CityImport, Intersection, Landmark, Street, StreetAlias

TABLES: tuple[type[Base], ...] = (Street, StreetAlias, AddressPoint, Intersection, Landmark, Area, CityImport)
"""The gazetteer's tables; each refers to earlier ones only."""

RAW = """
CREATE TABLE raw_door (
    seq INTEGER PRIMARY KEY, place INTEGER, row INTEGER, patch INTEGER, number INTEGER, unit TEXT, zipcode TEXT,
    lat REAL, long REAL
);
CREATE TABLE raw_corner (place INTEGER, row INTEGER, patch_1 INTEGER, patch_2 INTEGER, lat REAL, long REAL);
CREATE TABLE raw_node (node INTEGER, line INTEGER, lat REAL, long REAL);
"""


class Scratch:
    """The gazetteer's tables, as yet without indices, and `raw_` ones for what is still to be sorted."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect("", isolation_level=None)  # "": a file that is deleted at once
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-100000", "temp_store=FILE"):
            self.connection.execute(f"PRAGMA {pragma}")
        self.connection.executescript(RAW)
        for table in TABLES:
            self.connection.execute(str(CreateTable(table.__table__).compile(dialect=sqlite.dialect())))  # type: ignore[arg-type]

    def insert(self, table: type[Base] | str, rows: Iterable[Sequence[Any]]) -> None:
        """Add rows, their values in the order of the table's columns."""
        name = table if isinstance(table, str) else table.__tablename__
        width = len(self.columns(name))
        holes = ",".join("?" * width)
        self.connection.execute("BEGIN")
        self.connection.executemany(f"INSERT INTO {name} VALUES ({holes})", rows)  # noqa: S608  (our own names)
        self.connection.execute("COMMIT")

    def columns(self, table: str) -> list[str]:
        """Return the names of a table's columns, in order."""
        return [row[1] for row in self.connection.execute(f"PRAGMA table_info({table})")]

    def rows(self, query: str, parameters: Sequence[Any] = ()) -> Iterator[Any]:
        """Yield the rows of a query."""
        yield from self.connection.execute(query, parameters)

    def count(self, table: type[Base]) -> int:
        """Return how many rows a table has."""
        return int(next(self.rows(f"SELECT count(*) FROM {table.__tablename__}"))[0])  # noqa: S608

    def index(self) -> None:
        """Make the indices that the database has, so that it can copy them."""
        for table in TABLES:
            for index in table.__table__.indexes:  # type: ignore[attr-defined]
                assert isinstance(index, Index)
                self.connection.execute(str(CreateIndex(index).compile(dialect=sqlite.dialect())))

    def close(self) -> None:
        """Let go of it."""
        self.connection.close()
