"""The cases of years gone by, so that a benchmark finds a database as a city has it."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from bot.config import Config
from bot.database import Database
from bot.models import Contact, Conversation, ServiceRequest, StatusUpdate
from bot.places.tables import AddressPoint
from bot.town import utcnow

YEARS, STILL_OPEN, EACH = 8, 0.01, 5
"""Years they go back; the share still open; cases of one resident."""

BATCH = 5000


def fill(config: Config, database: Database, count: int, tick: Callable[[int], None], *, seed: int = 1) -> None:
    """Put `count` cases into the database, all over the city; every batch is a transaction."""
    chance = random.Random(seed)
    doors = _doors(database)
    for first in range(0, count, BATCH):
        with database.engine.begin() as connection:
            _batch(config, connection, chance, range(first, min(first + BATCH, count)), doors)
        tick(min(first + BATCH, count))
    with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql("ANALYZE")


def _doors(database: Database) -> list[Any]:
    with database.read() as session:
        return list(session.execute(select(AddressPoint.lat, AddressPoint.long)))


def _batch(
    config: Config, connection: Connection, chance: random.Random, numbers: range, doors: list[Any]
) -> None:
    now = utcnow()
    people = range(numbers.start // EACH, numbers.stop // EACH + 1)
    addresses = [f"past:{numbers.start}:{n}" for n in people]
    hashed = ("address", "address_hash", "address_tail")
    residents = [{**dict.fromkeys(hashed, address), "created_at": now} for address in addresses]
    contacts = _put(connection, Contact, residents)
    talk = {"channel": "sms", "our_address": "", "touched_at": now, "state": {}, "version": 1}
    threads = [{"contact_id": contact, **talk} for contact in contacts]
    conversations = _put(connection, Conversation, threads)
    services = list(config.city.services.values())
    cases = []
    for number in numbers:
        at = now - timedelta(seconds=chance.randrange(3600, YEARS * 365 * 86400))
        person, (lat, long) = (number - numbers.start) // EACH, chance.choice(doors)
        service = chance.choice(services)
        cases.append(
            {
                "service_request_id": f"PAST-{number}",
                "service_code": service.service_code,
                "address_string": "In the past",
                "lat": lat,
                "long": long,
                "precision": "address",
                "status": "received" if chance.random() < STILL_OPEN else "completed",
                "status_datetime": at,
                "department": service.department,
                "requested_datetime": at,
                "updated_datetime": at,
                "expected_datetime": at + timedelta(days=7),
                "contact_id": contacts[person],
                "conversation_id": conversations[person],
            }
        )
    ids = _put(connection, ServiceRequest, cases)
    history = [
        {"service_request_id": case, "status": "received", "author": "resident", "updated_datetime": now}
        for case in ids
    ]
    connection.execute(insert(StatusUpdate), history)


def _put(connection: Connection, table: type[Any], rows: list[dict[str, Any]]) -> list[int]:
    """Insert the rows and return their ids, in the rows' order."""
    columns: Table = table.__table__
    returning = insert(columns).returning(columns.c.id, sort_by_parameter_order=True)
    return list(connection.execute(returning, rows).scalars())
