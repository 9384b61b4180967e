"""When nobody is there: residents who ask for a person are told when one will be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from servers import Office, OpenOffice

from bot.config import ConfigError, load
from bot.console_rules import ConsoleRules
from bot.database import Database
from bot.routing import Calendar
from bot.routing_rules import Holidays

ZONE = "America/Chicago"
WEEKDAYS, SATURDAY, NIGHT = "Mon-Fri 08:00-18:00", "Sat 10:00-14:00", "Fri 22:00-02:00"


def local(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(ZONE))


@pytest.mark.parametrize(
    ("hours", "now", "back"),
    [
        ([WEEKDAYS], "2026-06-01T08:00", None),  # a Monday
        ([WEEKDAYS], "2026-06-01T07:59", "2026-06-01T08:00"),
        ([WEEKDAYS], "2026-06-01T18:00", "2026-06-02T08:00"),
        ([WEEKDAYS], "2026-06-05T19:00", "2026-06-08T08:00"),
        ([WEEKDAYS, SATURDAY], "2026-06-05T19:00", "2026-06-06T10:00"),
        ([WEEKDAYS], "2026-07-03T12:00", "2026-07-06T08:00"),  # Independence Day, observed
        ([WEEKDAYS], "2026-06-09T12:00", "2026-06-10T08:00"),  # the city's own
        ([NIGHT], "2026-06-06T01:00", None),
        ([], "2026-06-06T01:00", None),
    ],
)
def test_the_next_hours(hours: list[str], now: str, back: str | None) -> None:
    holidays = Holidays(country="US", days={date(2026, 6, 9): "River Day"})
    calendar = Calendar(timezone=ZONE, holidays=holidays)
    found = calendar.next_within(ConsoleRules(hours=hours).hours, local(now))  # type: ignore[arg-type]
    assert found == (local(back) if back else None)


def test_who_asks_at_night_is_told_when(open_office: OpenOffice, sqlite: Database) -> None:
    office = open_office(sqlite)
    staffed = ConsoleRules(hours=[WEEKDAYS]).hours  # type: ignore[list-item]
    town = replace(office.town, routing=replace(office.town.routing, staffed=staffed))
    office = Office(town, office.simulator, office.clock, office.bell, office.url)
    for hour, said in ((10, "They will answer right here"), (22, "They are back on Tue Jun 2, 8:00 am")):
        office.clock.now = local(f"2026-06-01T{hour}:00").astimezone(office.clock.now.tzinfo)
        office.says("agent", by=f"+155501{hour}")
        office.bustle()
        assert said in office.heard(f"+155501{hour}")[-1]


def test_hours_that_cannot_be_read_are_named_with_their_line(tmp_path: Path) -> None:
    root = Path(__file__).parent.parent
    written = (root / "config.yml").read_text(encoding="utf-8")
    (tmp_path / "config.yml").write_text(f'{written}\nconsole:\n  hours: ["Mon-Fri 8-18"]\n', encoding="utf-8")
    line = len(written.splitlines()) + 3
    with pytest.raises(ConfigError, match=rf"config\.yml:{line}: .*write hours as in 'Mon-Fri 17:00-08:00'"):
        load({"TOWNLINE_CONFIG": str(tmp_path / "config.yml")})
