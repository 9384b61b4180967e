"""The demo: Townline, a simulated Twilio and Telegram, two phones and a city desk, all on this machine."""

from __future__ import annotations

import csv
import json
from contextlib import suppress
from dataclasses import replace
from typing import Any

from rich.console import Console
from sqlalchemy import select

from bot import cases, demo_week, service_requests
from bot.app import listening
from bot.cases import NotAllowed
from bot.config import Config
from bot.console import accounts
from bot.console.accounts import BadAccount
from bot.embedded import EmbeddedLoop
from bot.first_run import to_stay
from bot.models import ServiceRequest
from bot.service_requests import overdue
from bot.stage import SECRET, at_any_hour, at_simulator, by_mail_only
from bot.statuses import CLOSED, STATUSES
from bot.town import Town
from webhooks.simulator.server import Simulator

SUGGESTIONS = (
    "theres a huge pothole at 5th and main",
    "street light out in front of 12 elm st",
    "you missed my recycling again, 40 Oak Ave",
    "STATUS",
)
TOLD_AS = {
    "under_review": "Under review",
    "scheduled": "Scheduled",
    "assigned": "Crew assigned",
    "on_site": "On site",
    "need_info": "Need info",
    "completed": "Completed",
    "no_action": "No action",
    "referred": "Referred",
    "duplicate": "Duplicate",
    "reopened": "Reopen",
}


class CityDesk:
    """The city's side of the phone page: lists cases and moves them."""

    def __init__(self, town: Town) -> None:
        self._town = town

    def cases(self) -> list[dict[str, Any]]:
        """Return the latest cases, open ones first."""
        with self._town.database.read() as session:
            query = select(ServiceRequest).order_by(ServiceRequest.id.desc()).limit(30)
            found = sorted(session.scalars(query), key=lambda case: case.status in CLOSED)
            return [self._shown(case) for case in found]

    def statuses(self, number: str) -> list[dict[str, str]]:
        """Return what a case may become."""
        with self._town.database.read() as session:
            case = cases.by_number(session, number)
        return [{"code": status, "label": TOLD_AS[status]} for status in STATUSES[case.status].may_become]

    def update(self, number: str, status: str, note: str) -> dict[str, Any]:
        """Move a case; raises `ValueError` with what is missing."""
        try:
            return self._shown(service_requests.update_status(self._town, number, status, note, author="desk"))
        except NotAllowed as error:
            raise ValueError(str(error)) from None

    def _shown(self, case: ServiceRequest) -> dict[str, Any]:
        service = self._town.city.services[case.service_code]
        return {
            "number": case.service_request_id,
            "service_name": service.service_name,
            "address_string": case.address_string,
            "status": case.status,
            "department": self._town.city.departments[case.department],
            "opened": case.requested_datetime.isoformat(),
            "overdue": overdue(case, self._town.now()),
        }


def city_map(config: Config) -> dict[str, Any]:
    """Return the city as the phone's map draws it; points are [lat, long]."""
    streets = json.loads((config.city_data / "streets.geojson").read_text(encoding="utf-8"))["features"]
    boundary = json.loads((config.city_data / "boundary.geojson").read_text(encoding="utf-8"))
    ring = (boundary["features"][0] if "features" in boundary else boundary)["geometry"]["coordinates"][0]
    with (config.city_data / "landmarks.csv").open(encoding="utf-8", newline="") as lines:
        landmarks = [
            {"name": each["name"], "lat": float(each["lat"]), "long": float(each["long"])}
            for each in csv.DictReader(lines)
        ]
    return {
        "boundary": _turned(ring),
        "streets": [
            {"name": _street_name(street["properties"]), "points": _turned(line)}
            for street in streets
            for line in _lines(street["geometry"])
        ],
        "landmarks": landmarks,
    }


def _street_name(properties: dict[str, Any]) -> str:
    return " ".join(filter(None, (properties.get(key) for key in ("directional", "name", "suffix"))))


def _lines(geometry: dict[str, Any]) -> list[Any]:
    coordinates: list[Any] = geometry["coordinates"]
    return coordinates if geometry["type"] == "MultiLineString" else [coordinates]


def _turned(points: list[list[float]]) -> list[list[float]]:
    return [[lat, long] for long, lat in points]


STAFF = (
    ("alex", "agent", ""),
    ("casey", "crew", "streets"),
    ("sam", "supervisor", ""),
    ("morgan", "manager", ""),
    ("ada", "admin", ""),
)
"""Who works at the demo's city: name, role, department."""

PASSWORD = "riverton-demo-311"  # noqa: S105 - opens the demo on this machine


def _open_console(town: Town, console: Console, *, empty: bool) -> None:
    """Fill an empty house with a week of cases and staff, and say how to get in."""
    if not empty and demo_week.is_empty(town.database):
        with console.status("Making up a week of cases"):
            demo_week.make(town)
    for name, role, department in STAFF:
        with suppress(BadAccount):  # there since the last time
            accounts.add(town, name, role, password=PASSWORD, department=department)
    console.print(f"  The console: [bold]{town.config.settings.public_base_url}/console/[/]")
    names = ", ".join(f"{name} ({role})" for name, role, _ in STAFF)
    console.print(f"  Sign in as {names}; the password is {PASSWORD}")


def run(config: Config, port: int, console: Console, *, empty: bool = False) -> None:
    """Run until interrupted; `empty` without the made-up week of cases."""
    simulator = Simulator(
        webhook_secret=SECRET,
        port=port + 1,
        city=city_map(config),
        city_name=config.city.name,
        status_delay=0.4,
        suggestions=SUGGESTIONS,
    )
    simulator.start()
    given, folder = config.settings, config.var / "demo"  # apart from a real deployment's files
    settings = replace(
        at_simulator(given, simulator, public_base_url=f"http://127.0.0.1:{port}"),
        database_url=given.database_url or f"sqlite:///{folder / 'townline.db'}",
        photos_url=given.photos_url or (folder / "photos").as_uri(),
        smtp_url=given.smtp_url or (folder / "mail").as_uri(),
    )
    departments = by_mail_only(config.departments)
    town = to_stay(replace(at_any_hour(config), settings=settings, departments=departments))
    loop = town.bell
    assert isinstance(loop, EmbeddedLoop)
    try:
        with listening(town, host="127.0.0.1", port=port) as server:
            loop.start(town)
            simulator.desk = CityDesk(town)
            simulator.webhook_base_url = settings.public_base_url
            console.print(f"\n  The phones:  [bold]{simulator.phones_url}[/]")
            _open_console(town, console, empty=empty)
            program = config.city.program
            console.print(f"  {program} itself answers at {settings.public_base_url}. Ctrl-C ends.\n")
            server.run()
    finally:
        loop.stop()
        simulator.stop()
