"""A house with one of everything in it, and the console's pages and buttons about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from case_desk import LIGHT, POTHOLE, photo, report
from flask import Flask
from servers import Office
from sqlalchemy import select, update
from staff_desk import Browser, signed_in
from werkzeug.routing import Rule

from bot.app import create_app
from bot.models import Conversation, OutboxEntry
from bot.staff_tables import AuditEntry

CALLER = "+15550143"
NOTICE = {
    "text_en": "Main break on Elm St, crews on site.",
    "services": "water_leak",
    "area_name": "Downtown",
    "until": "2026-06-01T18:00",
}


@dataclass(frozen=True)
class House:
    """An office, its administrator, and `known`: what the routes' arguments are called here."""

    office: Office
    app: Flask
    admin: Browser
    known: dict[str, Any]

    def rules(self) -> list[Rule]:
        """Return the console's routes."""
        rules = self.app.url_map.iter_rules()
        return sorted((each for each in rules if _is_ours(each)), key=lambda each: each.rule)

    def path(self, rule: Rule) -> str:
        """Return the address of a route, beneath /console, with what is in the house filled in."""
        values = {name: self.known[name] for name in rule.arguments}
        built = self.app.url_map.bind("").build(rule.endpoint, values)
        return built.removeprefix("/console")

    def pages(self) -> Iterator[tuple[str, str]]:
        """Yield every route that can be opened: its name and its address."""
        for rule in self.rules():
            if "GET" in (rule.methods or ()):
                yield _name(rule), self.path(rule)


def _is_ours(rule: Rule) -> bool:
    return rule.endpoint.startswith("console.") and rule.endpoint != "console.static"


def _name(rule: Rule) -> str:
    return rule.endpoint.removeprefix("console.")


def furnished(office: Office) -> House:
    """Have residents, staff and a failure leave something for every page."""
    number = report(office, POTHOLE, "pothole").service_request_id
    light = report(office, LIGHT).service_request_id
    office.says("agent", by=CALLER)
    office.bustle()
    with office.town.database.read() as session:
        waits = session.scalars(select(Conversation.id).where(Conversation.waiting_since.is_not(None))).one()
    admin = signed_in(office, "admin", "ada")
    admin.post("/settings/replies", code="on-its-way", text_en="We are looking at {number}.")
    admin.post("/notices/new", **NOTICE)
    admin.post("/cases/change", number=light, status="scheduled")
    office.bustle()
    link = admin.post(f"/cases/{number}/links", given_to="Miller Paving", days="3").text
    token = re.search(r"/console/guest/([\w-]{40,})", link)
    assert token, link
    with office.town.database.write.begin() as session:
        outcomes = session.scalars(select(AuditEntry.id).where(AuditEntry.action == "cases_changed")).one()
        theirs = OutboxEntry.destination == f"conversation:{waits}"
        failed = session.scalars(select(OutboxEntry.id).where(theirs, OutboxEntry.kind == "reply")).first()
        given_up = {"outcome": "failed", "error": "Twilio: the carrier failed", "attempts": 3}
        session.execute(update(OutboxEntry).where(OutboxEntry.id == failed).values(given_up))
    known = {
        "number": number,
        "photo_id": photo(office, number).id,
        "conversation_id": waits,
        "token": token[1],
        "notice_id": 1,
        "reply_id": 1,
        "staff_id": 1,
        "entry_id": outcomes,
        "kind": "csv",
    }
    return House(office, create_app(office.town), admin, known)
