"""The dashboard, the weekly report and the notices, through their pages: who may look, and what never shows."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from made_up_cases import fill
from servers import Office, OpenOffice
from sqlalchemy import select
from staff_desk import Browser, signed_in

from bot import storms
from bot.announcement_tables import AreaNotice
from bot.console.city_map import CityMap, CityMaps, dots
from bot.database import Database
from bot.models import ServiceRequest
from bot.places.tables import AddressPoint, CityImport, Street
from bot.staff_tables import AuditEntry

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def office(open_office: OpenOffice, sqlite: Database) -> Office:
    return open_office(sqlite)


# The dashboard --------------------------------------------------------------------------------------


def tiles(page: str) -> dict[str, str]:
    return dict(re.findall(r"<dt>([^<]+)</dt>\s*<dd><strong>([^<]+)</strong>", page))


def test_a_city_without_cases_has_a_dashboard(office: Office) -> None:
    mine = signed_in(office, "manager")
    page = mine.open("/dashboard")
    assert tiles(page)["Open now"] == "0"
    assert tiles(page)["First response"] == "–"
    assert "No case is open" in page
    assert "No case that a resident follows was closed as done." in page
    assert "week of May 25, 2026" in mine.open("/dashboard/week")


def test_what_was_reported_shows_in_numbers_and_drawings(office: Office) -> None:
    fill(office.town, 150)
    mine = signed_in(office, "manager")
    page = mine.open("/dashboard?from=2026-02-01&to=2026-06-01")
    with office.town.database.read() as session:
        cases = session.scalars(select(ServiceRequest)).all()
    running = [case for case in cases if case.status not in ("completed", "no_action")]
    late = [case for case in running if case.expected_datetime < office.clock.now]
    shown = tiles(page)
    assert (shown["Open now"], shown["Overdue now"]) == (str(len(running)), str(len(late)))
    assert shown["Reported"] == "150"
    assert page.count('class="dot"') > 10
    for part in (page, mine.open("/dashboard/week?of=2026-05-20")):
        drawings = re.findall(r"<svg[^>]*>", part)
        assert drawings
        for drawing in drawings:  # each says what it shows, or is beside words that do
            assert 'aria-hidden="true"' in drawing or 'role="img"' in drawing
        assert "style=" not in part
        assert not re.search(r"500 Main St|made-up:", part)  # no case's place, nobody's address


def test_a_department_has_its_own_numbers(office: Office) -> None:
    fill(office.town, 150)
    mine = signed_in(office, "manager")
    whole = int(tiles(mine.open("/dashboard"))["Open now"])
    parts = [
        int(tiles(mine.open(f"/dashboard?department={code}"))["Open now"])
        for code in office.town.city.departments
    ]
    assert sum(parts) == whole > max(parts)


def test_the_report_compares_a_week_with_the_one_before(office: Office) -> None:
    fill(office.town, 300)
    mine = signed_in(office, "manager")

    def reported(day: str) -> tuple[str, str]:
        page = mine.open(f"/dashboard/week?of={day}")
        found = re.search(r"Reported</th>\s*<td>(\d+)</td>\s*<td>(\d+)</td>", page)
        assert found, page
        return found[1], found[2]

    this, before = reported("2026-05-24")
    assert reported("2026-05-18") == (this, before)  # any day of the week
    assert reported("2026-05-17")[0] == before
    assert int(this) > 0


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("from=yesterday", "from is no date: write it as 2026-06-01."),
        ("to=2026-13-01", "to is no date"),
        ("from=0001-01-01", "too far away"),
        ("from=2026-06-02&to=2026-06-01", "A period begins before it ends"),
        ("from=2020-01-01&to=2026-06-01", "at most 53 weeks"),
        ("department=magic", "There is no such department"),
        (f"department={HOSTILE}", "There is no such department"),
    ],
)
def test_a_period_that_cannot_be_says_why(office: Office, query: str, reason: str) -> None:
    answer = signed_in(office, "manager").get(f"/dashboard?{query}")
    assert answer.status_code == 400
    assert reason in answer.text
    assert HOSTILE not in answer.text


def test_a_type_that_was_renamed_or_hostile_stays_text(office: Office) -> None:
    fill(office.town, 5, days=5)
    with office.town.database.write.begin() as session:
        for case in session.scalars(select(ServiceRequest)):
            case.service_code, case.department = HOSTILE, HOSTILE
    page = signed_in(office, "manager").open("/dashboard")
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page


# The map --------------------------------------------------------------------------------------------


def test_the_map_is_linear_and_holds_the_city(office: Office) -> None:
    city = CityMaps(office.town).get()
    assert city is not None
    with office.town.database.read() as session:
        doors = session.execute(select(AddressPoint.lat, AddressPoint.long)).all()
        streets = session.scalars(select(Street.id)).all()
    for lat, long in doors:
        x, y = city.project(lat, long)
        assert -30 <= x <= city.width + 30
        assert -30 <= y <= city.height + 30
    assert city.streets.count("M") >= len(streets)
    assert city.project(city.north, city.west) == (0, 0)
    assert city.project(city.south, city.east) == (city.width, city.height)


def test_the_map_is_drawn_once_until_another_city_comes(office: Office) -> None:
    maps = CityMaps(office.town)
    first = maps.get()
    assert maps.get() is first
    with office.town.database.write.begin() as session:
        session.scalars(select(CityImport)).one().checksum = "another"
    assert maps.get() is not first


def test_a_city_without_streets_has_no_map(office: Office) -> None:
    bare = replace(office.town)
    with office.town.database.write.begin() as session:
        for street in session.scalars(select(Street)):
            street.geometry = "[]"
    assert CityMaps(bare).get() is None
    assert "townline places import" in signed_in(office, "manager").open("/dashboard")


def test_cases_close_together_share_a_dot() -> None:
    city = CityMap(west=0, east=1, south=0, north=1, height=1000, streets="", boundary="")
    found = dots(city, [(0.501, 0.501), (0.502, 0.502), (0.895, 0.105), (7, 7)])
    assert [(dot.count, dot.x, dot.y) for dot in found] == [(2, 510, 490), (1, 110, 110)]
    assert found[0].radius > found[1].radius


# Notices --------------------------------------------------------------------------------------------

SQUARE = json.dumps(
    {"type": "Polygon", "coordinates": [[[-91.03, 41.60], [-91.0, 41.60], [-91.0, 41.59], [-91.03, 41.60]]]}
)
NOTICE = {
    "text_en": "Main break on Elm St, crews on site.",
    "text_es": "Tubería rota en Elm St.",
    "services": "water_leak",
    "area_name": "Downtown",
    "area": "",
    "until": "2026-06-01T18:00",
}


def announced(office: Office) -> list[AreaNotice]:
    with office.town.database.read() as session:
        return list(session.scalars(select(AreaNotice).order_by(AreaNotice.id)))


def audited(office: Office) -> list[tuple[str, str, str]]:
    with office.town.database.read() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        return [
            (each.staff.name, each.action, each.subject)
            for each in entries
            if each.staff and each.subject != f"staff:{each.staff.name}"
        ]


@pytest.fixture
def supervisor(office: Office) -> Browser:
    return signed_in(office, "supervisor", "sam")


def test_a_notice_is_announced_followed_moved_on_and_ended(office: Office, supervisor: Browser) -> None:
    answer = supervisor.post("/notices/new", **NOTICE)
    assert answer.headers["Location"] == "/console/notices/1"
    notice = announced(office)[0]
    assert (notice.area_name, notice.services, notice.author) == ("Downtown", ["water_leak"], "sam")
    assert notice.expires == office.clock.now + timedelta(hours=8)  # by the city's clock
    office.says("water is gushing out of the street at 120 Main St")
    office.bustle()
    assert any("Main break on Elm St" in words for words in office.heard())
    office.says("follow")
    office.bustle()
    assert "1 follower hears" in supervisor.open("/notices/1")
    supervisor.post("/notices/1", act="update", text_en="The pipe is in.", until="2026-06-01T20:00")
    office.bustle()
    assert any("The pipe is in." in words for words in office.heard())
    supervisor.post("/notices/1", act="end", text_en="Water is back.")
    office.bustle()
    assert any("Water is back." in words for words in office.heard())
    assert announced(office)[0].ended_at is not None
    again = supervisor.post("/notices/1", act="update", text_en="Once more.")
    assert again.status_code == 400
    assert "Notice 1 is over." in again.text
    actions = [action for _, action, subject in audited(office) if subject == "notice:1"]
    assert actions == ["notice_added", "notice_changed", "notice_ended"]


@pytest.mark.parametrize("way", ["pasted", "uploaded"])
def test_an_area_that_is_drawn_has_a_name_of_its_own(office: Office, supervisor: Browser, way: str) -> None:
    given = NOTICE | {"area_name": "Around Elm St"}
    if way == "pasted":
        answer = supervisor.post("/notices/new", **given | {"area": SQUARE})
    else:
        answer = supervisor.session.post(
            f"{office.url}/console/notices/new",
            data={"csrf": supervisor.csrf, **given},
            files={"file": ("elm.geojson", SQUARE)},
            headers={"Origin": office.url},
            allow_redirects=False,
            timeout=20,
        )
    assert answer.status_code == 303, answer.text
    assert announced(office)[0].area["coordinates"] == [json.loads(SQUARE)["coordinates"]]
    assert 'class="area"' in supervisor.open("/notices/1")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"text_en": ""}, "Text: what is to be said in &#39;en&#39;"),
        ({"text_en": "x" * 161}, "Text: the text in &#39;en&#39; has 161 characters"),
        ({"text_es": "Agua 💧"}, "which SMS lacks"),
        ({"services": "magic"}, "Services: choose at least one"),
        ({"area_name": "Uptown"}, "Area: there is no such area; there are: Downtown"),
        ({"area_name": ""}, "Where: choose an area"),
        ({"area": "here"}, "Area: no GeoJSON of polygons in degrees."),
        ({"area": '{"type": "Polygon", "coordinates": [[[0, 99], [1, 99], [1, 1], [0, 99]]]}'}, "in degrees"),
        ({"area": "[" * 100_000}, "Area: no GeoJSON"),
        ({"until": "2026-06-01T09:00"}, "Until: that is over already"),
        ({"until": "tonight"}, "Until: write it as"),
        ({"area_name": HOSTILE}, "Area: there is no such area"),
    ],
)
def test_a_notice_that_cannot_be_says_why_and_keeps_what_was_written(
    office: Office, supervisor: Browser, change: dict[str, str], reason: str
) -> None:
    answer = supervisor.post("/notices/new", **NOTICE | change)
    assert answer.status_code == 400
    assert reason in answer.text
    assert HOSTILE not in answer.text
    assert announced(office) == []
    if "text_es" not in change:
        assert "Tubería rota en Elm St." in answer.text


def test_what_a_notice_says_is_text(office: Office, supervisor: Browser) -> None:
    supervisor.post("/notices/new", **NOTICE | {"text_en": HOSTILE, "area_name": HOSTILE, "area": SQUARE})
    for path in ("/notices", "/notices/1"):
        page = supervisor.open(path)
        assert "&lt;script&gt;alert(1)" in page
        assert HOSTILE not in page


def test_a_storm_is_switched_on_and_off(office: Office, supervisor: Browser) -> None:
    assert "Storm mode is off" in supervisor.open("/notices")
    assert supervisor.post("/notices/storm", act="on", until="2026-06-01T09:00").status_code == 400
    supervisor.post("/notices/storm", act="on", until="2026-06-02T08:00")
    page = supervisor.open("/notices")
    assert "Until Tue Jun 2, 2026 08:00" in page
    supervisor.post("/notices/storm", act="off")
    with office.town.database.read() as session:
        assert storms.current(session, office.clock.now) is None
    assert audited(office)[-2:] == [("sam", "storm_on", "storm"), ("sam", "storm_off", "storm")]


def test_a_city_without_storm_rules_says_how_to_have_them(office: Office, supervisor: Browser) -> None:
    object.__setattr__(office.town.config, "file", office.town.config.file.model_copy(update={"storm": None}))
    assert "config.yml has no <code>storm</code>" in supervisor.open("/notices")
    assert supervisor.post("/notices/storm", act="on").status_code == 400
