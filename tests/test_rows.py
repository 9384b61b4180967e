"""Rows that come as one parameter, on both kinds of database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select

from bot.database import Database
from bot.models import Chore, OutboxEntry, Quarantined
from bot.rows import insert_all

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_rows_are_inserted_together_as_one_by_one(database: Database) -> None:
    given = [
        {
            "destination": f"conversation:{number}",
            "kind": "reply",
            "payload": {"options": [number, 'd\u00e9j\u00e0 "vu"'], "photo": None},
            "is_prompt": number % 2 == 0,
            "created_at": NOON + timedelta(microseconds=number),
            "due_at": NOON.astimezone(timezone(timedelta(hours=-6))),
            "first_tried_at": None if number else NOON,
        }
        for number in range(20)
    ]
    with database.write.begin() as session:
        numbers = insert_all(session.connection(), OutboxEntry, given)
    with database.read() as session:
        found = {entry.id: entry for entry in session.scalars(select(OutboxEntry))}
    assert [{name: getattr(found[number], name) for name in given[0]} for number in numbers] == given
    assert {(entry.attempts, entry.unknown, entry.outcome) for entry in found.values()} == {(0, False, "")}


@pytest.mark.parametrize("raw", [{}, {"Body": "pothole", "NumMedia": 0}])
def test_what_is_encrypted_one_by_one_is_so_together(database: Database, raw: dict[str, object]) -> None:
    given = {"channel": "sms", "external_id": "SM1", "raw": raw, "created_at": NOON}
    with database.write.begin() as session:
        insert_all(session.connection(), Quarantined, [given])
        stored = session.connection().exec_driver_sql("SELECT raw FROM quarantine").scalar_one()
        assert "pothole" not in str(stored)
        assert session.scalars(select(Quarantined)).one().raw == raw


def test_a_naive_moment_is_refused(database: Database) -> None:
    with database.write.begin() as session, pytest.raises(ValueError, match="naive"):
        insert_all(session.connection(), Chore, [{"name": "x", "done_at": NOON.replace(tzinfo=None)}])
