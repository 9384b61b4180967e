"""Work-order systems report over real HTTP: signed, once, in order, and told what is wrong."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import requests
from servers import Office, OpenOffice

from bot import cases, checkup
from bot.app import create_app
from bot.config import ConfigError
from bot.database import Database
from bot.models import ServiceRequest
from bot.signing import SIGNATURE, TIMESTAMP, sign, signer
from bot.statuses import STATUSES
from bot.work_orders import work_order_keys

SECRET, OTHER = "the-secret-of-cityworks", "the-secret-of-the-parks"
KEYS = f"cityworks:{SECRET}, parks:{OTHER}"
NUMBER = "SR-10001"


@pytest.fixture
def desk(open_office: OpenOffice, database: Database) -> Office:
    """An office with a filed case, on both kinds of database; an hour has passed since."""
    office = open_office(database, work_order_keys=KEYS)
    office.says("pothole at 500 main st")
    office.bustle()
    office.says("yes")
    office.bustle(3600)
    return office


@pytest.fixture
def quick(open_office: OpenOffice, sqlite: Database) -> Office:
    """An office without cases, where the kind of database makes no difference."""
    return open_office(sqlite, work_order_keys=KEYS)


def report(office: Office, **change: Any) -> dict[str, Any]:
    """Return a report of a crew on its way, with `change`; None leaves a member out."""
    written = {
        "update_id": "1",
        "service_request_id": NUMBER,
        "status": "assigned",
        "note": "Crew 7",
        "updated_datetime": office.clock.now.isoformat(),
    } | change
    return {name: value for name, value in written.items() if value is not None}


def post(
    office: Office,
    document: Any,
    *,
    secret: str = SECRET,
    ago: float = 0.0,
    tamper: Callable[[bytes], bytes] = lambda body: body,
    headers: dict[str, str] | None = None,
) -> requests.Response:
    """Send a report, signed `ago` seconds ago; `tamper` changes it after that."""
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    signed = sign(secret, body, office.clock.now - timedelta(seconds=ago)) | (headers or {})
    kind = {"Content-Type": "application/json"}
    return requests.post(f"{office.url}/hooks/status", data=tamper(body), headers=kind | signed, timeout=20)


def case(office: Office) -> ServiceRequest:
    with office.town.database.read() as session:
        found = cases.by_number(session, NUMBER)
        _ = found.updates
        return found


def history(office: Office) -> list[str]:
    return [update.status for update in case(office).updates]


# Taken ---------------------------------------------------------------------------------------------


def test_a_change_is_made_and_the_resident_told(desk: Office) -> None:
    answer = post(desk, report(desk, status="completed", note="Filled by crew 7."))
    assert (answer.status_code, answer.json()) == (
        200,
        {"update_id": "1", "service_request_id": NUMBER, "status": "completed"},
    )
    desk.bustle()
    assert "Filled by crew 7." in desk.heard()[-1]
    assert case(desk).updates[-1].author == "cityworks"


def test_a_reason_stands_for_a_note(desk: Office) -> None:
    answer = post(desk, report(desk, status="completed", note="", reason="repaired"))
    assert answer.status_code == 200
    desk.bustle()
    assert desk.town.city.reasons["repaired"].text["en"] in desk.heard()[-1]


def test_a_reason_of_another_status_is_refused_with_those_that_fit(desk: Office) -> None:
    answer = post(desk, report(desk, status="referred", note="", reason="repaired"))
    assert answer.status_code == 422
    assert "state_road" in answer.json()["known"]
    assert case(desk).status == "received"


def test_the_moment_of_the_change_is_the_crews(desk: Office) -> None:
    moment = desk.clock.now - timedelta(minutes=20)
    post(desk, report(desk, updated_datetime=moment.isoformat()))
    assert case(desk).status_datetime == moment


def test_a_repeated_report_changes_nothing_and_is_answered_the_same(desk: Office) -> None:
    first = post(desk, report(desk))
    desk.bustle()
    heard = desk.heard()
    again = post(desk, report(desk))
    desk.bustle()
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json()["repeated"] is True
    assert history(desk) == ["received", "assigned"]
    assert desk.heard() == heard


def test_a_repeated_report_is_known_after_others(desk: Office) -> None:
    old = report(desk, update_id=17, expected_datetime=(desk.clock.now + timedelta(days=1)).isoformat())
    assert post(desk, old).json()["update_id"] == "17"
    desk.bustle(60)
    post(desk, report(desk, update_id="18", status="completed", note="Filled."))
    again = post(desk, old)
    assert (again.status_code, again.json()["repeated"]) == (200, True)
    assert case(desk).status == "completed"


def test_two_systems_numbers_are_not_confused(desk: Office) -> None:
    post(desk, report(desk))
    desk.bustle(60)
    answer = post(desk, report(desk, status="on_site"), secret=OTHER)
    assert (answer.json().get("repeated"), case(desk).status) == (None, "on_site")


def test_an_older_change_is_kept_and_changes_nothing(desk: Office) -> None:
    earlier = desk.clock.now - timedelta(minutes=20)
    post(desk, report(desk, update_id="2", status="on_site"))
    moved = (desk.clock.now + timedelta(days=30)).isoformat()
    late = report(
        desk, update_id="1", status="scheduled", updated_datetime=earlier.isoformat(), expected_datetime=moved
    )
    due = case(desk).expected_datetime
    answer = post(desk, late)
    assert (answer.status_code, answer.json()["status"]) == (200, "on_site")
    assert (case(desk).status, case(desk).expected_datetime) == ("on_site", due)
    assert sorted(history(desk)) == ["on_site", "received", "scheduled"]


def test_a_crew_may_set_a_new_deadline(desk: Office) -> None:
    due = desk.clock.now + timedelta(days=30)
    answer = post(desk, report(desk, status="scheduled", expected_datetime=due.isoformat()))
    assert answer.status_code == 200
    assert case(desk).expected_datetime == due


def test_a_change_that_is_refused_moves_no_deadline(desk: Office) -> None:
    post(desk, report(desk, status="completed", note="Filled."))
    due, later = case(desk).expected_datetime, (desk.clock.now + timedelta(days=30)).isoformat()
    assert post(desk, report(desk, update_id="2", expected_datetime=later)).status_code == 409
    assert case(desk).expected_datetime == due


def test_the_same_report_at_once_is_made_once(desk: Office) -> None:
    document = report(desk)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: post(desk, document).status_code, range(4)))
    assert set(answers) <= {200, 503}
    assert 200 in answers
    assert history(desk).count("assigned") == 1


@pytest.mark.parametrize("spelling", ["Assigned", " ASSIGNED "])
def test_statuses_in_any_case(desk: Office, spelling: str) -> None:
    assert post(desk, report(desk, status=spelling)).json()["status"] == "assigned"


def test_a_report_made_as_the_docs_say_is_taken(desk: Office) -> None:
    docs = (Path(__file__).parent.parent / "docs" / "work-orders.md").read_text(encoding="utf-8")
    found = re.findall(r"^```(json|python)\n(.*?)^```", docs, re.MULTILINE | re.DOTALL)
    change, code = (text for _, text in found)
    clock = SimpleNamespace(time=lambda: desk.clock.now.timestamp())
    names: dict[str, Any] = {
        "hmac": hmac,
        "hashlib": hashlib,
        "json": json,
        "requests": requests,
        "time": clock,
    }
    exec(code, names)
    written = json.loads(change) | {"updated_datetime": desk.clock.now.isoformat()}
    answer = names["report"](f"{desk.url}/hooks/status", SECRET, written)
    assert (answer.status_code, case(desk).status) == (200, "completed")


# Refused -------------------------------------------------------------------------------------------


def test_a_change_the_workflow_forbids_says_what_is_allowed(desk: Office) -> None:
    post(desk, report(desk, status="completed", note="Filled."))
    answer = post(desk, report(desk, update_id="2", status="on_site"))
    assert answer.status_code == 409
    assert answer.json()["allowed"] == list(STATUSES["completed"].may_become)
    assert history(desk) == ["received", "completed"]


@pytest.mark.parametrize("status", ["completed", "no_action", "referred", "duplicate", "need_info"])
@pytest.mark.parametrize("note", [None, "", "  "])
def test_a_closing_needs_a_reason(quick: Office, status: str, note: str | None) -> None:
    answer = post(quick, report(quick, status=status, note=note))
    assert answer.status_code == 422
    assert "note" in answer.json()["error"]


@pytest.mark.parametrize("number", ["SR-99999", "nonsense", "'; DROP TABLE outbox", "\0"])
def test_an_unknown_case(quick: Office, number: str) -> None:
    assert post(quick, report(quick, service_request_id=number)).status_code in (404, 400)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"update_id": None}, "update_id"),
        ({"update_id": ""}, "update_id"),
        ({"update_id": "x" * 201}, "update_id"),
        ({"update_id": ["1"]}, "update_id"),
        ({"service_request_id": None}, "service_request_id"),
        ({"status": None}, "status"),
        ({"status": "fixed"}, "status"),
        ({"note": "x" * 2001}, "note"),
        ({"note": {"text": "x"}}, "note"),
        ({"updated_datetime": None}, "updated_datetime"),
        ({"updated_datetime": "yesterday"}, "updated_datetime"),
        ({"updated_datetime": "2026-06-01T10:00:00"}, "updated_datetime"),
        ({"updated_datetime": "2026-06-02T10:00:00Z"}, "updated_datetime"),
        ({"expected_datetime": "2026-06-01T10:00:00"}, "expected_datetime"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_is_wrong_is_named(quick: Office, change: dict[str, Any], named: str) -> None:
    answer = post(quick, report(quick, **change))
    assert answer.status_code == 400
    assert named in answer.json()["error"]


def test_an_unknown_status_comes_with_the_known(quick: Office) -> None:
    answer = post(quick, report(quick, status="fixed"))
    assert answer.json()["known"] == list(STATUSES)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 60_000, b'"x"', b'{"a":' * 9000])
def test_a_body_that_is_no_report(quick: Office, body: bytes) -> None:
    assert post(quick, body).status_code == 400


def test_a_body_that_is_too_large(quick: Office) -> None:
    assert post(quick, b" " * 70_000).status_code == 413


@pytest.mark.parametrize("note", ["half \ud800 a pair", "nul \0 inside", "\N{DECIDUOUS TREE}"])
def test_signs_that_no_database_keeps_are_left_out(desk: Office, note: str) -> None:
    assert post(desk, report(desk, note=note)).status_code == 200


# Signed --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "trick",
    [
        {"secret": "another-secret-altogether"},
        {"secret": SECRET.upper()},
        {"ago": 301},
        {"ago": -301},
        {"tamper": lambda body: body.replace(b"assigned", b"on_site ")},
        {"tamper": lambda body: body + b" "},
        {"headers": {SIGNATURE: ""}},
        {"headers": {SIGNATURE: "sha256="}},
        {"headers": {SIGNATURE: "\N{LATIN SMALL LETTER E WITH ACUTE}".encode().decode("latin-1")}},
        {"headers": {TIMESTAMP: ""}},
        {"headers": {TIMESTAMP: "now"}},
        {"headers": {TIMESTAMP: "-1"}},
        {"headers": {TIMESTAMP: "1e9"}},
        {"headers": {TIMESTAMP: "9" * 5000}},
    ],
    ids=lambda trick: next(iter(trick)),
)
def test_what_is_not_signed_by_a_system_we_know_is_refused(desk: Office, trick: dict[str, Any]) -> None:
    assert post(desk, report(desk), **trick).status_code == 401
    assert history(desk) == ["received"]


def test_a_signature_may_not_be_moved_to_another_time(desk: Office) -> None:
    body, old = json.dumps(report(desk)).encode(), desk.clock.now - timedelta(hours=1)
    signed = sign(SECRET, body, old)
    fresh = signed | {TIMESTAMP: str(int(desk.clock.now.timestamp()))}
    assert signer({"cityworks": SECRET}, signed, body, old) == "cityworks"
    for headers in (signed, fresh):
        answer = requests.post(f"{desk.url}/hooks/status", data=body, headers=headers, timeout=20)
        assert answer.status_code == 401


@pytest.mark.parametrize("ago", [-299, 0, 299])
def test_clocks_may_be_five_minutes_apart(desk: Office, ago: float) -> None:
    assert post(desk, report(desk), ago=ago).status_code == 200


def test_without_keys_nobody_is_let_in(open_office: OpenOffice, sqlite: Database) -> None:
    office = open_office(sqlite)
    for secret in ("", "x", SECRET):
        assert post(office, report(office), secret=secret).status_code == 401


@pytest.mark.parametrize("written", ["cityworks", "cityworks:short", f":{SECRET}", f"a:{SECRET},a:{OTHER}"])
def test_keys_that_can_not_be_used(open_office: OpenOffice, sqlite: Database, written: str) -> None:
    office = open_office(sqlite)
    config = replace(office.town.config, settings=replace(office.town.config.settings, work_order_keys=written))
    with pytest.raises(ConfigError, match="WORK_ORDER_KEYS: write it as name:key"):
        create_app(replace(office.town, config=config))
    (found,) = [each for each in checkup.findings(config) if each.setting == "WORK_ORDER_KEYS"]
    assert found.level == "wrong"


def test_the_check_up_names_the_systems(quick: Office) -> None:
    assert list(work_order_keys(quick.town.config)) == ["cityworks", "parks"]
    (found,) = [each for each in checkup.findings(quick.town.config) if each.setting == "WORK_ORDER_KEYS"]
    assert found.text == "cityworks, parks"


def test_only_posts(quick: Office) -> None:
    assert requests.get(f"{quick.url}/hooks/status", timeout=20).status_code == 405


def test_nothing_of_a_report_is_in_the_log(desk: Office, caplog: pytest.LogCaptureFixture) -> None:
    post(desk, report(desk, note="Ask Pat Example"))
    post(desk, report(desk, note="Ask Pat Example", status="fixed"))
    post(desk, report(desk, note="Ask Pat Example"), secret=OTHER.upper())
    desk.bustle()
    assert "Pat Example" not in caplog.text
    assert SECRET not in caplog.text
    assert "HTTP 401" in caplog.text
