"""Our cases in another city system that speaks Open311: filed once, in order, followed, whatever it does."""

from __future__ import annotations

import contextlib
import gzip
import itertools
import json
import re
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from flask import Flask
from open311_stub import OtherCity, document, other_city, resource_of
from provider_stub import DROP, Answer, Seen
from servers import PHONE, Office, OpenOffice
from sqlalchemy import select
from werkzeug.test import run_wsgi_app

from bot import cases, external_updates, jobs, outbox, service_requests
from bot.app import create_app, open_backends
from bot.backends import BackendError
from bot.backends.open311 import Open311, Server
from bot.backends.open311_wire import Refusal, entries, get, moment
from bot.bench.deployment import free_port
from bot.config import Config, ConfigError, load
from bot.database import Database, open_database
from bot.departments import Department
from bot.models import ExternalRequest, OutboxEntry, ServiceRequest
from webhooks.simulator.loopback import LoopbackServer

KEY = "a-key-of-the-other-city"
CODES = {"pothole_road_damage": "POT", "sidewalk": "WALK"}
PLACES = ("500 main st", "12 elm st", "1432 washington ave", "5th and main")
DAY = 24 * 3600.0
SECOND_PHONE = "+15550143"


@pytest.fixture
def city() -> Iterator[OtherCity]:
    with other_city() as city:
        yield city


def hearing(office: Office, url: str, **settings: Any) -> Office:
    """Have the streets department hear by an Open311 server."""
    server = {"url": url, "api_key": "${STREETS_KEY}", "service_codes": CODES, "format": "json"} | settings
    config = office.town.config
    streets = Department.model_validate({"name": "Streets", "open311": server})
    departments = {**config.departments, "streets": streets}
    config = replace(config, departments=departments, environ={"STREETS_KEY": KEY})
    backends = open_backends(config)
    found = backends["open311"]
    assert isinstance(found, Open311)
    backends["open311"] = replace(found, now=office.clock)
    return replace(office, town=replace(office.town, config=config, backends=backends))


@pytest.fixture
def desk(open_office: OpenOffice, sqlite: Database, city: OtherCity) -> Office:
    """An office whose streets are the other city's, told of by plain Open311."""
    return hearing(open_office(sqlite), city.url)


@pytest.fixture
def listening(open_office: OpenOffice, sqlite: Database, city: OtherCity) -> Office:
    """The same where the other city lists updates."""
    return hearing(open_office(sqlite), city.url, updates=True)


def report(office: Office, text: str = "pothole at 500 main st", by: str = PHONE) -> None:
    """Report and file; that there is such a case already is denied."""
    office.says(text, by=by)
    office.bustle()
    if "Is it the same" in office.heard(by)[-1]:
        office.says("no", by=by)
        office.bustle()
    office.says("yes", by=by)
    office.bustle()


def passes(office: Office, seconds: float, step: float = 60.0) -> None:
    """Have time pass as it does in service: the sweeper comes by."""
    until = office.clock.now + timedelta(seconds=seconds)
    while office.clock.now < until:
        jobs.sweep(office.town)
        office.bustle(min(step, (until - office.clock.now).total_seconds()))


def case(office: Office, number: str = "SR-10001") -> ServiceRequest:
    with office.town.database.read() as session:
        found = cases.by_number(session, number)
        _ = found.updates
        return found


def rows(office: Office) -> list[ExternalRequest]:
    with office.town.database.read() as session:
        return list(session.scalars(select(ExternalRequest).order_by(ExternalRequest.id)))


def errors(office: Office) -> list[str]:
    """Return why the notices to departments were not sent."""
    with office.town.database.read() as session:
        query = select(OutboxEntry.error).where(OutboxEntry.message_id.is_(None)).order_by(OutboxEntry.id)
        return list(session.scalars(query))


# Filing --------------------------------------------------------------------------------------------


def test_a_case_is_filed_there_with_all_that_is_needed(
    open_office: OpenOffice, database: Database, city: OtherCity
) -> None:
    office = hearing(open_office(database), city.url, jurisdiction_id="roads.example")
    report(office)
    [form] = city.posted
    stored = case(office)
    assert form == {
        "api_key": KEY,
        "jurisdiction_id": "roads.example",
        "service_code": "POT",
        "lat": f"{stored.lat:.6f}",
        "long": f"{stored.long:.6f}",
        "address_string": "500 Main St",
        "account_id": "SR-10001",
        "description": "pothole at 500 main st\nReference: SR-10001",
    }
    [row] = rows(office)
    assert (row.backend, row.state, row.external_id, row.token) == ("streets", "filed", "1", "")


def test_nothing_says_who_reported(desk: Office, city: OtherCity) -> None:
    report(desk)
    assert "0142" not in str([(seen.target, seen.body) for seen in city.seen])


def test_answers_are_given_under_their_codes_and_the_others_in_words(
    open_office: OpenOffice, sqlite: Database, city: OtherCity
) -> None:
    attributes = {"lane": {"code": "WHERE", "values": {"bike": "7"}}}
    more = {
        "attributes": attributes,
        "constants": {"SOURCE": "text"},
        "always_send_email": "311@riverton.example",
    }
    office = hearing(open_office(sqlite), city.url, **more)
    [number] = service_requests.reserve(office.town)
    draft = _draft(office, {"lane": "bike", "size": "a wheel"})
    with office.town.database.write.begin() as session:
        service_requests.file(office.town, session, draft, number)
    outbox.ring_department(office.town, "streets")
    office.bustle()
    [form] = city.posted
    assert (form["attribute[WHERE]"], form["attribute[SOURCE]"]) == ("7", "text")
    assert form["email"] == "311@riverton.example"


def _draft(office: Office, answers: dict[str, str]) -> Any:
    from dialogues.types import Draft

    [place] = office.town.places.find_places("500 main st")
    return Draft(description="A hole.", service_code="pothole_road_damage", place=place, attributes=answers)


@pytest.mark.parametrize("published", [False, True])
def test_a_photos_address_is_given_only_where_the_city_publishes_photos(
    published: bool, open_office: OpenOffice, sqlite: Database, city: OtherCity
) -> None:
    office = open_office(sqlite)
    config = office.town.config
    open_ = config.file.open311.model_copy(update={"publish_photos": published})
    config = replace(config, file=config.file.model_copy(update={"open311": open_}))
    office = hearing(replace(office, town=replace(office.town, config=config)), city.url)
    from webhooks.simulator.pictures import draw

    office.simulator.sms(PHONE, "pothole at 500 main st", [draw("pothole")])
    office.bustle()
    office.says("yes")
    office.bustle()
    assert ("media_url" in city.posted[0]) is published


def test_a_system_that_is_down_for_a_day_gets_it_all_in_order_none_twice_and_nobody_waits(
    open_office: OpenOffice, database: Database, city: OtherCity
) -> None:
    office = hearing(open_office(database), city.url)
    city.before = lambda seen: Answer(503, b"<html>Down for maintenance</html>")
    phones = [f"+155501{number}" for number in range(50, 54)]
    for phone, place in zip(phones, PLACES, strict=True):
        report(office, f"pothole at {place}", by=phone)
        assert "Thank you" in office.heard(phone)[-1] or "SR-" in office.heard(phone)[-1]
        passes(office, DAY / 4, step=1800)
    assert city.posted == []
    city.before = lambda seen: None
    passes(office, 2 * 3600, step=600)
    assert city.numbers == ["SR-10001", "SR-10002", "SR-10003", "SR-10004"]
    assert [row.external_id for row in rows(office)] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    "lost",
    [
        DROP,
        Answer(504),
        Answer(200),
        Answer(200, b"<html>Thanks!</html>"),
        Answer(200, b"[]"),
        Answer(200, b"{"),
    ],
    ids=["dropped", "gateway", "empty", "page", "nothing", "garbage"],
)
def test_a_lost_answer_is_looked_up_before_anything_is_repeated(
    lost: Answer, desk: Office, city: OtherCity
) -> None:
    def lose_the_first(seen: Seen, answer: Answer) -> Answer:
        return lost if seen.method == "POST" else answer

    city.after = lose_the_first
    report(desk)
    assert len(city.posted) == 1
    passes(desk, 60)
    assert (len(city.posted), rows(desk)[0].external_id) == (1, "1")
    [asked] = city.asked("requests")[:1]
    assert asked.query["service_code"] == ["POT"]
    assert {"start_date", "end_date"} <= asked.query.keys()


def test_a_post_that_was_not_taken_is_repeated_after_the_look_up(desk: Office, city: OtherCity) -> None:
    answers = iter([DROP])
    city.before = lambda seen: next(answers, None) if seen.method == "POST" else None
    report(desk)
    passes(desk, 60)
    assert city.numbers == ["SR-10001"]
    assert [seen.method for seen in city.seen[:3]] == ["POST", "GET", "POST"]


def test_a_crash_between_post_and_commit_is_looked_up_too(desk: Office, city: OtherCity) -> None:
    report(desk)
    with desk.town.database.write.begin() as session:  # as if the worker had died before it could note it
        entry = session.scalars(select(OutboxEntry).where(OutboxEntry.kind == "open311")).one()
        entry.done_at, entry.unknown, entry.due_at = None, True, desk.clock.now
        row = session.scalars(select(ExternalRequest)).one()
        row.state, row.external_id = "waiting", ""
    passes(desk, 60)
    assert (len(city.posted), rows(desk)[0].external_id) == (1, "1")


def test_where_descriptions_are_hidden_type_point_and_time_tell(desk: Office, city: OtherCity) -> None:
    city.after = lambda seen, answer: DROP if seen.method == "POST" else _without(answer, "description")
    report(desk)
    passes(desk, 60)
    assert (len(city.posted), rows(desk)[0].external_id) == (1, "1")


def test_another_case_of_ours_at_the_same_place_is_not_taken_for_it(desk: Office, city: OtherCity) -> None:
    report(desk)
    answers = iter([DROP])
    city.before = lambda seen: next(answers, None) if seen.method == "POST" else None
    city.after = lambda seen, answer: _without(answer, "description")
    report(desk, by=SECOND_PHONE)
    passes(desk, 60)
    assert city.numbers == ["SR-10001", "SR-10002"]
    assert [row.external_id for row in rows(desk)] == ["1", "2"]


def test_somebody_elses_case_is_not_taken_for_ours(desk: Office, city: OtherCity) -> None:
    elsewhere = {
        "service_request_id": "9",
        "token": "",
        "lat": "41.0",
        "long": "-91.0",
        "description": "SR-100011",
    }
    city.requests.append(elsewhere | {"status": "open", "service_code": "POT"})
    answers = iter([DROP])
    city.before = lambda seen: next(answers, None) if seen.method == "POST" else None
    report(desk)
    passes(desk, 60)
    assert rows(desk)[0].external_id == "2"


def test_while_it_can_not_be_looked_up_nothing_is_repeated(desk: Office, city: OtherCity) -> None:
    city.after = lambda seen, answer: Answer(502)
    report(desk)
    passes(desk, 4 * 3600, step=600)
    assert len(city.posted) == 1
    city.after = lambda seen, answer: answer
    passes(desk, 3600, step=600)
    assert (len(city.posted), rows(desk)[0].external_id) == (1, "1")


def test_a_server_that_shows_no_list_gets_the_case_again(desk: Office, city: OtherCity) -> None:
    answers = iter([DROP])
    city.after = lambda seen, answer: next(answers, answer) if seen.method == "POST" else Answer(403)
    report(desk)
    passes(desk, 60)
    assert city.numbers == ["SR-10001", "SR-10001"]


def _without(answer: Answer, name: str) -> Answer:
    found = json.loads(answer.body)
    return document(
        [{key: value for key, value in each.items() if key != name} for each in found], answer.status
    )


def test_base_is_a_duplicate_means_that_it_was_taken(desk: Office, city: OtherCity) -> None:
    def duplicate(seen: Seen, answer: Answer) -> Answer:
        return document([{"description": "base is a duplicate"}], 400) if seen.method == "POST" else answer

    city.after = duplicate
    report(desk)
    assert rows(desk)[0].external_id == "1"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("base is a duplicate", "does not list that one"),
        ("location can't be blank", "confirm the case's location"),
        ("Photo or description is required", "wants words or a photo"),
        ("email can't be blank", "always_send_email"),
        ("unknown jurisdiction_id", "another jurisdiction_id"),
        ("service_code is invalid", "service_codes"),
        ("attribute WHERE is required for 555-0142", "attributes, constants"),
        ("Nobody knows, Jane Roe.", "HTTP 400"),
    ],
)
def test_a_refusal_is_explained_without_its_words(
    said: str, meant: str, desk: Office, city: OtherCity, caplog: pytest.LogCaptureFixture
) -> None:
    city.before = lambda seen: (
        document([{"code": 400, "description": said}], 400) if seen.method == "POST" else None
    )
    report(desk)
    assert meant in errors(desk)[0]
    assert meant in caplog.text
    assert "needs the operator" in caplog.text
    assert not re.search("Roe|0142", caplog.text)
    assert rows(desk)[0].state == "refused"


@pytest.mark.parametrize("status", [401, 403])
def test_once_the_key_is_mended_everything_goes(status: int, desk: Office, city: OtherCity) -> None:
    city.before = lambda seen: Answer(status)
    report(desk)
    passes(desk, 3600, step=600)
    city.before = lambda seen: None
    passes(desk, 3600, step=600)
    assert city.numbers == ["SR-10001"]


def test_a_redirect_is_not_followed_nor_its_loop(desk: Office, city: OtherCity) -> None:
    city.before = lambda seen: Answer(302, headers={"Location": f"{city.url}/requests.json"})
    report(desk)
    assert {seen.method for seen in city.seen} == {"POST"}
    assert len(city.seen) <= 2
    assert "write its true address" in errors(desk)[0]


def test_what_has_no_code_there_is_the_operators_and_blocks_nothing(desk: Office, city: OtherCity) -> None:
    backend = desk.town.backends["open311"]
    assert isinstance(backend, Open311)
    backend.servers["streets"].service_codes.pop("pothole_road_damage")  # type: ignore[attr-defined]
    report(desk)
    assert "service_codes in config.yml" in errors(desk)[0]
    backend.servers["streets"].service_codes["pothole_road_damage"] = "POT"  # type: ignore[index]
    report(desk, by=SECOND_PHONE)
    assert city.numbers == ["SR-10002"]


# Tokens --------------------------------------------------------------------------------------------


def test_a_token_is_asked_about_ever_more_seldom_until_it_is_a_number(
    open_office: OpenOffice, database: Database, city: OtherCity
) -> None:
    office = hearing(open_office(database), city.url)
    city.tokens, city.numbered = True, False
    report(office)
    assert (rows(office)[0].external_id, rows(office)[0].token) == ("", "t-1")
    passes(office, 3600)
    asked = len(city.asked("tokens/t-1"))
    assert 3 <= asked <= 7
    passes(office, DAY, step=600)
    assert len(city.asked("tokens/t-1")) - asked <= 12
    city.numbered = True
    passes(office, 7 * 3600, step=600)
    assert rows(office)[0].external_id == "1"


def test_a_token_that_takes_long_holds_up_no_other_case(listening: Office, city: OtherCity) -> None:
    city.tokens, city.numbered = True, False
    report(listening)
    listening.says("also it is next to the bakery")
    listening.bustle()
    report(listening, by=SECOND_PHONE)
    assert city.numbers == ["SR-10001", "SR-10002"]
    city.numbered = True
    passes(listening, 3 * 3600, step=300)
    updates = [form for form in city.posted if "update_id" in form]
    assert [form["service_request_id"] for form in updates] == ["1"]


# What becomes of them: plain Open311 -----------------------------------------------------------------


def test_a_closing_is_seen_and_told_without_a_claim(
    open_office: OpenOffice, database: Database, city: OtherCity
) -> None:
    office = hearing(open_office(database), city.url)
    report(office)
    passes(office, 600)
    city.change("1", status="closed", updated_datetime=office.clock.now.isoformat())
    passes(office, 600)
    assert "Streets closed the case at 500 Main St. They did not say what was done." in office.heard()[-1]
    assert "is done" not in office.heard()[-1]
    assert (case(office).status, case(office).reason) == ("completed", "closed_elsewhere")
    heard = office.heard()
    passes(office, DAY, step=900)
    assert office.heard() == heard


def test_their_notes_are_told_and_a_later_note_is_kept(desk: Office, city: OtherCity) -> None:
    report(desk)
    city.change("1", status_notes="Crew assigned.")
    passes(desk, 600)
    assert [update.status_notes for update in case(desk).updates] == ["", "Crew assigned."]
    city.change("1", status="closed", status_notes="Duplicate request.")
    passes(desk, 600)
    assert "Streets closed the case at 500 Main St. Duplicate request." in desk.heard()[-1]


@pytest.mark.parametrize("at", [None, "2020-01-01T00:00:00", "rubbish", "2026-06-01T10:05:00"])
def test_a_closing_counts_whatever_time_they_give_it(at: str | None, desk: Office, city: OtherCity) -> None:
    report(desk)
    passes(desk, 300)
    city.change("1", status="closed", updated_datetime=at)
    passes(desk, 600)
    assert case(desk).status == "completed"
    assert case(desk).status_datetime <= desk.clock.now


def test_what_is_opened_again_there_is_open_again_here(desk: Office, city: OtherCity) -> None:
    report(desk)
    city.change("1", status="closed")
    passes(desk, 600)
    city.change("1", status="open")
    passes(desk, 3600)
    assert case(desk).status == "reopened"


def test_old_cases_are_asked_of_seldom_and_closed_ones_in_the_end_no_more(
    desk: Office, city: OtherCity
) -> None:
    report(desk)
    counts = []
    for span, step in ((3600, 60), (DAY, 300), (7 * DAY, 3600)):
        before = len(city.seen)
        passes(desk, span, step=step)
        counts.append((len(city.seen) - before) / (span / 3600))
    assert counts[0] > counts[1] > counts[2]
    assert counts[0] <= 13
    assert counts[2] <= 0.6
    city.change("1", status="closed")
    passes(desk, 16 * DAY, step=6 * 3600)
    assert rows(desk)[0].poll_at is None


def test_many_cases_are_one_request(desk: Office, city: OtherCity) -> None:
    for number, place in enumerate(PLACES[:3]):
        report(desk, f"pothole at {place}", by=f"+155501{50 + number}")
    city.seen.clear()
    with desk.town.database.write.begin() as session:
        for row in session.scalars(select(ExternalRequest)):
            row.poll_at = desk.clock.now
    external_updates.poll(desk.town, "streets")
    [asked] = city.seen
    assert asked.query["service_request_id"] == ["1,2,3"]


def test_a_server_that_takes_no_lists_of_numbers_is_asked_one_by_one(desk: Office, city: OtherCity) -> None:
    for number, place in enumerate(PLACES[:2]):
        report(desk, f"pothole at {place}", by=f"+155501{50 + number}")
    city.before = lambda seen: Answer(400) if "service_request_id" in seen.query else None
    city.change("2", status="closed")
    passes(desk, 900)
    assert case(desk, "SR-10002").status == "completed"
    assert len(city.asked("requests/2")) >= 1


def test_a_system_that_is_down_is_asked_ever_more_seldom(desk: Office, city: OtherCity) -> None:
    report(desk)
    city.before = lambda seen: Answer(503)
    passes(desk, 2 * 3600)
    assert len(city.asked("requests")) + len(city.asked("requests/1")) <= 10
    city.before = lambda seen: None
    city.change("1", status="closed")
    passes(desk, 3 * 3600, step=300)
    assert case(desk).status == "completed"


# What becomes of them: updates -----------------------------------------------------------------------


def update(number: int, status: str, at: datetime, words: str = "", case: str = "1") -> dict[str, object]:
    return {
        "update_id": number,
        "service_request_id": case,
        "status": status,
        "updated_datetime": at.isoformat(),
        "description": words,
    }


def test_updates_are_carried_out_in_order_each_once(
    open_office: OpenOffice, database: Database, city: OtherCity
) -> None:
    office = hearing(open_office(database), city.url, updates=True)
    report(office)
    passes(office, 600)
    now = office.clock.now
    city.updates = [
        update(3, "FIXED", now - timedelta(seconds=60), "Filled."),
        update(2, "ACTION_SCHEDULED", now - timedelta(seconds=120), "On Friday."),
        update(1, "OPEN", now - timedelta(seconds=500)),
        update(9, "FIXED", now, "Not ours.", case="77"),
    ]
    passes(office, 1800)
    assert [(each.status, each.status_notes) for each in case(office).updates] == [
        ("received", ""),
        ("scheduled", "On Friday."),
        ("completed", "Filled."),
    ]
    assert "is done. Filled." in office.heard()[-1]
    city.updates.append(update(4, "INVESTIGATING", now - timedelta(seconds=90), "Late."))
    passes(office, 1800)
    assert case(office).status == "completed"


def test_windows_overlap_and_cover_what_was_missed(listening: Office, city: OtherCity) -> None:
    report(listening)
    passes(listening, 1800)
    city.before = lambda seen: Answer(503)
    passes(listening, DAY, step=1800)
    down = listening.clock.now
    city.before = lambda seen: None
    passes(listening, 7 * 3600, step=600)
    asked = [seen.query for seen in city.asked("servicerequestupdates")]
    windows = [
        tuple(datetime.fromisoformat(each[name][0]) for name in ("start_date", "end_date")) for each in asked
    ]
    reached = [window for window in windows if window[1] >= down]
    assert reached[0][0] <= down - timedelta(days=1)
    assert all(start <= end - timedelta(hours=2) for start, end in windows)
    assert all(later[0] < earlier[1] for earlier, later in itertools.pairwise(reached))


def test_one_request_tells_of_all_cases(listening: Office, city: OtherCity) -> None:
    for number, place in enumerate(PLACES):
        report(listening, f"pothole at {place}", by=f"+155501{50 + number}")
    city.seen.clear()
    passes(listening, 3600)
    assert len(city.seen) <= 20


def test_where_there_are_none_the_cases_are_asked_of(listening: Office, city: OtherCity) -> None:
    city.lists_updates = False
    report(listening)
    city.change("1", status="closed", status_notes="Filled.")
    passes(listening, 900)
    assert "Streets closed the case at 500 Main St. Filled." in listening.heard()[-1]


def test_what_comes_later_is_posted_as_an_update_in_order(listening: Office, city: OtherCity) -> None:
    report(listening)
    listening.says("also it is next to the bakery")
    listening.bustle()
    passes(listening, 120)
    city.updates = [update(1, "FIXED", listening.clock.now, "Filled.")]
    passes(listening, 600)
    listening.says("not fixed")
    listening.bustle()
    passes(listening, 120)
    added, reopened = [form for form in city.posted if "update_id" in form]
    assert (added["service_request_id"], added["status"]) == ("1", "OPEN")
    assert "bakery" in added["description"]
    assert (reopened["status"], reopened["api_key"]) == ("REOPEN", KEY)
    assert added["update_id"] != reopened["update_id"]


def test_a_lost_answer_to_an_update_is_no_second_update(listening: Office, city: OtherCity) -> None:
    report(listening)
    city.after = lambda seen, answer: DROP if "update_id" in seen.form and answer.status == 200 else answer
    listening.says("also it is next to the bakery")
    listening.bustle()
    passes(listening, 300)
    assert len([form for form in city.posted if "update_id" in form]) == 1
    assert errors(listening)[-1] == ""


def test_our_own_words_that_come_back_are_not_taken_for_theirs(listening: Office, city: OtherCity) -> None:
    report(listening)
    listening.says("also it is next to the bakery")
    listening.bustle()
    passes(listening, 120)
    mine = next(form for form in city.posted if "update_id" in form)
    city.updates = [update(0, "OPEN", listening.clock.now, mine["description"]) | {"update_id": "theirs-2"}]
    passes(listening, 900)
    assert {each.author for each in case(listening).updates} == {"bot", "resident"}


def test_without_updates_only_the_filing_is_told(desk: Office, city: OtherCity) -> None:
    report(desk)
    desk.says("also it is next to the bakery")
    desk.bustle()
    passes(desk, 120)
    assert len(city.posted) == 1


# Quirks --------------------------------------------------------------------------------------------

QUIRKS = yaml.safe_load((Path(__file__).parent / "data" / "open311" / "quirks.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("quirk", QUIRKS, ids=[each["name"] for each in QUIRKS])
def test_an_answer_is_read_whatever_its_shape(quirk: dict[str, Any]) -> None:
    body = quirk["body"].encode(quirk.get("encoding", "utf-8"))
    found = [dict(each) for each in entries(body, quirk.get("item", "request"))]
    assert [{key: each.get(key) for key in quirk["found"][0]} for each in found] == quirk["found"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<!DOCTYPE html><html>Sorry</html>", "a web page"),
        (b"\xef\xbb\xbf <HTML>", "a web page"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "XML with a DTD"),
        (b'<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd"><a/>', "XML with a DTD"),
        (b"<a>&nothing;</a>", "no XML"),
        (b"<a><b></a>", "no XML"),
        (b"<a>" * 100_000, "no XML"),
        (b"[" * 100_000, "neither XML nor JSON"),
        (b"OK", "neither XML nor JSON"),
        (b"12 {", "neither XML nor JSON"),
    ],
)
def test_what_is_no_answer_is_said_to_be_none(body: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        entries(body, "request")


def deflated(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


PLAIN = b'[{"service_request_id": "7"}]'


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(PLAIN, mtime=0)),
        ("deflate", zlib.compress(PLAIN)),
        ("deflate", deflated(PLAIN)),
        ("deflate", PLAIN),  # Alexandria's
        ("gzip", PLAIN),
        ("br", PLAIN),
    ],
)
def test_an_answer_that_is_packed_unasked_is_unpacked(encoding: str, body: bytes, city: OtherCity) -> None:
    city.before = lambda seen: Answer(200, body, {"Content-Encoding": encoding})
    assert [dict(each) for each in get(city.url, "request", {})] == [{"service_request_id": "7"}]


@pytest.mark.parametrize(
    "answer",
    [
        Answer(200, b" " * 5_000_001),
        Answer(200, gzip.compress(b" " * 50_000_000, mtime=0), {"Content-Encoding": "gzip"}),
        Answer(200, b"[", drip=True, length=False),
        Answer(200, b"[", hang=True),
        DROP,
    ],
    ids=["large", "bomb", "drip", "hang", "drop"],
)
def test_an_answer_without_end_is_given_up(
    answer: Answer, city: OtherCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.backends.open311_wire.READ", 0.3)
    monkeypatch.setattr("bot.backends.open311_wire.ALTOGETHER", 0.5)
    city.before = lambda seen: answer
    with pytest.raises(Refusal) as refused:
        get(city.url, "request", {})
    assert refused.value.retryable


def test_where_nobody_listens_nothing_was_sent() -> None:
    server = Server(url=f"http://127.0.0.1:{free_port()}", api_key=KEY, service_codes=CODES)
    backend = Open311(servers={"streets": server}, timezone="America/Chicago")
    from test_departments import NOTICE

    with pytest.raises(BackendError) as refused:
        backend.deliver(NOTICE)
    assert (refused.value.retryable, refused.value.unknown) == (True, False)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-06-01T10:00:00-05:00", datetime(2026, 6, 1, 15, tzinfo=UTC)),
        ("2026-06-01T15:00:00Z", datetime(2026, 6, 1, 15, tzinfo=UTC)),
        ("2026-06-01T10:00:00", datetime(2026, 6, 1, 15, tzinfo=UTC)),
        ("2026-06-01 10:00:00", datetime(2026, 6, 1, 15, tzinfo=UTC)),
        ("", None),
        ("June", None),
        ("9999-12-31T23:59:59", None),
    ],
)
def test_a_time_without_its_zone_is_the_citys(written: str, read: datetime | None) -> None:
    assert moment(written, ZoneInfo("America/Chicago")) == read


# Checking and configuring ----------------------------------------------------------------------------


def services(*attributes: dict[str, object], metadata: bool = True) -> Any:
    known = [{"service_code": "POT", "metadata": metadata}, {"service_code": "WALK", "metadata": False}]

    def answer(seen: Seen) -> Answer | None:
        if resource_of(seen) == "services":
            return document(known)
        return document({"service_code": "POT", "attributes": list(attributes)})

    return answer


@pytest.mark.parametrize(
    ("attribute", "trouble"),
    [
        ({"code": "WHERE", "required": True, "variable": True}, "they want WHERE"),
        ({"code": "WHERE", "required": False, "variable": True}, ""),
        ({"code": "", "required": True, "variable": True}, ""),  # Chicago's
        ({"code": "NOTE", "required": True, "variable": False}, ""),
        ({"code": "easting", "required": True, "automated": "server_set"}, ""),  # FixMyStreet's
    ],
)
def test_the_check_up_says_which_answers_they_want(
    attribute: dict[str, object], trouble: str, desk: Office, city: OtherCity
) -> None:
    city.before = services(attribute)
    found = desk.town.backends["open311"].health("streets")
    assert trouble in found
    assert bool(found) is bool(trouble)
    assert not city.posted


def test_the_check_up_says_which_services_they_have_not(desk: Office, city: OtherCity) -> None:
    city.before = lambda seen: document([{"service_code": "POT"}])
    assert "they have no service WALK" in desk.town.backends["open311"].health("streets")
    city.before = lambda seen: Answer(500)
    assert "HTTP 500: check url" in desk.town.backends["open311"].health("streets")


def written(config: Config, folder: Path, **changes: object) -> Path:
    """Write a config.yml whose streets department hears by Open311, with `changes`; returns its path."""
    (folder / "data").symlink_to(config.root / "data")
    codes = {code: "X" for code, service in config.city.services.items() if service.department == "streets"}
    server = {"url": "https://roads.example/v2", "api_key": "${ROADS}", "service_codes": codes} | changes
    known = yaml.safe_load((config.root / "config.yml").read_text(encoding="utf-8"))
    known["departments"]["streets"] = {"name": "Streets", "open311": server}
    path = folder / "config.yml"
    path.write_text(yaml.safe_dump(known, sort_keys=False), encoding="utf-8")
    return path


def test_a_server_is_configured(config: Config, tmp_path: Path) -> None:
    path = written(config, tmp_path, updates=True)
    found = open_backends(load({"TOWNLINE_CONFIG": str(path), "ROADS": KEY}))["open311"]
    assert isinstance(found, Open311)
    assert found.servers["streets"].api_key == KEY
    assert KEY not in repr(found)
    with pytest.raises(ConfigError, match=r"config\.yml:\d+: ROADS is not set"):
        open_backends(load({"TOWNLINE_CONFIG": str(path)}))


@pytest.mark.parametrize(
    ("changes", "mistake"),
    [
        ({"api_key": "a-key-in-the-file"}, r"write api_key: \$\{NAME\} here"),
        ({"url": "roads.example"}, "is no address"),
        ({"service_codes": {"pothole_road_damage": "X"}}, "is this department's: write .*: THEIR_CODE"),
        ({"service_codes": {"potholes": "X"}}, "there is no issue type 'potholes'"),
        ({"service_codes": {}}, "at least 1 item"),
        ({"attributes": {"colour": {"code": "X"}}}, "asks 'colour'"),
        ({"format": "yaml"}, "'xml' or 'json'"),
        ({"always_send_email": "nobody"}, "should match pattern"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_a_mistake_is_named_with_its_line(
    changes: dict[str, object], mistake: str, config: Config, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match=rf"config\.yml:\d+: .*{mistake}"):
        load({"TOWNLINE_CONFIG": str(written(config, tmp_path, **changes))})


# Our client and our own server -----------------------------------------------------------------------


OUR_CODES = {"pothole_road_damage": "pothole_road_damage", "sidewalk": "sidewalk"}


@pytest.fixture
def neighbours(
    open_office: OpenOffice, sqlite: Database, city_database: Path, tmp_path: Path
) -> Iterator[tuple[Office, Office]]:
    """City A, where residents write, and city B, whose Townline does A's streets."""
    shutil.copy(city_database, tmp_path / "b.db")
    database = open_database(f"sqlite:///{tmp_path / 'b.db'}")
    theirs = open_office(database, open311_api_keys=f"city-a:{KEY}")
    ours = open_office(sqlite)  # opened last: the phones write to it
    url = f"{theirs.url}/open311/v2"
    yield hearing(ours, url, service_codes=OUR_CODES, updates=True, format="xml"), theirs
    database.close()


def both_pass(ours: Office, theirs: Office, seconds: float) -> None:
    theirs.clock.now = ours.clock.now
    passes(ours, seconds)
    theirs.clock.now = ours.clock.now


def test_a_case_of_one_city_is_done_by_another_and_its_resident_reads_of_it(
    neighbours: tuple[Office, Office],
) -> None:
    ours, theirs = neighbours
    theirs.clock.now = ours.clock.now
    report(ours)
    there = case(theirs)
    assert (there.service_code, there.address_string) == ("pothole_road_damage", "500 Main St")
    assert "Reference: SR-10001" in there.description
    both_pass(ours, theirs, 600)
    service_requests.update_status(theirs.town, "SR-10001", "scheduled", "Planned for Friday.")
    both_pass(ours, theirs, 600)
    assert case(ours).status == "scheduled"
    ours.says("also it is next to the bakery")
    ours.bustle()
    both_pass(ours, theirs, 600)
    assert "bakery" in str([update.status_notes for update in case(theirs).updates])
    service_requests.update_status(theirs.town, "SR-10001", "completed", "Filled by crew 7.")
    both_pass(ours, theirs, 600)
    assert "is done. Filled by crew 7." in ours.heard()[-1]
    ours.says("not fixed")
    ours.bustle()
    both_pass(ours, theirs, 600)
    assert case(theirs).status == "reopened"
    service_requests.update_status(theirs.town, "SR-10001", "completed", reason="closed_elsewhere")
    both_pass(ours, theirs, 3600)
    heard = ours.heard()
    assert "They did not say what was done." in heard[-1]
    assert [update.status for update in case(ours).updates] == [
        "received",
        "scheduled",
        "scheduled",
        "completed",
        "reopened",
        "completed",
    ]
    both_pass(ours, theirs, DAY / 4)
    assert ours.heard() == heard


def test_nothing_is_filed_twice_at_our_own_server_either(
    neighbours: tuple[Office, Office], closing: contextlib.ExitStack
) -> None:
    ours, theirs = neighbours
    theirs.clock.now = ours.clock.now
    losing = LosesTheFirstAnswer(create_app(theirs.town))
    server = LoopbackServer(losing)
    server.start()
    closing.callback(server.stop)
    ours = hearing(ours, f"{server.url}/open311/v2", service_codes=OUR_CODES, updates=True, format="xml")
    report(ours)
    both_pass(ours, theirs, 300)
    assert (losing.lost, _count(theirs), rows(ours)[0].external_id) == (1, 1, "SR-10001")


@pytest.fixture
def closing() -> Iterator[contextlib.ExitStack]:
    with contextlib.ExitStack() as stack:
        yield stack


class LosesTheFirstAnswer:
    """A gateway that passes a POST on, and loses what is answered to the first."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self.lost = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        if environ["REQUEST_METHOD"] != "POST" or self.lost:
            return self._app(environ, start_response)
        self.lost += 1
        run_wsgi_app(self._app.wsgi_app, environ)
        start_response("504 Gateway Timeout", [("Content-Length", "0")])
        return [b""]


def _count(office: Office) -> int:
    with office.town.database.read() as session:
        return len(session.scalars(select(ServiceRequest.id)).all())
