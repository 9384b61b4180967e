"""Every page of the console: it opens on both kinds of database, and refuses whoever may not open it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyotp
import pytest
import requests
from console_pages import House, furnished
from servers import PHONE, Office, OpenOffice, statements
from staff_desk import PASSWORD, Browser, browser, signed_in
from werkzeug.routing import Rule

from bot.console.access import PERMISSIONS
from bot.console.accounts import ROLES
from bot.database import Database

# Who may --------------------------------------------------------------------------------------------

EVERYBODY = " ".join(ROLES)
WHO: Mapping[str, str] = {
    "home account": EVERYBODY,
    "queue queue_latest thread thread_latest call": "agent supervisor admin",
    "take hand_back attend reply note report number typing": "agent supervisor admin",
    "cases export_cases cases_by_phone case case_status case_assignment case_notes case_links "
    "case_links_revoke clear_photo redact_photo": "agent supervisor manager admin",
    "change_cases case_outcomes blocked block": "supervisor admin",
    "work work_case work_step": "crew admin",
    "notices notice_new notice storm": "supervisor admin",
    "dashboard week": "supervisor manager admin",
    "settings replies canned_reply reply_delete staff staff_change audit": "admin",
    "operations retry": "admin",
    "sign_in code sign_out": "anybody",
    "guest guest_step": "anybody",  # whoever has the link to one case: tests/test_console_work.py
}
"""Which roles may use which of the console's routes. A new route is added here first."""

ALLOWED = {f"console.{name}": roles.split() for names, roles in WHO.items() for name in names.split()}


def uses(house: House) -> Iterator[tuple[str, Rule, str]]:
    """Yield every way of using a route that is not anybody's: the method, the route, the address."""
    for rule in house.rules():
        if ALLOWED[rule.endpoint] != ["anybody"]:
            for method in sorted(rule.methods & {"GET", "POST"} if rule.methods else ()):
                yield method, rule, house.path(rule)


def used(mine: Browser, method: str, path: str) -> requests.Response:
    """Open a page, or send its form with nothing filled in."""
    return mine.get(path, allow_redirects=False) if method == "GET" else mine.post(path)


def changes(written: list[str]) -> list[str]:
    """Return the statements that write, but for that somebody was there."""
    reading = ("SELECT", "BEGIN", "PRAGMA")
    return [each for each in written if not each.startswith(reading) and "staff_sessions" not in each]


@pytest.fixture
def house(open_office: OpenOffice, sqlite: Database) -> House:
    """A furnished house, where the kind of database makes no difference."""
    return furnished(open_office(sqlite))


def test_every_page_refuses_every_role_that_may_not(house: House) -> None:
    """What a role may not use answers 403 and writes nothing; what it may, does not."""
    assert {rule.endpoint for rule in house.rules()} == set(ALLOWED)
    assert set(PERMISSIONS) == set(ROLES)
    wrong, refused = [], 0
    for role in ROLES:
        mine = house.admin if role == "admin" else signed_in(house.office, role)
        for method, rule, path in uses(house):
            may = role in ALLOWED[rule.endpoint]
            with statements(house.office.town.database) as written:
                status = used(mine, method, path).status_code
            if (status == 403) == may or (not may and changes(written)):
                wrong.append((role, method, path, status, changes(written)))
            refused += status == 403
    assert wrong == []
    assert refused > 100


def test_who_is_not_signed_in_or_only_half_opens_nothing(house: House) -> None:
    """With the right password and no code one is sent to give it."""
    office = house.office
    mine = signed_in(office, "supervisor")
    secret = pyotp.random_base32()
    mine.post("/account", secret=secret, code=pyotp.TOTP(secret).at(office.clock.now))
    half = browser(office)
    assert "/code" in half.post("/sign-in", name="supervisor", password=PASSWORD).headers["Location"]
    nobody = browser(office)
    for method, _, path in uses(house):
        with statements(office.town.database) as written:
            code, sign_in = used(half, method, path), used(nobody, method, path)
        assert code.headers.get("Location", "") == "/console/code", (method, path)
        if method == "GET":
            assert sign_in.headers["Location"].startswith("/console/sign-in?next="), path
        else:
            assert sign_in.status_code == 401, path
        assert changes(written) == [], (method, path)


# What they show -------------------------------------------------------------------------------------

SHOWN: Mapping[str, str] = {
    "account": "ada",
    "audit": "notice_added",
    "blocked": "Nobody is blocked.",
    "call": "mobile number",
    "canned_reply": "We are looking at {number}.",
    "case": "732 Pine St",
    "case_outcomes": "SR-10002",
    "cases": "SR-10001",
    "dashboard": "Open and overdue by department",
    "export_cases": "SR-10001",
    "guest": "Miller Paving",
    "home": "Asked for a person",  # an administrator's is the queue
    "notice": "Main break on Elm St, crews on site.",
    "notice_new": "GeoJSON of the area",
    "notices": "Main break on Elm St, crews on site.",
    "operations": "Twilio: the carrier failed",
    "queue": "Asked for a person",
    "queue_latest": "Asked for a person",
    "redact_photo": "Black out for good",
    "replies": "on-its-way",
    "settings": "config.yml:",
    "staff": "ada",
    "thread": "Waits for a person: asked for a person",
    "thread_latest": "passing this on to a person",
    "week": "The week before",
    "work": "SR-10001",
    "work_case": "732 Pine St",
}
"""What each page says of the house."""

OF_STRANGERS = {"sign_in", "code"}
"""Whoever is in is sent home from these."""

SOUGHT = (
    ("/cases?q=ladder+LIGHT&status=all", "No case fits."),
    ("/cases?q=STREET+light&status=open&service=street_light&sort=due", "SR-10002"),
    ("/cases?since=2026-06-01&until=2026-06-01&department=streets&priority=normal", "SR-10001"),
    ("/cases?overdue=1&sort=oldest", "No case fits."),
    ("/cases/export.json?q=pine", "SR-10001"),
    ("/crew?lat=41.6&long=-91.0&department=streets", "nearest first"),
    ("/dashboard?department=streets&from=2026-05-01&to=2026-06-01", "Streets"),
    ("/dashboard/week?of=2026-06-01", "The week before"),
    ("/settings/audit?staff=ada&action=notice_added&subject=notice&from=2026-06-01", "notice:1"),
    ("/operations?providers=1", "accepts us"),
)
"""Questions that pages put to the database."""


def test_every_page_opens_with_something_in_the_house(office: Office) -> None:
    house = furnished(office)
    pages = dict(house.pages())
    assert set(pages) == {*SHOWN, *OF_STRANGERS}
    for name, said in SHOWN.items():
        assert said in house.admin.open(pages[name]), name
    for path, said in SOUGHT:
        assert said in house.admin.open(path), path
    found = house.admin.post("/cases/by-phone", phone=PHONE)
    assert found.status_code == 303
    assert "contact=" in found.headers["Location"]
    assert PHONE[-7:] not in house.admin.open("/conversations")
