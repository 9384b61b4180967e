"""The demo's week: believable, quiet towards the phones, and in nobody's name."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from servers import Office, OpenOffice
from sqlalchemy import select

from bot import demo_week
from bot.database import Database
from bot.models import Contact, Conversation, ServiceRequest
from bot.service_requests import overdue
from bot.statuses import CLOSED


@pytest.fixture
def office(open_office: OpenOffice, sqlite: Database) -> Office:
    office = open_office(sqlite)
    assert demo_week.is_empty(sqlite)
    assert demo_week.make(office.town) == demo_week.CASES
    return office


def cases(office: Office) -> list[ServiceRequest]:
    with office.town.database.read() as session:
        return list(session.scalars(select(ServiceRequest)))


def test_a_week_of_cases_of_many_kinds(office: Office) -> None:
    found, now = cases(office), office.town.now()
    assert not demo_week.is_empty(office.town.database)
    assert len(found) == demo_week.CASES
    assert all(now - timedelta(days=8) < case.requested_datetime < now for case in found)
    assert all(case.requested_datetime <= case.status_datetime <= now for case in found)
    statuses = Counter(case.status for case in found)
    assert len(statuses) >= 6
    assert 20 < sum(count for status, count in statuses.items() if status in CLOSED) < 100
    assert len({case.service_code for case in found}) > 12
    assert any(overdue(case, now) for case in found)


def test_the_phones_stay_quiet(office: Office) -> None:
    office.bustle(3600)
    assert office.heard() == []
    assert list((office.town.config.photos.parent / "mail").glob("*.eml")) == []


def test_some_wait_for_a_person(office: Office) -> None:
    with office.town.database.read() as session:
        waiting = session.scalars(select(Conversation).where(Conversation.waiting_since.is_not(None))).all()
        assert {thread.waiting_reason for thread in waiting} >= {"asked", "emergency", "incomplete"}
        numbers = session.scalars(select(Contact.address)).all()
    assert all(address.startswith((f"tel:+1{55555501}", "telegram:90")) for address in numbers)
