"""The crews' pages: what is open, nearest first; steps that reach the resident; links for one case."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import requests
from case_desk import LIGHT, POTHOLE, case, photo, report, written_down
from PIL import Image, JpegImagePlugin
from servers import PHONE, Office, OpenOffice
from sqlalchemy import select
from staff_desk import Browser, browser, signed_in

from bot import service_requests
from bot.console.work_list import frame, in_order, position
from bot.database import Database
from bot.models import Message, ServiceRequest
from bot.staff_tables import CaseLink
from bot.tracking.clearing import clear_photos
from bot.tracking.sketch import HEIGHT, WIDTH, project
from webhooks.simulator.pictures import draw

BEGIN = datetime(2026, 6, 1, 15, tzinfo=UTC)
HERE = (41.60, -91.00)
PLACES = {"next door": (41.601, -91.0), "across town": (41.63, -91.05), "unfound": (None, None)}


@pytest.fixture
def desk(open_office: OpenOffice, sqlite: Database) -> Office:
    return open_office(sqlite)


def step(mine: Browser, number: str, taken: str, picture: bytes = b"", **fields: str) -> requests.Response:
    """Press a button of a case's page; a picture goes along as a phone sends it."""
    return mine.session.post(
        f"{mine.office.url}/console/crew/{number}/step",
        data={"csrf": mine.csrf, "step": taken, **fields},
        files={"photo": ("after.jpg", picture, "image/jpeg")},
        headers={"Origin": mine.office.url},
        allow_redirects=False,
        timeout=20,
    )


# In which order -------------------------------------------------------------------------------------


def stop(name: str, days: float | None, priority: str = "normal") -> ServiceRequest:
    lat, long = PLACES[name]
    due = None if days is None else BEGIN + timedelta(days=days)
    number = len(name) * 100 + int(days or 0)
    return ServiceRequest(
        id=number, address_string=name, lat=lat, long=long, expected_datetime=due, priority=priority
    )


@pytest.mark.parametrize(
    ("here", "expected"),
    [
        (HERE, ["across town!", "next door", "next door", "across town", "unfound"]),
        (None, ["across town!", "next door", "unfound", "across town", "next door"]),
    ],
)
def test_urgent_then_nearest_else_by_due_day(here: tuple[float, float] | None, expected: list[str]) -> None:
    cases = [
        stop("next door", None),
        stop("unfound", 2),
        stop("across town", 3),
        stop("next door", 1),
        stop("across town", 9, "urgent"),
    ]
    found = [
        each.case.address_string + "!" * (each.case.priority == "urgent") for each in in_order(cases, here)
    ]
    assert found == expected


@pytest.mark.parametrize(
    "given",
    [{}, {"lat": "41"}, {"lat": "x", "long": "1"}, {"lat": "nan", "long": "1"}, {"lat": "91", "long": "0"}],
)
def test_a_position_that_is_none(given: dict[str, str]) -> None:
    assert position({"lat": "41.6", "long": "-91"}) == (41.6, -91.0)
    assert position(given) is None


@pytest.mark.parametrize(
    "points", [[HERE], [HERE, (41.7, -91.2)], [HERE, (41.6001, -91.0001)], [HERE, (41.6, -90)]]
)
def test_all_cases_are_on_the_map(points: list[tuple[float, float]]) -> None:
    center, scale = frame(points)
    assert 0 < scale <= 1
    for point in points:
        x, y = project(point, center, scale)
        assert 30 < x < WIDTH - 30
        assert 30 < y < HEIGHT - 30


# Who may --------------------------------------------------------------------------------------------


def test_a_crew_sees_its_own_department_and_no_other(desk: Office) -> None:
    own, other = (report(desk, words).service_request_id for words in (POTHOLE, LIGHT))
    mine = signed_in(desk, "crew")
    for page in ("/crew", "/crew?department=utilities", "/crew?department="):
        text = mine.open(page)
        assert own in text
        assert other not in text
    assert mine.get(f"/crew/{other}").status_code == 404
    assert step(mine, other, "assigned").status_code == 404
    assert case(desk, other).status == "received"
    assert mine.get(f"/cases/{own}").status_code == 403


def test_an_admin_chooses_a_department(desk: Office) -> None:
    streets, lights = (report(desk, words).service_request_id for words in (POTHOLE, LIGHT))
    mine = signed_in(desk, "admin")
    department = case(desk, lights).department
    assert streets in mine.open("/crew")
    text = mine.open(f"/crew?department={department}")
    assert lights in text
    assert streets not in text


# Steps ----------------------------------------------------------------------------------------------


def test_three_taps_and_the_resident_hears_each(desk: Office) -> None:
    number = report(desk).service_request_id
    mine = signed_in(desk, "crew")
    assert f"/crew/{number}" in mine.open("/crew")
    told = len(desk.heard())
    for taken, words in (
        ("assigned", "has your report"),
        ("on_site", "at 732 Pine St now"),
        ("completed", "The crew repaired it."),
    ):
        answer = step(mine, number, taken, draw("pothole") if taken == "completed" else b"", reason="repaired")
        assert answer.status_code == 303, answer.text
        desk.bustle()
        assert case(desk, number).status == taken
        assert len(desk.heard()) == told + 1, desk.heard()
        assert words in desk.heard()[-1]
        told += 1
    assert answer.headers["Location"].endswith(f"/crew?done={number}")
    actions = [len(written_down(desk, f"crew_{taken}")) for taken in ("assigned", "on_site", "completed")]
    assert actions == [1, 1, 1]
    assert number not in re.findall(r"/crew/(SR-\d+)", mine.open("/crew"))


def test_the_photo_of_the_work_is_kept_and_public_only_when_cleared(desk: Office) -> None:
    number = report(desk).service_request_id
    step(signed_in(desk, "crew"), number, "completed", draw("pothole"), reason="repaired")
    kept = photo(desk, number)
    assert (kept.kind, kept.state, kept.message_id) == ("after", "kept", None)
    picture = Image.open(io.BytesIO(requests.get(f"{desk.url}/photos/{kept.token}.jpg", timeout=20).content))
    assert isinstance(picture, JpegImagePlugin.JpegImageFile)
    assert not picture.getexif()
    assert "After" in signed_in(desk, "agent").open(f"/cases/{number}")
    public = f"{desk.url}/r/{case(desk, number).token}"
    assert kept.token not in requests.get(public, timeout=20).text
    clear_photos(desk.town, number)
    page = requests.get(public, timeout=20).text
    assert kept.token in page
    assert 'alt="Photo 1 of the place, taken by the crew after the work"' in page
    assert "sent with the report" not in page


def test_what_cannot_be_found_is_asked_of_the_resident(desk: Office) -> None:
    number = report(desk).service_request_id
    mine = signed_in(desk, "crew")
    step(mine, number, "need_info", note="Which side of the street?")
    desk.bustle()
    assert "Which side of the street?" in desk.heard()[-1]
    desk.says("north side")
    desk.bustle()
    assert case(desk, number).status == "under_review"
    assert "north side" in mine.open(f"/crew/{number}")


def test_what_cannot_be_found_is_asked_in_the_residents_language(desk: Office) -> None:
    report(desk, "hay un bache en 732 Pine St")
    mine, told = signed_in(desk, "crew"), len(desk.heard())
    step(mine, "SR-10001", "need_info")
    desk.bustle()
    [asked] = desk.heard()[told:]
    assert "No lo encuentra. ¿Donde esta exactamente?" in asked
    assert "Palabras" not in asked
    desk.clock.now += timedelta(minutes=5)
    step(mine, "SR-10001", "need_info", note="We are at the blue fence")
    desk.bustle()
    assert 'Palabras del equipo: "We are at the blue fence"' in desk.heard()[-1]
    assert "No lo encuentra." in desk.heard()[-1]
    with desk.town.database.read() as session:
        gloss = session.scalars(select(Message.gloss).order_by(Message.id.desc())).first()
    assert "They can't find it." in str(gloss)
    assert case(desk, "SR-10001").status_notes == "We are at the blue fence"


def test_a_long_question_of_a_crew_still_fits_two_texts(desk: Office) -> None:
    report(desk, "hay un bache en 732 Pine St")
    step(signed_in(desk, "crew"), "SR-10001", "need_info", note="Is it behind the house? " * 20)
    desk.bustle()
    assert len(desk.heard()[-1]) <= 320
    assert "a mas tardar" in desk.heard()[-1]


def test_a_city_without_the_standing_question_types_its_own(desk: Office) -> None:
    number = report(desk).service_request_id
    reasons = {code: reason for code, reason in desk.town.city.reasons.items() if code != "cant_find"}
    object.__setattr__(desk.town, "city", replace(desk.town.city, reasons=reasons))
    mine = signed_in(desk, "crew")
    answer = step(mine, number, "need_info")
    assert answer.status_code == 409
    assert "Say why in a note" in answer.text
    step(mine, number, "need_info", note="Which side is it on?")
    desk.bustle()
    assert "know more: Which side is it on? Please" in desk.heard()[-1]


def test_a_button_pressed_twice_is_one_word_to_the_resident(desk: Office) -> None:
    number = report(desk).service_request_id
    mine = signed_in(desk, "crew")
    told = len(desk.heard())
    seen = case(desk, number).status_datetime.isoformat()
    for _ in range(3):
        assert step(mine, number, "assigned", seen=seen).status_code == 303
    for _ in range(2):
        assert step(mine, number, "need_info", note="Where?", seen=seen).status_code == 303
    desk.bustle()
    assert len(desk.heard()) <= told + 2
    assert [each.status for each in case(desk, number).updates] == ["received", "assigned", "need_info"]


@pytest.mark.parametrize(
    ("taken", "fields", "picture", "said"),
    [
        ("duplicate", {}, b"", "Choose one of the buttons"),
        ("", {}, b"", "Choose one of the buttons"),
        ("completed", {}, b"", "Say why in a note"),
        ("completed", {"reason": "repaired"}, b"<html>", "no photo that can be opened"),
        ("completed", {"reason": "not_found"}, b"", "is no reason for"),
    ],
)
def test_a_step_that_cannot_be_says_why(
    desk: Office, taken: str, fields: dict[str, str], picture: bytes, said: str
) -> None:
    number = report(desk).service_request_id
    answer = step(signed_in(desk, "crew"), number, taken, picture, **fields)
    assert answer.status_code == 409
    assert said in answer.text
    assert case(desk, number).status == "received"
    assert not case(desk, number).photos


def test_a_photo_of_a_phone_fits_and_one_beyond_the_limit_is_told(desk: Office) -> None:
    number = report(desk).service_request_id
    mine = signed_in(desk, "crew")
    file = io.BytesIO()
    Image.effect_noise((2200, 1700), 90).convert("RGB").save(file, "JPEG", quality=100)
    assert len(file.getvalue()) > 2_500_000  # other forms may be 2 MB
    answer = step(mine, number, "completed", file.getvalue() + bytes(12_000_000), reason="repaired")
    assert answer.status_code == 413
    assert "smaller photo" in answer.text
    assert step(mine, number, "completed", file.getvalue(), reason="repaired").status_code == 303


def test_nothing_of_the_resident_is_on_the_pages(desk: Office) -> None:
    number = report(desk).service_request_id
    mine = signed_in(desk, "crew")
    for page in ("/crew", f"/crew/{number}"):
        text = mine.open(page)
        assert PHONE[-7:] not in text
        assert "Resident " not in text


# Links ----------------------------------------------------------------------------------------------


def made(office: Office, number: str, mine: Browser, **fields: str) -> str:
    """Have staff make a link to a case; returns its path within the console."""
    answer = mine.post(f"/cases/{number}/links", given_to="Miller Paving", **fields)
    assert answer.status_code == 201, answer.text
    found = re.search(r'value="https://[^/]*/console(/guest/[\w-]{40,})"', answer.text)
    assert found
    return found.group(1)


def send(office: Office, link: str, taken: str, **fields: str) -> requests.Response:
    """Press a button as somebody who has nothing but the link."""
    return browser(office).post(f"{link}/step", step=taken, **fields)


def test_a_contractor_does_one_case_by_a_link(desk: Office) -> None:
    number = report(desk, POTHOLE, "pothole").service_request_id
    staff = signed_in(desk, "agent")
    link = made(desk, number, staff, instructions="Ring at the depot first", days="3")
    page = browser(desk).open(link)
    for shown in (number, "732 Pine St", "Ring at the depot first", "Miller Paving"):
        assert shown in page
    for hidden in (POTHOLE, PHONE[-7:], photo(desk, number).token, "Conversations", "csrf-"):
        assert hidden not in page, hidden
    for taken in ("assigned", "on_site", "completed"):
        assert send(desk, link, taken, reason="repaired").status_code == 303
        desk.bustle()
        assert case(desk, number).status == taken
    assert "The crew repaired it." in desk.heard()[-1]
    assert "closed" in browser(desk).open(link)
    [entry] = written_down(desk, "crew_completed")
    assert (entry.staff_id, entry.subject, entry.detail["given_to"]) == (
        None,
        f"case:{number}",
        "Miller Paving",
    )
    assert written_down(desk, "link_used")
    assert written_down(desk, "link_made")


def test_a_link_is_for_its_own_case(desk: Office) -> None:
    first, second = (report(desk, words).service_request_id for words in (POTHOLE, LIGHT))
    link = made(desk, first, signed_in(desk, "agent"))
    assert send(desk, link, "assigned", number=second, service_request_id=second).status_code == 303
    assert (case(desk, first).status, case(desk, second).status) == ("assigned", "received")
    visitor = browser(desk)
    for page in (f"/crew/{second}", f"/crew/{first}", f"/cases/{first}", f"{link}/{second}"):
        answer = visitor.get(page, allow_redirects=False)
        assert answer.status_code in (302, 404), page


@pytest.mark.parametrize("how", ["expired", "revoked", "cut", "made up"])
def test_a_link_that_has_ended_says_so_kindly(desk: Office, how: str) -> None:
    number = report(desk).service_request_id
    staff = signed_in(desk, "agent")
    link = made(desk, number, staff)
    assert browser(desk).get(link).status_code == 200
    with desk.town.database.read() as session:
        kept = session.scalars(select(CaseLink)).one()
    assert link.rpartition("/")[2] not in str(vars(kept))
    if how == "expired":
        desk.clock.now += timedelta(days=7)
    elif how == "revoked":
        staff.post(f"/cases/{number}/links/revoke", link=str(kept.id))
        assert written_down(desk, "link_revoked")
    else:
        link = link[:-1] if how == "cut" else "/guest/" + "x" * 43
    for answer in (browser(desk).get(link), send(desk, link, "assigned")):
        assert answer.status_code == 404
        assert "This link has ended" in answer.text
    assert case(desk, number).status == "received"


def test_a_link_is_revoked_on_its_own_case_only(desk: Office) -> None:
    first, second = (report(desk, words).service_request_id for words in (POTHOLE, LIGHT))
    staff = signed_in(desk, "agent")
    link = made(desk, first, staff)
    with desk.town.database.read() as session:
        kept = session.scalars(select(CaseLink.id)).one()
    staff.post(f"/cases/{second}/links/revoke", link=str(kept))
    assert browser(desk).get(link).status_code == 200


@pytest.mark.parametrize("fields", [{"given_to": " "}, {"given_to": "Miller", "days": "400"}])
def test_a_link_that_cannot_be_made(desk: Office, fields: dict[str, str]) -> None:
    number = report(desk).service_request_id
    assert signed_in(desk, "agent").post(f"/cases/{number}/links", **fields).status_code == 409


def test_a_place_in_a_residents_words_is_not_on_a_link(desk: Office) -> None:
    number = report(desk).service_request_id
    with desk.town.database.write.begin() as session:
        found = session.scalars(select(ServiceRequest)).one()
        found.address_string, found.location_confirmed = "behind Pat Example's barn", False
    link = made(desk, number, signed_in(desk, "agent"))
    page = browser(desk).open(link)
    assert "Pat Example" not in page
    assert "to be confirmed" in page


def test_what_staff_write_on_a_link_is_text(desk: Office) -> None:
    number = report(desk).service_request_id
    attack = "<img src=x onerror=alert(1)>"
    link = made(desk, number, signed_in(desk, "agent"), instructions=attack)
    assert attack not in browser(desk).open(link)


def test_a_forged_form_of_another_site_is_refused(desk: Office) -> None:
    number = report(desk).service_request_id
    link = made(desk, number, signed_in(desk, "agent"))
    answer = requests.post(
        f"{desk.url}/console{link}/step",
        data={"step": "assigned"},
        headers={"Origin": "https://evil.example"},
        timeout=20,
    )
    assert answer.status_code == 400
    service_requests.update_status(desk.town, number, "scheduled")
    assert case(desk, number).status == "scheduled"
