"""A clock that is put right: what was written while it was wrong is answered and sent at once, and once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from servers import PHONE, Office, OpenOffice
from sqlalchemy import select

from bot import jobs
from bot.database import Database
from bot.entries import CLAIM
from bot.models import Message, OutboxEntry

HOUR = timedelta(hours=1)


@pytest.fixture
def desk(open_office: OpenOffice, database: Database) -> Office:
    """An office by the real clock, as the simulated Twilio has it."""
    office = open_office(database)
    office.clock.now = datetime.now(UTC)
    return office


def put(office: Office, jump: timedelta) -> None:
    """Move the clock; rings that wait for a moment keep their distance, as they wait by a stopwatch."""
    office.clock.now += jump
    office.bell.rings[:] = [(due + jump, *rest) for due, *rest in office.bell.rings]


def sweep(office: Office) -> None:
    jobs.sweep(office.town)
    office.bustle(1)


def test_what_was_written_an_hour_ahead_is_answered_at_once(desk: Office) -> None:
    put(desk, HOUR)
    desk.says("pothole at 500 main st")
    put(desk, -HOUR)
    sweep(desk)
    assert "500 Main St" in desk.heard()[-1]


def test_what_was_to_be_sent_an_hour_ahead_is_sent_at_once(desk: Office) -> None:
    put(desk, HOUR)
    desk.says("help")
    desk.bell.rings.clear()
    [message] = desk.messages()
    jobs.run(desk.town, "take_turns", str(message.conversation_id))
    desk.bell.rings.clear()
    put(desk, -HOUR)
    sweep(desk)
    assert len(desk.heard()) == 1


def test_a_send_interrupted_an_hour_ahead_is_looked_up_and_not_repeated(desk: Office) -> None:
    put(desk, HOUR)
    desk.says("help")
    desk.bustle(1)
    with desk.town.database.write.begin() as session:  # as a crash between sending and marking leaves it
        entry = session.scalars(select(OutboxEntry)).one()
        entry.done_at, entry.outcome, entry.unknown = None, "", True
        entry.due_at = entry.first_tried_at + CLAIM
        message = session.get_one(Message, entry.message_id)
        message.external_id, message.state = None, "waiting"
    put(desk, -HOUR)
    sweep(desk)
    assert len(desk.heard()) == 1
    with desk.town.database.read() as session:
        assert session.scalars(select(OutboxEntry)).one().outcome == "sent"


def test_an_hour_that_is_skipped_changes_nothing(desk: Office) -> None:
    desk.says("pothole at 500 main st")
    put(desk, HOUR)
    sweep(desk)
    desk.says("yes")
    put(desk, HOUR)
    sweep(desk)
    read_back, filed = desk.heard()
    assert "500 Main St" in read_back
    assert "SR-10001" in filed


def test_news_that_waits_for_the_morning_still_waits(desk: Office) -> None:
    """Its moment lies ahead for a reason of its own, however the clock was put."""
    desk.says("help")
    desk.bustle(1)
    morning = desk.clock.now + 9 * HOUR
    with desk.town.database.write.begin() as session:
        said = session.scalars(select(OutboxEntry)).one()
        session.add(
            OutboxEntry(
                destination=said.destination,
                kind="push",
                message_id=said.message_id,
                payload=said.payload,
                created_at=desk.clock.now + HOUR,
                due_at=morning,
            )
        )
    sweep(desk)
    with desk.town.database.read() as session:
        held = session.scalars(select(OutboxEntry).where(OutboxEntry.kind == "push")).one()
    assert held.due_at == morning
    assert desk.heard(PHONE) == desk.heard()
