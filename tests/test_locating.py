"""A geocoder that fails while a resident reports, and what becomes of the case when it is back."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from provider_stub import Answer, Provider, answer_json, provider
from servers import Office, OpenOffice

from bot import jobs
from bot.database import Database
from bot.locating import next_look
from bot.models import OutboxEntry, ServiceRequest, StatusUpdate
from bot.places.geocoder import GeocoderDown, Places
from bot.places.outside import Outside
from bot.service_requests import update_status
from bot.stage import START

DOOR = {"coordinates": {"x": -90.9951, "y": 41.6012}, "matchedAddress": "9 LANTERN WHARF, RIVERTON, IA, 52706"}
SLOW = Answer(200, b"{", hang=True)


@pytest.fixture
def bureau() -> Iterator[Provider]:
    with provider(lambda seen: SLOW) as stub:
        yield stub


@pytest.fixture
def desk(open_office: OpenOffice, database: Database, bureau: Provider) -> Office:
    """An office whose outside geocoder is slow, and where somebody has reported a pothole."""
    census = {"domain": bureau.url.removeprefix("http://"), "scheme": "http", "timeout": 0.2}
    office = open_office(database)
    places = Places(database.read, [Outside("census", census)])
    # The same doors and bells, another map: the web side never looks for places.
    office = replace(office, town=replace(office.town, places=places))
    for words in ("pothole", "9 Lantern Wharf Rd", "yes"):
        office.says(words)
        office.bustle()
    return office


def case_of(office: Office) -> ServiceRequest:
    with office.town.database.read() as session:
        return session.query(ServiceRequest).one()


def answers(bureau: Provider, *found: object) -> None:
    bureau.answer = lambda seen: answer_json({"result": {"addressMatches": found}})


def sweep(office: Office, minutes: float = 16) -> None:
    office.clock.now += timedelta(minutes=minutes)
    jobs.sweep(office.town)


def test_slow_goes_on_with_what_was_written(desk: Office) -> None:
    case = case_of(desk)
    assert (case.address_string, case.lat, case.location_confirmed) == ("9 Lantern Wharf Rd", None, False)
    assert case.locate_at is not None
    assert "A person will look for the place first." in desk.heard()[-1]


def test_back_again_it_is_suggested_once(
    desk: Office, bureau: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    answers(bureau, DOOR)
    with caplog.at_level(logging.INFO):
        sweep(desk)
    case = case_of(desk)
    assert case.suggested_location == {
        "address_string": "9 Lantern Wharf",
        "lat": 41.6012,
        "long": -90.9951,
        "precision": "interpolated",
    }
    assert (case.address_string, case.lat, case.location_confirmed, case.locate_at) == (
        "9 Lantern Wharf Rd",
        None,
        False,
        None,
    )
    with desk.town.database.read() as session:
        notes = [update.status_notes for update in session.query(StatusUpdate).order_by(StatusUpdate.id)]
        told = [each.payload["note"] for each in session.query(OutboxEntry).filter_by(kind="email")]
    assert notes == ["", "Suggested location: 9 Lantern Wharf (41.601200, -90.995100)"]
    assert told[-1].endswith("please confirm it.")
    assert "Lantern" not in caplog.text
    asked, said = len(bureau.seen), len(desk.heard())
    sweep(desk, 60 * 24)
    desk.bustle()
    assert len(bureau.seen) == asked
    assert len(desk.heard()) == said, "the resident is not troubled with it"


@pytest.mark.parametrize(
    "found",
    [
        (),
        (DOOR, {**DOOR, "coordinates": {"x": -90.999, "y": 41.6012}}),
        ({**DOOR, "coordinates": {"x": -100.0, "y": 41.6012}},),
    ],
    ids=["none", "two", "far away"],
)
def test_what_is_not_the_one_place_is_not_suggested(
    desk: Office, bureau: Provider, found: tuple[object]
) -> None:
    answers(bureau, *found)
    sweep(desk)
    assert (case_of(desk).suggested_location, case_of(desk).locate_at) == ({}, None)


def test_still_slow_it_is_put_off(desk: Office, bureau: Provider) -> None:
    sweep(desk)
    put_off = case_of(desk).locate_at
    assert put_off is not None
    assert put_off > desk.clock.now
    asked = len(bureau.seen)
    sweep(desk, 1)
    assert len(bureau.seen) == asked
    answers(bureau, DOOR)
    sweep(desk, 60)
    assert case_of(desk).suggested_location


def test_a_case_that_was_closed_is_left_alone(desk: Office, bureau: Provider) -> None:
    answers(bureau, DOOR)
    update_status(desk.town, "SR-10001", "completed", "Filled.")
    sweep(desk)
    assert (case_of(desk).suggested_location, case_of(desk).locate_at) == ({}, None)


def test_a_storm_of_texts_does_not_wait_for_each(desk: Office, bureau: Provider) -> None:
    places = desk.town.places
    began, asked = time.monotonic(), len(bureau.seen)
    for number in range(40):
        with pytest.raises(GeocoderDown):
            places.find_places(f"{number + 10} Lantern Wharf")
    assert time.monotonic() - began < 40 * 0.2
    assert len(bureau.seen) - asked <= 3, "after three failures in a row nobody asks"


def test_less_and_less_often_for_a_week() -> None:
    moment, looks = START + timedelta(minutes=15), 0
    while (later := next_look(START, moment)) is not None:
        assert later > moment
        moment, looks = later, looks + 1
    assert timedelta(days=7) < moment - START < timedelta(days=15)
    assert looks < 12
