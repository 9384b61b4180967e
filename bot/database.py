"""The engine and its sessions: SQLite where nothing is set, PostgreSQL where DATABASE_URL says so."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, Update, create_engine, event, make_url
from sqlalchemy.exc import DisconnectionError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm import Session, sessionmaker

from bot import encryption

AWAY = (OperationalError, InterfaceError, NoConnectionFree)
"""What is raised where the database does not answer, or not in time: nothing was written, try later."""

PATIENCE = 30.0
"""Seconds for which SQLite's lock is waited for."""

RESTED = 1.0
"""Seconds after which a connection may have died unseen."""


@dataclass(frozen=True)
class Database:
    """`write` opens a transaction that may write; `read` never blocks a writer.

    SQLite reads from a snapshot; on PostgreSQL every statement reads what is committed by then, and no
    transaction is opened: that would be two more trips to the server for each place looked up.
    """

    engine: Engine
    write: sessionmaker[Session]
    read: sessionmaker[Session]
    asking: Engine
    single: Engine

    def close(self) -> None:
        """Close the connections that nobody uses; a later question opens new ones."""
        for engine in {self.engine, self.asking}:
            engine.dispose()

    def ask(self, question: Select[*tuple[Any, ...]], values: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """Return the rows of one question for columns: a session would keep books that nobody reads."""
        with self.asking.connect() as connection:
            return connection.execute(question, values).all()

    def change(self, statement: Update, values: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> int:
        """Change rows by one statement, once for each of `values`, in its own transaction; returns how many.

        On PostgreSQL that is one trip to the server, where `write` makes three of it.
        """
        with self.single.begin() as connection:
            return connection.execute(statement, values).rowcount


def open_database(url: str, keys: str = "") -> Database:
    """Return the database at a SQLAlchemy URL. Creates the folder of an SQLite file.

    `keys` is TOWNLINE_ENCRYPTION_KEYS. Where it is "", SQLite's are in a file beside the database, which is
    made; a server has none, and personal data can neither be read nor written. Raises `ConfigError`.
    """
    reading: Engine
    if url.startswith("sqlite"):
        engine = single = _sqlite(url)  # a statement by itself has to take the lock first, as any transaction
        reading = engine.execution_options(reading=True)
    else:
        health, autocommit = _Health(), {"isolation_level": "AUTOCOMMIT", "skip_autocommit_rollback": True}
        # Connections of its own: to switch one back and forth takes longer than many a question.
        engine, reading = _server(url, health), _server(url, health, **autocommit)
        single = reading
    if keyring := encryption.Keyring.of(keys) if keys else _own_keys(url):
        for each in {engine.dialect, reading.dialect}:
            encryption.use(each, keyring)
    return Database(
        engine=engine,
        write=sessionmaker(engine, expire_on_commit=False),
        read=sessionmaker(reading, expire_on_commit=False),
        asking=reading,
        single=single,
    )


def key_path(url: str) -> Path | None:
    """Return where an SQLite database keeps its own keys; None for one in memory, and for a server's."""
    database = make_url(url).database if url.startswith("sqlite") else None
    return Path(database).with_suffix(".key") if database and database != ":memory:" else None


def _own_keys(url: str) -> encryption.Keyring | None:
    if path := key_path(url):
        return encryption.key_file(path)
    return encryption.Keyring.of(encryption.new_key()) if url.startswith("sqlite") else None


def _server(url: str, health: _Health, **how: Any) -> Engine:
    # hide_parameters: an error's text goes to the log, and parameters are what residents wrote.
    # Kept are more than a web process asks with at a time: to open one takes as long as a turn.
    # A host that swallows what it is sent would keep all waiting, /readyz too: it is away after 10 seconds.
    options: dict[str, Any] = {
        "pool_size": 20,
        "max_overflow": 10,
        "connect_args": {"connect_timeout": 10},
        **how,
    }
    # The connection that was used last is taken first: the server has its statements at hand.
    engine = create_engine(url, hide_parameters=True, pool_use_lifo=True, **options)
    event.listen(engine, "checkin", health.note_rest)
    event.listen(engine, "checkout", partial(health.try_rested, engine))
    event.listen(engine, "invalidate", health.note_loss)
    return engine


class _Health:
    """Which connections may have died unseen: they are tried before they are used, and opened anew where dead.

    Trying each one, as `pool_pre_ping` does, is a trip to the server for every look at it: a tenth of a turn.
    """

    def __init__(self) -> None:
        self._lost = 0.0  # monotonic seconds

    def note_rest(self, _: Any, record: Any) -> None:
        record.info["rested"] = time.monotonic()

    def note_loss(self, *_: Any) -> None:
        """One was found dead: whatever brought that about may have met all others, whoever's they are."""
        self._lost = time.monotonic()

    def try_rested(self, engine: Engine, connection: Any, record: Any, _: Any) -> None:
        now = time.monotonic()
        if record.info.get("rested", now) > max(now - RESTED, self._lost):
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error


def _sqlite(url: str) -> Engine:
    database = make_url(url).database
    if database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": PATIENCE})
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late: see _begin
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin(connection: Connection) -> None:
    # A writer takes the lock at once: upgrading a read to a write later fails with "database is locked".
    if connection.get_execution_options().get("reading"):
        connection.exec_driver_sql("BEGIN")
    elif not _takes_lock(connection.connection.driver_connection):
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # which says what is wrong


def _takes_lock(connection: Any) -> bool:
    """Wait for SQLite's lock, looking often: the pauses of its own waiting grow to a tenth of a second."""
    until = time.monotonic() + PATIENCE
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while time.monotonic() < until:
            try:
                connection.execute("BEGIN IMMEDIATE")
                return True
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    return False
            time.sleep(0.002)
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}")
