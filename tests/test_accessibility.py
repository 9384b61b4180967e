"""Every page of the console, and a case's public page, by axe-core in a real Chromium, and at 320 pixels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import axe_core_python
import pytest
from chromium import opened, skip_without
from flask import Flask
from playwright.sync_api import Browser, BrowserContext
from servers import Office, OpenOffice
from sqlalchemy import select
from staff_desk import signed_in
from werkzeug.routing import Rule

from bot import demo_week
from bot.app import create_app
from bot.database import Database
from bot.models import Conversation, ServiceRequest

AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
NARROW, WIDE = {"width": 320, "height": 800}, {"width": 1280, "height": 900}

skip_without()

VIOLATIONS = """options => axe.run(options).then(found => found.violations.map(
    ({id, impact, help, nodes}) => ({id, impact, help, html: nodes[0].html.slice(0, 120)})))"""
"""All of what axe found is megabytes, which take longer to bring over than to find."""
OF_COLOURS = {"runOnly": ["color-contrast"]}  # all that another colour scheme can change
OVERFLOWING = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SERIOUS = ("serious", "critical")

FILES = frozenset({"console.static"})
"""Routes that are no pages."""


@dataclass
class Building:
    """An office with a week of cases, its pages, and an administrator's browser."""

    office: Office
    app: Flask
    cookies: list[dict[str, Any]]

    def paths(self) -> dict[str, str]:
        """Return every page of the console by its endpoint, with what is there filled in."""
        with self.office.town.database.read() as session:
            case = session.scalars(select(ServiceRequest).order_by(ServiceRequest.id.desc())).first()
            thread = session.scalars(
                select(Conversation.id).where(Conversation.waiting_since.is_not(None))
            ).first()
        assert case is not None
        known = {
            "number": case.service_request_id,
            "conversation_id": str(thread),
            "token": case.token,
        }
        found = {"tracking.page": f"/r/{case.token}"}
        for rule in filter(_is_page, self.app.url_map.iter_rules()):
            if rule.arguments <= known.keys():
                found[rule.endpoint] = re.sub(r"<(?:\w+:)?(\w+)>", lambda name: known[name[1]], rule.rule)
        return found


def _is_page(rule: Rule) -> bool:
    """Tell whether a route shows a page of the console."""
    shown = "GET" in (rule.methods or ()) and rule.endpoint not in FILES
    return shown and rule.endpoint.startswith("console.")


@pytest.fixture
def building(open_office: OpenOffice, sqlite: Database) -> Building:
    office = open_office(sqlite)
    demo_week.make(office.town)
    admin = signed_in(office, "admin")
    cookies = [
        {"name": each.name, "value": each.value, "url": f"{office.url}/console/"}
        for each in admin.session.cookies
    ]
    return Building(office, create_app(office.town), cookies)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with opened() as browser:
        yield browser


def _judged(context: BrowserContext, url: str) -> list[str]:
    """Return what is seriously wrong with a page."""
    page = context.new_page()
    page.goto(url)
    if not (page.title() and page.locator("main").count()):
        page.close()
        return []  # data for a script, or a file
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
    paths = building.paths()
    assert len(paths) >= 5
    wrong = [each for path in paths.values() for each in _judged(context, f"{building.office.url}{path}")]
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
