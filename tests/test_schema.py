"""The tables: migrations make exactly what the models say, again and back, on both databases."""

from __future__ import annotations

import ast
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from servers import DATABASES, KEYS, postgres_copy, wait_until
from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import DatabaseError

from bot import contacts, schema
from bot.base import Base
from bot.config import Config, ConfigError
from bot.database import Database, open_database
from bot.models import Contact, Message, ServiceRequest
from bot.places.tables import AddressPoint


@pytest.fixture(params=DATABASES)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with nothing in it."""
    if request.param == "sqlite":
        database = open_database(f"sqlite:///{tmp_path / 'new' / 'townline.db'}")
        yield database
        database.close()
        return
    with postgres_copy(request.getfixturevalue("postgres_url"), "template1") as url:
        database = open_database(url, KEYS)
        yield database
        database.close()


def test_there_is_nothing_left_to_migrate(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_to_migrate_twice_changes_nothing(config: Config, empty: Database) -> None:
    assert not schema.is_current(empty)
    assert schema.migrate(config, empty)  # the city was loaded
    assert schema.is_current(empty)
    with empty.read() as session:
        addresses = session.scalar(select(func.count(AddressPoint.id)))
    assert not schema.migrate(config, empty)
    with empty.read() as session:
        assert session.scalar(select(func.count(AddressPoint.id))) == addresses


def test_back_to_nothing_and_up_again(config: Config, empty: Database) -> None:
    schema.migrate(config, empty)
    with empty.engine.begin() as connection:
        alembic = AlembicConfig()
        alembic.set_main_option("script_location", str(schema.MIGRATIONS))
        alembic.set_main_option("path_separator", "os")
        alembic.attributes["connection"] = connection
        command.downgrade(alembic, "base")
    assert inspect(empty.engine).get_table_names() == ["alembic_version"]
    assert not schema.is_current(empty)
    assert schema.migrate(config, empty)


def test_a_city_without_a_map_is_named(config: Config, empty: Database, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such folder"):
        schema.migrate(replace(config, root=tmp_path), empty)


def test_cases_that_are_there_already_keep_what_is_known_of_their_place(
    config: Config, empty: Database
) -> None:
    alembic = AlembicConfig()
    alembic.set_main_option("script_location", str(schema.MIGRATIONS))
    alembic.set_main_option("path_separator", "os")
    case = """INSERT INTO service_requests (service_request_id, token, service_code, description, attributes,
        address_string, lat, precision, status, status_notes, department, priority, requested_datetime,
        updated_datetime) VALUES (:number, :number, 'tree', '', '{}', 'there', :lat, 'address', 'received', '',
        'parks', 'normal', '2026-06-01 15:00:00', '2026-06-01 15:00:00')"""
    with empty.engine.begin() as connection:
        alembic.attributes["connection"] = connection
        command.upgrade(alembic, "0002")
        for number, lat in (("SR-1", 41.6), ("SR-2", None)):
            connection.execute(text(case), {"number": number, "lat": lat})
        connection.execute(text("UPDATE service_requests SET long = lat, conversation_id = NULL"))
        command.upgrade(alembic, "head")
    with empty.read() as session:
        cases = session.scalars(select(ServiceRequest).order_by(ServiceRequest.id)).all()
        assert [(case.location_confirmed, case.suggested_location, case.locate_at) for case in cases] == [
            (True, {}, None),
            (False, {}, None),
        ]
    with empty.engine.begin() as connection:
        alembic.attributes["connection"] = connection
        command.downgrade(alembic, "0002")
        assert connection.scalar(text("SELECT count(*) FROM service_requests")) == 2


BEFORE_ENCRYPTION = """
INSERT INTO contacts (id, address, language, created_at) VALUES
  (1, 'tel:+15550142', 'en', :at), (2, 'telegram:7005550145', 'en', :at), (3, 'erased:x', '', :at);
INSERT INTO conversations
  (id, contact_id, channel, our_address, owner, waiting_reason, state, touched_at, version)
  VALUES (2, 2, 'telegram', '', 'bot', '', '{}', :at, 1);
INSERT INTO messages
  (conversation_id, channel, external_id, author, raw, kind, text, inbound, created_at, failures, state,
   error_code, segments) VALUES
  (2, 'telegram', '4242:7', 'resident', '{"from": 7005550145}', 'message', '', '{}', :at, 0, '', '', 0),
  (2, 'telegram', '7005550145:12', 'bot', '{}', 'message', '', '{}', :at, 0, '', '', 0)
""".replace(":at", "'2026-06-01 15:00:00'")


def test_residents_that_are_there_already_are_encrypted_and_found(empty: Database) -> None:
    alembic = AlembicConfig()
    alembic.set_main_option("script_location", str(schema.MIGRATIONS))
    alembic.set_main_option("path_separator", "os")
    addresses = ["tel:+15550142", "telegram:7005550145"]
    with empty.engine.begin() as connection:
        alembic.attributes["connection"] = connection
        command.upgrade(alembic, "0015")
        for statement in BEFORE_ENCRYPTION.split(";"):
            connection.exec_driver_sql(statement)
        command.upgrade(alembic, "head")
        tables = ("contacts", "messages")
        stored = [row for name in tables for row in connection.execute(text(f"SELECT * FROM {name}"))]
        assert "555014" not in repr(stored)
    with empty.read() as session:
        for number, address in enumerate(addresses, start=1):
            found = contacts.at(session, address)
            assert found
            assert (found.id, found.address) == (number, address)
        assert session.get_one(Contact, 3).address == ""
        heard, said = session.scalars(select(Message).order_by(Message.id))
        assert (heard.raw, heard.external_id, said.raw) == ({"from": 7005550145}, "4242:7", {})
        assert said.external_id == f"m{said.id}:12"
    with empty.engine.begin() as connection:
        alembic.attributes["connection"] = connection
        command.downgrade(alembic, "0015")
        back = connection.scalars(text("SELECT address FROM contacts ORDER BY id")).all()
        assert back[:2] == addresses
        assert back[2].startswith("erased:")
        assert "7005550145" in repr(connection.execute(text("SELECT raw FROM messages")).all())


# While a service writes -------------------------------------------------------------------------------


def to_revision(database: Database, revision: str) -> None:
    alembic = AlembicConfig()
    alembic.set_main_option("script_location", str(schema.MIGRATIONS))
    alembic.set_main_option("path_separator", "os")
    with database.engine.begin() as connection:
        alembic.attributes["connection"] = connection
        command.upgrade(alembic, revision)


WRITE = text("INSERT INTO contacts (address, language, created_at) VALUES (:address, 'en', now())")
"""As the release before 0007 does it, which gives contacts one more column."""

WHILE_SERVING = [f"{number:04}" for number in range(7, 16)]


def migrate_while_serving(database: Database, failed: list[Exception]) -> None:
    """Bring an old database to 0015, in a thread of the test's; what is raised is added to `failed`."""
    try:
        for revision in WHILE_SERVING:
            schema._upgrade_while_serving(database, revision)
    except Exception as error:  # noqa: BLE001  (told by the test's own thread)
        failed.append(error)


def test_postgresql_is_migrated_while_a_service_writes(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(schema, "LOCK_TIMEOUT", 0.2)
    monkeypatch.setattr(schema, "PAUSE", 0.2)
    with postgres_copy(postgres_url, "template1") as url:
        database, failed = open_database(url), list[Exception]()
        to_revision(database, "0006")
        with database.engine.connect() as slow:
            slow.execute(WRITE, {"address": "tel:+15550101"})  # a transaction that is not over yet
            migrating = threading.Thread(target=migrate_while_serving, args=(database, failed))
            migrating.start()
            wait_until(lambda: "waits for tables in use" in caplog.text, "the migration waits", 60)
            for number in range(102, 112):  # nobody else does, beyond the migration's own patience
                with database.engine.begin() as writer:
                    writer.execute(WRITE, {"address": f"tel:+15550{number}"})
            assert "0007" in schema._pending(database)
            slow.commit()
        migrating.join()
        assert not failed
        assert not set(WHILE_SERVING) & set(schema._pending(database))
        with database.engine.begin() as writer:
            writer.execute(WRITE, {"address": "tel:+15550112"})  # the release before still writes
        with database.read() as session:
            assert session.scalar(text("SELECT count(*) FROM contacts")) == 12
        database.close()


def test_two_that_migrate_at_once_take_turns(postgres_url: str) -> None:
    with postgres_copy(postgres_url, "template1") as url:
        database, failed = open_database(url), list[Exception]()
        to_revision(database, "0006")
        both = [threading.Thread(target=migrate_while_serving, args=(database, failed)) for _ in range(2)]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join()
        assert not failed
        assert not set(WHILE_SERVING) & set(schema._pending(database))
        database.close()


def test_a_failure_that_is_no_lock_is_not_tried_again(config: Config, empty: Database) -> None:
    with empty.engine.begin() as connection:
        connection.execute(text("CREATE TABLE contacts (id INTEGER)"))
    with pytest.raises(DatabaseError):
        schema.migrate(config, empty)


LAST_UNRELEASED = "0015"
"""Up to here no release has been made whose code could be running meanwhile."""

TAKES_AWAY = {"drop_column", "drop_table", "drop_constraint", "rename_table", "alter_column"}

NOT_WHILE_SERVING = {"0017": "encrypts what the release before reads in the clear"}
"""Revisions after `LAST_UNRELEASED` for which the service has to be stopped; docs/deployment.md says why."""


def test_a_migration_only_adds() -> None:
    """So that the release before goes on working beside it. What is no longer used goes a release later."""
    for path in sorted((schema.MIGRATIONS / "versions").glob("*.py")):
        revision = path.name.partition("_")[0]
        if revision <= LAST_UNRELEASED or revision in NOT_WHILE_SERVING:
            continue
        upgrade = next(
            node
            for node in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(node, ast.FunctionDef) and node.name == "upgrade"
        )
        called = {node.func.attr for node in ast.walk(upgrade) if isinstance(node, ast.Call)
                  and isinstance(node.func, ast.Attribute)}  # fmt: skip
        assert not called & TAKES_AWAY, path.name
