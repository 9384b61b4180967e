"""The dashboard and the weekly report: how the city does, at a glance, in words, bars and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import abort, render_template, request

from bot.console import charts, figures, satisfaction
from bot.console.access import Console, View
from bot.console.city_map import CityMap, CityMaps, Dot, dots
from bot.console.figures import Performance, Period, Quality
from bot.console.satisfaction import Satisfaction
from bot.town import Town

USUAL = timedelta(weeks=8)
LONGEST = timedelta(days=371)
"""A year of whole weeks: more columns than that are no chart."""

MOST_TYPES = 8
"""Issue types with a line of their own; the rest is added up."""


@dataclass(frozen=True)
class Team:
    """A department's line, with its bar."""

    code: str
    name: str
    figures: Performance
    bar: charts.Bar


@dataclass(frozen=True)
class Kind:
    """The reports of one issue type, week by week."""

    name: str
    weeks: tuple[int, ...]
    columns: tuple[charts.Column, ...]
    bar: charts.Bar | None = None  # all weeks together, beside those of the other types

    @property
    def total(self) -> int:
        return sum(self.weeks)


@dataclass(frozen=True, kw_only=True)
class Overview:
    """All that the dashboard shows."""

    period: Period
    whole: Performance
    teams: tuple[Team, ...]
    weeks: tuple[date, ...]
    total: Kind
    kinds: tuple[Kind, ...]
    bot: Quality
    residents: Satisfaction
    city: CityMap | None
    dots: tuple[Dot, ...]
    placed: int


def add(console: Console) -> None:
    """Add the pages."""
    maps = CityMaps(console.town)
    console.page("/dashboard", "dashboard", _dashboard(console.town, maps), allow="dashboard")
    console.page("/dashboard/week", "week", _week(console.town, maps), allow="dashboard")


def _dashboard(town: Town, maps: CityMaps) -> View:
    def dashboard() -> str:
        """Show how the city does in a period."""
        last = _day("to", _today(town))
        first = _day("from", last - USUAL + timedelta(days=1))
        period = Period(first, last, _zone(town), _department(town))
        if not timedelta(0) <= last - first <= LONGEST:
            abort(400, "A period begins before it ends, and has at most 53 weeks.")
        return _shown("console/dashboard.html", town, overview(town, maps, period))

    return dashboard


def _week(town: Town, maps: CityMaps) -> View:
    def week() -> str:
        """Show one week, to be printed."""
        day = _day("of", _today(town) - timedelta(weeks=1))
        monday = day - timedelta(days=day.weekday())
        period = Period(monday, monday + timedelta(days=6), _zone(town), _department(town))
        before = Period(monday - timedelta(weeks=1), monday - timedelta(days=1), period.zone, period.department)
        with town.database.read() as session:
            earlier = figures.performance(session, before, town.now())[""]
            said = satisfaction.of(session, before)
        found = overview(town, maps, period)
        return _shown("console/week.html", town, found, earlier=earlier, said_earlier=said)

    return week


def overview(town: Town, maps: CityMaps, period: Period) -> Overview:
    """Return all that there is to say of a period."""
    with town.database.read() as session:
        performance = figures.performance(session, period, town.now())
        volume = figures.volume(session, period)
        places = figures.open_places(session, period.department)
        bot = figures.quality(session, period)
        residents = satisfaction.of(session, period)
    city = maps.get()
    total, kinds = _kinds(town, volume, len(period.weeks))
    return Overview(
        period=period,
        whole=performance[""],
        teams=_teams(town, performance),
        weeks=period.weeks,
        total=total,
        kinds=kinds,
        bot=bot,
        residents=residents,
        city=city,
        dots=tuple(dots(city, places)) if city else (),
        placed=len(places),
    )


def _teams(town: Town, performance: dict[str, Performance]) -> tuple[Team, ...]:
    parts = sorted(((code, each) for code, each in performance.items() if code), key=lambda item: -item[1].open)
    drawn = charts.bars([(each.open, each.overdue) for _, each in parts])
    return tuple(
        Team(code, town.city.departments.get(code, code), each, bar)
        for (code, each), bar in zip(parts, drawn, strict=True)
    )


def _kinds(town: Town, volume: dict[str, tuple[int, ...]], weeks: int) -> tuple[Kind, tuple[Kind, ...]]:
    """Return all reports by week, and those of each type that is common, the others added up."""
    rows = [(service_name(town, code), counts) for code, counts in volume.items()]
    named, others = rows[:MOST_TYPES], [counts for _, counts in rows[MOST_TYPES:]]
    if others:
        named.append((f"{len(others)} other types", _added(others, weeks)))
    all_of_them = _added(list(volume.values()), weeks)
    top = max((count for _, counts in named for count in counts), default=0)
    bars = charts.bars([(sum(counts), 0) for _, counts in named])
    kinds = tuple(
        Kind(name, counts, charts.columns(counts, top), bar)
        for (name, counts), bar in zip(named, bars, strict=True)
    )
    return Kind("All reports", all_of_them, charts.columns(all_of_them)), kinds


def _added(rows: list[tuple[int, ...]], weeks: int) -> tuple[int, ...]:
    return tuple(sum(row[week] for row in rows) for week in range(weeks))


def service_name(town: Town, code: str) -> str:
    """Return what an issue type or an intent is called; its code where it has no name any more."""
    service = town.city.services.get(code)
    return service.service_name if service else code.replace("_", " ")


def _shown(template: str, town: Town, found: Overview, **more: object) -> str:
    return render_template(
        template,
        found=found,
        departments=town.city.departments,
        service_name=lambda code: service_name(town, code),
        lasted=charts.lasted,
        share=charts.share,
        now=town.now().astimezone(found.period.zone),
        **more,
    )


def _zone(town: Town) -> ZoneInfo:
    return ZoneInfo(town.city.timezone)


def _today(town: Town) -> date:
    now: datetime = town.now()
    return now.astimezone(_zone(town)).date()


def _day(name: str, usual: date) -> date:
    written = request.args.get(name, "")
    if not written:
        return usual
    try:
        day = date.fromisoformat(written)
    except ValueError:
        abort(400, f"{name} is no date: write it as 2026-06-01.")
    if not 2000 <= day.year <= 2200:
        abort(400, f"{name} is too far away: choose a year from 2000 to 2200.")
    return day


def _department(town: Town) -> str:
    code = request.args.get("department", "")
    if code and code not in town.city.departments:
        abort(400, "There is no such department. Choose one of the list.")
    return code
