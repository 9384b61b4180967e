"""The service-request-updates extension as other systems meet it: what changed, and their own changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
import requests
from servers import Office, OpenOffice

from bot import cases
from bot.app import create_app
from bot.database import Database
from bot.extended import KNOWN
from bot.models import OutboxEntry, ServiceRequest
from bot.statuses import STATUSES
from webhooks.simulator.loopback import LoopbackServer

KEY, OTHER = "not-a-key-just-a-test", "another-key-for-the-test"
NUMBER = "SR-10001"
PATH = "/open311/v2/servicerequestupdates"


@dataclass
class Desk:
    """An office with a resident's case of an hour ago, and its endpoint for updates."""

    office: Office
    url: str

    def get(self, form: str = "json", **parameters: str) -> requests.Response:
        return requests.get(f"{self.url}{PATH}.{form}", params=parameters, timeout=20)

    def listed(self, **parameters: str) -> list[dict[str, Any]]:
        answer = self.get(**parameters)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()
        return found

    def post(self, form: str = "json", **change: str | None) -> requests.Response:
        """Post an update of this minute, with `change`; None leaves a field out."""
        fields = {
            "api_key": KEY,
            "service_request_id": NUMBER,
            "update_id": "1",
            "status": "FIXED",
            "updated_datetime": self.office.clock.now.isoformat(),
            "description": "Filled by crew 7.",
        } | change
        sent = {name: value for name, value in fields.items() if value is not None}
        return requests.post(f"{self.url}{PATH}.{form}", data=sent, timeout=20)

    def made(self, **change: str | None) -> list[str]:
        """Post an update that is taken, and return what the resident then hears."""
        before = len(self.office.heard())
        answer = self.post(**change)
        assert answer.status_code == 200, answer.text
        self.office.bustle()
        return self.office.heard()[before:]

    @property
    def case(self) -> ServiceRequest:
        with self.office.town.database.read() as session:
            case = cases.by_number(session, NUMBER)
            _ = case.updates
            return case

    @property
    def history(self) -> list[tuple[str, str]]:
        return [(update.status, update.status_notes) for update in self.case.updates]


def filed(office: Office) -> Desk:
    office.says("pothole at 500 main st")
    office.bustle()
    office.says("yes")
    office.bustle(3600)
    return Desk(office, office.url)


@pytest.fixture
def desk(open_office: OpenOffice, sqlite: Database) -> Desk:
    return filed(open_office(sqlite, open311_api_keys=f"roads:{KEY}, parks:{OTHER}"))


@pytest.fixture
def both(open_office: OpenOffice, database: Database) -> Desk:
    """The same, on both kinds of database."""
    return filed(open_office(database, open311_api_keys=f"roads:{KEY}, parks:{OTHER}"))


@pytest.fixture
def generous(desk: Desk) -> Iterator[Desk]:
    """The same of a city that publishes descriptions."""
    config = desk.office.town.config
    open_ = config.file.open311.model_copy(update={"publish_descriptions": True})
    town = replace(
        desk.office.town, config=replace(config, file=config.file.model_copy(update={"open311": open_}))
    )
    server = LoopbackServer(create_app(town))
    server.start()
    yield Desk(desk.office, server.url)
    server.stop()


# Reading -------------------------------------------------------------------------------------------


def test_the_changes_of_a_window_are_listed_the_oldest_first(both: Desk) -> None:
    both.post(status="IN_PROGRESS", description="Crew 7")
    both.office.clock.pass_by(600)
    both.post(update_id="2")
    listed = both.listed()
    assert [each["status"] for each in listed] == ["OPEN", "ACTION_SCHEDULED", "FIXED"]
    assert [each["description"] for each in listed] == [None, "Crew 7", "Filled by crew 7."]
    assert {each["service_request_id"] for each in listed} == {NUMBER}
    assert len({each["update_id"] for each in listed}) == 3
    moments = [datetime.fromisoformat(each["updated_datetime"]) for each in listed]
    assert moments == sorted(moments)
    assert moments[-1] == both.office.clock.now
    assert moments[-1].utcoffset() == timedelta(hours=-5)  # the city's own


def test_a_window_ends_where_it_says(desk: Desk) -> None:
    start = desk.office.clock.now - timedelta(minutes=5)
    desk.post()
    iso = start.isoformat()
    assert [each["status"] for each in desk.listed(start_date=iso)] == ["FIXED"]
    assert [each["status"] for each in desk.listed(end_date=iso)] == ["OPEN"]
    late = (desk.office.clock.now + timedelta(hours=1)).isoformat()
    assert desk.listed(start_date=late, end_date=late) == []


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"start_date": "2026-06-01"}, "start_date is no moment"),
        ({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"}, "may span 90 days"),
        ({"page_size": "0"}, "page_size has to be"),
    ],
)
def test_a_window_that_makes_no_sense_is_refused(parameters: dict[str, str], reason: str, desk: Desk) -> None:
    answer = desk.get(**parameters)
    assert answer.status_code == 400
    assert reason in answer.json()[0]["description"]


def test_both_formats_say_the_same(desk: Desk) -> None:
    desk.post()
    root = ElementTree.fromstring(desk.get("xml").content)
    assert (root.tag, {child.tag for child in root}) == ("service_request_updates", {"request_update"})
    said = [{field.tag: field.text for field in update} for update in root]
    assert said == desk.listed()


def test_another_citys_updates_are_not_here(desk: Desk) -> None:
    assert desk.get(jurisdiction_id="elsewhere.example").status_code == 404
    assert desk.post(jurisdiction_id="elsewhere.example").status_code == 404
    assert desk.get(jurisdiction_id="riverton.example").status_code == 200


def test_what_a_resident_wrote_is_not_published(desk: Desk) -> None:
    desk.made()
    desk.office.says("not fixed, ask Jane Roe next door")
    desk.office.bustle()
    assert desk.case.status == "reopened"
    assert desk.listed()[-1]["status"] == "REOPEN"
    assert "Roe" in str(desk.history)
    assert "Roe" not in desk.get().text


def test_a_city_that_publishes_descriptions_publishes_these(generous: Desk) -> None:
    generous.post(status="UNCHANGED", description="It has grown.")
    assert generous.listed()[-1]["description"] == "It has grown."


# Writing -------------------------------------------------------------------------------------------


def test_a_change_is_made_and_the_resident_told(both: Desk) -> None:
    [told] = both.made(updated_datetime=(both.office.clock.now - timedelta(minutes=9)).isoformat())
    assert "is done. Filled by crew 7." in told
    case = both.case
    assert (case.status, case.status_notes) == ("completed", "Filled by crew 7.")
    assert case.status_datetime == both.office.clock.now - timedelta(minutes=9, seconds=5)
    assert (case.updates[-1].author, case.updates[-1].update_id) == ("roads", "roads:1")


@pytest.mark.parametrize("form", ["xml", "json"])
def test_the_answer_is_our_id_of_the_update(form: str, desk: Desk) -> None:
    answer = desk.post(form)
    found = re.findall(r'update_id>(\d+)<|"update_id": "(\d+)"', answer.text)
    assert "".join(found[0]) == desk.listed()[-1]["update_id"]


@pytest.mark.parametrize("status", sorted(KNOWN))
def test_every_extended_status_is_taken(status: str, desk: Desk) -> None:
    assert desk.post(status=status).status_code == 200
    assert desk.case.status in STATUSES


@pytest.mark.parametrize(
    ("status", "becomes", "told"),
    [
        ("CLOSED", "completed", "Streets closed the case at 500 Main St. They did not say what was done."),
        ("FIXED", "completed", "is done. The department reports it fixed."),
        ("NO_FURTHER_ACTION", "no_action", "plan no work. They gave no more details."),
        ("NOT_COUNCILS_RESPONSIBILITY", "referred", "They did not say whose it is."),
        ("duplicate", "duplicate", "Somebody told us of it before"),
        ("in progress", "assigned", "A Streets crew has your report"),
    ],
)
def test_without_words_the_resident_is_told_what_is_known(
    status: str, becomes: str, told: str, desk: Desk
) -> None:
    [heard] = desk.made(status=status, description=None)
    assert told in heard
    assert desk.case.status == becomes


def test_closed_is_not_said_to_be_fixed_not_even_later(desk: Desk) -> None:
    [heard] = desk.made(status="CLOSED", description="Sent to the yard.")
    assert "Streets closed the case at 500 Main St. Sent to the yard." in heard
    desk.office.says("status")
    desk.office.bustle()
    assert re.search(r"Closed .*Sent to the yard\.", desk.office.heard()[-1])
    assert "is done" not in heard + desk.office.heard()[-1]
    assert "Done" not in desk.office.heard()[-1]
    assert desk.listed()[-1]["status"] == "CLOSED"


def test_a_repeated_update_is_refused_and_made_once(both: Desk) -> None:
    both.made(status="IN_PROGRESS")
    again = both.post(status="IN_PROGRESS")
    assert (again.status_code, again.json()[0]["description"]) == (400, "already exists")
    both.office.bustle()
    assert len(both.history) == 2
    assert both.post(api_key=OTHER, status="FIXED").status_code == 200  # another system's number 1


@pytest.mark.parametrize("field", ["service_request_id", "update_id", "status", "updated_datetime"])
@pytest.mark.parametrize("value", [None, " "])
def test_what_is_missing_is_named(field: str, value: str | None, desk: Desk) -> None:
    answer = desk.post(**{field: value})
    assert (answer.status_code, answer.json()[0]["description"]) == (400, f"Bad request: {field}")
    assert len(desk.history) == 1


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"api_key": None}, 403),
        ({"api_key": "wrong"}, 403),
        ({"service_request_id": "SR-77777"}, 404),
        ({"status": "ENCHANTED"}, 400),
        ({"updated_datetime": "yesterday"}, 400),
        ({"updated_datetime": "2026-06-01T10:00:00"}, 400),
        ({"updated_datetime": "2027-06-01T10:00:00Z"}, 400),
        ({"update_id": "x" * 201}, 400),
    ],
)
def test_what_can_not_be_taken_changes_nothing(change: dict[str, str | None], status: int, desk: Desk) -> None:
    assert desk.post(**change).status_code == status
    assert len(desk.history) == 1


def test_what_changes_nothing_becomes_a_note(desk: Desk) -> None:
    desk.made(status="ACTION_SCHEDULED", description="On Friday.")
    assert desk.made(update_id="2", status="ACTION_SCHEDULED", description="Still on Friday.") == []
    assert desk.made(update_id="3", status="OPEN", description="Looked again.") == []
    assert desk.history[2:] == [("scheduled", "Still on Friday."), ("scheduled", "Looked again.")]


def test_an_older_change_never_overtakes(desk: Desk) -> None:
    earlier = (desk.office.clock.now - timedelta(minutes=30)).isoformat()
    desk.made()
    assert desk.made(update_id="0", status="IN_PROGRESS", updated_datetime=earlier) == []
    assert desk.case.status == "completed"
    assert sorted(status for status, _ in desk.history) == ["assigned", "completed", "received"]


def test_a_closed_case_that_goes_on_elsewhere_is_open_again(desk: Desk) -> None:
    desk.made()
    desk.office.clock.pass_by(60)
    [heard] = desk.made(update_id="2", status="INVESTIGATING", description="")
    assert "opened it again" in heard
    assert desk.case.status == "reopened"
    assert desk.made(update_id="3", status="REOPEN", description="") == []


def test_a_comment_that_still_says_open_reopens_nothing(desk: Desk) -> None:
    desk.made()
    assert desk.made(update_id="2", status="OPEN", description="Was it not at 502?") == []
    assert desk.case.status == "completed"
    assert "502" not in desk.get().text


def test_words_that_change_nothing_may_be_a_residents_and_stay_inside(desk: Desk) -> None:
    desk.made(status="OPEN", description="Jane Roe saw it too.")
    assert "Roe" in str(desk.history)
    assert (
        "Roe" not in desk.get().text + requests.get(f"{desk.url}/open311/v2/requests.json?extensions=true").text
    )


def test_a_closed_case_is_closed_once(desk: Desk) -> None:
    desk.made()
    assert desk.made(update_id="2", status="DUPLICATE", description="Of another.") == []
    assert (desk.case.status, desk.history[-1]) == ("completed", ("completed", "Of another."))


@pytest.mark.parametrize(
    "change",
    [
        {"status": "FIXED", "first_name": "Jane", "description": "Jane Roe saw it fixed."},
        {"status": "UNCHANGED", "email": "jane@riverton.example", "description": "Jane Roe again."},
        {"status": "OPEN", "phone": "555-0143", "description": "Jane Roe here."},
    ],
)
def test_a_persons_own_words_are_for_the_crew_alone(change: dict[str, str], desk: Desk) -> None:
    assert desk.made(**change) == []
    assert (desk.case.status, desk.case.updates[-1].author) == ("received", "resident")
    assert "Roe" not in desk.get().text
    with desk.office.town.database.read() as session:
        assert session.query(OutboxEntry).filter_by(kind="email").count() == 2


def test_a_person_may_reopen(desk: Desk) -> None:
    desk.made()
    desk.office.clock.pass_by(60)
    [heard] = desk.made(update_id="2", status="REOPEN", first_name="Jane", description="Jane Roe says no.")
    assert "opened it again" in heard
    assert "Roe" not in heard + desk.get().text
