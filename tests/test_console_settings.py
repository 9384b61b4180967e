"""The settings: files shown with their source, canned replies, staff, the audit log."""

from __future__ import annotations

import re

import pytest
from servers import Office, OpenOffice
from sqlalchemy import select
from staff_desk import Browser, browser, hire, sign_in, signed_in

from bot.console import accounts, replies
from bot.console.accounts import BadAccount
from bot.database import Database
from bot.staff_tables import AuditEntry, CannedReply, Staff

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def office(open_office: OpenOffice, sqlite: Database) -> Office:
    return open_office(sqlite)


@pytest.fixture
def admin(office: Office) -> Browser:
    return signed_in(office, "admin", "ana")


def rows(office: Office, table: type) -> list[object]:
    with office.town.database.read() as session:
        return list(session.scalars(select(table).order_by(table.id)))  # type: ignore[attr-defined]


# What is in files -----------------------------------------------------------------------------------


def test_what_is_in_files_is_shown_with_its_line(office: Office, admin: Browser) -> None:
    page = admin.open("/settings")
    shown = re.findall(
        r'<th scope="row">([^<]*)</th><td class="said">([^<]*)</td><td class="source"><code>([^<]*)</code>',
        page,
    )
    names = [name for name, _, _ in shown]
    for department in office.town.config.departments.values():
        assert department.name in names
    assert any("Day after Thanksgiving" in value for _, value, _ in shown)
    assert any("Independence Day" in value for _, value, _ in shown)
    assert any("Mon-Fri 06:00-10:00" in value for _, value, _ in shown)
    assert len([name for name in names if "(" in name]) >= len(office.town.city.reasons)
    root = office.town.config.root
    assert str(root) not in page
    for name, _, source in shown:
        file, line = re.fullmatch(r"([\w./]+):(\d+)(?: \(US\))?", source).groups()  # type: ignore[union-attr]
        written = (root / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
        assert ":" in written, source
        if file == "data/reasons.yml":
            assert written == f"{name.partition(' ')[0]}:"
        elif name in {each.name for each in office.town.config.departments.values()}:
            assert name in written


# Canned replies -------------------------------------------------------------------------------------


def test_a_reply_is_added_changed_and_deleted(office: Office, admin: Browser) -> None:
    both = {"text_en": "{number} is with {program}.", "text_es": "{number} está con {program}."}
    assert admin.post("/settings/replies", code="on-its-way", **both).status_code == 303
    assert "{number} is with {program}." in admin.open("/settings/replies")
    assert 'value="on-its-way"' in admin.open("/settings/replies/1")
    admin.post("/settings/replies/1", code="with-them", text_en="It is with {program}.", text_es=" ")
    (reply,) = rows(office, CannedReply)
    assert (reply.code, reply.text) == ("with-them", {"en": "It is with {program}."})  # type: ignore[attr-defined]
    for _ in range(2):  # a second click is no fault
        assert admin.post("/settings/replies/1/delete").status_code == 303
    assert rows(office, CannedReply) == []
    actions = [each.action for each in rows(office, AuditEntry)]  # type: ignore[attr-defined]
    assert actions[-3:] == ["reply_added", "reply_changed", "reply_deleted"]
    assert admin.get("/settings/replies/1").status_code == 404


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"code": "On its way"}, "small letters, digits and hyphens"),
        ({"code": ""}, "small letters, digits and hyphens"),
        ({"code": "taken"}, "There is a reply &#39;taken&#39; already"),
        ({"text_en": " "}, "Write it in &#39;en&#39;"),
        ({"text_en": "Dear {name}"}, "{name} is no placeholder. Known: {number}"),
        ({"text_en": "{number.__class__}"}, "is no placeholder"),
        ({"text_en": "{number!r}"}, "is no placeholder"),
        ({"text_en": "{number:>99}"}, "is no placeholder"),
        ({"text_en": "{}"}, "is no placeholder"),
        ({"text_en": "{{number}}"}, "{} is no placeholder"),
        ({"text_en": "a } b"}, "} is no placeholder"),
        ({"text_en": "x" * 321}, "321 characters; 320 at most"),
        ({"text_es": "Gracias 🙏"}, "In &#39;es&#39;: &#39;🙏&#39; is not in the alphabet of SMS"),
    ],
)
def test_a_reply_that_cannot_be_says_why(
    office: Office, admin: Browser, given: dict[str, str], reason: str
) -> None:
    assert admin.post("/settings/replies", code="taken", text_en="Hello.").status_code == 303
    answer = admin.post("/settings/replies", **{"code": "new", "text_en": "Hello.", "text_es": ""} | given)
    assert answer.status_code == 400
    assert reason in answer.text
    assert len(rows(office, CannedReply)) == 1


def test_a_reply_of_somebody_elses_page_that_is_gone(office: Office, admin: Browser) -> None:
    answer = admin.post("/settings/replies/7", code="new", text_en="Hello.")
    assert answer.status_code == 400
    assert "somebody has deleted it" in answer.text


def test_what_a_reply_says_is_text(office: Office, admin: Browser) -> None:
    admin.post("/settings/replies", code="x", text_en=HOSTILE)
    for path in ("/settings/replies", "/settings/replies/1"):
        page = admin.open(path)
        assert HOSTILE not in page
        assert "&lt;script&gt;" in page


def test_every_placeholder_may_be_used(office: Office, admin: Browser) -> None:
    words = " ".join(f"{{{each}}}" for each in replies.PLACEHOLDERS)
    assert admin.post("/settings/replies", code="all", text_en=words).status_code == 303


# Staff ----------------------------------------------------------------------------------------------


def password_on(page: str) -> str:
    found = re.search(r'<code class="secret">([^<]+)</code>', page)
    assert found, page
    return found[1]


def test_somebody_is_added_and_signs_in_with_the_password_shown_once(office: Office, admin: Browser) -> None:
    answer = admin.post("/settings/staff", name="kim", role="crew", department="streets", shown_as="Kim R.")
    password = password_on(answer.text)
    assert password not in admin.open("/settings/staff")
    assert browser(office).post("/sign-in", name="kim", password=password).status_code == 303
    kim = rows(office, Staff)[-1]
    assert (kim.role, kim.department, kim.shown_as) == ("crew", "streets", "Kim R.")  # type: ignore[attr-defined]
    entries = {each.action: each for each in rows(office, AuditEntry)}  # type: ignore[attr-defined]
    assert entries["staff_added"].staff.name == "ana"
    assert password not in str([each.detail for each in entries.values()])


def test_an_account_that_cannot_be_says_why(office: Office, admin: Browser) -> None:
    for form, reason in (
        ({"name": "ana", "role": "agent"}, "somebody named &#39;ana&#39; already"),
        ({"name": "kim", "role": "king"}, "There is no role"),
        ({"name": "kim", "role": "crew"}, "A crew belongs to a department"),
    ):
        answer = admin.post("/settings/staff", **form)
        assert answer.status_code == 400
        assert reason in answer.text
    assert len(rows(office, Staff)) == 1


def test_roles_passwords_and_authenticators_are_changed(office: Office, admin: Browser) -> None:
    theirs = signed_in(office, "agent", "kim")
    assert theirs.get("/dashboard").status_code == 403
    assert admin.post("/settings/staff/2", act="role", role="manager").status_code == 303
    assert theirs.get("/dashboard").status_code == 200  # at once
    with office.town.database.write.begin() as session:
        accounts.by_name(session, "kim").totp_secret = accounts.new_secret()
    assert "Reset the authenticator of kim" in admin.open("/settings/staff")
    admin.post("/settings/staff/2", act="authenticator")
    assert "sign-in" in theirs.get("/account").url
    assert "sign-in" not in sign_in(office, "kim").get("/account").url
    password = password_on(admin.post("/settings/staff/2", act="password").text)
    assert browser(office).post("/sign-in", name="kim", password=password).status_code == 303
    admin.post("/settings/staff/2", act="disable")
    assert browser(office).post("/sign-in", name="kim", password=password).status_code == 401
    admin.post("/settings/staff/2", act="enable")
    assert browser(office).post("/sign-in", name="kim", password=password).status_code == 303
    done = [each.action for each in rows(office, AuditEntry) if each.staff and each.staff.name == "ana"]  # type: ignore[attr-defined]
    assert done[-5:] == [
        "role_changed",
        "authenticator_reset",
        "password_set",
        "staff_disabled",
        "staff_enabled",
    ]


@pytest.mark.parametrize("form", [{"act": "disable"}, {"act": "role", "role": "agent"}])
def test_the_last_administrator_stays(office: Office, admin: Browser, form: dict[str, str]) -> None:
    hire(office, "bo", "admin")
    accounts.disable(office.town, "bo")  # one who can't sign in is none
    answer = admin.post("/settings/staff/1", **form)
    assert answer.status_code == 400
    assert "ana is the last administrator" in answer.text
    assert admin.get("/settings").status_code == 200
    accounts.disable(office.town, "bo", disabled=False)
    assert admin.post("/settings/staff/1", **form).status_code == 303
    assert admin.get("/settings").status_code in (200, 403)
    with pytest.raises(BadAccount, match="bo is the last administrator"):
        accounts.disable(office.town, "bo")


def test_nobody_and_nothing_is_not_found(office: Office, admin: Browser) -> None:
    assert admin.post("/settings/staff/99", act="disable").status_code == 404
    assert admin.post("/settings/staff/1", act="promote").status_code == 404


def test_a_hostile_name_is_text(office: Office, admin: Browser) -> None:
    admin.post("/settings/staff", name=HOSTILE, role="agent", shown_as=HOSTILE)
    for path in ("/settings/staff", "/settings/audit"):
        assert HOSTILE not in admin.open(path)
    assert len(rows(office, Staff)) == 2


# The audit log --------------------------------------------------------------------------------------


def listed(page: str) -> list[tuple[str, str]]:
    return re.findall(r"<td>([\w ,]+)</td><td>([a-z ]+)</td><td>[^<]*</td>", page)


def test_the_log_is_filtered_and_paged(office: Office, admin: Browser) -> None:
    with office.town.database.write.begin() as session:
        for number in range(120):
            session.add(
                AuditEntry(at=office.clock.now, action="case_viewed", subject=f"case:SR-{number:03}", detail={})
            )
    page, seen = admin.open("/settings/audit?action=case_viewed"), []
    while True:
        seen += re.findall(r"case:SR-(\d+)</td>", page)
        older = re.search(r'href="/console([^"]+)" rel="next"', page)
        if older is None:
            break
        page = admin.open(older[1].replace("&amp;", "&"))
    assert seen == [f"{number:03}" for number in reversed(range(120))]
    assert "case:SR-007" in admin.open("/settings/audit?subject=case:SR-007")
    assert "case:SR-008" not in admin.open("/settings/audit?subject=case:SR-007")
    assert {who for who, _ in listed(admin.open("/settings/audit?staff=ana"))} == {"ana"}
    assert "Nothing fits" in admin.open("/settings/audit?to=2026-05-31")
    assert "Nothing fits" in admin.open("/settings/audit?from=2026-06-02")
    assert "case:SR-119" in admin.open("/settings/audit?from=2026-06-01&to=2026-06-01")
    assert "Nothing fits" in admin.open("/settings/audit?subject=%25")  # a wildcard is a letter
    assert admin.get("/settings/audit?from=soon").status_code == 400
    assert admin.get(f"/settings/audit?before={'9' * 40}&staff=nobody").status_code == 200
