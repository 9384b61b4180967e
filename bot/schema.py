"""Bringing the database up to date: its tables by Alembic, the city's streets from its data folder."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from bot.config import Config, ConfigError
from bot.database import Database
from bot.places.importers import city_imported, city_loaded, load_city

log = logging.getLogger(__name__)

MIGRATIONS = Path(__file__).parent / "migrations"

LOCK_TIMEOUT = 2.0
"""Seconds that a migration waits for a table of PostgreSQL's: whoever comes after it waits for as long, too."""

PAUSE = 1.0
"""Seconds in which everybody else may go on before it tries again."""

TRIES = 200

IN_THE_WAY = ("55P03", "40P01")  # lock_not_available, deadlock_detected (PostgreSQL, appendix A)

ONE_AT_A_TIME = 311_000_015
"""The advisory lock of whoever migrates: two releases at once take turns."""


class OutOfDate(Exception):
    """The database's tables are not those of this version: run `townline migrate`."""


def migrate(config: Config, database: Database) -> bool:
    """Bring tables and the city's places up to date; returns whether the city was loaded anew.

    A city that was imported by `townline places import` stays.
    """
    if database.engine.dialect.name == "postgresql":
        for revision in _pending(database):
            _upgrade_while_serving(database, revision)
    else:
        with database.engine.begin() as connection:
            _upgrade(connection, "head")
    with database.read() as session:
        if city_imported(session):
            return False
    if not config.city_data.is_dir():
        raise ConfigError(f"{config.city_data}: no such folder. Set city.data in config.yml.")
    with database.read() as session:
        if city_loaded(session, config.city_data):
            return False
    with database.write.begin() as session:
        load_city(session, config.city_data)
    return True


def is_current(database: Database) -> bool:
    """Tell whether the tables are those of this version, or of a later one: it has only added to them."""
    return not _pending(database)


def _pending(database: Database) -> Sequence[str]:
    """Return the revisions that the tables lack, the first to be made first."""
    with database.engine.execution_options(reading=True).connect() as connection:
        return _lacking(connection)


def _lacking(connection: Connection) -> Sequence[str]:
    found = MigrationContext.configure(connection).get_current_revision()
    known = _revisions()
    if found is None:
        return known
    return known[known.index(found) + 1 :] if found in known else []  # made by a later version


@cache
def _revisions() -> Sequence[str]:
    return [each.revision for each in ScriptDirectory.from_config(_alembic()).walk_revisions()][::-1]


def _upgrade_while_serving(database: Database, revision: str) -> None:
    """Make one revision in a transaction of its own. Nobody waits behind it for longer than `LOCK_TIMEOUT`.

    A statement that waits for a table in use has everybody after it wait, too (PostgreSQL, 13.3.1): so it
    gives up soon, lets them by, and tries again. Raises `OperationalError` after `TRIES`.
    """
    for tries in range(1, TRIES + 1):
        try:
            with database.engine.begin() as connection:
                connection.execute(text(f"SET LOCAL lock_timeout = {int(LOCK_TIMEOUT * 1000)}"))
                connection.execute(text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))
                if revision in _lacking(connection):
                    _upgrade(connection, revision)
            return
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) not in IN_THE_WAY or tries == TRIES:
                raise
            log.warning("revision %s waits for tables in use, and tries again", revision)
            time.sleep(PAUSE)


def _upgrade(connection: Connection, revision: str) -> None:
    if not _lacking(connection):
        return
    alembic = _alembic()
    alembic.attributes["connection"] = connection
    command.upgrade(alembic, revision)


def _alembic() -> AlembicConfig:
    alembic = AlembicConfig()
    alembic.set_main_option("script_location", str(MIGRATIONS))
    alembic.set_main_option("path_separator", "os")
    return alembic
