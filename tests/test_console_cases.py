"""Cases in the console: found, opened, changed one by one and several at once, photos made fit to show."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from case_desk import LIGHT, POTHOLE, case, photo, report, written_down
from PIL import Image
from playwright.sync_api import Browser as Playwright
from playwright.sync_api import Page
from servers import PHONE, Office, OpenOffice
from sqlalchemy import select
from staff_desk import Browser, hire, sign_in, signed_in

from bot import service_requests
from bot.console.access import COOKIE
from bot.console.case_search import PAGE, by_phone
from bot.database import Database
from bot.models import ServiceRequest
from bot.photos import Box, path
from bot.statuses import STATUSES

OTHER = "+15550143"


@pytest.fixture
def desk(open_office: OpenOffice, sqlite: Database) -> Office:
    return open_office(sqlite)


def numbers(page: str) -> list[str]:
    """Return the case numbers of a list, in its order."""
    return re.findall(r'<th scope="row"><a href="[^"]*">(SR-\d+)</a>', page)


def copies(office: Office, number: str, count: int, **change: object) -> None:
    """Put as many cases like one into the database."""
    model = case(office, number)
    kept = {
        column.key: getattr(model, column.key)
        for column in ServiceRequest.__table__.columns
        if column.key not in ("id", "token", "service_request_id")
    }
    with office.town.database.write.begin() as session:
        for each in range(count):
            session.add(ServiceRequest(**kept | change, service_request_id=f"SR-{20000 + each}"))


# Finding --------------------------------------------------------------------------------------------


def test_cases_are_found_by_what_is_asked(desk: Office) -> None:
    pothole, light = (report(desk, words).service_request_id for words in (POTHOLE, LIGHT))
    mine = signed_in(desk, "supervisor")
    mine.post(f"/cases/{light}/notes", text="Ladder truck needed")
    service_requests.update_status(desk.town, light, "completed", "Bulb replaced.")
    for query, found in (
        ("", [pothole]),
        ("?status=all", [light, pothole]),
        ("?status=closed", [light]),
        ("?status=completed", [light]),
        ("?status=on_site", []),
        (f"?q={light}", [light]),
        (f"?q={light[-3:]}", [light]),
        ("?q=pine+st", [pothole]),
        ("?q=LADDER", [light]),
        ("?q=bulb", [light]),
        ("?q=100%25", []),
        ("?q=huge+light", []),
        ("?status=all&service=street_light", [light]),
        ("?status=all&department=streets", [pothole]),
        ("?status=all&priority=urgent", []),
        ("?overdue=1", []),
        ("?status=all&since=2026-06-02", []),
        ("?status=all&until=2026-06-02", [light, pothole]),
        ("?since=yesterday&status=nonsense&sort=up&after=x", [pothole]),
        (f"?status=all&contact={case(desk, pothole).contact_id}", [light, pothole]),
        ("?status=all&contact=999999", []),
    ):
        assert numbers(mine.open(f"/cases{query}")) == found, query


def test_what_is_most_overdue_comes_first(desk: Office) -> None:
    later, sooner = (report(desk, words).service_request_id for words in (POTHOLE, LIGHT))
    service_requests.update_status(desk.town, later, "scheduled", expected=desk.clock.now + timedelta(days=3))
    service_requests.update_status(desk.town, sooner, "scheduled", expected=desk.clock.now + timedelta(days=1))
    mine = sign_in_later(desk, days=2)
    assert numbers(mine.open("/cases?sort=due")) == [sooner, later]
    page = mine.open("/cases?overdue=1")
    assert numbers(page) == [sooner]
    assert "1 day overdue" in page


def sign_in_later(office: Office, days: float, role: str = "agent") -> Browser:
    """Sign in after the clock has moved: a session doesn't outlast days."""
    hire(office, role, role)
    office.clock.now += timedelta(days=days)
    return sign_in(office, role)


@pytest.mark.parametrize("sort", ["newest", "due"])
def test_pages_show_each_case_once(desk: Office, sort: str) -> None:
    number = report(desk).service_request_id
    copies(desk, number, PAGE + 9)
    with desk.town.database.write.begin() as session:
        for each in session.scalars(select(ServiceRequest).limit(5)):
            each.expected_datetime = None
    mine = signed_in(desk, "agent")
    first = mine.open(f"/cases?sort={sort}")
    following = re.search(r'rel="next" href="/console([^"]*)"', first)
    assert following
    second = mine.open(following.group(1).replace("&amp;", "&"))
    assert len(numbers(first)) == PAGE
    assert len({*numbers(first), *numbers(second)}) == PAGE + 10
    assert 'rel="next"' not in second


def test_a_phone_number_finds_its_cases_is_logged_and_in_no_address(desk: Office) -> None:
    number = report(desk).service_request_id
    report(desk, LIGHT, by=OTHER)
    mine = signed_in(desk, "agent")
    answer = mine.post("/cases/by-phone", phone="555 01.42")
    assert PHONE[-4:] not in answer.headers["Location"]
    page = mine.get(answer.headers["Location"].removeprefix("/console")).text
    assert numbers(page) == [number]
    assert PHONE[-7:] not in page
    assert [entry.subject for entry in written_down(desk, "phone_looked_up")] == [
        f"contact:{case(desk, number).contact_id}"
    ]
    assert "unknown" in mine.post("/cases/by-phone", phone="5550199").headers["Location"]
    assert written_down(desk, "phone_looked_up")[-1].subject == "contact:unknown"


@pytest.mark.parametrize("digits", ["", "0142", "%", "+_%", "555%"])
def test_few_digits_and_wildcards_find_nobody(desk: Office, digits: str) -> None:
    report(desk)
    with desk.town.database.read() as session:
        assert by_phone(session, PHONE)
        assert not by_phone(session, digits)


def test_an_export_has_what_the_search_has_and_runs_in_no_spreadsheet(desk: Office) -> None:
    pothole = report(desk, "=2+2 huge pothole at 732 Pine St").service_request_id
    report(desk, LIGHT)
    mine = signed_in(desk, "agent")
    plain = mine.open("/cases/export.csv?service=pothole_road_damage")
    rows = list(csv.DictReader(io.StringIO(plain)))
    assert [row["service_request_id"] for row in rows] == [pothole]
    assert "description" not in rows[0]
    told = mine.open("/cases/export.csv?service=pothole_road_damage&descriptions=1")
    assert next(csv.DictReader(io.StringIO(told)))["description"].startswith("'=2+2")
    assert [entry.detail for entry in written_down(desk, "cases_exported")] == [
        {"count": "1", "descriptions": "no"},
        {"count": "1", "descriptions": "yes"},
    ]
    assert mine.get("/cases/export.exe").status_code == 404


# One case -------------------------------------------------------------------------------------------


def test_the_page_has_what_is_known_and_looking_is_written_down(desk: Office) -> None:
    number = report(desk, POTHOLE, "pothole").service_request_id
    page = signed_in(desk, "agent").open(f"/cases/{number}")
    for shown in (number, "732 Pine St", POTHOLE, "Streets", "Not public", '<svg class="map"', "Resident "):
        assert shown in page, shown
    assert PHONE[-7:] not in page
    assert [entry.subject for entry in written_down(desk, "case_viewed")] == [f"case:{number}"]


def test_only_allowed_changes_are_offered(desk: Office) -> None:
    number = report(desk).service_request_id
    mine = signed_in(desk, "agent")
    for status in ("received", "completed"):
        if status == "completed":
            service_requests.update_status(desk.town, number, status, "Done.")
        page = mine.open(f"/cases/{number}")
        offered = re.search(r'<select id="status".*?</select>', page, re.DOTALL)
        assert offered
        assert tuple(re.findall(r'value="(\w+)"', offered.group())) == STATUSES[status].may_become


def test_a_change_reaches_the_resident_once_however_often_it_is_sent(desk: Office) -> None:
    number = report(desk).service_request_id
    mine = signed_in(desk, "agent")
    seen = case(desk, number).status_datetime.isoformat()
    before = len(desk.heard())
    for _ in range(2):
        fields = {"status": "scheduled", "due": "2026-06-12", "seen": seen}
        assert mine.post(f"/cases/{number}/status", **fields).status_code == 303
        desk.bustle()
    told = desk.heard()[before:]
    assert len(told) == 1
    assert "Jun 12" in told[0]
    assert [entry.detail["to"] for entry in written_down(desk, "status_changed")] == ["scheduled"]
    assert [update.author for update in case(desk, number).updates][-1] == "agent"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"status": "completed"}, "Say why in a note"),
        ({"status": "reopened"}, "from there it can become"),
        ({"status": "fixed"}, "is no status"),
        ({"status": "scheduled", "due": "soon"}, "Write the day as in"),
        ({"status": "scheduled", "due": "2020-01-01"}, "in the past"),
        ({"status": "duplicate", "original": "SR-1"}, "There is no case SR-1"),
        ({"status": "completed", "reason": "not_found"}, "is no reason for"),
    ],
)
def test_a_change_that_cannot_be_says_why(desk: Office, fields: dict[str, str], said: str) -> None:
    number = report(desk).service_request_id
    answer = signed_in(desk, "agent").post(f"/cases/{number}/status", **fields)
    assert answer.status_code == 409
    assert said in answer.text
    assert case(desk, number).status == "received"


def test_another_department_is_told_and_the_resident_keeps_their_day(desk: Office) -> None:
    before = report(desk)
    number = before.service_request_id
    fields = {"service_code": "pothole_road_damage", "department": "water", "priority": "high"}
    was = {"service_code_was": "pothole_road_damage", "department_was": "streets", "priority_was": "normal"}
    assert signed_in(desk, "agent").post(f"/cases/{number}/assignment", **fields, **was).status_code == 303
    desk.bustle()
    now = case(desk, number)
    assert (now.department, now.priority, now.expected_datetime) == ("water", "high", before.expected_datetime)
    notes = [update.status_notes for update in now.updates]
    assert notes[-2:] == ["Now with Water, was with Streets.", "Priority high, was normal."]
    [entry] = written_down(desk, "case_reassigned")
    assert entry.detail == {"department": "water", "priority": "high"}
    folder = Path(desk.town.config.settings.smtp_url.removeprefix("file://"))
    mails = [file.read_text() for file in folder.rglob("*") if file.is_file()]
    assert any("water@riverton.example" in mail and number in mail for mail in mails)


def test_another_type_goes_where_it_belongs(desk: Office) -> None:
    number = report(desk).service_request_id
    mine = signed_in(desk, "agent")
    fields = {"service_code": "street_light", "department": "streets", "department_was": "streets"}
    mine.post(f"/cases/{number}/assignment", **fields, service_code_was="pothole_road_damage")
    now = case(desk, number)
    assert now.service_code == "street_light"
    assert now.department == desk.town.city.services["street_light"].department
    assert mine.post(f"/cases/{number}/assignment", department="moon").status_code == 409


def test_a_duplicate_hands_its_followers_over(desk: Office) -> None:
    first = report(desk).service_request_id
    second = report(desk, LIGHT, by=OTHER).service_request_id
    signed_in(desk, "agent").post(f"/cases/{second}/status", status="duplicate", original=first)
    desk.bustle()
    assert case(desk, second).status == "duplicate"
    assert first in desk.heard(OTHER)[-1]


def test_notes_stay_inside(desk: Office) -> None:
    number = report(desk).service_request_id
    before = desk.heard()
    mine = signed_in(desk, "agent")
    assert mine.post(f"/cases/{number}/notes", text="Mind the dog").status_code == 303
    desk.bustle()
    assert "Mind the dog" in mine.open(f"/cases/{number}")
    assert desk.heard() == before
    public = mine.session.get(f"{desk.url}/r/{case(desk, number).token}", timeout=20)
    assert "Mind the dog" not in public.text
    assert mine.post(f"/cases/{number}/notes", text=" ").status_code == 409


def test_what_people_write_is_text(desk: Office) -> None:
    attack = "<script>alert(1)</script>"
    number = report(desk, f"{POTHOLE} {attack}").service_request_id
    mine = signed_in(desk, "admin")
    mine.post(f"/cases/{number}/notes", text=attack)
    service_requests.update_status(desk.town, number, "need_info", attack)
    for page in (f"/cases/{number}", f"/cases?q={attack}", f"/crew/{number}", "/crew"):
        text = mine.open(page)
        assert attack not in text, page
        assert "style=" not in text
    assert "&lt;script&gt;alert(1)" in mine.open(f"/cases/{number}")


@pytest.mark.parametrize("number", ["SR-1", "sr-", "%00", "..%2f..", "' OR 1=1"])
def test_there_is_no_such_case(desk: Office, number: str) -> None:
    mine = signed_in(desk, "agent")
    assert mine.get(f"/cases/{number}").status_code == 404
    assert mine.post(f"/cases/{number}/notes", text="x").status_code == 404


# Several at once ------------------------------------------------------------------------------------


def test_each_of_several_is_changed_or_says_why_not(desk: Office) -> None:
    first, second = (report(desk, words).service_request_id for words in (POTHOLE, LIGHT))
    service_requests.update_status(desk.town, second, "completed", "Done.")
    mine = signed_in(desk, "supervisor")
    answer = mine.post(
        "/cases/change", number=[first, second, "SR-9"], status="no_action", reason="within_limits"
    )
    page = mine.open(answer.headers["Location"].removeprefix("/console"))
    assert "1 of 3 changed" in page
    assert f"{second} is completed" in page
    assert "There is no case SR-9" in page
    assert (case(desk, first).status, case(desk, second).status) == ("no_action", "completed")
    desk.bustle()
    assert "within the limits" in desk.heard()[-1]
    assert len(written_down(desk, "status_changed")) == 1
    other = signed_in(desk, "admin")
    assert other.get(answer.headers["Location"].removeprefix("/console")).status_code == 404


def test_several_become_duplicates_of_one(desk: Office) -> None:
    first = report(desk).service_request_id
    graffiti = "graffiti on the wall at 120 Oak Ave"
    others = [
        report(desk, LIGHT, by=OTHER).service_request_id,
        report(desk, graffiti, by="+15550144").service_request_id,
    ]
    mine = signed_in(desk, "supervisor")
    answer = mine.post("/cases/change", number=[first, *others], status="duplicate", original=first)
    assert "2 of 3 changed" in mine.open(answer.headers["Location"].removeprefix("/console"))
    assert case(desk, first).status == "received"
    service_requests.update_status(desk.town, first, "completed", "Filled.")
    desk.bustle()
    for phone in (PHONE, OTHER, "+15550144"):
        assert "Filled." in desk.heard(phone)[-1]


def test_to_choose_none_is_a_mistake(desk: Office) -> None:
    answer = signed_in(desk, "supervisor").post("/cases/change", status="assigned")
    assert answer.status_code == 400
    assert "No case was chosen" in answer.text


# Photos ---------------------------------------------------------------------------------------------


def test_a_photo_is_cleared_and_taken_back(desk: Office) -> None:
    number = report(desk, POTHOLE, "pothole").service_request_id
    mine = signed_in(desk, "agent")
    for cleared in ("1", "0"):
        mine.post(f"/cases/{number}/photos/{photo(desk, number).id}/clear", cleared=cleared)
        public = mine.session.get(f"{desk.url}/r/{case(desk, number).token}", timeout=20).text
        assert (photo(desk, number).token in public) == (cleared == "1")
    assert len(written_down(desk, "photo_cleared")) == len(written_down(desk, "photo_taken_back")) == 1


def test_what_is_blacked_out_is_gone(desk: Office) -> None:
    number = report(desk, POTHOLE, "pothole").service_request_id
    kept = photo(desk, number)
    file = path(desk.town.config.photos, kept.token)
    original = file.read_bytes()
    mine = signed_in(desk, "agent")
    form = {"left": ["10", "60"], "top": ["20", "60"], "width": ["30", "80"], "height": ["25", "80"]}
    assert mine.post(f"/cases/{number}/photos/{kept.id}/redact", **form).status_code == 303
    before, after = Image.open(io.BytesIO(original)), Image.open(file)
    assert after.size == before.size
    for x, y, black in ((0.25, 0.3, True), (0.8, 0.8, True), (0.999, 0.999, True), (0.05, 0.9, False)):
        spot = (int(x * after.width), int(y * after.height))
        assert (max(after.getpixel(spot)) < 12) == black, (x, y)
    assert original not in [each.read_bytes() for each in file.parent.iterdir()]
    served = mine.session.get(f"{desk.url}/photos/{kept.token}.jpg", timeout=20)
    assert served.content == file.read_bytes()
    assert served.headers["Cache-Control"] == "no-cache"
    assert written_down(desk, "photo_redacted")[0].detail == {"photo": str(kept.id), "boxes": "2"}


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"left": "", "top": "", "width": "", "height": ""},
        {"left": "1", "top": "1", "width": "x", "height": "5"},
        {"left": "1", "top": "1", "width": "", "height": "5"},
        {"left": "nan", "top": "1", "width": "5", "height": "5"},
        {"left": "100", "top": "1", "width": "5", "height": "5"},
        {"left": "-1", "top": "1", "width": "5", "height": "5"},
        {"left": "1", "top": "1", "width": "0", "height": "inf"},
        {"left": ["1"] * 31, "top": ["1"] * 31, "width": ["1"] * 31, "height": ["1"] * 31},
    ],
)
def test_a_box_that_is_none_blackens_nothing(desk: Office, form: dict[str, object]) -> None:
    number = report(desk, POTHOLE, "pothole").service_request_id
    kept = photo(desk, number)
    original = path(desk.town.config.photos, kept.token).read_bytes()
    answer = signed_in(desk, "agent").post(f"/cases/{number}/photos/{kept.id}/redact", **form)
    assert answer.status_code == 400
    assert path(desk.town.config.photos, kept.token).read_bytes() == original


def test_a_box_is_rounded_outwards() -> None:
    assert Box(0.101, 0.5, 0.2, 0.9).pixels(100, 10) == (10, 5, 30, 9)
    assert Box(0, 0, 1, 1).pixels(7, 5) == (0, 0, 6, 4)


def test_a_photo_belongs_to_its_own_case(desk: Office) -> None:
    first = report(desk, POTHOLE, "pothole").service_request_id
    second = report(desk, LIGHT).service_request_id
    mine, kept = signed_in(desk, "agent"), photo(desk, first)
    assert mine.post(f"/cases/{second}/photos/{kept.id}/clear", cleared="1").status_code == 404
    assert mine.get(f"/cases/{second}/photos/{kept.id}/redact").status_code == 404
    assert photo(desk, first).cleared_at is None


# In the browser -------------------------------------------------------------------------------------


def window(chromium: Playwright, mine: Browser, width: int, height: int = 900) -> Page:
    """Open a window that is signed in as `mine`; what goes wrong in it fails the test."""
    context = chromium.new_context(viewport={"width": width, "height": height})
    url = f"{mine.office.url}/console"
    cookies = [{"name": each.name, "value": each.value, "url": url} for each in mine.session.cookies]
    context.add_cookies([each for each in cookies if each["name"] == COOKIE])
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    return page


def test_boxes_are_drawn_with_the_mouse(desk: Office, chromium: Playwright) -> None:
    number = report(desk, POTHOLE, "pothole").service_request_id
    kept = photo(desk, number)
    page = window(chromium, signed_in(desk, "agent"), 1280)
    page.goto(f"{desk.url}/console/cases/{number}/photos/{kept.id}/redact")
    area = page.locator("[data-canvas]").bounding_box()
    assert area
    for left, top in ((0.1, 0.1), (0.6, 0.6), (0.8, 0.1)):
        page.mouse.move(area["x"] + left * area["width"], area["y"] + top * area["height"])
        page.mouse.down()
        page.mouse.move(area["x"] + (left + 0.15) * area["width"], area["y"] + (top + 0.2) * area["height"])
        page.mouse.up()
    page.get_by_role("button", name="Undo the last").click()
    page.get_by_role("button", name="Black out for good").click()
    page.wait_for_url("**/cases/SR-10001*")
    picture = Image.open(path(desk.town.config.photos, kept.token))
    for x, y, black in ((0.17, 0.2, True), (0.67, 0.7, True), (0.87, 0.2, False), (0.4, 0.9, False)):
        spot = (int(x * picture.width), int(y * picture.height))
        assert (max(picture.getpixel(spot)) < 12) == black, (x, y)


def test_pages_fit_a_narrow_phone(desk: Office, chromium: Playwright) -> None:
    number = report(desk, POTHOLE, "pothole").service_request_id
    page = window(chromium, signed_in(desk, "admin"), 320)
    photo_page = f"cases/{number}/photos/{photo(desk, number).id}/redact"
    for address in ("cases", f"cases/{number}", photo_page, "work", f"work/{number}"):
        page.goto(f"{desk.url}/console/{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
