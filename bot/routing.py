"""Which department, how urgent, due when: the first rule of config.yml that applies, else the service's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.announcement_rules import Storm
from bot.config import Config, ConfigError
from bot.places.areas import holds, read_areas
from bot.places.geometry import Polygon
from bot.routing_rules import Holidays, Hours, Rule, is_of
from dialogues.attributes import says
from dialogues.types import City, Draft

if TYPE_CHECKING:
    from holidays import HolidayBase

END_OF_WORK = time(17, 0)

LOOK_AHEAD = 15
"""Days within which the next hours are looked for."""

WHEN_URGENT = "4 hours"

PRIORITIES = ("low", "normal", "high", "urgent")


@dataclass(frozen=True, kw_only=True)
class Route:
    """Where a case goes. `due` is aware, in UTC; `within` is what it was reckoned from."""

    department: str
    priority: str
    due: datetime
    within: str


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What came of holding a rule against a report. `applies` is None while the report doesn't say enough."""

    number: int  # from 1, as people count
    rule: Rule
    applies: bool | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The city's working days and its clock."""

    timezone: str
    holidays: Holidays | None = None

    def local(self, moment: datetime) -> datetime:
        """Return an aware moment in the city's zone."""
        return moment.astimezone(ZoneInfo(self.timezone))

    def deadline(self, due: str, now: datetime) -> datetime:
        """Return when "5 working days", "2 days" or "24 hours" from `now` is over, in `now`'s zone.

        Days end with the working day in the city; weekends and holidays are no working days.
        """
        count, unit = due.split(" ", 1)
        if unit.startswith("hour"):
            return now + timedelta(hours=int(count))
        works = self._works() if unit.startswith("working") else _always
        day, left = self.local(now).date(), int(count)
        while left:
            day += timedelta(days=1)
            left -= works(day)
        return self.end_of(day, now)

    def end_of(self, day: date, now: datetime) -> datetime:
        """Return when a day's work ends in the city, in the zone of `now`."""
        return datetime.combine(day, END_OF_WORK, ZoneInfo(self.timezone)).astimezone(now.tzinfo)

    def next_within(self, hours: Sequence[Hours], now: datetime) -> datetime | None:
        """Return when the next of these hours begin, in the city's zone; None where `now` is within them.

        A holiday has none of them; so has a city that wrote none down, and those who never come.
        """
        local, free = self.local(now), self._is_holiday()
        if any(each.hold(local) for each in hours) and not free(local.date()):
            return None
        days = [local.date() + timedelta(days=ahead) for ahead in range(LOOK_AHEAD)]
        begins = (
            datetime.combine(day, time(*divmod(each.begin, 60)), local.tzinfo)
            for day in days
            for each in hours
            if day.weekday() in each.days and not free(day)
        )
        return min((begin for begin in begins if begin > local), default=None)

    def _is_holiday(self) -> Callable[[date], bool]:
        """Return what tells a holiday."""
        if (kept := self.holidays) is None:
            return lambda _: False
        return lambda day: day in kept.days or day in _official(kept.country, kept.subdivision, day.year)

    def _works(self) -> Callable[[date], bool]:
        """Return what tells a working day."""
        if (kept := self.holidays) is None:
            return lambda day: day.weekday() < 5

        def works(day: date) -> bool:
            official = _official(kept.country, kept.subdivision, day.year)
            return day not in kept.days and official.is_working_day(day)

        return works


@cache
def _official(country: str, subdivision: str | None, year: int) -> HolidayBase:
    """Return a year's official holidays, complete: one that fills up as it is asked suits no threads."""
    import holidays  # 4 MB: only where cases are filed

    return holidays.country_holidays(country, subdiv=subdivision, years=year, expand=False)


def _always(_: date) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Routing:
    """The city's rules, in order."""

    city: City
    calendar: Calendar
    rules: Sequence[Rule] = ()
    storm: Storm | None = None
    staffed: Sequence[Hours] = ()
    areas: Mapping[str, Sequence[Polygon]] = field(default_factory=dict, repr=False)

    def route(self, draft: Draft, now: datetime, *, storm: bool = False) -> Route:
        """Return where a report goes; one that is urgent is due within hours, whatever a rule gives it.

        In a `storm` what it is about goes before the rest, and what can wait is due later.
        """
        service = self.city.services[draft.service_code]
        fired, _ = self.apply(draft, now)
        rule = self._in_storm(draft, fired.rule if fired else Rule(), storm=storm)
        priority = "urgent" if draft.urgent else rule.priority or "normal"
        within = rule.due or (WHEN_URGENT if priority == "urgent" else service.due)
        if draft.urgent and self.calendar.deadline(WHEN_URGENT, now) < self.calendar.deadline(within, now):
            within = WHEN_URGENT
        return Route(
            department=rule.department or service.department,
            priority=priority,
            due=self.calendar.deadline(within, now),
            within=within,
        )

    def _in_storm(self, draft: Draft, rule: Rule, *, storm: bool) -> Rule:
        """Return what a rule gives, with what the storm changes of it; a rule's higher priority stays."""
        if self.storm is None or draft.urgent:
            return rule
        if draft.later:
            return rule.model_copy(update=self.storm.later.model_dump())
        if not storm or draft.service_code not in self.storm.taken(self.city.services):
            return rule
        highest = max(rule.priority or "normal", self.storm.priority, key=PRIORITIES.index)
        return rule.model_copy(update={"priority": highest, "due": rule.due or self.storm.due})

    def unserved(self, draft: Draft, now: datetime) -> str:
        """Return what to tell a resident whose report a rule leaves unserved; "" where it is served."""
        fired, _ = self.apply(draft, now)
        return fired.rule.say if fired else ""

    def back_at(self, now: datetime) -> datetime | None:
        """Return when somebody is there to answer, in the city's zone; None where somebody is already."""
        return self.calendar.next_within(self.staffed, now)

    def apply(self, draft: Draft, now: datetime) -> tuple[Finding | None, list[Finding]]:
        """Return the first rule that applies, and those before it that don't.

        A rule that leaves a report unserved waits until those before it are decided: nobody is turned away
        for what they haven't said yet.
        """
        passed: list[Finding] = []
        waiting = 0
        for number, rule in enumerate(self.rules, start=1):
            applies, reason = self._judge(rule, draft, now)
            if applies and rule.unserved and waiting:
                applies, reason = None, f"waits for rule {waiting} to be decided"
            finding = Finding(number=number, rule=rule, applies=applies, reason=reason)
            if applies:
                return finding, passed
            waiting = waiting or (number if applies is None else 0)
            passed.append(finding)
        return None, passed

    def areas_at(self, lat: float, long: float) -> list[str]:
        """Return the names of the areas that a point lies in."""
        return [name for name, polygons in self.areas.items() if holds(polygons, lat, long)]

    def _judge(self, rule: Rule, draft: Draft, now: datetime) -> Answer:
        """Hold all of a rule's conditions against a report: one that fails outweighs one that is open."""
        answers: list[Answer] = []
        for answer in self._answers(rule, draft, now):
            if answer[0] is False:
                return answer
            answers.append(answer)
        for applies, reason in answers:
            if applies is None:
                return None, reason
        return True, "; ".join(reason for _, reason in answers) or "it applies to every report"

    def _answers(self, rule: Rule, draft: Draft, now: datetime) -> Iterator[Answer]:
        """Yield what each condition says; the next is looked at only where it is asked for."""
        yield from self._of_service(rule, draft)
        for code, keys in rule.attributes.items():
            yield self._of_attribute(code, keys, draft)
        yield from self._of_place(rule, draft)
        yield from self._of_time(rule, now)
        yield from _of_words(rule, draft)

    def _of_service(self, rule: Rule, draft: Draft) -> list[Answer]:
        service = self.city.services[draft.service_code]
        if rule.group:
            return [(is_of(service, rule), f"the group is {service.group}{_not(rule.group, service.group)}")]
        if rule.service:
            code = service.service_code
            return [(is_of(service, rule), f"the service is {code}{_not(rule.service, code)}")]
        return []

    def _of_attribute(self, code: str, keys: Sequence[str], draft: Draft) -> Answer:
        given = draft.attributes.get(code)
        if given is not None:
            return given in keys, f"{code} is {given}{_not(keys, given)}"
        if self.city.services[draft.service_code].answer(code) is None:
            return False, f"{draft.service_code} asks no {code}"
        return (False if draft.asked else None), f"{code} is not answered"

    def _of_place(self, rule: Rule, draft: Draft) -> list[Answer]:
        if not rule.area:
            return []
        place = draft.place
        if place is None or place.lat is None or place.long is None:
            return [(None, "the place is not known")]
        here = self.areas_at(place.lat, place.long)
        inside = next((name for name in rule.area if name in here), "")
        if inside:
            return [(True, f"the place is in {inside}")]
        where = f"in {', '.join(here)}" if here else "in none of the areas"
        return [(False, f"the place is {where}, not in {' or '.join(rule.area)}")]

    def _of_time(self, rule: Rule, now: datetime) -> list[Answer]:
        if not rule.hours:
            return []
        local = self.calendar.local(now)
        within = next((each.written for each in rule.hours if each.hold(local)), "")
        said = within or " or ".join(each.written for each in rule.hours)
        return [(bool(within), f"{local:%a %H:%M} is {'' if within else 'not '}within {said}")]


Answer = tuple[bool | None, str]


def _not(wanted: Sequence[str], given: str) -> str:
    return "" if given in wanted else f", not {' or '.join(wanted)}"


def _of_words(rule: Rule, draft: Draft) -> list[Answer]:
    if not rule.keywords:
        return []
    said = next((word for word in rule.keywords if says(draft.description, word)), "")
    if said:
        return [(True, f"the words say {said!r}")]
    return [(False, f"the words say nothing of {' or '.join(map(repr, rule.keywords))}")]


def open_routing(config: Config) -> Routing:
    """Return the rules with the areas they name; raises `ConfigError`."""
    areas: dict[str, Sequence[Polygon]] = {}
    for number, file in enumerate(config.file.areas):
        try:
            areas |= read_areas(config.root / file)
        except ValueError as error:
            raise ConfigError(f"{config.where('areas', number)}: {file} {error}") from None
    for number, rule in enumerate(config.file.routing):
        for name in rule.area:
            if name not in areas:
                known = ", ".join(areas) or "none: name a GeoJSON file under areas"
                where = config.where("routing", number, "area")
                raise ConfigError(f"{where}: there is no area {name!r}; there are: {known}")
    calendar = Calendar(timezone=config.city.timezone, holidays=config.file.holidays)
    return Routing(
        city=config.city,
        calendar=calendar,
        rules=config.file.routing,
        storm=config.file.storm,
        staffed=config.file.console.hours,
        areas=areas,
    )
