"""Bringing the database up to date: its tables by Alembic, the city's streets from its data folder."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.config import Config, ConfigError
from bot.database import Database
from bot.places.importers import city_imported, city_loaded, load_city

MIGRATIONS = Path(__file__).parent / "migrations"


class OutOfDate(Exception):
    """The database's tables are not those of this version: run `townline migrate`."""


def migrate(config: Config, database: Database) -> bool:
    """Bring tables and the city's places up to date; returns whether the city was loaded anew.

    A city that was imported by `townline places import` stays.
    """
    with database.engine.begin() as connection:
        alembic = _alembic()
        alembic.attributes["connection"] = connection
        command.upgrade(alembic, "head")
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
    """Tell whether the tables are those of this version."""
    with database.engine.execution_options(reading=True).connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    return found == ScriptDirectory.from_config(_alembic()).get_current_head()


def _alembic() -> AlembicConfig:
    alembic = AlembicConfig()
    alembic.set_main_option("script_location", str(MIGRATIONS))
    alembic.set_main_option("path_separator", "os")
    return alembic
