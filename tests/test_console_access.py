"""The console's doors: who gets in, for how long, and what is written down of it."""

from __future__ import annotations

import logging
from datetime import timedelta

import pyotp
import pytest
import requests
from servers import Office
from sqlalchemy import select
from staff_desk import PASSWORD, Browser, browser, hire, sign_in, signed_in

from bot.console import accounts
from bot.console.access import COOKIE
from bot.console.accounts import AT_MOST, IDLE, LOCKED_FOR, MOST_FAILURES, BadAccount
from bot.staff_tables import AuditEntry, Staff, StaffSession

# Signing in -----------------------------------------------------------------------------------------


def test_name_and_password_open_the_console(office: Office) -> None:
    hire(office, "kim", "agent")
    mine = browser(office)
    assert mine.get("/").url.endswith("/console/sign-in?next=/console/")
    assert mine.post("/sign-in", name="kim", password=PASSWORD).status_code == 303
    assert "kim" in mine.open("/account")


@pytest.mark.parametrize(("name", "password"), [("kim", "wrong"), ("nobody", PASSWORD), ("kim", ""), ("", "")])
def test_nothing_tells_what_was_wrong(office: Office, name: str, password: str) -> None:
    hire(office, "kim", "agent")
    answer = browser(office).post("/sign-in", name=name, password=password)
    assert answer.status_code == 401
    assert "Name and password do not fit, or the account is locked for now." in answer.text
    assert COOKIE not in answer.cookies


def test_five_wrong_passwords_lock_the_name_for_a_while(office: Office) -> None:
    hire(office, "kim", "agent")
    mine = browser(office)
    for _ in range(MOST_FAILURES):
        mine.post("/sign-in", name="kim", password="wrong")
    assert mine.post("/sign-in", name="kim", password=PASSWORD).status_code == 401
    office.clock.now += LOCKED_FOR
    assert mine.post("/sign-in", name="kim", password=PASSWORD).status_code == 303


def test_right_passwords_in_between_count_from_anew(office: Office) -> None:
    hire(office, "kim", "agent")
    mine = browser(office)
    for _ in range(3):
        for _ in range(MOST_FAILURES - 1):
            mine.post("/sign-in", name="kim", password="wrong")
        assert mine.post("/sign-in", name="kim", password=PASSWORD).status_code == 303


def test_whoever_is_disabled_is_out_at_once(office: Office) -> None:
    mine = signed_in(office, "agent", "kim")
    accounts.disable(office.town, "kim")
    assert "sign-in" in mine.get("/account").url
    assert mine.post("/sign-in", name="kim", password=PASSWORD).status_code == 401
    accounts.disable(office.town, "kim", disabled=False)
    assert mine.post("/sign-in", name="kim", password=PASSWORD).status_code == 303


def test_a_new_password_ends_what_the_old_one_opened(office: Office) -> None:
    mine = signed_in(office, "agent", "kim")
    accounts.set_password(office.town, "kim")
    assert "sign-in" in mine.get("/account").url
    assert mine.post("/sign-in", name="kim", password=PASSWORD).status_code == 401


@pytest.mark.parametrize(
    ("idle", "steps", "stays"), [(IDLE, 2, False), (IDLE / 2, 3, True), (IDLE / 2, 13, False)]
)
def test_a_session_ends(office: Office, idle: timedelta, steps: int, stays: bool) -> None:
    """After two hours of nothing, and after twelve whatever happens."""
    assert AT_MOST < IDLE / 2 * 13
    mine = signed_in(office, "agent", "kim")
    for _ in range(steps):
        office.clock.now += idle + (timedelta(seconds=1) if idle == IDLE else timedelta(0))
        last = mine.get("/account")
    assert ("sign-in" not in last.url) == stays


def test_signing_out_ends_it(office: Office) -> None:
    mine = signed_in(office, "agent", "kim")
    token = next(cookie.value for cookie in mine.session.cookies if cookie.name == COOKIE)
    assert mine.post("/sign-out").status_code == 303
    mine.session.cookies.clear()
    mine.session.cookies.set(COOKIE, token, path="/console")
    assert "sign-in" in mine.get("/account").url


def test_the_cookie_is_new_each_time_and_is_kept_as_a_hash(office: Office) -> None:
    hire(office, "kim", "agent")
    mine = browser(office)
    mine.session.cookies.set(COOKIE, "fixed-beforehand", path="/console")
    answer = mine.post("/sign-in", name="kim", password=PASSWORD)
    cookie = answer.headers["Set-Cookie"]
    for attribute in ("HttpOnly", "Secure", "SameSite=Lax", "Path=/console"):
        assert attribute in cookie
    token = answer.cookies.get(COOKIE) or cookie.split("=", 1)[1].split(";")[0]
    assert len(token) >= 40
    assert token != "fixed-beforehand"
    with office.town.database.read() as session:
        assert token not in session.scalars(select(StaffSession.token_hash)).all()


@pytest.mark.parametrize(
    ("wanted", "target"),
    [
        ("/console/account", "/console/account"),
        ("https://evil.example/", "/console/"),
        ("//evil.example/console/", "/console/"),
        ("/console//evil.example", "/console/"),
        ("/console/\\evil.example", "/console/"),
        ("/photos/x", "/console/"),
    ],
)
def test_after_signing_in_one_stays_here(office: Office, wanted: str, target: str) -> None:
    hire(office, "kim", "agent")
    answer = browser(office).post("/sign-in", name="kim", password=PASSWORD, next=wanted)
    assert answer.headers["Location"] == target


# The authenticator ----------------------------------------------------------------------------------


def set_up(office: Office, mine: Browser) -> pyotp.TOTP:
    secret = pyotp.random_base32()
    totp = pyotp.TOTP(secret)
    answer = mine.post("/account", secret=secret, code=totp.at(office.clock.now))
    assert answer.status_code == 303
    office.clock.now += timedelta(minutes=1)
    return totp


def test_with_an_authenticator_the_password_alone_opens_nothing(office: Office) -> None:
    totp = set_up(office, signed_in(office, "agent", "kim"))
    mine = browser(office)
    assert mine.post("/sign-in", name="kim", password=PASSWORD).headers["Location"].startswith("/console/code")
    assert mine.get("/account").url.endswith("/console/code")
    with office.town.database.read() as session:
        mine.csrf = session.scalars(select(StaffSession.csrf).order_by(StaffSession.id.desc())).first() or ""
    assert mine.post("/code", code="000000").status_code == 401
    code = totp.at(office.clock.now)
    assert mine.post("/code", code=f"{code[:3]} {code[3:]}").status_code == 303
    assert mine.get("/account").url.endswith("/console/account")


def test_a_code_is_taken_once(office: Office) -> None:
    totp = set_up(office, signed_in(office, "agent", "kim"))
    code = totp.at(office.clock.now)
    for expected in (303, 401):
        mine = browser(office)
        mine.post("/sign-in", name="kim", password=PASSWORD)
        with office.town.database.read() as session:
            mine.csrf = (
                session.scalars(select(StaffSession.csrf).order_by(StaffSession.id.desc())).first() or ""
            )
        assert mine.post("/code", code=code).status_code == expected


def test_a_wrong_first_code_sets_nothing_up(office: Office) -> None:
    mine = signed_in(office, "agent", "kim")
    assert mine.post("/account", secret=pyotp.random_base32(), code="000000").status_code == 400
    with office.town.database.read() as session:
        assert session.scalars(select(Staff.totp_secret)).one() == ""


# Every page -----------------------------------------------------------------------------------------


def test_what_is_sent_from_elsewhere_is_refused(office: Office) -> None:
    mine = signed_in(office, "agent", "kim")
    url = f"{office.url}/console/sign-out"
    form = {"csrf": mine.csrf}
    for headers, fields in (
        ({"Origin": "https://evil.example"}, form),
        ({"Origin": "null"}, form),
        ({"Sec-Fetch-Site": "cross-site"}, form),
        ({"Origin": office.url}, {}),
        ({"Origin": office.url}, {"csrf": "made-up"}),
    ):
        answer = mine.session.post(url, data=fields, headers=headers, allow_redirects=False, timeout=20)
        assert answer.status_code == 400, headers
    assert "kim" in mine.open("/account")


def test_pages_load_nothing_from_elsewhere_and_stay_nowhere(office: Office) -> None:
    for answer in (browser(office).get("/sign-in"), signed_in(office, "agent").get("/account")):
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["Cache-Control"] == "no-store"
        assert "style=" not in answer.text
        assert "<script>" not in answer.text


def test_who_is_not_signed_in_changes_nothing(office: Office) -> None:
    answer = requests.post(f"{office.url}/console/account", data={"code": "1"}, timeout=20)
    assert answer.status_code == 401


# What is written down -------------------------------------------------------------------------------


def test_signing_in_is_written_down_and_no_password_anywhere(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    hire(office, "kim", "agent")
    browser(office).post("/sign-in", name="kim", password="my-secret-guess")
    sign_in(office, "kim")
    with office.town.database.read() as session:
        entries = [
            (entry.action, entry.subject)
            for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        ]
    assert entries == [
        ("staff_added", "staff:kim"),
        ("sign_in_refused", "staff:kim"),
        ("signed_in", "staff:kim"),
    ]
    assert "my-secret-guess" not in caplog.text
    assert PASSWORD not in caplog.text


# Accounts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"name": "kim", "role": "king"}, "There is no role 'king'"),
        ({"name": " kim", "role": "agent"}, "no blanks around it"),
        ({"name": "", "role": "agent"}, "1 to 80 characters"),
        ({"name": "kim", "role": "crew"}, "A crew belongs to a department"),
        ({"name": "kim", "role": "agent", "password": "short"}, "12 characters or more"),
    ],
)
def test_an_account_that_cannot_be_says_why(office: Office, given: dict[str, str], reason: str) -> None:
    with pytest.raises(BadAccount, match=reason):
        accounts.add(office.town, **given)


def test_names_are_given_once(office: Office) -> None:
    hire(office, "kim", "agent")
    with pytest.raises(BadAccount, match="somebody named 'kim' already"):
        hire(office, "kim", "admin")


def test_a_secret_that_is_none_is_refused_and_another_offered(office: Office) -> None:
    mine = signed_in(office, "agent")
    for secret in ("", "not base 32!", "A" * 16, "é" * 32):
        refused = mine.post("/account", secret=secret, code="123456")
        assert refused.status_code == 400
        assert "The page was changed on its way." in refused.text
