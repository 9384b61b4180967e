"""Managers and IT in a real Chromium: many cases, a notice drawn, a canned reply, a delivery tried again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from chromium import SIZES, Windows, fits, picture, skip_without, windows
from console_pages import furnished
from made_up_cases import fill
from playwright.sync_api import Browser, Page, expect
from servers import PHONE, Office, OpenOffice, statements
from sqlalchemy import func, select
from staff_desk import signed_in

from bot.announcement_tables import AreaNotice
from bot.database import Database
from bot.models import ServiceRequest
from bot.statuses import CLOSED

MANY = 10_000
FEW_STATEMENTS = 40
"""More than the dashboard takes, however many the cases are."""

TALLEST = "Math.max(...[...document.querySelectorAll('.axis b')].map(each => each.offsetHeight))"
"""The height of the tallest number beneath the columns, in pixels."""

NUMBERS = "dots => dots.map(each => parseInt(each.textContent))"

skip_without()


@pytest.fixture
def office(open_office: OpenOffice, sqlite: Database) -> Office:
    return open_office(sqlite)


@pytest.fixture
def desks(chromium: Browser) -> Iterator[Windows]:
    with windows(chromium, "desktop") as found:
        yield found


# The dashboard --------------------------------------------------------------------------------------


def tiles(page: Page) -> dict[str, int]:
    """Return the dashboard's numbers that are counts."""
    lines = page.locator(".tile").all_inner_texts()
    found = (re.match(r"(.+?)\s+([\d,]+)\b", each) for each in lines)
    return {each[1]: int(each[2].replace(",", "")) for each in found if each}


def counted(office: Office) -> dict[str, int]:
    """Return the same, counted by the database in another way."""
    open_ = ServiceRequest.status.not_in(CLOSED)
    queries = {
        "Open now": open_,
        "Overdue now": open_ & (ServiceRequest.expected_datetime < office.clock.now),
        "Reported": ServiceRequest.id.is_not(None),
    }
    with office.town.database.read() as session:
        return {
            name: session.scalars(select(func.count()).select_from(ServiceRequest).where(which)).one()
            for name, which in queries.items()
        }


def sums_up(page: Page) -> bool:
    """Tell whether the table by department adds up to its last row, in every column of counts."""
    page.click("text=Numbers by department")
    table = page.get_by_role("region", name="Numbers by department").locator("tbody tr")
    rows = [[int(each) for each in row.split("\t")[1:5]] for row in table.all_inner_texts()]
    return len(rows) > 3 and [sum(column) for column in zip(*rows[:-1], strict=True)] == rows[-1]


def test_the_dashboard_is_whole_over_many_cases(office: Office, chromium: Browser) -> None:
    """How long it takes is for scripts/bench_dashboard.py to say."""
    fill(office.town, MANY)
    expected = counted(office)
    assert expected["Reported"] == MANY
    manager = signed_in(office, "manager", "morgan")
    for size in SIZES:
        with windows(chromium, size) as desks:
            with statements(office.town.database) as sent:
                page = desks.open(f"{office.url}/console/dashboard?from=2026-01-01&to=2026-06-01", manager)
            assert len(sent) <= FEW_STATEMENTS
            assert {name: tiles(page)[name] for name in expected} == expected
            dots = page.locator("circle.dot").evaluate_all(NUMBERS)
            words = page.locator("figure.city figcaption").inner_text()
            assert sum(dots) == int(words.split()[0]) > expected["Open now"] * 0.9
            assert fits(page)
            assert sums_up(page)
            page.fill("#from", "2026-04-06")
            page.click("button:has-text('Show')")
            page.wait_for_url("**from=2026-04-06**")
            assert 0 < tiles(page)["Reported"] < MANY
            if size == "desktop":
                picture(page, "console-dashboard", whole=True, colours=32)
            page.fill("#from", "2025-12-29")  # 23 weeks
            page.click("button:has-text('Show')")
            page.wait_for_url("**from=2025-12-29**")
            assert page.evaluate(TALLEST) < 20  # one line each
            with statements(office.town.database) as sent:
                page.click("text=Weekly report")
                page.wait_for_url("**/dashboard/week")
                expect(page.locator("table.compared")).to_contain_text("The week before")
            assert len(sent) <= FEW_STATEMENTS
            assert fits(page)
            if size == "desktop":
                picture(page, "console-week")


# Notices, settings, operations ----------------------------------------------------------------------


def test_a_notice_is_drawn_on_the_map_and_told(office: Office, desks: Windows) -> None:
    page = desks.open(f"{office.url}/console/notices/new", signed_in(office, "supervisor", "sam"))
    page.fill("#text_en", "Main break near Main St, crews on site, water back by 6 pm.")
    page.fill("#text_es", "Tubo roto cerca de Main St; hay agua de nuevo a las 6 pm.")
    page.check("[value=water_leak]")
    page.fill("#until", "2026-06-01T18:00")
    page.fill("#area_name", "Around Main St")
    box = page.locator("#city-map").bounding_box()
    assert box
    for x, y in ((0.1, 0.1), (0.95, 0.05), (0.9, 0.9), (0.15, 0.95), (0.5, 0.5)):
        page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
    page.click("#undo")
    expect(page.locator("#corners circle")).to_have_count(4)
    overflowing = "box => box.scrollWidth - box.clientWidth"
    assert page.locator(".checks").evaluate(overflowing) <= 0
    picture(page, "console-notice", whole=True)
    page.click("text=Announce it")
    page.wait_for_url("**/notices/1")
    with office.town.database.read() as session:
        notice = session.scalars(select(AreaNotice)).one()
    assert len(notice.area["coordinates"][0][0]) == 5  # the first corner closes the ring
    office.says("water is gushing out of the street at 120 Main St")
    settle(office)
    assert "Main break near Main St" in office.heard()[-1]


def settle(office: Office) -> None:
    """Have the office work while a browser is open: in a thread, as Playwright's own loop runs in this one."""
    with ThreadPoolExecutor(1) as worker:
        worker.submit(office.bustle).result()


def test_settings_show_their_source_and_keep_canned_replies(office: Office, desks: Windows) -> None:
    page = desks.open(f"{office.url}/console/settings", signed_in(office, "admin", "ada"))
    expect(page.locator("td.source", has_text="config.yml:").first).to_be_visible()
    picture(page, "console-settings")
    page.click("nav.tabs >> text=Canned replies")
    page.fill("#code", "on-its-way")
    page.fill("#text_en", "A crew will look at {place} today. Your case is {number}.")
    page.fill("#text_es", "Un equipo va hoy a {place}. Su caso es {number}.")
    page.click("button:has-text('Add')")
    expect(page.locator("table.stacked")).to_contain_text("A crew will look at {place} today.")
    picture(page, "console-replies", whole=True)


def test_a_failed_delivery_is_tried_again(office: Office, desks: Windows) -> None:
    house = furnished(office)
    office.says("is anybody there")
    office.clock.pass_by(12 * 60)
    page = desks.open(f"{office.url}/console/operations", house.admin)
    expect(page.locator("table.stacked")).to_contain_text("Twilio: the carrier failed")
    expect(page.locator(".tag.warn").first).to_have_text("long")
    picture(page, "console-operations", whole=True)
    page.click("text=Try again")
    expect(page.locator("section[aria-labelledby=failed]")).to_contain_text("Nothing was given up.")
    settle(office)
    assert PHONE not in page.content()
