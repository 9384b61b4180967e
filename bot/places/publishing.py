"""Puts a finished city in the place of the one that serves, in one short transaction."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from itertools import islice

from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from bot.database import Database
from bot.places.scratch import TABLES, Scratch
from bot.places.tables import CityImport, Street

BATCH = 5000


def first_street_id(session: Session) -> int:
    """Return an id from which on the new streets' ids are free.

    No street has the id of another one of the city before: who still has the old names in memory finds no
    door, rather than a wrong one.
    """
    return (session.scalar(select(func.max(Street.id))) or 0) + 1


def stamp(scratch: Scratch, source: str, checksum: str = "") -> None:
    """Note what the city is made of. Without a checksum it is unlike any other."""
    now = datetime.now(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    scratch.insert(CityImport, [(1, checksum or secrets.token_hex(16), now, source)])


def publish(database: Database, scratch: Scratch) -> None:
    """Replace the city that serves. SQLite is locked for a second; PostgreSQL serves on."""
    url = make_url(database.engine.url)
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        _copy_file(url.database, scratch)
        return
    with database.write.begin() as session:
        replace(session, scratch)


def replace(session: Session, scratch: Scratch) -> None:
    """Replace the city within a transaction of the caller's."""
    postgresql = session.get_bind().dialect.name == "postgresql"
    if postgresql:
        session.execute(text("LOCK TABLE city_imports IN EXCLUSIVE MODE"))  # one import after the other
    for table in reversed(TABLES):
        session.execute(delete(table))
    for table in TABLES:
        if postgresql:
            _copy(session, scratch, table.__tablename__)
        else:
            _insert(session, scratch, table)
    if postgresql:
        session.execute(text(f"ANALYZE {', '.join(table.__tablename__ for table in TABLES)}"))


def _copy(session: Session, scratch: Scratch, table: str) -> None:
    connection = session.connection().connection.driver_connection
    assert connection is not None
    columns = ", ".join(scratch.columns(table))
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in scratch.rows(f"SELECT * FROM {table}"):  # noqa: S608  (our own names)
            copy.write_row((*row[:2], f"{row[2]}+00", *row[3:]) if table == CityImport.__tablename__ else row)


def _insert(session: Session, scratch: Scratch, table: type) -> None:
    name = table.__tablename__  # type: ignore[attr-defined]
    columns = scratch.columns(name)
    rows = (dict(zip(columns, row, strict=True)) for row in scratch.rows(f"SELECT * FROM {name}"))  # noqa: S608
    if table is CityImport:
        rows = (
            row | {"imported_at": datetime.fromisoformat(row["imported_at"]).replace(tzinfo=UTC)}
            for row in rows
        )
    while batch := list(islice(rows, BATCH)):
        session.execute(insert(table), batch)


def _copy_file(path: str, scratch: Scratch) -> None:
    """Let SQLite copy the finished tables page by page: they and their indices are the same in both files."""
    connection = scratch.connection
    connection.execute("PRAGMA busy_timeout = 60000")
    connection.execute("ATTACH ? AS city", (path,))
    connection.execute("PRAGMA city.synchronous = NORMAL")
    try:
        connection.execute("BEGIN IMMEDIATE")
        for table in reversed(TABLES):
            connection.execute(f"DELETE FROM city.{table.__tablename__}")  # noqa: S608
        for table in TABLES:
            name = table.__tablename__
            columns = ", ".join(scratch.columns(name))
            same = scratch.columns(name) == _columns_of(scratch, name)
            chosen = "*" if same else columns
            into = name if same else f"{name} ({columns})"
            connection.execute(f"INSERT INTO city.{into} SELECT {chosen} FROM main.{name}")  # noqa: S608
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("DETACH city")


def _columns_of(scratch: Scratch, table: str) -> list[str]:
    return [row[1] for row in scratch.rows(f"PRAGMA city.table_info({table})")]
