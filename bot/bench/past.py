"""The cases of years gone by, so that a benchmark finds a database as a city has it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select

from bot import retention
from bot.config import Config
from bot.database import Database
from bot.models import (
    Chore,
    Contact,
    Conversation,
    Follower,
    Message,
    OutboxEntry,
    ServiceRequest,
    StatusUpdate,
)
from bot.places.tables import AddressPoint
from bot.town import utcnow

YEARS, STILL_OPEN, EACH = 8, 0.01, 5
"""Years they go back; the share still open; cases of one resident."""

AT_A_DOOR = 12
"""Cases at one door in all these years, at most: one and a half a year."""

BATCH = 5000
TABLES = (Contact, Conversation, ServiceRequest, StatusUpdate, Follower, Message, OutboxEntry)

Row = dict[str, Any]


def fill(config: Config, database: Database, count: int, tick: Callable[[int], None], *, seed: int = 1) -> None:
    """Put `count` cases into a database that has none, with who reported them and what was said of them, all
    over the city; every batch is a transaction. What is done in time, as a purge of old texts, was done."""
    chance = random.Random(seed)
    doors = _doors(database, count)
    for first in range(0, count, BATCH):
        numbers = range(first, min(first + BATCH, count))
        with database.engine.begin() as connection:
            _people(connection, range(-(-numbers.start // EACH), -(-numbers.stop // EACH)))
            cases = [_case(config, number, chance, doors) for number in numbers]
            connection.execute(insert(ServiceRequest), cases)
            connection.execute(insert(StatusUpdate), [_history(case) for case in cases])
            connection.execute(insert(Follower), [_follower(case) for case in cases])
            connection.execute(insert(Message), [message for case in cases for message in _said(case)])
            connection.execute(insert(OutboxEntry), [_sent(case) for case in cases])
        tick(numbers.stop)
    with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(insert(Chore), {"name": retention.CHORE, "done_at": utcnow()})
        _count_on(connection)
        connection.exec_driver_sql("ANALYZE")


def _doors(database: Database, count: int) -> list[tuple[float, float]]:
    """Return where the cases lie. More than a city has at its doors need a larger one: it is stretched."""
    found = database.ask(select(AddressPoint.lat, AddressPoint.long), {})
    times = max(1.0, count / (AT_A_DOOR * len(found))) ** 0.5
    lat, long = (sum(each) / len(found) for each in zip(*found, strict=True))
    return [(lat + times * (door.lat - lat), long + times * (door.long - long)) for door in found]


def _people(connection: Connection, numbers: range) -> None:
    now = utcnow()
    hashed = ("address", "address_hash", "address_tail")
    residents = [{**dict.fromkeys(hashed, f"past:{n}"), "id": n + 1, "created_at": now} for n in numbers]
    talk = {"channel": "sms", "our_address": "", "touched_at": now, "state": {}, "version": 1}
    threads = [{"id": n + 1, "contact_id": n + 1, **talk} for n in numbers]
    if residents:
        connection.execute(insert(Contact), residents)
        connection.execute(insert(Conversation), threads)


def _case(config: Config, number: int, chance: random.Random, doors: list[tuple[float, float]]) -> Row:
    at = utcnow() - timedelta(seconds=chance.randrange(3600, YEARS * 365 * 86400))
    due = at + timedelta(days=7)
    lat, long = chance.choice(doors)
    service = chance.choice(list(config.city.services.values()))
    return {
        "id": number + 1,
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
        "expected_datetime": due,
        "warned_of": due,
        "alerted_of": due,
        "contact_id": number // EACH + 1,
        "conversation_id": number // EACH + 1,
    }


def _history(case: Row) -> Row:
    at = case["requested_datetime"]
    return {
        "service_request_id": case["id"],
        "status": "received",
        "author": "resident",
        "updated_datetime": at,
    }


def _follower(case: Row) -> Row:
    at = case["requested_datetime"]
    return {"service_request_id": case["id"], "conversation_id": case["conversation_id"], "created_at": at}


def _said(case: Row) -> Iterable[Row]:
    """Yield the text that reported it, and our answer."""
    at: datetime = case["requested_datetime"]
    for number, author, state in ((0, "resident", "received"), (1, "city", "delivered")):
        yield {
            "id": 2 * case["id"] - 1 + number,
            "conversation_id": case["conversation_id"],
            "channel": "sms",
            "external_id": f"{author}:{case['id']}",
            "author": author,
            "text": "In the past",
            "state": state,
            "created_at": at,
            "read_at": at,
        }


def _sent(case: Row) -> Row:
    at = case["requested_datetime"]
    return {
        "destination": f"conversation:{case['conversation_id']}",
        "kind": "reply",
        "message_id": 2 * case["id"],
        "created_at": at,
        "due_at": at,
        "done_at": at,
        "outcome": "sent",
    }


def _count_on(connection: Connection) -> None:
    """Have a server's sequences go on after the ids that were given here; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in TABLES:
        last = select(func.max(table.id)).scalar_subquery()
        sequence = func.pg_get_serial_sequence(table.__tablename__, "id")
        connection.execute(select(func.setval(sequence, func.coalesce(last, 1))))
