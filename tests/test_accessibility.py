"""Every page of the console, and a case's public page, by axe-core in a real Chromium, and at 320 pixels."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import axe_core_python
import pytest
from case_desk import case
from chromium import skip_without
from console_pages import House, furnished
from playwright.sync_api import Browser, BrowserContext
from servers import OpenOffice

from bot import demo_week
from bot.database import Database

AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
NARROW, WIDE = {"width": 320, "height": 800}, {"width": 1280, "height": 900}

skip_without()

VIOLATIONS = """options => axe.run(options).then(found => found.violations.map(
    ({id, impact, help, nodes}) => ({id, impact, help, html: nodes[0].html.slice(0, 120)})))"""
"""All of what axe found is megabytes, which take longer to bring over than to find."""
OF_COLOURS = {"runOnly": ["color-contrast"]}  # all that another colour scheme can change
OVERFLOWING = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNFOLDED = "document.querySelectorAll('details').forEach(each => { each.open = true; })"
"""What can be folded out is judged, too; axe takes what is hidden in it for the ground of what lies beneath."""

SERIOUS = ("serious", "critical")

NO_PAGES = frozenset({"export_cases", "queue_latest", "thread_latest"})
"""Files, and parts of pages."""


@dataclass
class Building:
    """A furnished house with a week of cases, its pages, and an administrator's browser."""

    house: House
    cookies: list[dict[str, Any]]

    def addresses(self) -> list[str]:
        """Return the address of every page, and of a case's public one."""
        office = self.house.office
        public = case(office, self.house.known["number"]).token
        pages = [f"/console{path}" for name, path in self.house.pages() if name not in NO_PAGES]
        return [f"{office.url}{path}" for path in (*pages, f"/r/{public}")]


@pytest.fixture
def building(open_office: OpenOffice, sqlite: Database) -> Building:
    house = furnished(open_office(sqlite))
    demo_week.make(house.office.town)
    cookies = [
        {"name": each.name, "value": each.value, "url": f"{house.office.url}/console/"}
        for each in house.admin.session.cookies
    ]
    return Building(house, cookies)


def _judged(context: BrowserContext, url: str) -> list[str]:
    """Return what is seriously wrong with a page."""
    page = context.new_page()
    page.goto(url)
    assert page.title()
    assert page.locator("main").count(), url
    page.evaluate(UNFOLDED)
    page.evaluate(AXE)
    wrong = []
    for colours, options in (("light", {}), ("dark", OF_COLOURS)):
        page.emulate_media(color_scheme=colours)
        wrong += [
            f"{page.url}, {colours}: {each['id']}: {each['help']}: {each['html']}"
            for each in page.evaluate(VIOLATIONS, options)
            if each["impact"] in SERIOUS
        ]
    page.set_viewport_size(NARROW)
    if (over := page.evaluate(OVERFLOWING)) > 0:
        wrong.append(f"{page.url}: {over} pixels too wide at 320")
    page.close()
    return wrong


def test_no_page_keeps_anybody_out(building: Building, chromium: Browser) -> None:
    context = chromium.new_context(viewport=WIDE, bypass_csp=True)
    context.add_cookies(building.cookies)
    addresses = building.addresses()
    assert len(addresses) > 20
    wrong = [each for address in addresses for each in _judged(context, address)]
    context.close()
    assert not wrong, "\n".join(wrong)


def test_the_signing_in_page_too(open_office: OpenOffice, sqlite: Database, chromium: Browser) -> None:
    context = chromium.new_context(viewport=WIDE, bypass_csp=True)
    assert not _judged(context, f"{open_office(sqlite).url}/console/sign-in")
    context.close()


@pytest.mark.parametrize(
    ("said", "colours"),
    [
        ('<img src="data:,">', {"light"}),
        ('<p style="color: #888; background: #777">grey</p>', {"light", "dark"}),
        (
            "<style>@media (prefers-color-scheme: dark) {p {color: #222; background: #111}}</style><p>grim",
            {"dark"},
        ),
    ],
)
def test_what_keeps_people_out_is_found(
    chromium: Browser, said: str, colours: set[str], tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text(f'<!doctype html><html lang="en"><title>A page</title><main>{said}</main></html>', "utf-8")
    context = chromium.new_context(viewport=WIDE)
    found = " ".join(_judged(context, page.as_uri()))
    context.close()
    assert {each for each in ("light", "dark") if f", {each}: " in found} == colours
