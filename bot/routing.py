"""Which department, how urgent, due when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from dialogues.types import City, Draft

END_OF_WORK = time(17, 0)


@dataclass(frozen=True, kw_only=True)
class Route:
    """Where a case goes. `due` is aware, in UTC."""

    department: str
    priority: str
    due: datetime


def route(draft: Draft, city: City, now: datetime) -> Route:
    """Return the service's department and deadline; an urgent report is due the same day."""
    service = city.services[draft.service_code]
    due = deadline("4 hours" if draft.urgent else service.due, now, city.timezone)
    return Route(department=service.department, priority="urgent" if draft.urgent else "normal", due=due)


def deadline(due: str, now: datetime, timezone: str) -> datetime:
    """Return when "5 working days", "2 days" or "24 hours" from `now` is over, in `now`'s zone.

    Days end with the working day in the city; a working day is Monday to Friday.
    """
    count, unit = due.split(" ", 1)
    if unit == "hours":
        return now + timedelta(hours=int(count))
    day = now.astimezone(ZoneInfo(timezone)).date()
    left = int(count)
    while left:
        day += timedelta(days=1)
        left -= 1 if unit == "days" or day.weekday() < 5 else 0
    return datetime.combine(day, END_OF_WORK, ZoneInfo(timezone)).astimezone(now.tzinfo)
