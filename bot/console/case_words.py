"""How the console's pages word a case: names for codes, days in the city's zone, how late it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.console.access import opaque_name
from bot.extended import WITHOUT_WORDS
from bot.models import ServiceRequest
from bot.routing import PRIORITIES
from bot.service_requests import overdue
from bot.statuses import STATUSES
from bot.town import Town
from dialogues.prompts import answers

NOT_OURS = frozenset(WITHOUT_WORDS.values()) - {"same_place"}
"""Reasons that are said for other systems, never chosen by people."""


class CaseWords:
    """What the templates call to word a case; made anew for each page, as of now."""

    def __init__(self, town: Town) -> None:
        self._town, self._city = town, town.city
        self._zone, self._now = ZoneInfo(town.city.timezone), town.now()
        self.services = dict(sorted(town.city.services.items(), key=lambda each: each[1].service_name))
        self.departments = town.city.departments
        self.priorities = PRIORITIES
        self.statuses = STATUSES

    def service(self, code: str) -> str:
        known = self.services.get(code)
        return known.service_name if known else code

    def department(self, code: str) -> str:
        return self.departments.get(code, code)

    def status(self, code: str) -> str:
        return code.replace("_", " ").capitalize()

    def moment(self, at: datetime) -> str:
        local = at.astimezone(self._zone)
        year = "" if local.year == self._now.astimezone(self._zone).year else f" {local.year}"
        return f"{local:%b} {local.day}{year}, {local.hour % 12 or 12}:{local:%M %p}"

    def day(self, at: datetime) -> str:
        local = at.astimezone(self._zone)
        year = "" if local.year == self._now.astimezone(self._zone).year else f" {local.year}"
        return f"{local:%a %b} {local.day}{year}"

    def iso(self, at: datetime) -> str:
        return at.astimezone(self._zone).isoformat(timespec="seconds")

    def late(self, case: ServiceRequest) -> str:
        """Return by how much an open case is overdue; "" where it isn't."""
        if not overdue(case, self._now) or case.expected_datetime is None:
            return ""
        gone = self._now - case.expected_datetime
        return _count(gone.days, "day") if gone.days else _count(max(1, gone.seconds // 3600), "hour")

    def answers(self, case: ServiceRequest) -> Sequence[tuple[str, str]]:
        service = self.services.get(case.service_code)
        return answers(service, case.attributes) if service else ()

    def resident(self, contact_id: int) -> str:
        return opaque_name(contact_id, self._town.config)

    def reasons(self, *statuses: str) -> dict[str, str]:
        """Return what may be chosen as the reason of these statuses, by code."""
        return {
            code: reason.text["en"]
            for code, reason in self._city.reasons.items()
            if reason.status in statuses and code not in NOT_OURS
        }


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
