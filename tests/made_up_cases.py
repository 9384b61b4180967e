"""Cases that nobody reported, as many as asked for, with their history and the talk that led to them."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from bot.models import Contact, Conversation, Message, Misreading, ServiceRequest, StatusUpdate
from bot.places.tables import AddressPoint
from bot.town import Town

WAYS = (
    ("received",),
    ("received", "under_review"),
    ("received", "scheduled", "assigned", "completed"),
    ("received", "assigned", "on_site", "completed"),
    ("received", "no_action"),
    ("received", "completed", "reopened"),
    ("received", "assigned", "completed", "reopened", "completed"),
)
AUTHORS = ("city", "kim", "work-orders")
BATCH = 2000


def fill(town: Town, count: int, *, days: int = 120, seed: int = 7) -> None:
    """Put `count` cases into the database, reported in the `days` before now."""
    chance = random.Random(seed)
    with town.database.write.begin() as session:
        doors = session.execute(select(AddressPoint.lat, AddressPoint.long).order_by(AddressPoint.id)).all()
        for first in range(0, count, BATCH):
            _fill(town, session, chance, first, min(BATCH, count - first), days, doors)


def _fill(
    town: Town, session: Session, chance: random.Random, first: int, count: int, days: int, doors: Any
) -> None:
    now = town.now()
    services = list(town.city.services.values())
    rows: dict[type, list[dict[str, Any]]] = {
        each: [] for each in (Contact, Conversation, Message, ServiceRequest, StatusUpdate, Misreading)
    }
    for number in range(first + 1, first + count + 1):
        at = now - timedelta(seconds=chance.randrange(days * 86400))
        service = chance.choices(services, [1 / (n + 1) for n in range(len(services))])[0]
        by_text = chance.random() < 0.9
        if by_text:
            address = dict.fromkeys(("address", "address_hash", "address_tail"), f"made-up:{number}")
            rows[Contact].append({"id": number, "created_at": at, **address})
            rows[Conversation].append(_thread(chance, number, at, now))
            rows[Message] += _talk(chance, number, at)
        history = _history(chance, number, at, now)
        last = history[-1]
        lat, long = chance.choice(doors)
        placed = chance.random() < 0.95
        rows[ServiceRequest].append(
            {
                "service_request_id": f"SR-{90000 + number}",
                "id": number,
                "service_code": service.service_code,
                "address_string": "500 Main St",
                "lat": lat if placed else None,
                "long": long if placed else None,
                "precision": "address",
                "status": last["status"],
                "status_datetime": last["updated_datetime"],
                "department": service.department,
                "requested_datetime": at,
                "updated_datetime": last["updated_datetime"],
                "expected_datetime": at + timedelta(days=chance.choice((3, 10, 30, 90))),
                "contact_id": number if by_text else None,
                "conversation_id": number if by_text else None,
            }
        )
        rows[StatusUpdate] += history
        if chance.random() < 0.1:
            meant = chance.choice(("", service.service_code, services[0].service_code))
            rows[Misreading].append(_misread(service.service_code, meant, at))
    for table, values in rows.items():
        if values:
            session.execute(insert(table), values)


def _thread(chance: random.Random, number: int, at: datetime, now: datetime) -> dict[str, Any]:
    reason = chance.choices(("", "asked", "incomplete"), (20, 1, 1))[0]
    return {
        "id": number,
        "contact_id": number,
        "channel": "sms",
        "our_address": "made-up:city",
        "waiting_since": min(now, at + timedelta(hours=30)) if reason else None,
        "waiting_reason": reason,
        "handed_off_at": min(now, at + timedelta(hours=30)) if reason == "asked" else None,
        "abandoned_at": min(now, at + timedelta(hours=30)) if reason == "incomplete" else None,
        "touched_at": at,
        "version": 1,
        "state": {},
    }


def _talk(chance: random.Random, number: int, at: datetime) -> list[dict[str, Any]]:
    authors = ["resident"] * chance.randint(2, 6) + ["agent"] * (chance.random() < 0.15)
    early = [("resident", at - timedelta(days=chance.randint(2, 30)))] if chance.random() < 0.2 else []
    times = [(author, at - timedelta(seconds=40 * n)) for n, author in enumerate(authors)]
    return [
        {"conversation_id": number, "channel": "sms", "author": author, "created_at": when, "read_at": when}
        for author, when in early + times
    ]


def _history(chance: random.Random, number: int, at: datetime, now: datetime) -> list[dict[str, Any]]:
    found, moment = [], at
    for status in chance.choice(WAYS):
        author = {"received": "bot", "reopened": "resident"}.get(status) or chance.choice(AUTHORS)
        found.append(_update(number, status, author, moment))
        if status == "completed" and chance.random() < 0.1:
            found.append(_update(number, status, "resident", moment + timedelta(minutes=3)))
        moment += timedelta(seconds=chance.randrange(600, 6 * 86400))
        if moment > now:
            break
    return found


def _update(number: int, status: str, author: str, at: datetime) -> dict[str, Any]:
    return {"service_request_id": number, "status": status, "author": author, "updated_datetime": at}


def _misread(heard: str, meant: str, at: datetime) -> dict[str, Any]:
    return {
        "text": "made up",
        "language": "en",
        "heard": heard,
        "meant": meant,
        "confidence": 0.4,
        "created_at": at,
    }
